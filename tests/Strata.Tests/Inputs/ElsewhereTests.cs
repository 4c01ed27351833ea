using Strata.Inputs;
using Strata.Layers;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Inputs;

/// <summary>Roles, playbooks and plugins that requirements bring: what they read is not in the sources, so all that they are given counts.</summary>
public sealed class ElsewhereTests
{
    private const string Layers = SmallSite.Layers + "ansible: {requirements: [requirements.yml]}\n";

    private const string Site = """
        --- requirements.yml
        - {src: "https://git.example.org/chrony.git", scm: git, name: chrony}
        --- inventory/hosts
        [Compute]
        node1
        [Time]
        clock1
        --- inventory/group_vars/Compute.yml
        chrony_servers: [a]
        chrony_config: "conf/chrony.{{ ansible_distribution }}.j2"
        chrony_keys: conf/keys
        --- site.yml
        - hosts: Compute
          roles:
            - {role: chrony, chrony_pool: a, vars: {chrony_drift: a}}
          tasks:
            - acme.tools.install: {from: conf/tool, mode: one}
        --- templates/extra.j2
        extra
        --- conf/chrony.Debian.j2
        server {{ chrony_servers }}
        --- conf/keys
        secret
        --- conf/tool
        tool
        --- conf/unused
        unused
        --- README.md
        read me

        """;

    [Theory]
    [InlineData("a variable", "chrony_servers: [a]", "chrony_servers: [b]", true)]
    [InlineData("a new variable", "chrony_keys:", "chrony_new: b\nchrony_keys:", true)]
    [InlineData("a member of a group", "clock1", "clock1\nclock2", true)]
    [InlineData("a parameter", "chrony_pool: a", "chrony_pool: b", true)]
    [InlineData("a variable of its entry", "chrony_drift: a", "chrony_drift: b", true)]
    [InlineData("a file beside the playbook", "extra\n", "other\n", true)]
    [InlineData("a file that a variable names", "secret", "other", true)]
    [InlineData("a file of which a variable says a part", "server {{", "peer {{", true)]
    [InlineData("a file that an argument of a module names", "tool\n---", "other\n---", true)]
    [InlineData("a file that nothing names", "unused\n---", "other\n---", false)]
    [InlineData("a file for people", "read me", "read me first", false)]
    public void What_a_role_or_module_from_elsewhere_may_read_counts(string what, string before, string after, bool counts)
    {
        Assert.NotEqual("", what);
        Assert.Equal(counts, Read(Site).Fingerprint != Read(Replaced(before, after)).Fingerprint);
    }

    [Theory]
    [InlineData("import_role")]
    [InlineData("include_role")]
    public void Arguments_of_a_task_that_brings_the_role_count(string module)
    {
        var site = Replaced("- acme.tools.install: {from: conf/tool, mode: one}", $"- {module}: {{name: chrony, tasks_from: one}}\n      vars: {{chrony_x: one}}");
        Assert.NotEqual(Read(site).Fingerprint, Read(site.Replace("tasks_from: one", "tasks_from: two", StringComparison.Ordinal)).Fingerprint);
        Assert.NotEqual(Read(site).Fingerprint, Read(site.Replace("chrony_x: one", "chrony_x: two", StringComparison.Ordinal)).Fingerprint);
    }

    private const string Plugins = """
        --- inventory/hosts
        [Compute]
        node1
        --- inventory/group_vars/Compute.yml
        which: conf/found
        hidden: a
        shown: a
        --- conf/found
        found
        --- conf/unused
        unused
        --- site.yml

        """;

