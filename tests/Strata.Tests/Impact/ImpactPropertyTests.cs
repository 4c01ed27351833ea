using System.Runtime.CompilerServices;
using CsCheck;
using Strata.Impact;
using Strata.Inputs;
using Strata.Tests.Support;

namespace Strata.Tests.Impact;

public sealed class ImpactPropertyTests
{
    private static readonly string[] Kinds = ["variable", "file", "play", "role", "step", "setting"];

    /// <summary>Sites of up to twelve targets out of sixteen names, each with up to six inputs, so that two of them often share much.</summary>
    private static readonly Gen<string> Sites =
        Gen.Select(Gen.Int[0, 15], Gen.Int[0, 99], Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2]).Array[0, 6]).Array[0, 12].Select(Write);

    [Fact]
    public void A_target_is_unchanged_exactly_when_its_fingerprint_is_the_same() => Holds((before, after, impact) =>
    {
        foreach (var target in after.Targets.Where(t => before.Find(t.Target.Name) is not null))
        {
            var isSame = before.Find(target.Target.Name)!.Fingerprint == target.Fingerprint;
            Assert.Equal(isSame, impact.Find(target.Target.Name)!.State == ImpactState.Unchanged);
        }
    });

    [Fact]
    public void A_target_has_changed_exactly_when_its_own_inputs_differ() => Holds((before, after, impact) =>
    {
        foreach (var target in after.Targets.Where(t => before.Find(t.Target.Name) is not null))
            Assert.Equal(before.Find(target.Target.Name)!.Own != target.Own, impact.Find(target.Target.Name)!.State == ImpactState.Changed);
    });

    [Fact]
    public void What_stands_below_an_affected_target_is_affected() => Holds((before, _, impact) =>
    {
        foreach (var target in impact.Targets.Where(t => t.Target.Parent is { } p && t.State != ImpactState.Removed && before.Find(p) is not null && impact.Find(p)!.IsAffected))
        {
            // A target that only now starts from an affected one is what its fingerprint says.
            if (before.Find(target.Target.Name)?.Target.Parent == target.Target.Parent) Assert.True(target.IsAffected, target.Target.Name.ToString());
        }
    });

    [Fact]
    public void Each_changed_target_has_reasons_a_follower_its_parent_alone_and_the_others_none() => Holds((_, _, impact) =>
    {
        foreach (var target in impact.Targets)
        {
            if (target.State == ImpactState.Changed) Assert.NotEmpty(target.Reasons);
            else if (target.State == ImpactState.Follows) Assert.Equal([target.Target.Parent.ToString()!], target.Reasons.Select(r => r.Name));
            else Assert.Empty(target.Reasons);
        }
    });

    [Fact]
    public void A_reason_that_names_an_input_names_one_that_is_there() => Holds((before, after, impact) =>
    {
        foreach (var target in impact.Targets.Where(t => t.State == ImpactState.Changed))
        {
            foreach (var reason in target.Reasons.Where(r => r.Name != "order of inputs"))
            {
                var side = (reason.Change == ReasonChange.Removed ? before : after).Find(target.Target.Name)!;
                Assert.Contains(side.Inputs, i => i.Kind == reason.Kind && i.Name == reason.Name && i.Path == reason.Path);
            }
        }
    });

    [Fact]
    public void No_variable_is_two_reasons() => Holds((_, _, impact) =>
    {
        foreach (var target in impact.Targets)
            Assert.All(target.Reasons.Where(r => r.Kind == InputKind.Variable).GroupBy(r => r.Name), g => Assert.Single(g));
    });

    [Fact]
    public void Backwards_the_same_targets_are_affected_and_added_is_removed() => Holds((before, after, impact) =>
    {
        var back = ChangeImpact.Between(after, before);
        foreach (var target in impact.Targets)
        {
            var expected = target.State switch
            {
                ImpactState.Added => ImpactState.Removed,
                ImpactState.Removed => ImpactState.Added,
                var same => same,
            };
            Assert.Equal(expected, back.Find(target.Target.Name)!.State);
        }
    });

    [Fact]
    public void The_targets_stand_in_the_later_file_s_order_and_removed_ones_last() => Holds((before, after, impact) => Assert.Equal(
        after.Targets.Select(t => t.Target.Name).Concat(before.Targets.Select(t => t.Target.Name).Where(n => after.Find(n) is null)),
        impact.Targets.Select(t => t.Target.Name)));

    [Fact]
    public void A_site_compared_with_itself_is_unchanged() =>
        Sites.Sample(site => Assert.Empty(ChangeImpact.Between(InputSketch.Parse(site), InputSketch.Parse(site)).Affected), iter: Prove.Iterations(2000));

    private static void Holds(Action<SiteInputs, SiteInputs, ChangeImpact> property, [CallerMemberName] string test = "") => Gen.Select(Sites, Sites).Sample(
        (before, after) =>
        {
            var (from, to) = (InputSketch.Parse(before), InputSketch.Parse(after));
            property(from, to, ChangeImpact.Between(from, to));
        },
        iter: Prove.Iterations(5000, test: test));

    private static string Write((int Name, int Parent, (int Kind, int Name, int Value, int Path)[] Inputs)[] targets)
    {
        var distinct = targets.DistinctBy(t => t.Name).ToList();
        return string.Join('\n', distinct.SelectMany((target, index) =>
        {
            var parent = index == 0 || target.Parent % 4 == 0 ? "" : $" < l{distinct[target.Parent % index].Name}/t";
            return target.Inputs.Select(i => $"  {Kinds[i.Kind]} n{i.Name} = {i.Value} @ p{i.Path}").Prepend($"l{target.Name}/t{parent}");
        }));
    }
}
