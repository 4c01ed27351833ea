using Strata.Ansible;
using Strata.Sources;
using Strata.Text;

namespace Strata.Tests.Ansible;

public sealed class PlayMatchTests
{
    private const string Inventory = """
        --- inventory/hosts
        [Compute]
        node1
        [Login]
        login1

        """;

    [Fact]
    public void A_playbook_without_a_play_for_the_image_host_is_an_error() => AnsibleCheck.Expect("""
        error[no-play-for-image]: no play of `site.yml` is for the image host, which is in `Compute`; its plays are for `Login` and `Login:&Compute`
         --> strata.yaml:1:13
          |
        1 | playbooks: [site.yml]
          |             ^^^^^^^^ nothing of it would run
         ::: site.yml:1:10
          |
        1 | - hosts: Login
          |          ----- for `Login`
         ::: site.yml:3:10
          |
        3 | - hosts: Login:&Compute
          |          -------------- for `Login:&Compute`
        hint: name the group of a play under `groups` in the layer file, or correct `hosts` of the play
        """, Inventory + """
        --- site.yml
        - hosts: Login
          tasks: [{debug: {msg: x}}]
        - hosts: Login:&Compute
          tasks: [{debug: {msg: x}}]
        """, WithInventory);

    [Fact]
    public void A_group_that_is_misspelt_in_a_play_is_named() => AnsibleCheck.Expect("""
        error[no-play-for-image]: no play of `site.yml` is for the image host, which is in `Compute`; its plays are for `compute`
         --> strata.yaml:1:13
          |
        1 | playbooks: [site.yml]
          |             ^^^^^^^^ nothing of it would run
         ::: site.yml:1:10
          |
        1 | - hosts: compute
          |          ------- for `compute`
        hint: did you mean `Compute` instead of `compute` in the play's `hosts`?
        """, Inventory + """
        --- site.yml
        - hosts: compute
          tasks: [{debug: {msg: x}}]
        """, WithInventory);

    [Fact]
    public void Plays_for_localhost_alone_are_an_error() => AnsibleCheck.Expect("""
        warning[localhost-play]: a build leaves this play out: it is for the build machine, not for an image
         --> site.yml:1:10
          |
        1 | - hosts: localhost
          |          ^^^^^^^^^
        hint: `ansible: {localhost: true}` in the layer file runs it on the build machine

        error[no-play-for-image]: no play of `site.yml` is for the image host, which is in `Compute`; its plays are for `localhost`
         --> strata.yaml:1:13
          |
        1 | playbooks: [site.yml]
          |             ^^^^^^^^ nothing of it would run
         ::: site.yml:1:10
          |
        1 | - hosts: localhost
          |          --------- for `localhost`
        hint: a build leaves out plays for `localhost`; `ansible: {localhost: true}` in the layer file runs them on the build machine
        """, Inventory + """
        --- site.yml
        - hosts: localhost
          tasks: [{debug: {msg: x}}]
        """, WithInventory);

    [Fact]
    public void Plays_of_imported_playbooks_count() => AnsibleCheck.Expect("", Inventory + """
        --- site.yml
        - import_playbook: login.yml
        - import_playbook: compute.yml
        --- login.yml
        - hosts: Login
        --- compute.yml
        - hosts: Compute
        """, WithInventory);

    [Theory]
    [InlineData("all")]
    [InlineData("'*'")]
    [InlineData("Comp*")]
    [InlineData("'{{ target }}'")]
    [InlineData("~Comp")]
    [InlineData("~(")]
    [InlineData("Compute[-1]")]
    [InlineData("[Login, Compute]")]
    [InlineData("'!Login'")]
    [InlineData("strata-image")]
    public void A_pattern_that_may_match_is_no_error(string hosts) =>
        AnsibleCheck.Expect("", Inventory + $"--- site.yml\n- hosts: {hosts}\n", WithInventory);

    [Theory]
    [InlineData("Login")]
    [InlineData("login1")]
    [InlineData("Log*")]
    [InlineData("Login[0]")]
    [InlineData("~Log")]
    [InlineData("a b")]
    [InlineData("Compute[0]")]
    [InlineData("ungrouped")]
    [InlineData("all:!Compute")]
    public void A_pattern_that_cannot_match_is(string hosts) =>
        Assert.Contains("no-play-for-image", Ids(Inventory + $"--- site.yml\n- hosts: {hosts}\n", WithInventory));

