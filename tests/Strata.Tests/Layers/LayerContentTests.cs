using Strata.Layers;
using Strata.Tests.Support;

namespace Strata.Tests.Layers;

/// <summary>A layer file together with the trees of its sources.</summary>
public sealed class LayerContentTests
{
    [Fact]
    public void A_package_file_becomes_the_list_that_it_holds()
    {
        var (file, diagnostics) = LayerContent.Resolve(
            LayerText.Sound(LayerText.Target("packages: packages/rocky9.yaml")),
            MemoryTree.Snapshot(
                """
                --- packages/rocky9.yaml
                # what every image has
                manager: dnf
                release: "9"
                repositories: host
                install: [python3]
                """));
        Expected.Diagnostics("", diagnostics);
        Expected.Text(
            """
            x/base <- scratch (self, x86_64)
              packages: Dnf 9 at packages/rocky9.yaml:2:1
              repositories: host
              install: python3
            """,
            TargetText.Of(file));
    }

    [Fact]
    public void Faults_of_a_package_file_are_said_once_and_there() => Resolve(
        """
        version: 1
        sources: {os: {}}
        layers:
          x: {source: os, packages: p.yaml, types: {base: {from: scratch}, uan: {from: scratch}}}
        """,
        [("self", "--- a\n"), ("os", "--- p.yaml\nmanager: yum\ninstal: [a]\n")],
        """
        error[unknown-value]: `manager` is `yum`; expected `dnf`, `zypper` or `apt`
         --> os:p.yaml:1:10
          |
        1 | manager: yum
          |          ^^^
        hint: write `dnf`: it reads yum's repositories

        error[unknown-key]: `instal` is no key of a package list
         --> os:p.yaml:2:1
          |
        2 | instal: [a]
          | ^^^^^^
        hint: did you mean `install`?
        """);

    [Fact]
    public void A_package_file_for_scratch_needs_release_and_repositories() => Resolve(
        LayerText.Target("packages: p.yaml"),
        [("self", "--- p.yaml\nmanager: dnf\ninstall: [a]\n")],
        """
        error[missing-release]: `release` is missing: `x/base` starts from scratch
         --> p.yaml:1:1
          |
        1 | manager: dnf
          | ^^^^^^^
        hint: say which release of the distribution, in quotes, as in `release: "9"`

        error[missing-repositories]: `repositories` is missing: `x/base` starts from scratch
         --> p.yaml:1:1
          |
        1 | manager: dnf
          | ^^^^^^^
        hint: list them, or say `repositories: host` for those of the build machine
        """);

    [Fact]
    public void An_empty_package_file_is_a_fault() => Resolve(
        LayerText.Target("packages: p.yaml"),
        [("self", "--- p.yaml\n# later\n")],
        """
        error[empty-package-file]: the file is empty; expected a package list
          --> p.yaml
        hint: say the `manager`, and what to `install`
        """);

