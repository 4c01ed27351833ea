using CsCheck;
using Strata.Planning;
using Strata.Reports;
using Strata.Tests.Support;

namespace Strata.Tests.Planning;

public sealed class PlanPropertyTests
{
    [Fact]
    public void Everything_that_a_target_waits_for_stands_before_it() => Holds((plan, _) =>
    {
        var seen = new HashSet<string>();
        foreach (var target in plan.Targets)
        {
            if (target.WaitsFor is { } before) Assert.Contains(before.ToString(), seen);
            seen.Add(target.Name.ToString());
        }
    });

    [Fact]
    public void What_starts_from_a_target_that_is_built_is_built_too() => Holds((plan, _) =>
    {
        foreach (var target in plan.Targets.Where(t => t.IsSelected && t.Target.Parent is { } p && plan.Find(p)!.State == PlanState.Build))
            Assert.Equal(PlanState.Build, target.State);
    });

    [Fact]
    public void A_target_that_is_built_has_a_parent_image_or_waits_for_it_unless_a_fault_says_so() => Holds((plan, _) =>
    {
        if (!plan.Faults.IsEmpty) return;
        foreach (var target in plan.Targets.Where(t => t.State == PlanState.Build && t.Target.Parent is not null))
            Assert.True(target.ParentImage is not null ^ target.WaitsFor is not null, target.Name.ToString());
    });

    [Fact]
    public void Every_target_with_work_has_a_reason_and_the_others_have_none() => Holds((plan, _) =>
    {
        foreach (var target in plan.Targets)
            Assert.Equal(target.State is PlanState.Build or PlanState.Export or PlanState.Shared, !target.Reasons.IsEmpty);
    });

    [Fact]
    public void Everything_that_is_asked_for_takes_part() => Holds((plan, options) =>
    {
        foreach (var name in options.Selected) Assert.True(plan.Find(name)!.IsSelected);
    });

    [Fact]
    public void A_plan_without_options_leaves_nothing_without_an_image() => PlanSketches.Text(12).Sample(sketch =>
    {
        foreach (var target in PlanSketch.Plan(sketch).Targets) Assert.True(target.Image is not null || target.State == PlanState.Build);
    });

    [Fact]
    public void The_same_basis_gives_the_same_bytes() => PlanSketches.Plan(12).Sample(sample =>
        Assert.Equal(PlanJson.Render(PlanSketch.Plan(sample.Sketch, sample.Options)), PlanJson.Render(PlanSketch.Plan(sample.Sketch, sample.Options))));

    private static void Holds(Action<BuildPlan, PlanOptions> property) =>
        PlanSketches.Plan(12).Sample(sample => property(PlanSketch.Plan(sample.Sketch, sample.Options), sample.Options));
}
