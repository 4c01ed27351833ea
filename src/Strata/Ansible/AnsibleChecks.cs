using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;

namespace Strata.Ansible;

/// <summary>
/// What is wrong, or will not work in a build container, in the Ansible content of a snapshot. One value checks any number
/// of runs over the same snapshot; each file is read once.
/// </summary>
public sealed class AnsibleChecks
{
    private readonly ParsedFiles files;

    private AnsibleChecks(Snapshot snapshot) => files = new(new(snapshot));

    /// <summary>
    /// Every diagnostic of the given runs, each once however many runs reach its place, in the order of the files' paths and
    /// of the places in them.
    /// </summary>
    public static ImmutableArray<Diagnostic> Of(Snapshot snapshot, IEnumerable<AnsibleRun> runs)
    {
        var checks = new AnsibleChecks(snapshot);
        return [.. runs.SelectMany(checks.Of)
            .OrderBy(d => d.Severity)
            .DistinctBy(d => (d.Id, d.Path, d.At?.Span, d.Message))
            .OrderBy(d => d.Path, StringComparer.Ordinal)
            .ThenBy(d => d.At?.Span.Start ?? -1)
            .ThenBy(d => d.Id, StringComparer.Ordinal)
            .ThenBy(d => d.Message, StringComparer.Ordinal)];
    }

    private IEnumerable<Diagnostic> Of(AnsibleRun run)
    {
        var content = PlaybookWalk.Follow(run, files);
        var isWhole = !content.CanEndEarly && !run.Localhost && run.Delegates.IsEmpty;
        return content.Diagnostics
            .Concat(PlayFaults.UnknownGroups(run, content.Groups, files.Content))
            .Concat(content.Skipped.Select(Skipped))
            .Concat(content.Tasks.SelectMany(task => Of(task, run)))
            .Concat(content.Tasks.Select(task => NeededFiles.Fault(task, files.Content, isWhole)).OfType<Diagnostic>());
    }

    private static IEnumerable<Diagnostic> Of(ReachedTask reached, AnsibleRun run)
    {
        if (reached.Scope.IsGuarded) return [];
        var delegation = Delegation.Fault(reached, run.Delegates);
        var warning = reached.Scope.IsTolerated || IsElsewhere(reached) ? null : RunningSystem.Warning(reached.Task);
        return new[] { delegation, warning }.OfType<Diagnostic>();
    }

    /// <summary>Whether the task is not for the container.</summary>
    private static bool IsElsewhere(ReachedTask reached) =>
        reached.Task.Module.IsLocal || reached.Scope.Delegate is not null || Scalars.TextOf(reached.Scope.Connection) == "local";

    private static Diagnostic Skipped(PlaybookEntry.Play play) =>
        Diagnostic.Warning(
            "localhost-play",
            "a build leaves this play out: it is for the build machine, not for an image",
            play.Hosts[0].At,
            "",
            "`ansible: {localhost: true}` in the layer file runs it on the build machine");
}
