using System.Collections.Immutable;
using Strata.Inputs;
using Strata.Layers;
using Strata.Sources;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Inputs;

public sealed class ContentChecksTests
{
    private const string LayerText = """
        version: 1
        inventory: inventory/
        sources:
          roles: {url: "https://git.example.org/roles.git"}
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: dnf, release: "9", repositories: host, install: [python3]}
          compute:
            playbooks: [site.yml]
            ansible: {roles-path: [more]}
            types:
              compute: {from: os/base, groups: [Compute]}
              login:
                from: os/base
                groups: [Login]
                ansible: {roles-path: [{source: roles, path: all}], delegates: [head]}
        """;

    [Fact]
    public void What_several_targets_reach_is_said_once_and_each_target_has_its_own_settings() => Expected.Diagnostics("""
        warning[needs-running-system]: `reboot` acts on a running system; a build container is none
         --> more/slurm/tasks/main.yml:1:3
          |
        1 | - reboot:
          |   ^^^^^^
        hint: guard the task with `when: not strata_build | default(false)`

        warning[needs-running-system]: `modprobe` acts on a running system; a build container is none
         --> roles:all/slurm/tasks/main.yml:1:3
          |
        1 | - modprobe: name=x
          |   ^^^^^^^^
        hint: write the module's name to a file in /etc/modules-load.d/, which a node reads when it boots, or guard the task with `when: not strata_build | default(false)`

        error[delegated-task]: the task runs on `head`; a build contacts no computer of the site
         --> site.yml:5:20
          |
        5 |       delegate_to: head
          |                    ^^^^
        hint: name it under `ansible: {delegates: [...]}` in the layer file, or guard the task with `when: not strata_build | default(false)`

        warning[needs-running-system]: `hostname` acts on a running system; a build container is none
         --> site.yml:8:7
          |
        8 |     - hostname: name=x
          |       ^^^^^^^^
        hint: a node gets its name when it boots: guard the task with `when: not strata_build | default(false)`
        """, Checks(LayerText, """
        --- inventory/hosts
        [Nodes:children]
        Compute
        Login
        [Compute]
        [Login]
        [Head]
        --- site.yml
        - hosts: Nodes
          roles: [slurm]
          tasks:
            - command: x
              delegate_to: head
        - hosts: Login
          tasks:
            - hostname: name=x
        - hosts: Head
          tasks:
            - reboot:
        --- more/slurm/tasks/main.yml
        - reboot:
        """, """
        --- all/slurm/tasks/main.yml
        - modprobe: name=x
        """));

    [Fact]
    public void A_missing_playbook_is_shown_in_the_layer_file() => Expected.Diagnostics("""
        error[missing-playbook]: playbook `site.yml` does not exist
          --> strata.yaml:12:17
           |
        12 |     playbooks: [site.yml]
           |                 ^^^^^^^^
        """, Checks(LayerText, "--- x\n", "--- x\n"));

    [Fact]
    public void Requirements_that_are_files_or_hold_credentials_are_refused() => Expected.Diagnostics("""
        error[local-requirement]: the requirement `more.yml` is a file or folder, which would be installed as it is on the build machine
         --> requirements.yml:2:15
          |
        2 |   - {include: more.yml}
          |               ^^^^^^^^
        hint: a role or collection of a source needs no requirement: name its folder under `ansible: {roles-path: [...], collections-path: [...]}`

        error[secret-in-url]: a requirement has credentials in it; expected a URL without them
         --> requirements.yml:3:24
          |
        3 |   - {src: "git+https://************@git.example.org/a.git", name: a}
          |                        ^^^^^^^^^^^^ the part before `@`
        hint: let git's credential helper or a CI variable hold them

        error[bad-name]: `../../x` is no name for a role
         --> requirements.yml:4:53
          |
        4 |   - {src: "https://git.example.org/b.tar.gz", name: "../../x"}
          |                                                     ^^^^^^^^^ a name is letters, digits, `_`, `-` and `.`, the first no `.`: it becomes a folder

        error[local-requirement]: the requirement `./collections/site` is a file or folder, which would be installed as it is on the build machine
         --> requirements.yml:6:12
          |
        6 |   - {name: ./collections/site, type: dir}
          |            ^^^^^^^^^^^^^^^^^^
        hint: a role or collection of a source needs no requirement: name its folder under `ansible: {roles-path: [...], collections-path: [...]}`
        """, Checks(LayerText.Replace("{roles-path: [more]}", "{requirements: [requirements.yml]}", StringComparison.Ordinal), """
        --- requirements.yml
        roles:
          - {include: more.yml}
          - {src: "git+https://user:secret1@git.example.org/a.git", name: a}
          - {src: "https://git.example.org/b.tar.gz", name: "../../x"}
        collections:
          - {name: ./collections/site, type: dir}
        --- site.yml
        - hosts: Compute
        """, "--- x\n"));

