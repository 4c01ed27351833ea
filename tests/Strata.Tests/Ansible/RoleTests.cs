using Strata.Sources;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Ansible;

public sealed class RoleTests
{
    [Fact]
    public void An_unknown_role_is_said_with_where_it_was_searched_and_the_nearest_known() => AnsibleCheck.Expect("""
        error[unknown-role]: role `slurm_client` does not exist
         --> site.yml:3:7
          |
        3 |     - slurm_client
          |       ^^^^^^^^^^^^ searched `roles/`, `site-roles/`, `./`
        hint: did you mean `slurm-client` (site-roles/slurm-client)?
        """, """
        --- ansible.cfg
        [defaults]
        roles_path = site-roles:~/.ansible/roles:/etc/ansible/roles   ; ours first
        --- site.yml
        - hosts: Compute
          roles:
            - slurm_client
        --- site-roles/slurm-client/tasks/main.yml
        []
        """);

    [Fact]
    public void A_role_that_git_ignores_is_said_to_be_there()
    {
        var tree = MemoryTree.Parse("""
            --- site.yml
            - hosts: Compute
              roles: [motd]
              tasks:
                - import_tasks: more.yml
            """);
        var snapshot = new Snapshot([new(SourceName.Self, new LeavingOut(tree, ["roles/motd", "more.yml"]), null)]);
        Expected.Diagnostics("""
            error[unknown-role]: role `motd` does not exist
             --> site.yml:2:11
              |
            2 |   roles: [motd]
              |           ^^^^ searched `roles/`, `./`
            hint: `roles/motd` is there, and git leaves it out, as ignored or empty: `git check-ignore -v` says by which rule

            error[missing-task-file]: task file `more.yml` does not exist
             --> site.yml:4:21
              |
            4 |     - import_tasks: more.yml
              |                     ^^^^^^^^ searched `./`
            hint: `more.yml` is there, and git leaves it out, as ignored or empty: `git check-ignore -v` says by which rule
            """, AnsibleCheck.Of(snapshot));
    }

    /// <summary>A tree of a folder that has more than git takes.</summary>
    private sealed class LeavingOut(IFileTree tree, string[] paths) : IFileTree
    {
        public string TreeId => tree.TreeId;

        public TreeEntry? Find(RepoPath path) => tree.Find(path);

        public IReadOnlyList<TreeEntry> List(RepoPath folder) => tree.List(folder);

        public ReadOnlyMemory<byte> Read(TreeEntry entry) => tree.Read(entry);

        public bool IsLeftOut(RepoPath path) => paths.Contains(path.Value);
    }

    [Fact]
    public void An_unknown_role_without_a_near_one_may_be_missing_from_the_requirements() => AnsibleCheck.Expect("""
        error[unknown-role]: role `munge` does not exist
         --> roles/slurm/meta/main.yml:1:16
          |
        1 | dependencies: [munge]
          |                ^^^^^ searched `roles/`, `./`
        hint: a role that is fetched from elsewhere is named in `requirements.yml`, also one that another brings with it
        """, """
        --- site.yml
        - hosts: Compute
          tasks:
            - include_role: name=slurm
        --- roles/slurm/meta/main.yml
        dependencies: [munge]
        """);

    [Fact]
    public void Roles_from_collections_requirements_and_submodules_are_not_looked_for() => AnsibleCheck.Expect("", """
        --- site.yml
        - hosts: Compute
          roles:
            - stackhpc.openhpc
            - ansible.posix.hardening
            - ntp
            - from_git
            - "{{ chosen }}"
            - /usr/share/ansible/roles/x
            - {src: "https://example.org/roles/web.git"}
          tasks:
            - include_role: {name: sub}
        - hosts: Compute
          collections: [site.cluster]
          roles: [in_collection]
        --- requirements.yml
        roles:
          - name: ntp
          - src: git@example.org:roles/from_git.git
        collections: [ansible.posix]
        --- roles/sub [gitlink]
        0123456789abcdef0123456789abcdef01234567
        """);