    [Fact]
    public void Every_missing_path_is_said_with_the_nearest_there_is() => Check(
        """
        version: 1
        inventory: [inventry, hosts]
        layers:
          x:
            ansible: {config: ansible.cgf, requirements: [reqs.yml], roles-path: [role], collections-path: [nowhere-at-all]}
            types:
              base:
                from: scratch
                playbooks: [slurm.yml, site.yaml]
                files: [{source: files/motd, destination: /etc/motd}]
                packages: packages/rocky.yaml
        """,
        [("self", "--- inventory/hosts\n--- ansible.cfg\n--- roles/x/tasks/main.yml\n--- playbooks/slurm.yml\n--- site.yml\n--- packages/rocky9.yaml\n")],
        """
        error[missing-path]: the inventory `inventry` does not exist in the layer file's repository
         --> strata.yaml:2:13
          |
        2 | inventory: [inventry, hosts]
          |             ^^^^^^^^
        hint: did you mean `inventory`?

        error[missing-path]: the inventory `hosts` does not exist in the layer file's repository
         --> strata.yaml:2:23
          |
        2 | inventory: [inventry, hosts]
          |                       ^^^^^
        hint: did you mean `inventory/hosts`?

        error[missing-path]: the configuration `ansible.cgf` does not exist in the layer file's repository
         --> strata.yaml:5:23
          |
        5 |     ansible: {config: ansible.cgf, requirements: [reqs.yml], roles-path: [role], collections-path: [nowhere-at-all]}
          |                       ^^^^^^^^^^^
        hint: did you mean `ansible.cfg`?

        error[missing-path]: the requirements file `reqs.yml` does not exist in the layer file's repository
         --> strata.yaml:5:51
          |
        5 |     ansible: {config: ansible.cgf, requirements: [reqs.yml], roles-path: [role], collections-path: [nowhere-at-all]}
          |                                                   ^^^^^^^^

        warning[missing-path]: the folder of roles `role` does not exist in the layer file's repository
         --> strata.yaml:5:75
          |
        5 |     ansible: {config: ansible.cgf, requirements: [reqs.yml], roles-path: [role], collections-path: [nowhere-at-all]}
          |                                                                           ^^^^
        hint: did you mean `roles`?

        warning[missing-path]: the folder of collections `nowhere-at-all` does not exist in the layer file's repository
         --> strata.yaml:5:101
          |
        5 |     ansible: {config: ansible.cgf, requirements: [reqs.yml], roles-path: [role], collections-path: [nowhere-at-all]}
          |                                                                                                     ^^^^^^^^^^^^^^

        error[missing-path]: the playbook `slurm.yml` does not exist in the layer file's repository
         --> strata.yaml:9:21
          |
        9 |         playbooks: [slurm.yml, site.yaml]
          |                     ^^^^^^^^^
        hint: did you mean `playbooks/slurm.yml`?

        error[missing-path]: the playbook `site.yaml` does not exist in the layer file's repository
         --> strata.yaml:9:32
          |
        9 |         playbooks: [slurm.yml, site.yaml]
          |                                ^^^^^^^^^
        hint: did you mean `site.yml`?

        error[missing-path]: the file `files/motd` does not exist in the layer file's repository
          --> strata.yaml:10:26
           |
        10 |         files: [{source: files/motd, destination: /etc/motd}]
           |                          ^^^^^^^^^^

        error[missing-path]: the package file `packages/rocky.yaml` does not exist in the layer file's repository
          --> strata.yaml:11:19
           |
        11 |         packages: packages/rocky.yaml
           |                   ^^^^^^^^^^^^^^^^^^^
        hint: did you mean `packages/rocky9.yaml`?
        """);

    [Fact]
    public void A_missing_key_names_the_source_it_is_missing_in() => Check(
        """
        version: 1
        sources: {os: {}}
        layers:
          x:
            source: os
            packages: {manager: dnf, release: "9", repositories: [{id: a, url: "https://example.org/", gpgkey: keys/a.asc}]}
            types: {base: {from: scratch}, uan: {from: scratch}}
        """,
        [("self", "--- keys/a.asc\n"), ("os", "--- readme\n")],
        """
        error[missing-path]: the key `keys/a.asc` does not exist in the source `os`
         --> strata.yaml:6:104
          |
        6 |     packages: {manager: dnf, release: "9", repositories: [{id: a, url: "https://example.org/", gpgkey: keys/a.asc}]}
          |                                                                                                        ^^^^^^^^^^
        """);

    [Fact]
    public void A_source_that_is_not_there_is_said_once_at_the_first_that_needs_it() => Check(
        """
        version: 1
        sources: {os: {}, inv: {}}
        inventory: {source: inv, path: hosts}
        layers:
          x: {source: os, types: {base: {from: scratch, playbooks: [a.yml]}, uan: {from: scratch}}}
          y: {types: {base: {from: scratch}}}
        """,
        [("self", "--- readme\n")],
        """
        error[missing-source]: the source `inv` is not there
         --> strata.yaml:3:32
          |
        3 | inventory: {source: inv, path: hosts}
          |                                ^^^^^ the inventory needs it
        hint: say where it is: `--source inv=PATH`

        error[missing-source]: the source `os` is not there
         --> strata.yaml:5:27
          |
        5 |   x: {source: os, types: {base: {from: scratch, playbooks: [a.yml]}, uan: {from: scratch}}}
          |                           ^^^^ `x/base` needs it
        hint: say where it is: `--source os=PATH`
        """);

    [Fact]
    public void Links_that_stay_in_their_source_are_followed() => Check(
        LayerText.Target("playbooks: [latest/site.yml, alias.yml]"),
        [("self", "--- v1/site.yml\n--- latest [link]\nv1\n--- alias.yml [link]\n./latest/../v1/site.yml\n")],
        "");

