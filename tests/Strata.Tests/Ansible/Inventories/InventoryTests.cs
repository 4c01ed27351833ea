using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Ansible.Inventories;
using Strata.Tests.Support;
using Strata.Tests.Yaml;
using Strata.Text;

namespace Strata.Tests.Ansible.Inventories;

public sealed class InventoryTests
{
    private const string Cluster = """
        --- inventory/hosts
        [login]
        login1 cpus=8

        [compute]
        node[001:003] cpus=64 'rack'=r1
        [compute:vars]
        queue = batch # a comment is part of a text
        cpus = 1

        [cluster:children]
        compute
        login
        --- inventory/group_vars/all.yml
        queue: none
        --- inventory/group_vars/compute/main.yml
        queue: normal
        --- site/group_vars/compute.yml
        queue: site
        --- inventory/host_vars/node001.yml
        queue: own
        """;

    [Fact]
    public void Every_definition_of_a_variable_has_its_rank_and_its_place() =>
        ExpectDefinitions(
            """
            "batch # a comment is part of a text" from inventory/hosts at inventory/hosts:7:1, value at inventory/hosts:7:9
            "none" from inventory/group_vars/all.yml at inventory/group_vars/all.yml:1:1, value at inventory/group_vars/all.yml:1:8
            "normal" from inventory/group_vars/compute/main.yml at inventory/group_vars/compute/main.yml:1:1, value at inventory/group_vars/compute/main.yml:1:8
            "site" from site/group_vars/compute.yml at site/group_vars/compute.yml:1:1, value at site/group_vars/compute.yml:1:8
            "own" from inventory/host_vars/node001.yml at inventory/host_vars/node001.yml:1:1, value at inventory/host_vars/node001.yml:1:8
            """,
            Cluster, "node001", "queue");

    [Fact]
    public void A_host_line_gives_the_place_of_the_name_alone() =>
        ExpectDefinitions(
            """
            int:1 from inventory/hosts at inventory/hosts:8:1, value at inventory/hosts:8:8
            int:40 from inventory/hosts at inventory/hosts:5:15, value at inventory/hosts:5:20
            """,
            Cluster, "node001", "cpus");

    [Fact]
    public void A_name_in_quotes_has_the_place_of_the_whole_word() =>
        ExpectDefinitions(
            """
            "r1" from inventory/hosts at inventory/hosts:5:23, value at inventory/hosts:5:23
            """,
            Cluster, "node001", "rack");

    [Fact]
    public void The_image_host_is_in_its_groups_and_in_those_above_them()
    {
        var inventory = Read(Cluster, ["compute"]);

        Assert.Equal(["node001", "node002", "node003", "strata-image"], inventory.Members("compute"));
        Assert.Equal(["node001", "node002", "node003", "strata-image", "login1"], inventory.Members("cluster"));
        Assert.Equal(["cluster", "compute"], inventory.GroupNames("strata-image"));
        Assert.Equal(["all", "cluster", "compute"], inventory.MergeOrder("strata-image"));
        Assert.Equal(["all", "cluster"], inventory.Ancestors("compute"));
        Assert.Null(inventory.Naming("strata-image")!.File);
    }

    [Fact]
    public void The_image_host_has_the_connection_that_a_build_gives_it() =>
        Expected.Text(
            """
            ansible_connection = "containers.podman.buildah"
            ansible_host = "strata-image"
            ansible_python_interpreter = "/usr/bin/python3"
            ansible_user = "root"
            cpus = int:1
            group_names = ["cluster", "compute"]
            inventory_dir = "/run/strata/src/self/inventory"
            inventory_file = "/run/strata/src/self/inventory/hosts"
            inventory_hostname = "strata-image"
            inventory_hostname_short = "strata-image"
            queue = "normal"
            """,
            Winners(Read(Cluster, ["compute"]).Variables("strata-image", [])));

