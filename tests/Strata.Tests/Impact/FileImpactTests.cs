using Strata.Impact;
using Strata.Tests.Support;

namespace Strata.Tests.Impact;

/// <summary>The coarser precisions: what they mark, what they miss, and where they are wider than needed, as the paper has them.</summary>
public sealed class FileImpactTests
{
    private const string Site = """
        --- strata.yaml
        version: 1
        inventory: inventory/
        layers:
          os:
            types:
              base:
                from: scratch
                packages: packages.yaml
                files: [{source: files/motd, destination: /etc/motd}]
          hsn:
            types:
              base: {from: os/base, groups: [HSN], playbooks: [hsn.yml]}
          slurm:
            playbooks: [slurm.yml]
            types:
              compute: {from: hsn/base, groups: [Compute], commands: [x]}
              uan: {from: hsn/base, groups: [UAN], playbooks: [slurm.yml, uan.yml]}
        --- packages.yaml
        manager: dnf
        release: "9"
        repositories: host
        install: [python3]
        --- files/motd
        hello
        --- hsn.yml
        - hosts: HSN
          roles: [hsn]
        --- slurm.yml
        - hosts: all
          roles:
            - role: slurm
          tasks:
            - block:
                - include_role: {name: tuning}
        --- uan.yml
        - import_playbook: more.yml
        --- more.yml
        - hosts: UAN
          roles: [login, not-there]
        --- inventory/hosts
        [Compute]
        node[1:4] ib_port=1
        [UAN]
        uan1
        [UAN:vars]
        login_banner=hi
        --- inventory/group_vars/all.yml
        # for all
        mtu: 9000
        slurm_version: 23.11
        unused: 1
        --- inventory/group_vars/secret.yml
        $ANSIBLE_VAULT;1.1;AES256
        --- roles/hsn/templates/net.j2
        MTU={{ mtu }}
        --- roles/hsn/meta/main.yml
        dependencies: [base]
        --- roles/base/tasks/main.yml
        []
        --- roles/slurm/tasks/main.yml
        - name: slurm
          package: {name: "slurm-{{ slurm_version }}"}
        --- roles/tuning/README.md
        Reads mtu_size and ib_port.
        --- roles/login/defaults/main.yml
        login_banner: none
        """;

    [Fact]
    public void Files_take_any_change_of_the_inventory_for_a_change_of_everything() => Check(Precision.Files, """
        --- inventory/group_vars/all.yml
        # for all nodes
        mtu: 9000
        slurm_version: 23.11
        unused: 1
        """, """
        changed   os/base, hsn/base, slurm/compute, slurm/uan
          modified  inventory/group_vars/all.yml → inventory
        """);

    [Fact]
    public void Files_trace_a_role_to_the_playbooks_that_list_it() => Check(Precision.Files, """
        --- roles/login/defaults/main.yml
        login_banner: some
        --- roles/login/tasks/main.yml
        []
        """, """
        changed   slurm/uan
          modified  roles/login/defaults/main.yml → role login → more.yml:2
          added     roles/login/tasks/main.yml → role login → more.yml:2
        """);

    [Theory]
    [InlineData(Precision.Files)]
    [InlineData(Precision.Names)]
    public void A_playbook_a_copied_file_and_a_package_list_are_of_the_targets_that_name_them(Precision precision)
    {
        Check(precision, "--- slurm.yml\n- hosts: all\n", """
            changed   slurm/compute
              modified  slurm.yml → strata.yaml:16
            changed   slurm/uan
              modified  slurm.yml → strata.yaml:17
            """);
        Check(precision, "--- more.yml\n- hosts: UAN\n", "changed   slurm/uan\n  modified  more.yml → strata.yaml:17");
        var follows = "follows   hsn/base, slurm/compute, slurm/uan (from os/base)";
        Check(precision, "--- files/motd\nhi\n", "changed   os/base\n  modified  files/motd → strata.yaml:6\n" + follows);
        Check(precision, "--- packages.yaml\nmanager: dnf\nrelease: \"9\"\nrepositories: host\ninstall: [python3, vim]\n", "changed   os/base\n  modified  package list os → strata.yaml:6\n" + follows);
    }

    [Theory]
    [InlineData(Precision.Files)]
    [InlineData(Precision.Names)]
    public void What_the_layer_file_says_of_a_target_counts_for_that_target(Precision precision)
    {
        Check(precision, Replaced("commands: [x]", "commands: [y]"), "changed   slurm/compute\n  modified  step command 1 → strata.yaml:16");
        Check(precision, Replaced("destination: /etc/motd", "destination: /etc/issue"), """
            changed   os/base
              modified  step files → strata.yaml:6
            follows   hsn/base, slurm/compute, slurm/uan (from os/base)
            """);
        Check(precision, Replaced("version: 1", "version: 1 # a comment"), "none of 4 targets affected (" + precision.Name() + ", a → b)");
    }

