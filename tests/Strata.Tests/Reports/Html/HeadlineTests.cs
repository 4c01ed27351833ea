using Strata.Engine.Execution;
using Strata.Impact;
using Strata.Reports.Html;
using Strata.Tests.Support;

namespace Strata.Tests.Reports.Html;

public sealed class HeadlineTests
{
    private static ReportPage Six => ReportSketch.Page(ReportSketch.Six);

    [Fact]
    public void A_change_that_needs_all_it_affects_is_said_in_one_sentence() =>
        Check(Six.WithSwappiness().WithPlan(), "2 of 6 targets are rebuilt: 1 changed, 1 follows");

    [Fact]
    public void An_affected_target_whose_image_is_there_is_not_rebuilt() =>
        Check(
            Six.WithChange(("slurm/uan", ImpactState.Changed, []), ("compute/compute", ImpactState.Changed, [])).WithPlan(),
            "2 of 6 targets are affected: 2 changed",
            "1 affected target already has its image: 1 of 5 targets to build, 4 ready.");

    [Fact]
    public void A_parent_without_an_image_is_built_although_nothing_changed_in_it() =>
        Check(
            ReportSketch.Page("os/base\nsite/compute < os/base").WithChange(("site/compute", ImpactState.Changed, [])).WithPlan(),
            "1 of 2 targets is affected: 1 changed",
            "1 target besides has no image and is needed: 2 of 2 targets to build.");

    [Fact]
    public void A_change_that_affects_nothing_says_so() =>
        Check(Six.WithChange(), "Nothing is rebuilt: the change affects none of 6 targets");

    [Fact]
    public void One_target_is_rebuilt() =>
        Check(Six.WithChange(("slurm/uan", ImpactState.Changed, [])), "1 of 6 targets is rebuilt: 1 changed");

    [Fact]
    public void Without_a_change_the_plan_is_summed_up() =>
        Check(Six.WithPlan(), "2 of 6 targets to build, 4 ready");

    [Fact]
    public void Without_a_plan_either_the_targets_are_counted() => Check(Six, "6 targets");

    [Fact]
    public void A_build_comes_first() =>
        Check(
            ReportSketch.Page("""
                os/base : image
                hsn/base < os/base
                slurm/compute < hsn/base
                slurm/extra < slurm/compute
                uan/uan < os/base
                dev/base < os/base : image
                """) with { Build = SampleRecord },
            "The build failed after 3m 32s: 1 ready, 2 built, 1 failed, 1 not built, 1 exported");

    [Fact]
    public void A_record_of_another_state_is_not_taken_for_one_of_this() =>
        Check(
            ReportSketch.Page("""
                os/base : print=other
                hsn/base < os/base : print=another
                slurm/compute < hsn/base
                slurm/extra < slurm/compute
                uan/uan < os/base
                """) with { Build = SampleRecord },
            "The build failed after 3m 32s: 1 ready, 2 built, 1 failed, 1 not built, 1 exported",
            "The build was of another state of the sources: 3 of its targets have another fingerprint here, first os/base.");

    private static RecordedBuild SampleRecord => RecordReaderTests.Read(BuildRecordJson.Render(SampleBuild.Run(new(), () => new EventList())));

    private static void Check(ReportPage page, string title, params string[] further)
    {
        var headline = Headline.Of(page, Strata.Reports.TargetGraph.Of(page.File));
        Assert.Equal([title, .. further], [headline.Title, .. headline.Further]);
    }
}