    [Theory]
    [InlineData("--- inventory/more [executable]\n#!/bin/sh\n")]
    [InlineData("--- inventory/more.yml\nplugin: constructed\n")]
    [InlineData("--- inventory/more.ini\n[x]\n")]
    [InlineData("--- inventory/more.toml\n[x.hosts]\na = {}\n")]
    [InlineData("--- inventory/more.yml\n$ANSIBLE_VAULT;1.1;AES256\n6162\n")]
    [InlineData("--- inventory/more\n[Other]\nstrata-image\n")]
    [InlineData("--- inventory/more\nOther: {hosts: {strata-image: }}\n")]
    [InlineData("--- ansible.cfg\n[inventory]\nenable_plugins = site\n")]
    [InlineData("--- inventory/more\n[x\n")]
    public void Where_the_inventory_is_not_known_nothing_is_said(string files) =>
        Assert.Empty(Ids(Inventory + files + "--- site.yml\n- hosts: Other\n", WithInventory));

    [Theory]
    [InlineData("tasks: [{group_by: {key: x}}]")]
    [InlineData("tasks: [{ansible.builtin.add_host: {name: strata-image, groups: Other}}]")]
    [InlineData("tasks: [{include_tasks: '{{ x }}'}]")]
    [InlineData("tasks: [{include_role: {name: '{{ x }}'}}]")]
    [InlineData("roles: [site.cluster.groups]")]
    public void After_something_that_may_add_groups_nothing_is_said(string before) =>
        Assert.Empty(Ids(Inventory + $"--- first.yml\n- hosts: Compute\n  {before}\n--- site.yml\n- hosts: Other\n", Twice));

    [Fact]
    public void What_a_play_for_others_would_add_does_not_count() =>
        Assert.Equal(["no-play-for-image"], Ids(Inventory + """
            --- site.yml
            - hosts: Login
              tasks: [{group_by: {key: x}}]
            - hosts: Other
            """, WithInventory));

    [Fact]
    public void With_plays_on_the_build_machine_nothing_is_said() =>
        Assert.Empty(Ids(Inventory + "--- site.yml\n- hosts: localhost\n- hosts: Other\n", run => WithInventory(run) with { Localhost = true }));

    [Fact]
    public void An_inventory_of_YAML_without_an_ending_is_read() =>
        Assert.Equal(["no-play-for-image"], Ids("""
            --- inventory/hosts
            all: {children: {Compute: {children: {Big: {}}}, Login: {}}}
            --- site.yml
            - hosts: Big
            """, WithInventory));

    [Fact]
    public void A_group_of_the_layer_file_that_no_inventory_has_is_a_warning() => AnsibleCheck.Expect("""
        warning[unknown-group]: the group `Compute` is in no inventory of the target
         --> strata.yaml:2:10
          |
        2 | groups: [Compute]
          |          ^^^^^^^ it brings no variables
        hint: did you mean `compute`?
        """, """
        --- inventory/hosts
        [compute]
        node1
        --- site.yml
        - hosts: Compute
        """, WithInventory);

    [Fact]
    public void Where_no_group_has_nearly_that_name_those_there_are_are_shown() => AnsibleCheck.Expect("""
        warning[unknown-group]: the group `Compute` is in no inventory of the target
         --> strata.yaml:2:10
          |
        2 | groups: [Compute]
          |          ^^^^^^^ it brings no variables
        hint: add it to the inventory, or name one of its groups: `login` or `nodes`
        """, """
        --- inventory/hosts
        [nodes]
        node1
        [login]
        --- site.yml
        - hosts: Compute
        """, WithInventory);

    [Theory]
    [InlineData("--- inventory/group_vars/Compute.yml\nx: 1\n")]
    [InlineData("--- inventory/group_vars/Compute/a.yml\nx: 1\n")]
    [InlineData("--- group_vars/Compute\nx: 1\n")]
    [InlineData("--- inventory/more.yml\nplugin: constructed\n")]
    public void A_group_with_variables_or_of_an_unreadable_inventory_is_not(string files) =>
        Assert.Empty(Ids("--- inventory/hosts\n[nodes]\nnode1\n" + files + "--- site.yml\n- hosts: Compute\n", WithInventory));

    private static AnsibleRun WithInventory(AnsibleRun run) => run with { Inventory = [new(SourceName.Self, RepoPath.Of("inventory"))] };

    private static AnsibleRun Twice(AnsibleRun run) =>
        WithInventory(run) with { Playbooks = run.Playbooks.Insert(0, new(RepoPath.Of("first.yml"), run.Playbooks[0].At)) };

    private static IEnumerable<string> Ids(string files, Func<AnsibleRun, AnsibleRun> change) =>
        AnsibleCheck.Of(Support.MemoryTree.Snapshot(files), change).Select(d => d.Id);
}