    [Fact]
    public void Roles_are_searched_in_the_order_that_Ansible_has()
    {
        var snapshot = MemoryTree.Snapshot(
            ("self", """
            --- site.yml
            - import_playbook: plays/p.yml
            --- plays/p.yml
            - hosts: all
              roles: [first, second, lib/parent, here, site.cluster.c]
            --- plays/roles/first/tasks/main.yml
            reached
            --- roles/first/tasks/main.yml
            not reached
            --- roles/second/tasks/main.yml
            not reached
            --- plays/here/tasks/main.yml
            reached
            --- lib/parent/meta/main.yml
            dependencies: [beside]
            --- lib/beside/tasks/main.yml
            reached
            --- collections/ansible_collections/site/cluster/roles/c/tasks/main.yml
            reached
            """),
            ("shared", """
            --- roles/first/tasks/main.yml
            not reached
            --- roles/second/tasks/main.yml
            reached
            """));
        var diagnostics = AnsibleCheck.Of(snapshot, run => run with
        {
            RolesPath = [new(new("shared"), RepoPath.Of("roles"))],
            CollectionsPath = [new(SourceName.Self, RepoPath.Of("collections"))],
        });
        Expected.Text("""
            collections/ansible_collections/site/cluster/roles/c/tasks/main.yml
            lib/beside/tasks/main.yml
            plays/here/tasks/main.yml
            plays/roles/first/tasks/main.yml
            shared:roles/second/tasks/main.yml
            """, string.Join('\n', diagnostics.Select(d => d.Path)));
    }

    [Fact]
    public void A_configuration_may_name_a_source_beside_its_own() => Expected.Diagnostics("", AnsibleCheck.Of(MemoryTree.Snapshot(
        ("self", """
        --- ansible.cfg
        # where roles are
        [defaults]
        roles_path = ../shared/roles:
          /run/strata/src/more/roles
        --- site.yml
        - hosts: all
          roles: [a, b]
        """),
        ("shared", """
        --- roles/a [link]
        ../real
        --- real/tasks/main.yml
        - ping:
        """),
        ("more", """
        --- roles/b/tasks/main.yml
        - ping:
        """))));

    [Fact]
    public void An_entry_of_roles_needs_a_name() => AnsibleCheck.Expect("""
        error[role-without-name]: an entry of roles has no name
         --> site.yml:3:8
          |
        3 |     - {tags: x}
          |        ^^^^
        hint: write `- NAME`, or `- role: NAME` with what else the role is told

        error[role-without-name]: an entry of roles has no name
         --> site.yml:4:7
          |
        4 |     - []
          |       ^^
        hint: write `- NAME`, or `- role: NAME` with what else the role is told

        error[role-without-name]: `import_role` names no role
         --> site.yml:6:7
          |
        6 |     - import_role:
          |       ^^^^^^^^^^^
        hint: add `name: ROLE` to it
        """, """
        --- site.yml
        - hosts: all
          roles:
            - {tags: x}
            - []
          tasks:
            - import_role:
                tasks_from: x
        """);

    [Fact]
    public void A_part_of_a_role_that_is_not_there_is_an_error() => AnsibleCheck.Expect("""
        error[missing-task-file]: role `slurm` has no tasks file `instal`
         --> site.yml:3:46
          |
        3 |     - import_role: {name: slurm, tasks_from: instal}
          |                                              ^^^^^^ searched `roles/slurm/tasks/`
        hint: did you mean `install`?
        """, """
        --- site.yml
        - hosts: all
          tasks:
            - import_role: {name: slurm, tasks_from: instal}
            - import_role: {name: slurm, tasks_from: install, handlers_from: other.yml}
            - include_role: {name: slurm, tasks_from: "{{ x }}"}
        --- roles/slurm/tasks/install.yml
        - ping:
        --- roles/slurm/handlers/other.yml
        - ping:
        """);

    [Fact]
    public void Roles_that_depend_on_each_other_are_shown_as_a_circle() => AnsibleCheck.Expect("""
        error[import-cycle]: this file imports itself: `roles/a/meta/main.yml` -> `roles/b/meta/main.yml` -> `roles/a/meta/main.yml`
         --> roles/b/meta/main.yml:1:16
          |
        1 | dependencies: [a]
          |                ^ the circle closes here
        """, """
        --- site.yml
        - hosts: all
          roles: [a]
        --- roles/a/meta/main.yml
        dependencies: [b]
        --- roles/b/meta/main.yml
        dependencies: [a]
        """);

    [Fact]
    public void A_role_that_includes_itself_when_it_runs_is_no_fault() => AnsibleCheck.Expect("", """
        --- site.yml
        - hosts: all
          roles: [a]
        --- roles/a/tasks/main.yml
        - include_role: {name: a}
          when: not done
        - include_tasks: main.yml
        """);
}