    [Theory]
    [InlineData("- import_playbook: acme.tools.site", true)]
    [InlineData("- hosts: Compute\n  tasks:\n    - command: \"echo {{ lookup('acme.tools.find', which) }}\"", true)]
    [InlineData("- hosts: Compute\n  tasks:\n    - command: \"echo {{ lookup('acme.tools.find', path=which) }}\"", true)]
    [InlineData("- hosts: Compute\n  tasks:\n    - command: echo\n      with_acme.tools.find: [\"{{ which }}\"]", true)]
    [InlineData("- hosts: Compute\n  tasks:\n    - acme.tools.find: {path: \"{{ which }}\"}", true)]
    [InlineData("- hosts: Compute\n  tasks:\n    - command: \"echo {{ which | acme.tools.find }}\"", false)]
    [InlineData("- hosts: Compute\n  tasks:\n    - command: echo\n      when: which is acme.tools.found", false)]
    [InlineData("- hosts: Compute\n  tasks:\n    - command: \"echo {{ lookup('community.general.find', which) }}\"", false)]
    [InlineData("- hosts: Compute\n  tasks:\n    - community.general.find: {path: \"{{ which }}\"}", false)]
    public void What_a_playbook_or_plugin_from_elsewhere_may_read_counts(string playbook, bool readsVariables)
    {
        var site = Plugins + playbook + "\n";
        Assert.True(Differs(site, "found\n---", "other\n---"));
        Assert.Equal(readsVariables, Differs(site, "hidden: a", "hidden: b"));
        Assert.False(Differs(site, "unused\n---", "other\n---"));
    }

    [Fact]
    public void A_playbook_from_elsewhere_is_listed()
    {
        var site = Plugins + "- import_playbook: acme.tools.site\n  vars: {given: a}\n";
        Assert.Contains(Read(site).External, e => e is { Kind: "playbook", Name: "acme.tools.site" });
        Assert.True(Differs(site, "given: a", "given: b"));
    }

    [Fact]
    public void Variables_that_a_plugin_from_elsewhere_reads_count_as_files()
    {
        var site = Plugins + "- hosts: Compute\n  tasks: [{command: echo}]\n--- ansible.cfg\n[defaults]\nvars_plugins_enabled = host_group_vars,acme.tools.sealed\n--- inventory/group_vars/all.sealed.yaml\nsealed: a\n";
        Assert.True(Differs(site, "sealed: a", "sealed: b"));
        Assert.False(Differs(site.Replace(",acme.tools.sealed", "", StringComparison.Ordinal), "sealed: a", "sealed: b"));
    }

    [Theory]
    [InlineData("--- inventory/nodes [executable]\n#!/bin/sh\ncat conf/unused\n", true)]
    [InlineData("--- inventory/nodes.yml\nplugin: acme.tools.nodes\nfrom: [../conf/unused]\n", true)]
    [InlineData("--- inventory/nodes.yml\nplugin: acme.tools.nodes\nfrom: [conf/unused]\n", true)]
    [InlineData("--- inventory/nodes.yml\nplugin: acme.tools.nodes\nfrom: [conf/found]\n", false)]
    public void Files_that_an_inventory_from_elsewhere_may_read_count(string inventory, bool counts) =>
        Assert.Equal(counts, Differs(Plugins + "- hosts: Compute\n  tasks: [{command: echo}]\n" + inventory, "unused\n--- site", "other\n--- site"));

    /// <summary>The value that names the file comes from a module of the sources, of which only the text says which variables it sets.</summary>
    [Fact]
    public void Variables_that_a_module_of_the_sources_sets_may_name_files()
    {
        const string Library = "--- library/ours.py\nprint({'ansible_facts': {'chosen': 'b'}})\n--- templates/a.j2\na\n--- templates/b.j2\nb\n";
        var site = Plugins + "- hosts: Compute\n  vars: {chosen: a}\n  tasks:\n    - ours: {}\n    - template: {src: \"{{ chosen }}.j2\", dest: /a}\n" + Library;
        Assert.True(Differs(site, "templates/b.j2\nb", "templates/b.j2\nc"));
        Assert.False(Differs(site.Replace("    - ours: {}\n", "", StringComparison.Ordinal), "templates/b.j2\nb", "templates/b.j2\nc"));
    }

    /// <summary>What is given every variable may open the files that they name, also those that it is not told of.</summary>
    [Theory]
    [InlineData("command: \"echo {{ lookup('acme.tools.find', 'x') }}\"", true)]
    [InlineData("acme.tools.find: {}", true)]
    [InlineData("command: \"echo {{ lookup('community.general.find', 'x') }}\"", false)]
    public void Files_that_variables_name_count_for_a_plugin_from_elsewhere(string task, bool counts) =>
        Assert.Equal(counts, Differs(Plugins + $"- hosts: Compute\n  tasks:\n    - {task}\n", "found\n---", "other\n---"));

