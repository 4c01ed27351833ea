using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>One `ansible:` as it is written: what it does not say is null or empty.</summary>
internal sealed record DeclaredAnsible
{
    public static readonly DeclaredAnsible None = new();

    public Located<RepoPath>? Config { get; init; }

    public ImmutableArray<Located<OpenPath>>? RolesPath { get; init; }

    public ImmutableArray<Located<OpenPath>>? CollectionsPath { get; init; }

    public ImmutableArray<Located<RepoPath>>? Requirements { get; init; }

    public ImmutableArray<(string Name, YamlNode Value)> ExtraVars { get; init; } = [];

    public ImmutableArray<(string Name, Located<string> Value)> Environment { get; init; } = [];

    public ImmutableArray<string>? Tags { get; init; }

    public ImmutableArray<string>? SkipTags { get; init; }

    public bool? Localhost { get; init; }

    public ImmutableArray<string>? Delegates { get; init; }

    public string? VaultPasswordFile { get; init; }

    public Located<string>? Version { get; init; }

    public ImmutableArray<(string Name, YamlNode Value)> Facts { get; init; } = [];

    /// <summary>These settings with nearer ones over them: per key the nearer wins, mappings merge by name, lists replace.</summary>
    public DeclaredAnsible Under(DeclaredAnsible nearer) => new()
    {
        Config = nearer.Config ?? Config,
        RolesPath = nearer.RolesPath ?? RolesPath,
        CollectionsPath = nearer.CollectionsPath ?? CollectionsPath,
        Requirements = nearer.Requirements ?? Requirements,
        ExtraVars = Merge(ExtraVars, nearer.ExtraVars),
        Environment = Merge(Environment, nearer.Environment),
        Tags = nearer.Tags ?? Tags,
        SkipTags = nearer.SkipTags ?? SkipTags,
        Localhost = nearer.Localhost ?? Localhost,
        Delegates = nearer.Delegates ?? Delegates,
        VaultPasswordFile = nearer.VaultPasswordFile ?? VaultPasswordFile,
        Version = nearer.Version ?? Version,
        Facts = Merge(Facts, nearer.Facts),
    };

    /// <summary>The settings of a target whose layer is in <paramref name="source"/>: paths without a source are in it.</summary>
    public AnsibleSettings In(SourceName source) => new()
    {
        Config = Config,
        RolesPath = In(RolesPath, source),
        CollectionsPath = In(CollectionsPath, source),
        Requirements = Requirements ?? [],
        ExtraVars = ExtraVars,
        Environment = Environment,
        Tags = Tags ?? [],
        SkipTags = SkipTags ?? [],
        Localhost = Localhost ?? false,
        Delegates = Delegates ?? [],
        VaultPasswordFile = VaultPasswordFile,
        Version = Version,
        Facts = Facts,
    };

    private static ImmutableArray<Located<SourcePath>>? In(ImmutableArray<Located<OpenPath>>? paths, SourceName source) =>
        paths is { } some ? [.. some.Select(p => new Located<SourcePath>(p.Value.In(source), p.At))] : null;

    /// <summary>The farther names in their order, each with the nearer value where there is one, then the new names.</summary>
    private static ImmutableArray<(string Name, T Value)> Merge<T>(
        ImmutableArray<(string Name, T Value)> farther, ImmutableArray<(string Name, T Value)> nearer)
    {
        if (nearer.IsEmpty) return farther;
        var values = nearer.ToDictionary(n => n.Name, n => n.Value, StringComparer.Ordinal);
        var known = farther.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. farther.Select(f => (f.Name, values.TryGetValue(f.Name, out var value) ? value : f.Value)),
            .. nearer.Where(n => !known.Contains(n.Name)),
        ];
    }
}
