using System.Collections.Immutable;
using Strata.Inputs;
using Strata.Inputs.Playbooks;
using Strata.Sources;

namespace Strata.Impact;

/// <summary>
/// The inputs of one target at two snapshots, paired. Inputs of the same kind, name and path are the same thing; what is then
/// left over on both sides under one kind and name has moved.
/// </summary>
internal sealed class InputDifference
{
    private const string MovedWord = "moved";
    private const string OrderWord = "order";

    private readonly ImmutableArray<Input> before;
    private readonly ImmutableArray<Input> after;
    private readonly HashSet<Input> modified = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Input> moved = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Input> gone = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Input> added = new(ReferenceEqualityComparer.Instance);

    private InputDifference(ImmutableArray<Input> before, ImmutableArray<Input> after)
    {
        (this.before, this.after) = (before, after);
        gone.UnionWith(before);
        added.UnionWith(after);
    }

    /// <summary>
    /// What differs, in the order in which the later inputs are reached, then what is gone. Where every input has its equal,
    /// what is left is where or in which order they stand: there is always a reason.
    /// </summary>
    public static ImmutableArray<Reason> Between(InputList before, InputList after)
    {
        var (left, right) = InputList.Differing(before, after);
        var reasons = Listed(left, right);
        return reasons.IsEmpty ? [Order(before.All, after.All)] : reasons;
    }

    /// <summary>What differs in itself; empty where every input has its equal in the same place.</summary>
    public static ImmutableArray<Reason> Listed(ImmutableArray<Input> before, ImmutableArray<Input> after)
    {
        var difference = new InputDifference(before, after);
        difference.Pair(input => (input.Kind, input.Name, input.Path), isPlace: true);
        difference.Pair(input => (input.Kind, input.Name, null), isPlace: false);
        return difference.Reasons();
    }

    /// <summary>Pairs what is left over under a key: equal ones first, then the rest in order.</summary>
    private void Pair(Func<Input, (InputKind Kind, string Name, SourcePath? Path)> key, bool isPlace)
    {
        var earlier = before.Where(gone.Contains).ToLookup(key);
        foreach (var group in after.Where(added.Contains).ToLookup(key))
        {
            var (olds, news) = (earlier[group.Key].ToList(), group.ToList());
            foreach (var now in news.ToList())
            {
                if (olds.FindIndex(o => o.Digest == now.Digest) is not (var equal and >= 0)) continue;
                Match(olds[equal], now, isPlace ? null : moved);
                olds.RemoveAt(equal);
                news.Remove(now);
            }

            foreach (var (old, now) in olds.Zip(news)) Match(old, now, modified);
        }
    }

    private void Match(Input old, Input now, HashSet<Input>? into)
    {
        gone.Remove(old);
        added.Remove(now);
        into?.Add(now);
    }

    /// <summary>What moved and kept its value counts only when nothing else differs: values count, not places.</summary>
    private ImmutableArray<Reason> Reasons()
    {
        var reasons = after.Where(i => modified.Contains(i) || added.Contains(i))
            .Select(i => Reason.Of(i, added.Contains(i) ? ReasonChange.Added : ReasonChange.Modified))
            .Concat(before.Where(gone.Contains).Select(i => Reason.Of(i, ReasonChange.Removed)));
        var merged = OneEach(reasons);
        return merged.IsEmpty
            ? OneEach(after.Where(moved.Contains).Select(i => Reason.Of(i, ReasonChange.Modified) with { Because = MovedWord }))
            : merged;
    }

    /// <summary>
    /// One reason a variable, however many of its definitions differ: the first that has another value, else the first that is
    /// new, else the first that is gone.
    /// </summary>
    private static ImmutableArray<Reason> OneEach(IEnumerable<Reason> reasons)
    {
        var all = reasons.ToList();
        var chosen = all.Where(r => r.Kind == InputKind.Variable).GroupBy(r => r.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.OrderBy(Rank).First(), StringComparer.Ordinal);
        return [.. all.Where(r => r.Kind != InputKind.Variable || ReferenceEquals(chosen[r.Name], r))];
    }

    private static int Rank(Reason reason) => reason.Change switch
    {
        ReasonChange.Modified => 0,
        ReasonChange.Added => 1,
        _ => 2,
    };

    /// <summary>
    /// The first play or role that stands elsewhere in the order; failing that, the first input of any kind; failing that, the
    /// play in which the same inputs are bound to each other in another way.
    /// </summary>
    private static Reason Order(ImmutableArray<Input> before, ImmutableArray<Input> after)
    {
        foreach (var kinds in (InputKind[][])[[InputKind.Play, InputKind.Role, InputKind.Step], Enum.GetValues<InputKind>()])
        {
            var (olds, news) = (before.Where(i => kinds.Contains(i.Kind)), after.Where(i => kinds.Contains(i.Kind)));
            if (olds.Zip(news).FirstOrDefault(p => !IsSame(p.First, p.Second)).Second is { } other)
                return Reason.Of(other, ReasonChange.Modified) with { Because = OrderWord };
        }

        return after.FirstOrDefault(i => i.Kind == InputKind.Play) is { } play
            ? Reason.Of(play, ReasonChange.Modified) with { Because = "order of inputs" }
            : new(InputKind.Step, "order of inputs", ReasonChange.Modified);
    }

    private static bool IsSame(Input left, Input right) =>
        (left.Kind, left.Name, left.Path, left.Digest) == (right.Kind, right.Name, right.Path, right.Digest);
}
