using System.Collections.Immutable;
using Strata.Impact;
using Strata.Inputs;
using Strata.Layers;
using Strata.Reports;
using Strata.Sources;
using Strata.Text;

namespace Strata.Tests.Support;

/// <summary>
/// Two revisions of a site in memory: files in the mini-format of <see cref="MemoryTree"/>, and what the later revision has
/// instead. A line `--- PATH` with nothing below it, in the later one, takes the file away.
/// </summary>
public static class SitePair
{
    /// <summary>What a change does to the targets, as `strata affected` prints it, without the last line.</summary>
    public static string Affected(string files, string change, Precision precision)
    {
        var (before, after) = (Read(MemoryFile.Parse(files)), Read(Changed(files, change)));
        var impact = new SiteComparison().Between(before, after, precision);
        return AffectedText.Render(new(impact, Revisions("a"), Revisions("b")), Paints.Plain).Split("\n\n")[0].TrimEnd('\n');
    }

    /// <summary>The files after a change.</summary>
    public static IReadOnlyList<MemoryFile> Changed(string files, string change)
    {
        var changed = MemoryFile.Parse(change).ToDictionary(f => f.Path);
        return [.. MemoryFile.Parse(files).Where(f => !changed.ContainsKey(f.Path)), .. changed.Values.Where(f => f.Content.Length > 0)];
    }

    /// <summary>A site whose one source holds these files, `strata.yaml` among them.</summary>
    public static SiteState Read(IEnumerable<MemoryFile> files)
    {
        var tree = MemoryTree.Of(files);
        var snapshot = new Snapshot([new SourceTree(SourceName.Self, tree, null)]);
        var (file, faults) = LayerFileReader.Read(new("strata.yaml", tree.Text("strata.yaml")));
        Expected.Diagnostics("", faults);
        var (resolved, unresolved) = LayerContent.Resolve(file! with { PathInSelf = RepoPath.Of("strata.yaml") }, snapshot);
        Expected.Diagnostics("", unresolved);
        return new(new InputReader().Read(resolved, snapshot), snapshot);
    }

    private static ImmutableSortedDictionary<string, string?> Revisions(string self) =>
        ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal).Add("self", self);
}