    /// <summary>Bare names of roles are looked up in collections first.</summary>
    [Theory]
    [InlineData("acme.tools", true)]
    [InlineData("community.zabbix", true)]
    [InlineData("community.general", false)]
    public void A_role_of_the_site_may_be_hidden_by_one_of_a_collection_that_is_not_there(string collection, bool counts)
    {
        var site = Plugins + $"- hosts: Compute\n  collections: [{collection}]\n  roles: [ours]\n--- roles/ours/tasks/main.yml\n- command: echo\n";
        Assert.Equal(counts, Differs(site, "shown: a", "shown: b"));
        Assert.False(Differs(site + "--- collections/ansible_collections/acme/tools/README.md\nours\n--- collections/ansible_collections/community/zabbix/README.md\nours\n", "shown: a", "shown: b"));
    }

    [Fact]
    public void A_file_that_a_module_from_elsewhere_may_read_as_a_template_counts_with_what_it_uses()
    {
        var site = Plugins + "- hosts: Compute\n  tasks:\n    - kubernetes.core.k8s: {template: pods.yml}\n--- templates/pods.yml\nname: {{ shown }}\n";
        Assert.True(Differs(site, "shown: a", "shown: b"));
        Assert.False(Differs(site, "hidden: a", "hidden: b"));
    }

    /// <summary>Their text is not there, so that they may set any variable, as one that names a file.</summary>
    [Theory]
    [InlineData("acme.tools.choose: {}", "", true)]
    [InlineData("choose: {}", "  collections: [acme.tools]\n", true)]
    [InlineData("copy: {src: conf/found, dest: /a}", "  collections: [acme.tools]\n", true)]
    [InlineData("include_role: {name: acme.tools.choose}", "", true)]
    [InlineData("community.general.choose: {}", "", false)]
    [InlineData("command: echo", "  collections: [community.general]\n", false)]
    public void Variables_that_a_module_or_role_from_elsewhere_sets_may_name_files(string task, string keywords, bool counts)
    {
        const string Templates = "--- requirements.yml\n- {src: \"https://git.example.org/choose.git\", name: acme.tools.choose}\n--- top/a.j2\na\n--- top/b.j2\nb\n";
        var site = Plugins + $"- hosts: Compute\n{keywords}  vars: {{chosen: a}}\n  tasks:\n    - {task}\n    - template: {{src: \"top/{{{{ chosen }}}}.j2\", dest: /a}}\n{Templates}";
        Assert.Equal(counts, Differs(site, "top/b.j2\nb", "top/b.j2\nc"));
        Assert.Equal(counts, Differs(site, "hidden: a", "hidden: b"));
    }

    private static bool Differs(string site, string before, string after)
    {
        Assert.Equal(2, site.Split(before).Length);
        return Read(site).Fingerprint != Read(site.Replace(before, after, StringComparison.Ordinal)).Fingerprint;
    }

    [Fact]
    public void It_is_said_as_an_assumption()
    {
        var inputs = Read(Site);
        Assert.Contains(inputs.External, e => e is { Kind: "role", Name: "chrony" });
        Assert.Equal(
            [
                "site.yml:3 which files the role `chrony` from elsewhere opens is not known: what variables name, and `files/`, `templates/`, `vars/` and `tasks/` beside the playbook",
                "site.yml:3 which variables the role `chrony` from elsewhere sets is not known: any value of a variable that names a file",
                "site.yml:3 which variables the role `chrony` from elsewhere uses is not known: every variable and the inventory",
                "site.yml:5 `acme.tools.install` may be an action from elsewhere, which is given every variable and can set any: every variable and the inventory",
            ],
            inputs.Assumptions.Select(a => $"{a.Path}:{a.Line} {a.Because}: {a.Covers}"));
    }

    private static string Replaced(string before, string after)
    {
        Assert.Equal(2, Site.Split(before).Length);
        return Site.Replace(before, after, StringComparison.Ordinal);
    }

    private static TargetInputs Read(string site)
    {
        var (file, _) = LayerFileReader.Read(new SourceFile("strata.yaml", Layers));
        return new InputReader().Read(file!, MemoryTree.Snapshot(site)).Targets[^1];
    }
}