    [Theory]
    [InlineData(Precision.Files)]
    [InlineData(Precision.Names)]
    public void Roles_that_only_roles_reach_are_missed(Precision precision) =>
        Check(precision, "--- roles/base/tasks/main.yml\n- command: x\n", "none of 4 targets affected (" + precision.Name() + ", a → b)");

    [Fact]
    public void Names_look_up_every_variable_of_a_changed_file_and_go_on_where_none_is_found() => Check(Precision.Names, """
        --- inventory/group_vars/all.yml
        mtu: 9000
        slurm_version: 23.11
        unused: 1
        """, """
        changed   hsn/base
          modified  inventory/group_vars/all.yml:1 mtu → roles/hsn/templates/net.j2:1 → role hsn → hsn.yml:2 (in a changed file)
        follows   slurm/compute, slurm/uan (from hsn/base)
        """);

    [Fact]
    public void Names_take_the_variables_of_the_old_revision_too_and_whole_words_alone() => Check(Precision.Names, """
        --- inventory/group_vars/all.yml
        --- inventory/group_vars/Slurm.yml
        slurm: 1
        version: 2
        """, """
        changed   hsn/base
          removed   inventory/group_vars/all.yml:2 mtu → roles/hsn/templates/net.j2:1 → role hsn → hsn.yml:2
        follows   slurm/compute, slurm/uan (from hsn/base)
        """);

    [Fact]
    public void Names_read_the_variables_of_hosts_files() => Check(Precision.Names, """
        --- inventory/hosts
        [Compute]
        node[1:4] ib_port=2
        [UAN]
        uan1
        [UAN:vars]
        login_banner=hi
        """, """
        changed   slurm/compute
          modified  inventory/hosts:2 ib_port → roles/tuning/README.md:1 → role tuning → slurm.yml:6 (in a changed file)
        changed   slurm/uan
          modified  inventory/hosts:2 ib_port → roles/tuning/README.md:1 → role tuning → slurm.yml:6 (in a changed file)
          modified  inventory/hosts:6 login_banner → roles/login/defaults/main.yml:1 → role login → more.yml:2 (in a changed file)
        """);

    [Fact]
    public void Names_read_the_variables_of_inventories_in_YAML() => Check(Precision.Names, """
        --- inventory/more.yml
        all:
          vars: {nothing: 1}
          children:
            UAN:
              hosts:
                uan1: {login_banner: x}
        """, """
        changed   slurm/uan
          added     inventory/more.yml:6 login_banner → roles/login/defaults/main.yml:1 → role login → more.yml:2
        """);

    [Fact]
    public void Names_see_nothing_in_a_vault() =>
        Check(Precision.Names, "--- inventory/group_vars/secret.yml\n$ANSIBLE_VAULT;1.1;AES256\n66\n", "none of 4 targets affected (names, a → b)");

    [Fact]
    public void Names_do_not_search_below_a_target_that_is_built_anyway() => Check(Precision.Names, """
        --- roles/hsn/templates/net.j2
        MTU=1500
        --- roles/slurm/tasks/main.yml
        []
        """, """
        changed   hsn/base
          modified  roles/hsn/templates/net.j2 → role hsn → hsn.yml:2
        follows   slurm/compute, slurm/uan (from hsn/base)
        """);

    [Theory]
    [InlineData(Precision.Values)]
    [InlineData(Precision.Names)]
    [InlineData(Precision.Files)]
    public void The_same_files_affect_nothing_at_any_precision(Precision precision) =>
        Check(precision, "", "none of 4 targets affected (" + precision.Name() + ", a → b)");

    [Theory]
    [InlineData(Precision.Names)]
    [InlineData(Precision.Files)]
    public void New_targets_are_added_and_one_with_another_parent_follows_it(Precision precision) => Check(
        precision,
        Replaced("compute: {from: hsn/base, groups: [Compute], commands: [x]}", "compute: {from: os/base, groups: [Compute], commands: [x]}\n      gpu: {from: slurm/compute}"),
        """
        added     slurm/gpu
        follows   slurm/compute (from os/base)
        """);

    private static string Replaced(string old, string now) => Site.Split("--- packages.yaml")[0].Replace(old, now, StringComparison.Ordinal);

    private static void Check(Precision precision, string change, string expected) => Expected.Text(expected, SitePair.Affected(Site, change, precision));
}
