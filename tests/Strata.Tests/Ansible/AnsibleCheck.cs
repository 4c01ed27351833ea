using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Sources;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Ansible;

/// <summary>Checks the content of one source, `site.yml` being the playbook, as a layer file that names it would.</summary>
internal static class AnsibleCheck
{
    private static readonly SourceFile LayerFile = new("strata.yaml", "playbooks: [site.yml]\ngroups: [Compute]\n");

    /// <summary>Asserts the diagnostics of a source in the mini-format.</summary>
    public static void Expect(string expected, string files, Func<AnsibleRun, AnsibleRun>? change = null) =>
        Expected.Diagnostics(expected, Of(MemoryTree.Snapshot(files), change));

    /// <summary>Asserts the diagnostics of a play for the group Compute that has nothing but these tasks.</summary>
    public static void ExpectOfTasks(string expected, string tasks) =>
        Expect(expected, $"""
            --- site.yml
            - hosts: Compute
              roles: [site]
            --- roles/site/tasks/main.yml
            {tasks}
            """);

    /// <summary>Asserts that one line of the heading of each diagnostic is as expected.</summary>
    public static void ExpectHeadings(string expected, string files, Func<AnsibleRun, AnsibleRun>? change = null) =>
        Expected.Text(expected, string.Join('\n', Of(MemoryTree.Snapshot(files), change).Select(Heading)));

    /// <summary>The diagnostics of a snapshot.</summary>
    public static ImmutableArray<Diagnostic> Of(Snapshot snapshot, Func<AnsibleRun, AnsibleRun>? change = null) =>
        AnsibleChecks.Of(snapshot, [(change ?? (run => run))(Run())]);

    /// <summary>The run of `site.yml`.</summary>
    public static AnsibleRun Run() => new()
    {
        Source = SourceName.Self,
        Playbooks = [new(RepoPath.Of("site.yml"), new(LayerFile, new(12, 8)))],
        At = new(LayerFile, new(12, 8)),
        Groups = [new("Compute", new(LayerFile, new(31, 7)))],
    };

    private static string Heading(Diagnostic diagnostic) => $"{diagnostic.At?.ToString() ?? diagnostic.Path} {diagnostic.Id}: {diagnostic.Message}";
}
