using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;

namespace Strata.Layers;

/// <summary>A layer file as it is written, whichever spelling: checked part by part, references not yet followed.</summary>
internal sealed record DeclaredFile
{
    /// <summary>The systems; one without a name where the file is for one cluster.</summary>
    public required ImmutableArray<DeclaredSystem> Systems { get; init; }

    public required string Architecture { get; init; }

    public ImmutableArray<SourceDefinition> Sources { get; init; } = [];

    public DeclaredImages Images { get; init; } = DeclaredImages.None;

    public DeclaredAnsible Ansible { get; init; } = DeclaredAnsible.None;

    public PipelineSettings Pipeline { get; init; } = PipelineSettings.None;

    public required ImmutableArray<DeclaredLayer> Layers { get; init; }

    /// <summary>Names with a fault of their own: naming them elsewhere is not a second fault.</summary>
    public ImmutableHashSet<string> BrokenNames { get; init; } = ImmutableHashSet<string>.Empty;
}

/// <summary>`images:`.</summary>
internal sealed record DeclaredImages(string? Repository, string? Untrusted, Location? PlainHttpAt, long Epoch, StoreSettings? Store)
{
    public static readonly DeclaredImages None = new(null, null, null, 0, null);
}

/// <summary>An entry of `systems:`, or the one cluster.</summary>
internal sealed record DeclaredSystem(
    SystemName? Name, ClusterNames? Cluster, ImmutableArray<Located<SourcePath>> Inventory, DeclaredAnsible Ansible);

/// <summary>A layer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="At">Where it is named.</param>
/// <param name="Source">The source of its files.</param>
/// <param name="Systems">The systems it is built for; null for all.</param>
/// <param name="Defaults">What its types do unless they say otherwise.</param>
/// <param name="Types">Its image types.</param>
/// <param name="IsBroken">Whether types of it are unknown because of a fault.</param>
internal sealed record DeclaredLayer(
    LayerName Name,
    Location At,
    SourceName Source,
    ImmutableArray<Located<SystemName>>? Systems,
    DeclaredSteps Defaults,
    ImmutableArray<DeclaredTarget> Types,
    bool IsBroken);

/// <summary>A layer's image type.</summary>
internal sealed record DeclaredTarget(ImageType Type, Location At, DeclaredSteps Steps)
{
    /// <summary>The paper's spelling: the layers, or targets, that start from this one.</summary>
    public ImmutableArray<Located<DeclaredChild>> Children { get; init; } = [];

    /// <summary>The paper's spelling: whether this one starts from nothing.</summary>
    public Located<bool>? FirstLayer { get; init; }
}

/// <summary>An entry of `children`: a layer, with a type where one is named.</summary>
internal readonly record struct DeclaredChild(LayerName Layer, ImageType? Type);

/// <summary>What a target starts from.</summary>
internal abstract record DeclaredParent
{
    private DeclaredParent(Location at) => At = at;

    /// <summary>Where it is said.</summary>
    public Location At { get; }

    /// <summary>`scratch`.</summary>
    public sealed record Scratch(Location At) : DeclaredParent(At);

    /// <summary>A target.</summary>
    public sealed record Target(TargetName Name, Location At) : DeclaredParent(At);

    /// <summary>Neither: the fault says which target may be meant, which is known when the whole file is read.</summary>
    public sealed record Misnamed(Located<string> Written) : DeclaredParent(Written.At);

    /// <summary>Something with a fault of its own.</summary>
    public sealed record Broken(Location At) : DeclaredParent(At);
}

/// <summary>What a target does, or a layer says for its types; null is "not said".</summary>
internal sealed record DeclaredSteps
{
    public static readonly DeclaredSteps None = new();

    public DeclaredParent? From { get; init; }

    public ImmutableArray<Located<string>>? Groups { get; init; }

    public PackageStep? Packages { get; init; }

    public ImmutableArray<FileStep>? Files { get; init; }

    public ImmutableArray<Located<RepoPath>>? Playbooks { get; init; }

    public ImmutableArray<CommandStep>? Commands { get; init; }

    public ContainerSettings? Container { get; init; }

    public ImmutableArray<OutputRequest>? Outputs { get; init; }

    public DeclaredAnsible Ansible { get; init; } = DeclaredAnsible.None;

    /// <summary>These as defaults under a target's own; Ansible's settings merge, all else is replaced.</summary>
    public DeclaredSteps Under(DeclaredSteps own) => new()
    {
        From = own.From ?? From,
        Groups = own.Groups ?? Groups,
        Packages = own.Packages ?? Packages,
        Files = own.Files ?? Files,
        Playbooks = own.Playbooks ?? Playbooks,
        Commands = own.Commands ?? Commands,
        Container = own.Container ?? Container,
        Outputs = own.Outputs ?? Outputs,
        Ansible = Ansible.Under(own.Ansible),
    };
}
