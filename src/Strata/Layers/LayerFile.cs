using System.Collections.Frozen;
using System.Collections.Immutable;
using Strata.Graphs;
using Strata.Text;

namespace Strata.Layers;

/// <summary>A layer file, whichever of the two spellings it uses, as one model.</summary>
public sealed record LayerFile
{
    /// <summary>The text it was read from.</summary>
    public required SourceFile File { get; init; }

    /// <summary>Where the file stands in `self`, which a build does not show to playbooks; null when it is outside of it.</summary>
    public RepoPath? PathInSelf { get; init; }

    /// <summary>The sources named in it, without `self`, in the file's order.</summary>
    public ImmutableArray<SourceDefinition> Sources { get; init; } = [];

    /// <summary>Where images are published; null keeps them in local storage.</summary>
    public string? Repository { get; init; }

    /// <summary>Where pipelines of forks and unprotected branches publish; null where not said.</summary>
    public string? UntrustedRepository { get; init; }

    /// <summary>Where it is said that the registries of these two may be talked to without TLS; null where they may not.</summary>
    public Location? PlainHttpAt { get; init; }

    /// <summary>Whether the registries of these two may be talked to without TLS.</summary>
    public bool IsPlainHttp => PlainHttpAt is not null;

    /// <summary>Where outputs are sent when images are published; null where not said.</summary>
    public StoreSettings? Store { get; init; }

    /// <summary>The time that every timestamp in an image is clamped to, in seconds since 1970.</summary>
    public long Epoch { get; init; }

    /// <summary>How the jobs of a pipeline are run.</summary>
    public PipelineSettings Pipeline { get; init; } = PipelineSettings.None;

    /// <summary>The state of what is in no source; read with the snapshot.</summary>
    public InputLock Lock { get; init; } = InputLock.None;

    /// <summary>Where the lock stands in `self`, there or not; null when it is outside of it.</summary>
    public RepoPath? LockInSelf => PathInSelf?.Parent.Child(InputLock.FileName);

    /// <summary>The layer file and its lock, as far as they are in `self`: a build shows neither, and of both only what they say counts.</summary>
    public ImmutableArray<RepoPath> OwnFiles => [.. new[] { PathInSelf, LockInSelf }.OfType<RepoPath>()];

    /// <summary>Every target, parents before children, otherwise in the file's order; with several systems, system by system.</summary>
    public required ImmutableArray<Target> Targets { get; init; }

    /// <summary>The targets' names with their parents, in the order of <see cref="Targets"/>: who follows whom.</summary>
    public Graph<TargetName> Graph()
    {
        var parents = Targets.ToDictionary(t => t.Name, t => t.Parent);
        return new(Targets.Select(t => t.Name), name => parents[name] is { } parent ? [parent] : []);
    }

    /// <summary>The targets that no other starts from: the images that are used.</summary>
    public FrozenSet<TargetName> Leaves()
    {
        var parents = Targets.Select(t => t.Parent).ToHashSet();
        return Targets.Select(t => t.Name).Where(n => !parents.Contains(n)).ToFrozenSet();
    }

    /// <summary>The target of that name; null where there is none.</summary>
    public Target? Find(TargetName name) => Targets.FirstOrDefault(t => t.Name == name);
}
