using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs.Playbooks;

/// <summary>What makes two inputs of one snapshot the same thing.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Which one.</param>
/// <param name="Path">The file that says it.</param>
/// <param name="At">Where in that file; null for a file as a whole. The same text may have been read more than once.</param>
internal readonly record struct InputKey(InputKind Kind, string Name, SourcePath? Path, Span? At)
{
    /// <summary>The key of an input.</summary>
    public static InputKey Of(InputKind kind, string name, SourcePath? path, Location? at) => new(kind, name, path, kind is InputKind.File ? null : at?.Span);
}

/// <summary>A few names, and a mark for each by which most of those who hold none of them are told at a glance.</summary>
internal sealed class NameMarks
{
    private readonly HashSet<string> names;
    private readonly UInt128 marks;

    /// <summary>These names.</summary>
    public NameMarks(IEnumerable<string> names)
    {
        this.names = names.ToHashSet(StringComparer.Ordinal);
        foreach (var name in this.names) marks |= Of(name);
    }

    /// <summary>The mark of a name: one of 128, which other names have, too.</summary>
    public static UInt128 Of(string name) => UInt128.One << (string.GetHashCode(name, StringComparison.Ordinal) & 127);

    /// <summary>Whether one of the names may be among those with these marks.</summary>
    public bool Meet(UInt128 others) => (marks & others) != 0;

    /// <summary>Whether a name is one of them.</summary>
    public bool Contains(string name) => names.Contains(name);
}

/// <summary>One input, or those of something that several targets and snapshots have in common.</summary>
internal readonly record struct InputPart
{
    private readonly Input? input;
    private readonly InputSink? shared;
    private readonly Way? way;

    /// <summary>One input.</summary>
    public InputPart(Input input) => this.input = input;

    /// <summary>What was collected of something, and the way to there.</summary>
    public InputPart(InputSink shared, Way way) => (this.shared, this.way) = (shared, way);

    /// <summary>What it is shared by; null for an input by itself.</summary>
    public object? Shared => shared;

    /// <summary>The inputs.</summary>
    public IEnumerable<Input> Inputs()
    {
        if (shared is null || way is not { } below) return input is null ? [] : [input];
        return shared.Parts.SelectMany(p => p.Inputs()).Select(i => i.Onto(below));
    }

    /// <summary>Adds to a set the keys of the inputs that have one of these names.</summary>
    public void AddKeys(NameMarks names, HashSet<InputKey> into)
    {
        if (input is not null && names.Contains(input.Name)) into.Add(input.Key);
        shared?.AddKeys(names, into);
    }
}

/// <summary>
/// The inputs of a target in the order in which they are first reached. Thousands of them are of roles that other targets run, too,
/// and are listed only when somebody asks.
/// </summary>
/// <param name="parts">What it is made of.</param>
internal sealed class InputList(ImmutableArray<InputPart> parts)
{
    /// <summary>No inputs.</summary>
    public static readonly InputList Empty = new([]);

    private ImmutableArray<Input> all;

    /// <summary>Every input, once.</summary>
    public ImmutableArray<Input> All => all.IsDefault ? all = Once(parts) : all;

    /// <summary>The inputs that come from no shared reading.</summary>
    public ImmutableArray<Input> Unshared() => Once(parts.Where(p => p.Shared is null));

    /// <summary>
    /// The inputs of two lists that can differ: without those that both have from one shared reading. What is left of one side has
    /// all that the other side has not.
    /// </summary>
    public static (ImmutableArray<Input> Before, ImmutableArray<Input> After) Differing(InputList before, InputList after)
    {
        var common = before.SharedParts();
        common.IntersectWith(after.SharedParts());
        if (common.Count == 0) return (before.All, after.All);
        var (left, right) = (before.Without(common), after.Without(common));
        var names = new NameMarks(Unlike(left, right));
        var inBoth = new HashSet<InputKey>();
        foreach (var part in before.Parts)
        {
            if (part.Shared is { } shared && common.Contains(shared)) part.AddKeys(names, inBoth);
        }

        return ([.. left.Where(i => !inBoth.Contains(i.Key))], [.. right.Where(i => !inBoth.Contains(i.Key))]);
    }

    /// <summary>The names of the inputs that the two sides do not have alike: those that both have once, with one value, come to no difference.</summary>
    private static IEnumerable<string> Unlike(ImmutableArray<Input> left, ImmutableArray<Input> right)
    {
        var before = new Dictionary<InputKey, Fingerprint>();
        var names = new List<string>();
        foreach (var input in left)
        {
            if (!before.TryAdd(input.Key, input.Digest)) names.Add(input.Name);
        }

        var met = new HashSet<InputKey>();
        foreach (var input in right)
        {
            if (!met.Add(input.Key) || !before.TryGetValue(input.Key, out var digest) || digest != input.Digest) names.Add(input.Name);
        }

        return names.Concat(left.Where(i => !met.Contains(i.Key)).Select(i => i.Name));
    }

    private ImmutableArray<InputPart> Parts => parts;

    private HashSet<object> SharedParts() => parts.Select(p => p.Shared).OfType<object>().ToHashSet(ReferenceEqualityComparer.Instance);

    private ImmutableArray<Input> Without(HashSet<object> common) => Once(parts.Where(p => p.Shared is not { } shared || !common.Contains(shared)));

    /// <summary>What a shared reading has is listed once; what stands there by itself was met once, or is meant twice.</summary>
    private static ImmutableArray<Input> Once(IEnumerable<InputPart> parts)
    {
        var (known, ofShared) = (new HashSet<InputKey>(), new HashSet<InputKey>());
        var listed = ImmutableArray.CreateBuilder<Input>();
        foreach (var part in parts)
        {
            foreach (var input in part.Inputs())
            {
                var isNew = known.Add(input.Key);
                if (part.Shared is not null && isNew) ofShared.Add(input.Key);
                if (isNew || (part.Shared is null && !ofShared.Contains(input.Key))) listed.Add(input);
            }
        }

        return listed.ToImmutable();
    }
}
