using System.Collections.Immutable;
using Strata.Impact;
using Strata.Inputs;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Tests.Support;

/// <summary>
/// What Strata reads of a site of `tests/impact`, before and after each of its changes, each by a reader that has read nothing else. These are
/// some thousand readings, which several tests ask: they are made once, on every processor.
/// </summary>
/// <param name="Site">The site.</param>
/// <param name="Before">The site before.</param>
/// <param name="After">The site after each change, in the order of its changes.</param>
internal sealed record ImpactReading(ImpactSite Site, SiteState Before, ImmutableArray<SiteState> After)
{
    private static readonly Lazy<ImmutableArray<ImpactReading>> Readings = new(() => [.. ImpactSite.All().AsParallel().AsOrdered().Select(Of)]);

    /// <summary>Of all sites, in ordinal order of their names.</summary>
    public static ImmutableArray<ImpactReading> All => Readings.Value;

    /// <summary>The targets that have other inputs of their own after a change, as they were and are; of those that only one of the two has nothing is said.</summary>
    public IEnumerable<(TargetInputs Before, TargetInputs After)> Changed(SiteState after) =>
        from now in after.Inputs.Targets
        join old in Before.Inputs.Targets on now.Target.Name equals old.Target.Name
        where now.Own != old.Own
        select (old, now);

    /// <summary>Reads files whose faults, if they have any, are part of what is read.</summary>
    public static SiteState Read(InputReader reader, IEnumerable<MemoryFile> files)
    {
        var tree = MemoryTree.Of(files);
        var snapshot = new Snapshot([new SourceTree(SourceName.Self, tree, null)]);
        var (file, _) = LayerFileReader.Read(new SourceFile("strata.yaml", tree.Text("strata.yaml")));
        return new(reader.Read(LayerContent.Resolve(file! with { PathInSelf = RepoPath.Of("strata.yaml") }, snapshot).File, snapshot), snapshot);
    }

    private static ImpactReading Of(ImpactSite site) => new(site, Read(new(), site.Files), [.. site.Edits.Select(e => Read(new(), e.Files))]);
}