    [Fact]
    public void A_host_that_nobody_named_has_the_variables_of_all_and_its_own() =>
        Expected.Text(
            """
            ansible_python_interpreter = "/usr/bin/python3"
            group_names = []
            inventory_hostname = "localhost"
            inventory_hostname_short = "localhost"
            local = int:1
            queue = "none"
            """,
            Winners(Read(Cluster + "\n--- inventory/host_vars/localhost.yml\nlocal: 1\n", []).Variables("localhost", [])));

    [Fact]
    public void What_is_no_group_and_no_host_is_in_nothing()
    {
        var inventory = Read(Cluster, []);

        Assert.False(inventory.HasGroup("node001"));
        Assert.False(inventory.HasHost("compute"));
        Assert.Empty(inventory.Members("node001"));
        Assert.Empty(inventory.Ancestors("nobody"));
        Assert.Empty(inventory.GroupNames("nobody"));
        Assert.Null(inventory.Naming("nobody"));
    }

    [Fact]
    public void What_only_a_program_could_tell_is_listed_with_its_reason() =>
        ExpectOpaque(
            """
            inventory/a.yml: Plugin: it configures the inventory plugin constructed
            inventory/b: Script: it is run as a program
            inventory/c.toml: Toml: it is TOML
            inventory/d: Encrypted: it is encrypted by Ansible Vault
            inventory/e: Unreadable: as yaml: it is not a mapping of groups; as ini: line 2: x is not NAME=VALUE
            inventory/f: Missing: there is no such file or folder
            inventory/g.json: NotRead: line 1: `,` or `]` was expected here
            """,
            """
            --- inventory/a.yml
            plugin: constructed
            --- inventory/b [executable]
            #!/bin/sh
            echo '{}'
            --- inventory/c.toml
            [web.hosts]
            h1 = {}
            --- inventory/d
            $ANSIBLE_VAULT;1.1;AES256
            3133
            --- inventory/e
            h1
            h2 x
            --- inventory/f [link]
            nowhere
            --- inventory/g.json
            {"a": [1}
            """);

    [Fact]
    public void Files_of_variables_that_cannot_be_read_are_listed_for_the_hosts_that_see_them()
    {
        var inventory = Read(
            Cluster + "\n--- inventory/group_vars/compute/vault.yml\n$ANSIBLE_VAULT;1.1;AES256\n3133\n--- inventory/group_vars/login.yml\n- a\n",
            []);

        Assert.Equal(["inventory/group_vars/compute/vault.yml: Encrypted"], Opaque("node001"));
        Assert.Equal(["inventory/group_vars/login.yml: Unreadable"], Opaque("login1"));

        IEnumerable<string> Opaque(string host) => inventory.Variables(host, []).Opaque.Select(o => $"{o.Path}: {o.Reason}");
    }

    [Fact]
    public void Of_several_files_of_a_group_all_are_told_in_the_order_in_which_they_are_read()
    {
        var inventory = Read("--- inventory/hosts\nh1\n--- inventory/group_vars/all/b.yml\na: 1\n--- inventory/group_vars/all/a/x\na: 2\n--- inventory/group_vars/all/.x\na: 3\n", []);

        Assert.Equal(["inventory/group_vars/all/a/x", "inventory/group_vars/all/b.yml"], inventory.GroupVariables(InventoryDump.Path("inventory"), "all").Files.Select(f => f.ToString()));
        Assert.Empty(inventory.HostVariables(InventoryDump.Path("inventory"), "h1").Files);
    }

    [Fact]
    public void An_inventory_that_no_plugin_reads_ends_the_run_where_the_site_wants_it()
    {
        const string Broken = "--- inventory/hosts\nh1 x\n";

        Assert.Null(Read(Broken, []).Fault);
        Assert.Equal("inventory/hosts is no inventory, and `any_unparsed_is_failed` is set", Read(Broken, [], new() { FailsOnUnparsed = true }).Fault);
    }