    [Fact]
    public void What_Strata_does_not_follow_is_said() => Check(
        LayerText.Target("playbooks: [out.yml, abs.yml, dangling.yml, loop.yml, sub/site.yml, lfs.yml, folder]\nansible: {roles-path: [v1.yml]}"),
        [
            ("self",
                """
                --- out.yml [link]
                ../other/site.yml
                --- abs.yml [link]
                /etc/site.yml
                --- dangling.yml [link]
                nowhere.yml
                --- loop.yml [link]
                loop.yml
                --- sub [gitlink]
                8f8d2de92e50fba671a3038cd20ae5e085090d29
                --- lfs.yml
                version https://git-lfs.github.com/spec/v1
                oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
                size 12345
                --- folder/x
                --- v1.yml
                """),
        ],
        """
        error[link-leaves-source]: the playbook `out.yml` leads out of its source
         --> strata.yaml:7:21
          |
        7 |         playbooks: [out.yml, abs.yml, dangling.yml, loop.yml, sub/site.yml, lfs.yml, folder]
          |                     ^^^^^^^ `out.yml` is a link to `../other/site.yml`
        hint: name the other repository under `sources`, or put the file into this one

        error[link-leaves-source]: the playbook `abs.yml` leads out of its source
         --> strata.yaml:7:30
          |
        7 |         playbooks: [out.yml, abs.yml, dangling.yml, loop.yml, sub/site.yml, lfs.yml, folder]
          |                              ^^^^^^^ `abs.yml` is a link to `/etc/site.yml`
        hint: name the other repository under `sources`, or put the file into this one

        error[missing-path]: the playbook `dangling.yml` does not exist in the layer file's repository
         --> strata.yaml:7:39
          |
        7 |         playbooks: [out.yml, abs.yml, dangling.yml, loop.yml, sub/site.yml, lfs.yml, folder]
          |                                       ^^^^^^^^^^^^ it is a link to `nowhere.yml`

        error[missing-path]: the playbook `loop.yml` does not exist in the layer file's repository
         --> strata.yaml:7:53
          |
        7 |         playbooks: [out.yml, abs.yml, dangling.yml, loop.yml, sub/site.yml, lfs.yml, folder]
          |                                                     ^^^^^^^^ it is a link to `loop.yml`

        error[path-in-submodule]: the playbook `sub/site.yml` is in a submodule, whose content is not read
         --> strata.yaml:7:63
          |
        7 |         playbooks: [out.yml, abs.yml, dangling.yml, loop.yml, sub/site.yml, lfs.yml, folder]
          |                                                               ^^^^^^^^^^^^ `sub` is a submodule
        hint: name the submodule's repository as a source of its own

        error[lfs-pointer]: the playbook `lfs.yml` is a Git LFS pointer, its content is not in the repository
         --> strata.yaml:7:77
          |
        7 |         playbooks: [out.yml, abs.yml, dangling.yml, loop.yml, sub/site.yml, lfs.yml, folder]
          |                                                                             ^^^^^^^
        hint: keep it in git itself: `git lfs untrack`, then `git add --renormalize`

        error[wrong-path-kind]: the playbook `folder` is a folder in the layer file's repository; expected a file
         --> strata.yaml:7:86
          |
        7 |         playbooks: [out.yml, abs.yml, dangling.yml, loop.yml, sub/site.yml, lfs.yml, folder]
          |                                                                                      ^^^^^^

        error[wrong-path-kind]: the folder of roles `v1.yml` is a file in the layer file's repository; expected a folder
         --> strata.yaml:8:32
          |
        8 |         ansible: {roles-path: [v1.yml]}
          |                                ^^^^^^
        """);

    private static void Check(string file, IEnumerable<(string, string)> sources, string expected) =>
        Expected.Diagnostics(expected, LayerContent.Check(LayerText.Sound(file), MemoryTree.Snapshot(sources)));

    private static void Resolve(string file, IEnumerable<(string, string)> sources, string expected) =>
        Expected.Diagnostics(expected, LayerContent.Resolve(LayerText.Sound(file), MemoryTree.Snapshot(sources)).Diagnostics);
}
