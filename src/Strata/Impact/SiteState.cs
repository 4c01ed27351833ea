using Strata.Inputs;
using Strata.Layers;
using Strata.Sources;

namespace Strata.Impact;

/// <summary>A site at one snapshot: what its targets depend on, and the sources themselves.</summary>
/// <param name="Inputs">The inputs of every target.</param>
/// <param name="Snapshot">The sources that they were read from.</param>
public sealed record SiteState(SiteInputs Inputs, Snapshot Snapshot)
{
    /// <summary>What the playbooks list.</summary>
    internal ListedRoles Listed { get; private init; } = new(Snapshot, null);

    /// <summary>The layer file.</summary>
    internal LayerFile File => Inputs.File;

    /// <summary>The same site at another snapshot: the playbooks that both have are parsed once.</summary>
    public SiteState At(SiteInputs inputs, Snapshot snapshot) => new(inputs, snapshot) { Listed = new(snapshot, Listed) };
}

/// <summary>Compares sites. One is kept for several pairs, so that the words of a file are looked up without reading it again.</summary>
public sealed class SiteComparison
{
    private readonly WordIndex words = new();

    /// <summary>What a change does to every target.</summary>
    /// <param name="before">The earlier site; null where it has no layer file, so that every target is added.</param>
    /// <param name="after">The later site.</param>
    /// <param name="precision">How changes are traced to targets.</param>
    public ChangeImpact Between(SiteState? before, SiteState after, Precision precision)
    {
        if (before is null) return WithPrecision(ChangeImpact.Between(null, after.Inputs), precision);
        if (precision == Precision.Values) return new FolderReasons(before.Snapshot, after.Snapshot).Of(ChangeImpact.Between(before.Inputs, after.Inputs));
        return new FileImpact(before, after, precision, words).Of();
    }

    private static ChangeImpact WithPrecision(ChangeImpact impact, Precision precision) =>
        precision == impact.Precision ? impact : new(precision, impact.Targets);
}