    [Fact]
    public void An_inventory_in_another_source_has_its_own_variables()
    {
        var content = new AnsibleContent(MemoryTree.Snapshot(("self", "--- group_vars/all.yml\na: self\n"), ("site", "--- hosts\nh1\n--- group_vars/all.yml\na: site\n")));
        var inventory = Inventory.Read(content, [new(new("site"), RepoPath.Of("hosts"))], [], InventorySettings.Default);

        Assert.Equal("site:group_vars/all.yml", Assert.Single(inventory.Variables("h1", []).Of("a")).File.ToString());
        Assert.Equal("\"/run/strata/src/site/hosts\"", YamlDump.Of(inventory.Variables("h1", []).Of("inventory_file")[^1].Value));
    }

    [Fact]
    public void Links_that_lead_in_circles_end()
    {
        var inventory = Read("--- inventory/hosts\nh1\n--- inventory/x [link]\n.\n--- inventory/y [link]\n.\n--- inventory/group_vars/all/a.yml\nb: 1\n--- inventory/group_vars/all/x [link]\n.\n--- inventory/group_vars/all/y [link]\n.\n", []);

        Assert.True(inventory.HasHost("h1"));
        Assert.Equal(["inventory/x", "inventory/y"], inventory.Opaque.Where(o => o.Reason == OpaqueReason.NotRead).Select(o => o.Path.ToString()));
        Assert.Equal("int:1", YamlDump.Of(Assert.Single(inventory.Variables("h1", []).Of("b")).Value));
    }

    [Theory]
    [InlineData("h[1:99999999999999999999]")]
    [InlineData("h[1:9999999][1:9999999][1:9999999]")]
    [InlineData("h[1:9999999999][3:1]")]
    public void A_range_of_too_many_hosts_is_refused(string range) =>
        Assert.Contains("names more than 1000000 hosts", Assert.Single(Read($"--- inventory/hosts\n{range}\n", []).Opaque).Detail, StringComparison.Ordinal);

    [Fact]
    public void Brackets_without_end_are_refused()
    {
        var text = string.Concat(Enumerable.Repeat("[1:1]", 20_000));

        Assert.Equal(OpaqueReason.Unreadable, Assert.Single(Read($"--- inventory/hosts\nh{text}\n[g:vars]\nv={new string('[', 20_000)}\n", []).Opaque).Reason);
    }

    [Fact]
    public void Ten_thousand_hosts_are_read()
    {
        var inventory = Read("--- inventory/hosts\n[compute]\nnode[00001:10000] cpus=64\n[rack]\nnode[00001:05000]\n[cluster:children]\ncompute\nrack\n--- inventory/group_vars/rack.yml\nrow: 1\n", ["compute"]);

        Assert.Equal(10_001, inventory.Members("cluster").Length);
        Assert.Equal(5_000, inventory.Hosts.Count(h => inventory.Variables(h, []).Of("row").Length == 1));
    }

    private static void ExpectDefinitions(string expected, string files, string host, string name) =>
        Expected.Text(
            expected,
            string.Join('\n', Read(files, []).Variables(host, [InventoryDump.Path("site")]).Of(name).Select(d => $"{YamlDump.Of(d.Value)} from {d.File} at {d.At}, value at {d.Value.At}")));

    private static void ExpectOpaque(string expected, string files) =>
        Expected.Text(expected, string.Join('\n', Read(files, []).Opaque.Select(o => $"{o.Path}: {o.Reason}: {o.Detail}")));

    private static string Winners(HostVariables variables) =>
        string.Join('\n', variables.Names.Select(n => $"{n} = {YamlDump.Of(variables.Of(n)[^1].Value)}"));

    private static Inventory Read(string files, ImmutableArray<string> groups, InventorySettings? settings = null) =>
        Inventory.Read(new(MemoryTree.Snapshot(files)), [InventoryDump.Path("inventory")], groups, settings ?? InventorySettings.Default);
}
