using System.Collections.Immutable;
using Strata.Engine.Git;
using Strata.Impact;
using Strata.Inputs;
using Strata.Pipelines;
using Strata.Reports;
using Strata.Sources;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>What a command line says of the two snapshots that it compares.</summary>
internal sealed record ChangeQuestion
{
    /// <summary>`--from`.</summary>
    public required SourceRevisions From { get; init; }

    /// <summary>`--to`.</summary>
    public required SourceRevisions To { get; init; }

    /// <summary>`--ci`: the pipeline that says the revisions; null where the command line does.</summary>
    public CiPipeline? Pipeline { get; init; }

    /// <summary>`--precision`.</summary>
    public Precision Precision { get; init; }

    /// <summary>Whether a revision that is not there means every target.</summary>
    public bool TakesAllWithoutBase { get; init; }
}

/// <summary>Two snapshots of a site, read and compared.</summary>
/// <param name="To">The later site.</param>
/// <param name="Inputs">The inputs of its targets.</param>
/// <param name="Impact">What the change does to them.</param>
/// <param name="FromRevisions">The revision of each source before; null where it is not there.</param>
internal sealed record Change(Site To, SiteInputs Inputs, ChangeImpact Impact, ImmutableSortedDictionary<string, string?> FromRevisions)
{
    /// <summary>What the later layer file names and no source holds, or holds otherwise: inputs like any other here.</summary>
    public ImmutableArray<Diagnostic> ContentFaults { get; init; } = [];

    /// <summary>The same comparison at any precision; null where there is nothing to compare with, so that every target is taken.</summary>
    public Func<Precision, ChangeImpact>? AtPrecision { get; private init; }

    /// <summary>What is shown of it.</summary>
    public AffectedReport Report => new(Impact, FromRevisions, RevisionsOf(To));

    /// <summary>
    /// Reads both snapshots and compares them. A layer file that is absent or wrong at `--from` makes every target added, with a
    /// message on standard error. Faults of content stop nothing: they are inputs.
    /// </summary>
    /// <exception cref="FaultyInputException">The layer file at `--to` has errors, or a source cannot be had.</exception>
    /// <exception cref="SourceException">A revision is not there.</exception>
    public static async Task<Change> ReadAsync(ChangeQuestion question, Workspace workspace, Surroundings around, CancellationToken cancellation)
    {
        question = await PipelineChange.ResolveAsync(question, workspace.Snapshots, cancellation);
        var reader = new InputReader();
        var reading = await workspace.ReadAtAsync(question.To, cancellation);
        var to = Require(reading, workspace);
        RequireKnown(question, to);
        var after = new SiteState(reader.Read(to.File, to.Snapshot), to.Snapshot);

        // What `--from` does not name is the same on both sides.
        var from = new SourceRevisions(question.From.Self ?? question.To.Self, question.To.Others.SetItems(question.From.Others));
        try
        {
            var (site, revisions) = await ReadBaseAsync(from, workspace, around, cancellation);
            var before = site is null ? null : after.At(reader.Read(site.File, site.Snapshot), site.Snapshot);
            var comparison = new SiteComparison();
            return new(to, after.Inputs, comparison.Between(before, after, question.Precision), revisions)
            {
                ContentFaults = reading.Content,
                AtPrecision = before is null ? null : precision => comparison.Between(before, after, precision),
            };
        }
        catch (SourceException missing) when (question.TakesAllWithoutBase && missing.Diagnostic.Id == MissingRevision.Id)
        {
            around.Err.Write(MissingText(missing.Diagnostic, around.ErrPaint));
            var impact = ChangeImpact.Everything(after.Inputs, question.Precision, missing.Diagnostic.Message);
            return new(to, after.Inputs, impact, RevisionsOf(to).ToImmutableSortedDictionary(r => r.Key, _ => (string?)null, StringComparer.Ordinal)) { ContentFaults = reading.Content };
        }
    }

    /// <summary>A site that can be compared.</summary>
    /// <exception cref="FaultyInputException">The layer file has errors, or a source cannot be had.</exception>
    public static Site Require(SiteReading reading, Workspace workspace)
    {
        var faults = reading.Site is null ? reading.LayerFile : reading.Sources;
        if (reading.Site is not { } site || !faults.IsEmpty) throw new FaultyInputException(workspace.FromHere.Of(faults));
        workspace.RequireKnown(site.File);
        return site;
    }

    /// <summary>The revision of each source of a site.</summary>
    public static ImmutableSortedDictionary<string, string?> RevisionsOf(Site site) =>
        site.Snapshot.Sources.ToImmutableSortedDictionary(s => s.Name.Value, s => (string?)s.ShownRevision, StringComparer.Ordinal);

    private static async Task<(Site? Site, ImmutableSortedDictionary<string, string?> Revisions)> ReadBaseAsync(
        SourceRevisions from, Workspace workspace, Surroundings around, CancellationToken cancellation)
    {
        var reading = await workspace.ReadPastAsync(from, cancellation);
        if (reading.Sources is [var fault, ..]) throw new SourceException(fault);
        if (reading.Site is { } site) return (site, RevisionsOf(site));
        var commit = workspace.Snapshots.Self.TryResolve(from.Self ?? "HEAD")?.Id;
        around.Err.Write(BaseText(reading.LayerFile, commit ?? "the working tree", around.ErrPaint));
        return (null, ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal).Add(SourceName.Self.Value, commit));
    }

    private static void RequireKnown(ChangeQuestion question, Site to)
    {
        var known = to.File.Sources.Select(s => s.Name).Append(SourceName.Self).ToList();
        foreach (var (option, revisions) in (ReadOnlySpan<(string, SourceRevisions)>)[("--from", question.From), ("--to", question.To)])
        {
            if (revisions.Others.Keys.FirstOrDefault(n => !known.Contains(n)) is not { Value: { } name }) continue;
            var nearest = Wording.Nearest(name, known.Select(k => k.Value));
            throw new UsageException(
                $"`{option}` names {Wording.Quote(name)}, which is no source of the layer file",
                (nearest is null ? $"its sources are {Wording.List(known.Select(k => k.Value), "and")}" : $"did you mean `{nearest}`?") + $"; a revision that has `=` in it is written `self={name}=…`");
        }
    }

    private static string BaseText(ImmutableArray<Diagnostic> faults, string revision, Paint paint)
    {
        var first = faults.First(d => d.IsError);
        var place = first.At is { } at ? $"{at.File.Path}:{at.Line}: " : "";
        var why = first.Id == "layer-file-missing" ? first.Message : $"the layer file has errors at {revision} ({place}{first.Message})";
        return Noted(Wording.Escape(why) + ": every target counts as added", paint);
    }

    private static string MissingText(Diagnostic fault, Paint paint) =>
        Noted($"{Wording.Escape(fault.Message)}: every target is taken, as `--missing-base all` says", paint)
        + (fault.Hint is null ? "" : paint(Tone.Hint, "hint") + $": {Wording.Escape(fault.Hint)}\n");

    private static string Noted(string text, Paint paint) => paint(Tone.Warning, "warning") + paint(Tone.Strong, ": " + text) + "\n";
}