    [Theory]
    [InlineData("roles: x", "expected a list")]
    [InlineData("rolls: [x]", "expected `roles` and `collections` alone")]
    [InlineData("- 5", "expected a name, a URL, or a mapping")]
    [InlineData("- {name: [x]}", "expected a text as the value of `name`")]
    [InlineData("- {src: a.b, scm: hgg}", "expected `git` or `hg`")]
    [InlineData("- {src: a.b, verison: 1}", "passes over this; expected `src`, `scm`, `version`, `name` or `include`")]
    [InlineData("- {version: 1.0}", "expected `src` or `name`")]
    [InlineData("collections: [{name: a.b, type: x}]", "expected `galaxy`, `url` or `git`")]
    [InlineData("text", "expected a list of roles")]
    [InlineData("a: [1, 2", "this bracket is not closed")]
    [InlineData("- vendor/role.tar.gz", "`vendor/role.tar.gz` is a file or folder")]
    [InlineData("- role.tgz", "`role.tgz` is a file or folder")]
    [InlineData("- {src: vendor/role.tar.gz, source: \"https://example.org/a\", name: a}", "`vendor/role.tar.gz` is a file or folder")]
    [InlineData("- {src: \"--upload-pack=x\", scm: git, name: a}", "`--upload-pack=x` is a file or folder")]
    [InlineData("- \"git+--upload-pack=x\"", "is a file or folder")]
    [InlineData("- \"git+https://example.org/a,,../../x\"", "no name for a role")]
    [InlineData("- {src: \"https://example.org/a.tar.gz\", name: /tmp/x}", "no name for a role")]
    [InlineData("collections: [{name: a.b, signatures: [\"https://u:secret1@h/x\"]}]", "has credentials in it")]
    public void A_requirements_file_that_is_not_what_it_should_be_is_said(string file, string message)
    {
        var layers = LayerText.Replace("{roles-path: [more]}", "{requirements: [requirements.yml]}", StringComparison.Ordinal);
        var faults = Checks(layers, $"--- requirements.yml\n{file}\n--- site.yml\n- hosts: Compute\n", "--- x\n");
        Assert.Contains(faults, f => f.Path == "requirements.yml" && f.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("- geerlingguy.docker")]
    [InlineData("- \"geerlingguy.nginx,3.1.0\"")]
    [InlineData("- {src: \"https://example.org/a.tar.gz\", name: a}")]
    [InlineData("- {src: \"git@example.org:hpc/a.git\", scm: git, version: main}")]
    [InlineData("- \"git+ssh://git@example.org/hpc/a.git,main,a\"")]
    [InlineData("- {name: stackhpc.os-manila-mount, src: \"https://github.com/x/y\"}")]
    [InlineData("roles:\ncollections: [community.general, {name: \"https://example.org/c.git\", type: git}, {name: a.b, source: \"https://galaxy.example.org\", version: \"==1.0.0\"}]")]
    public void A_requirements_file_as_sites_have_it_is_none(string file)
    {
        var layers = LayerText.Replace("{roles-path: [more]}", "{requirements: [requirements.yml]}", StringComparison.Ordinal);
        Assert.Empty(Checks(layers, $"--- requirements.yml\n{file}\n--- site.yml\n- hosts: Compute\n", "--- x\n"));
    }

    [Fact]
    public void A_key_that_ansible_galaxy_does_not_know_is_a_warning() => Expected.Diagnostics("""
        warning[faulty-requirement]: `ansible-galaxy` passes over this; expected `src`, `scm`, `version`, `name` or `include`
         --> requirements.yml:1:37
          |
        1 | - {src: geerlingguy.ntp, name: ntp, verison: 2.3.0}
          |                                     ^^^^^^^
        """, Checks(LayerText.Replace("{roles-path: [more]}", "{requirements: [requirements.yml]}", StringComparison.Ordinal), """
        --- requirements.yml
        - {src: geerlingguy.ntp, name: ntp, verison: 2.3.0}
        --- site.yml
        - hosts: Compute
        """, "--- x\n"));

    [Fact]
    public void The_secret_of_a_Galaxy_server_is_not_for_git() => Expected.Diagnostics("""
        error[secret-in-config]: `[galaxy_server.hub]` holds a token, which everyone has who has the source
          --> ansible.cfg
        hint: give it by the environment variable ANSIBLE_GALAXY_SERVER_HUB_TOKEN, in a pipeline a masked variable
        """, Checks(LayerText.Replace("{roles-path: [more]}", "{requirements: [requirements.yml]}", StringComparison.Ordinal), """
        --- requirements.yml
        - geerlingguy.docker
        --- ansible.cfg
        [galaxy]
        server_list = hub
        [galaxy_server.hub]
        url = https://galaxy.example.org
        token = secret1
        --- site.yml
        - hosts: Compute
        """, "--- x\n"));

    [Theory]
    [InlineData("examples/cluster")]
    [InlineData("examples/minimal")]
    [InlineData("examples/packages")]
    public void The_content_of_the_examples_has_no_diagnostics(string example)
    {
        Assert.True(Directory.Exists(Repository.Path(example)), "the examples are not in this checkout");
        var layerFile = Repository.Read(example + "/strata.yaml");
        Expected.Diagnostics("", Checks(layerFile, new SourceTree(SourceName.Self, DiskTree.Read(Repository.Path(example)), null)));
    }

    private static ImmutableArray<Diagnostic> Checks(string layerFile, string self, string roles) =>
        Checks(layerFile, new SourceTree(SourceName.Self, MemoryTree.Parse(self), null), new SourceTree(new("roles"), MemoryTree.Parse(roles), null));

    private static ImmutableArray<Diagnostic> Checks(string layerFile, params SourceTree[] sources)
    {
        var (file, faults) = LayerFileReader.Read(new("strata.yaml", layerFile));
        Expected.Diagnostics("", faults);
        return ContentChecks.Of(file!, new(sources));
    }
}
