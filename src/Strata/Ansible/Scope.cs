using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>What a task inherits from the play, roles, includes and blocks around it.</summary>
internal sealed record Scope
{
    /// <summary>From where its files are looked up.</summary>
    public required IncludePlace Place { get; init; }

    /// <summary>Whether it can run: its play can match, and no condition is plainly false. What cannot run is still read.</summary>
    public required bool CanRun { get; init; }

    /// <summary>Whether a condition mentions that this is a build.</summary>
    public bool IsGuarded { get; init; }

    /// <summary>Whether its failure is ignored.</summary>
    public bool IsTolerated { get; init; }

    /// <summary>Whether it runs for sure in every build, unless an earlier task fails: its play matches and nothing around it is a condition.</summary>
    public bool IsCertain { get; init; }

    /// <summary>Its tags.</summary>
    public ImmutableSortedSet<string> Tags { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>`delegate_to`.</summary>
    public YamlNode? Delegate { get; init; }

    /// <summary>`connection`.</summary>
    public YamlNode? Connection { get; init; }

    /// <summary>Collections in which bare role names are looked up first.</summary>
    public ImmutableArray<string> Collections { get; init; } = [];

    /// <summary>The scope inside something that says these keywords.</summary>
    public Scope Under(Keywords keywords) => keywords.Node is null ? this : this with
    {
        CanRun = CanRun && !Conditions.NeverHold(keywords),
        IsGuarded = IsGuarded || Conditions.MentionBuild(keywords),
        IsTolerated = IsTolerated || Conditions.Tolerate(keywords),
        IsCertain = IsCertain && !Conditions.ArePossible(keywords),
        Tags = Tags.Union(TagsOf(keywords)),
        Delegate = keywords.Find("delegate_to") ?? Delegate,
        Connection = keywords.Find("connection") ?? Connection,
        Collections = keywords.Find("collections") is null ? Collections : [.. keywords.Texts("collections").Select(c => c.Value)],
    };

    /// <summary>The scope of what a dynamic include brings: of its keywords, only the condition reaches there.</summary>
    public Scope UnderInclude(Keywords keywords) => Under(keywords) with { Tags = Tags, IsTolerated = IsTolerated };

    /// <summary>What makes two visits of the same file differ, the includes that led there apart.</summary>
    public VisitKey Key(string path) => new(
        path,
        Place.Role?.Folder.ToString(),
        Place.IsHandler,
        (CanRun, IsGuarded, IsTolerated, IsCertain),
        string.Join(',', Tags),
        (Delegate?.At, Connection?.At));

    private static IEnumerable<string> TagsOf(Keywords keywords) =>
        keywords.Texts("tags").SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}

/// <summary>A file of tasks in its scope, so that none is read twice to the same end.</summary>
internal readonly record struct VisitKey(
    string Path, string? Role, bool IsHandler, (bool, bool, bool, bool) Flags, string Tags, (Location?, Location?) Keywords);
