using Strata.Inputs;
using Strata.Layers;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Inputs;

/// <summary>Roles and modules that requirements bring: what they read is not in the sources, so all that they are given counts.</summary>
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

    [Fact]
    public void It_is_said_as_an_assumption()
    {
        var inputs = Read(Site);
        Assert.Contains(inputs.External, e => e is { Kind: "role", Name: "chrony" });
        Assert.Equal(
            [
                "site.yml:3 which files the role `chrony` from elsewhere opens is not known: the inventory, what variables name, and `files/`, `templates/`, `vars/` and `tasks/` beside the playbook",
                "site.yml:3 which variables the role `chrony` from elsewhere uses is not known: every variable",
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
