using System.Collections.Immutable;
using Strata.Engine.Building;
using Strata.Engine.Comparing;
using Strata.Engine.Files;
using Strata.Images;
using Strata.Impact;
using Strata.Inputs;
using Strata.Layers;
using Strata.Planning;
using Strata.Reports;
using Strata.Sources;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>
/// The layer file and its history, as `diff` needs them: images are named by targets, and explained by inputs. Images can be compared
/// without one too.
/// </summary>
internal sealed class DiffSite : IAsyncDisposable
{
    private const string WorkTree = "worktree";

    private readonly Workspace? workspace;
    private readonly SiteReading? present;

    private DiffSite(LocalMachine machine, RunFolder run, Workspace? workspace, SiteReading? present) =>
        (Machine, Run, this.workspace, this.present) = (machine, run, workspace, present);

    /// <summary>The machine.</summary>
    public LocalMachine Machine { get; }

    /// <summary>This run's folder.</summary>
    public RunFolder Run { get; }

    /// <summary>The layer file as it is now; null where there is none that can be read.</summary>
    public LayerFile? Layers => present?.Site?.File;

    /// <summary>Opens what a command line names, or the usual layer file where there is one.</summary>
    public static async Task<DiffSite> OpenAsync(WorkspaceOptions options, Surroundings around, CancellationToken cancellation)
    {
        if (options.File is null && options.IsLayerFileHere && LayerFileOnDisk.TryFind(around) is null)
        {
            var machine = Workspace.MachineOf(around, new());
            return new(machine, Workspace.OpenRun(machine), null, null);
        }

        var opened = await Workspace.OpenAsync(options, around, cancellation);
        try
        {
            return new(opened.Machine, opened.Run, opened, await opened.ReadAtAsync(SourceRevisions.Of(null), cancellation));
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>The target that a word names, `TARGET` or `TARGET@REV`, with the site at that revision; null where it names an image.</summary>
    /// <exception cref="UsageException">It names several targets.</exception>
    /// <exception cref="FaultyInputException">The layer file at that revision has errors.</exception>
    public async Task<(Site Site, TargetName Target)?> TargetAsync(string word, CancellationToken cancellation)
    {
        if (workspace is null || DiffWord.Read(word, Layers?.Targets.Select(t => t.Name) ?? []) is not { } asked) return null;
        var reading = asked.Revision is null ? present! : await workspace.ReadAtAsync(SourceRevisions.Of(asked.Revision), cancellation);
        var site = Change.Require(reading, workspace);
        var names = TargetSelection.Of(site.File.Targets, [asked.Target]).Names;
        if (names.Length > 1)
            throw new UsageException($"{Wording.Quote(word)} names {names.Length} targets, and one image is compared with another", $"name one of them: {Wording.List(names.Take(6).Select(n => n.ToString()))}");
        return names is [var only] ? (site, only) : null;
    }

    /// <summary>The inputs whose change explains what differs between two images.</summary>
    public async Task<InputExplanation> ExplainAsync(FoundImage from, FoundImage to, ImageComparison comparison, CancellationToken cancellation)
    {
        if (from.Id == to.Id) return InputExplanation.None("both are the same image");
        if (from.Target is not { } target || to.Target is null)
            return InputExplanation.None($"{(from.Target is null ? from : to).Reference} has no label that says what it was built from");
        if (target != to.Target) return InputExplanation.None($"they are images of different targets, {target} and {to.Target}");
        if (from.Fingerprint == to.Fingerprint)
            return InputExplanation.None(comparison.IsEmpty ? "both have the same fingerprint" : $"both have the same fingerprint: what differs is from outside of the sources, as package repositories are (`strata inputs {target}` lists it)");
        if (workspace is null) return InputExplanation.None("there is no layer file here whose history says more");
        var (before, after) = (await StateAsync(from, cancellation), await StateAsync(to, cancellation));
        if (before.Site is not { } earlier || after.Site is not { } later) return new() { Notes = [.. before.Notes, .. after.Notes] };
        var state = new SiteState(later.Inputs, later.Snapshot);
        var impact = new SiteComparison().Between(state.At(earlier.Inputs, earlier.Snapshot), state, Precision.Values);
        return new() { Targets = [.. Lineage(impact, later).Where(t => t.State != ImpactState.Unchanged)], Notes = [.. before.Notes, .. after.Notes] };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (workspace is not null) await workspace.DisposeAsync();
        else await Workspace.RemoveAsync(Run, Machine);
    }

    /// <summary>The site that an image was built from, as far as the repository has it.</summary>
    private async Task<(BuiltFrom? Site, ImmutableArray<string> Notes)> StateAsync(FoundImage image, CancellationToken cancellation)
    {
        if (image.Revisions.GetValueOrDefault(SourceName.Self.Value) is not { } revision) return (null, [$"{image.Reference} does not say the revision that it was built from"]);
        if (revision.EndsWith(WorkTree, StringComparison.Ordinal) && BuiltFrom.Of(present!.Site, image) is { IsExact: true } here) return (here, []);
        var commit = revision.Split('+')[0];
        if (commit == WorkTree || workspace!.Snapshots.Self.TryResolve(commit) is null)
            return (null, [commit == WorkTree ? $"{image.Reference} was built from a working tree that is another now" : $"the commit {commit}, which {image.Reference} was built from, is not in the repository"]);
        var others = image.Revisions.Where(r => r.Key != SourceName.Self.Value && !r.Value.EndsWith(WorkTree, StringComparison.Ordinal)).ToImmutableDictionary(r => new SourceName(r.Key), r => r.Value);
        var reading = await workspace.ReadPastAsync(new(commit, others), cancellation);
        if (reading.Sources is [var missing, ..]) return (null, [$"{missing.Message}, from which {image.Reference} was built"]);
        if (BuiltFrom.Of(reading.Site, image) is not { } there) return (null, [$"at {commit} there is no target {image.Target}"]);
        return (there, there.IsExact ? [] : [Inexact(image, revision, commit)]);
    }

    private static string Inexact(FoundImage image, string revision, string commit) => revision == commit
        ? $"{image.Reference} has another fingerprint than {commit} gives now: another version of Strata or other sources made it, and may explain more"
        : $"{image.Reference} was built from a working tree with changes that are not in {commit}: they may explain more";

    private static IEnumerable<TargetImpact> Lineage(ChangeImpact impact, BuiltFrom site)
    {
        var names = new Stack<TargetName>();
        for (TargetName? name = site.Target; name is { } at; name = site.Inputs.Find(at)?.Target.Parent) names.Push(at);
        return names.Select(impact.Find).OfType<TargetImpact>();
    }

    /// <summary>A site, read, with the target of an image in it.</summary>
    /// <param name="Inputs">What its targets depend on.</param>
    /// <param name="Snapshot">Its sources.</param>
    /// <param name="Target">The target.</param>
    /// <param name="IsExact">Whether it gives the image's fingerprint.</param>
    private sealed record BuiltFrom(SiteInputs Inputs, Snapshot Snapshot, TargetName Target, bool IsExact)
    {
        /// <summary>An image does not say for which system it was built: the fingerprint tells.</summary>
        public static BuiltFrom? Of(Site? site, FoundImage image)
        {
            if (site is null) return null;
            var inputs = new InputReader().Read(site.File, site.Snapshot);
            var candidates = inputs.Targets.Where(t => $"{t.Target.Name.Layer}/{t.Target.Name.Type}" == image.Target).ToList();
            var found = candidates.Find(t => t.Fingerprint == image.Fingerprint) ?? candidates.FirstOrDefault();
            return found is null ? null : new(inputs, site.Snapshot, found.Target.Name, found.Fingerprint == image.Fingerprint);
        }
    }
}

/// <summary>A word of the command line that has the form of a target.</summary>
/// <param name="Target">`layer/type`, `layer/type@system` or `layer`.</param>
/// <param name="Revision">The revision; null for the working tree.</param>
internal sealed record DiffWord(string Target, string? Revision)
{
    private const string Taken = "name a target as in `slurm/compute` or `slurm/compute@v2.1`, or an image as in `registry.example.org/hpc/os:v3`";

    /// <summary>Ends a command that is given an address with a scheme, or a path, where a target or an image is named.</summary>
    /// <exception cref="UsageException">It is.</exception>
    public static void RequireName(string word)
    {
        var scheme = word.Split(':')[0];
        if (word.StartsWith("docker://", StringComparison.Ordinal))
            throw new UsageException($"{Wording.Quote(word)} has a scheme, and images are named without one", "leave `docker://` out, as in `registry.example.org/hpc/os:v3`");
        if (word.Contains("://", StringComparison.Ordinal) || (word.Length > scheme.Length + 1 && word[scheme.Length + 1] is '/' or '.' or '~'))
            throw new UsageException($"{Wording.Quote(word)} has a scheme, `{Wording.Escape(scheme)}`, and images are taken from the local storage and from registries alone", Taken);
        if (word is ['/' or '.' or '~', ..])
            throw new UsageException($"{Wording.Quote(word)} is a path, and images are taken from the local storage and from registries alone", Taken);
    }

    /// <summary>Reads a word; null where it can only be an image: those have a tag, a digest, or more parts.</summary>
    /// <param name="word">The word.</param>
    /// <param name="known">The targets, whose systems go before revisions of the same name.</param>
    public static DiffWord? Read(string word, IEnumerable<TargetName> known)
    {
        var (name, rest) = word.Split('@', 2) is [var head, var tail] ? (head, tail) : (word, null);
        if (name.Split('/') is not { Length: 1 or 2 } parts || !parts.All(NameRule.Fits) || (rest is not null && Fingerprint.TryParse(rest) is not null)) return null;
        if (rest is null) return new(name, null);
        var (system, revision) = rest.Split('@', 2) is [var first, var second] ? (first, second) : (rest, null);
        return known.Any(k => k.System?.Value == system) ? new($"{name}@{system}", revision) : new(name, rest);
    }
}
