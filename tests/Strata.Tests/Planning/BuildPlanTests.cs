using System.Collections.Immutable;
using Strata.Planning;
using Strata.Reports;
using Strata.Tests.Support;

namespace Strata.Tests.Planning;

public sealed class BuildPlanTests
{
    private const string Chain = """
        os/base : image
        hsn/base < os/base : image
        compute/compute < hsn/base
        uan/uan < hsn/base : image
        """;

    private static PlanOptions Select(params string[] names) => new() { Selected = [.. names.Select(PlanSketch.Name)] };

    private static void Check(string sketch, string expected, PlanOptions? options = null) =>
        Expected.Text(expected, PlanText.Render(PlanSketch.Plan(sketch, options)));

    private static void CheckFaults(string expected, BuildPlan plan) =>
        Expected.Text(expected, string.Join('\n', plan.Faults.Select(f => $"{f.Message}\n  {f.Hint}")));

    [Fact]
    public void A_target_without_an_image_is_built_and_the_others_are_ready() => Check(Chain, """
        ready   os/base          localhost/strata/os/base:os-base
        ready   hsn/base         localhost/strata/hsn/base:hsn-base
        build   compute/compute  no image with this fingerprint
        ready   uan/uan          localhost/strata/uan/uan:uan-uan

        1 of 4 targets to build, 3 ready
        """);

    [Fact]
    public void A_plan_with_nothing_stale_says_so() => Check("os/base : image", """
        ready   os/base  localhost/strata/os/base:os-base

        nothing to build: 1 target ready
        """);

    [Fact]
    public void A_target_whose_parent_is_built_follows_although_its_image_is_there() => Check("""
        os/base
        hsn/base < os/base : image
        uan/uan < hsn/base : image
        """, """
        build   os/base   no image with this fingerprint
        build   hsn/base  follows os/base, which is built
        build   uan/uan   follows hsn/base, which is built

        3 of 3 targets to build
        """);

    [Fact]
    public void An_image_built_from_another_image_than_the_parents_is_stale() => Check("""
        os/base : image
        hsn/base < os/base : image-of-old-parent
        uan/uan < hsn/base : image
        """, """
        ready   os/base   localhost/strata/os/base:os-base
        build   hsn/base  os/base was rebuilt since
        build   uan/uan   follows hsn/base, which is built

        2 of 3 targets to build, 1 ready
        """);

    [Fact]
    public void Rebuild_builds_what_is_asked_for_and_what_follows_among_it() => Check(Chain, """
        ready   os/base   localhost/strata/os/base:os-base
        build   hsn/base  asked by --rebuild

        1 of 2 targets to build, 1 ready
        """, Select("hsn/base") with { Rebuild = true });

    [Fact]
    public void A_selected_target_brings_its_stale_parents_and_nothing_else() => Check("""
        os/base
        hsn/base < os/base
        compute/compute < hsn/base
        uan/uan < hsn/base
        """, """
        build   os/base          no image with this fingerprint
        build   hsn/base         no image with this fingerprint
        build   compute/compute  no image with this fingerprint

        3 of 3 targets to build
        """, Select("compute/compute"));

    [Fact]
    public void A_parent_without_an_image_is_not_built_for_a_target_that_is_ready() => Check("""
        os/base
        hsn/base < os/base : image
        """, """
        ready   hsn/base  localhost/strata/hsn/base:hsn-base

        nothing to build: 1 target ready
        """, Select("hsn/base"));

    [Fact]
    public void A_parent_that_is_stale_itself_is_built_for_a_target_that_has_an_image() => Check("""
        os/base : image
        hsn/base < os/base : image-of-old-parent
        uan/uan < hsn/base : image
        """, """
        ready   os/base   localhost/strata/os/base:os-base
        build   hsn/base  os/base was rebuilt since
        build   uan/uan   follows hsn/base, which is built

        2 of 3 targets to build, 1 ready
        """, Select("uan/uan"));

    [Fact]
    public void A_missing_or_different_output_is_exported_without_a_build() => Check("""
        os/base : image squashfs
        a/base < os/base : image squashfs=missing
        b/base < os/base : image squashfs=different
        """, """
        ready   os/base  localhost/strata/os/base:os-base
        export  a/base   squashfs is missing
        export  b/base   squashfs is of another image or other options

        0 of 3 targets to build, 2 to export, 1 ready
        """);

    [Fact]
    public void Outputs_are_made_for_the_targets_that_are_asked_for_alone()
    {
        var plan = PlanSketch.Plan("""
            os/base : squashfs=missing
            hsn/base < os/base : squashfs=missing
            """, Select("hsn/base"));
        Assert.Empty(plan.Targets[0].Outputs);
        Assert.Single(plan.Targets[1].Outputs);
    }

    [Fact]
    public void Targets_with_one_fingerprint_are_built_once() => Check("""
        os/base@a : print=os
        hsn/base@a < os/base@a : print=hsn
        os/base@b : print=os
        hsn/base@b < os/base@b
        """, """
        build   os/base@a   no image with this fingerprint
        build   hsn/base@a  no image with this fingerprint
        shared  os/base@b   same image as os/base@a
        build   hsn/base@b  no image with this fingerprint

        3 of 4 targets to build, 1 sharing an image
        """);

    [Fact]
    public void A_target_waits_for_the_one_that_builds_its_parents_image()
    {
        var plan = PlanSketch.Plan("""
            os/base@a : print=os
            os/base@b : print=os
            hsn/base@b < os/base@b
            uan/uan@b < hsn/base@b
            """);
        Assert.Equal([null, "os/base@a", "os/base@a", "hsn/base@b"], plan.Targets.Select(t => t.WaitsFor?.ToString()));
    }

    [Fact]
    public void Rebuilding_an_image_for_one_system_rebuilds_it_for_all() => Check("""
        os/base@a : print=os image
        os/base@b : print=os image
        hsn/base@b < os/base@b : image
        """, """
        build   os/base@a   asked by --rebuild
        shared  os/base@b   same image as os/base@a
        build   hsn/base@b  asked by --rebuild, follows os/base@b, which is built

        2 of 3 targets to build, 1 sharing an image
        """, Select("os/base@a", "hsn/base@b") with { Rebuild = true });

    [Fact]
    public void Only_takes_the_targets_named_and_starts_from_the_parent_that_is_there()
    {
        var plan = PlanSketch.Plan(Chain, Select("compute/compute") with { Only = true });
        Expected.Text("""
            build   compute/compute  no image with this fingerprint

            1 of 1 target to build
            """, PlanText.Render(plan));
        Assert.Equal("sha256:hsn/base", plan.Find(PlanSketch.Name("compute/compute"))!.ParentImage?.Digest);
        Assert.Empty(plan.Faults);
    }

    [Fact]
    public void Only_with_a_parent_that_has_no_image_is_a_fault() => CheckFaults("""
        `hsn/base` cannot be built by itself: its parent `os/base` is stale (no image with this fingerprint)
          build `os/base` first, or leave out `--only`
        """, PlanSketch.Plan("""
        os/base
        hsn/base < os/base
        """, Select("hsn/base") with { Only = true }));

    [Fact]
    public void Only_with_a_parent_that_is_itself_stale_is_a_fault() => CheckFaults("""
        `uan/uan` cannot be built by itself: its parent `hsn/base` is stale (os/base was rebuilt since)
          build `hsn/base` first, or leave out `--only`
        """, PlanSketch.Plan("""
        os/base : image
        hsn/base < os/base : image-of-old-parent
        uan/uan < hsn/base
        """, Select("uan/uan") with { Only = true }));

    [Fact]
    public void Another_fingerprint_than_the_planned_one_is_a_fault() => CheckFaults($"""
        `os/base` has the fingerprint {PlanSketch.Print("os/base")}, expected {PlanSketch.Print("x")}: the sources are not those that were planned
          check out the revisions that the plan was made from, or plan again
        """, PlanSketch.Plan("os/base", Select("os/base") with { Expected = PlanSketch.Print("x") }));

    [Fact]
    public void The_planned_fingerprint_is_no_fault() =>
        CheckFaults("", PlanSketch.Plan("os/base", Select("os/base") with { Expected = PlanSketch.Print("os/base") }));

    [Fact]
    public void Options_about_targets_need_targets()
    {
        CheckFaults("""
            `--only` needs the targets to build
              name it on the command line, as `layer/type`
            """, PlanSketch.Plan("os/base", new() { Only = true }));
        CheckFaults("""
            `--expect` needs exactly one target
              name it on the command line, as `layer/type`
            """, PlanSketch.Plan("os/base", new() { Expected = PlanSketch.Print("os/base") }));
    }

    [Fact]
    public void A_target_from_scratch_without_packages_is_planned_and_named_as_a_fault()
    {
        var plan = PlanSketch.Plan("""
            my-fav-os/base : empty
            hsn/base < my-fav-os/base
            """);
        Assert.Equal(2, plan.Count(PlanState.Build));
        Expected.Diagnostics("""
            error[scratch-without-packages]: `my-fav-os/base` starts from scratch and has no `packages`: there is nothing to build it from
             --> strata.yaml:1:1
              |
            1 | my-fav-os/base : empty
              | ^^^^^^^^^^^^^^ declared here
            hint: add `packages` with `manager`, `release`, `repositories` and `install`, or `from` another target
            """, plan.Diagnostics);
    }

    [Fact]
    public void A_target_from_scratch_without_packages_is_no_fault_while_its_image_is_there() =>
        Assert.Empty(PlanSketch.Plan("my-fav-os/base : empty image").Diagnostics);

    [Fact]
    public void Names_are_found_in_every_system_or_in_the_one_that_is_named()
    {
        var targets = PlanSketch.Basis("""
            os/base@a
            os/base@b
            hsn/base@a < os/base@a
            """).Targets;
        var selection = TargetSelection.Of(targets, ["os/base", "hsn/base@a", "os/base@a"]);
        Assert.Equal(["os/base@a", "os/base@b", "hsn/base@a"], selection.Names.Select(n => n.ToString()));
        Assert.Empty(selection.Faults);
    }

    [Fact]
    public void A_name_that_no_target_has_is_a_fault_that_names_the_nearest()
    {
        var faults = TargetSelection.Of(PlanSketch.Basis(Chain).Targets, ["compute/compte", "compue", "x"]).Faults;
        Assert.Equal(
            ["there is no target `compute/compte` (did you mean `compute/compute`?)", "there is no target `compue` (did you mean `compute`?)", "there is no target `x` (`strata targets` lists them)"],
            faults.Select(f => $"{f.Message} ({f.Hint})").ToImmutableArray());
    }

    [Fact]
    public void An_image_is_named_by_repository_layer_type_and_fingerprint_without_the_system()
    {
        var plan = BuildPlan.Of(PlanSketch.Basis("os/base@a : print=os") with { Repository = new("registry.example.org/hpc") }, PlanOptions.Default);
        Assert.Equal($"registry.example.org/hpc/os/base:{PlanSketch.Print("os").Tag}", plan.Targets[0].Reference);
    }

    [Fact]
    public void Another_image_of_the_parent_than_the_one_that_was_planned_with_is_a_fault()
    {
        const string sketch = """
            os/base : image
            hsn/base < os/base
            """;
        CheckFaults("", PlanSketch.Plan(sketch, Select("hsn/base") with { ExpectedParent = "sha256:os/base" }));
        CheckFaults("""
            `hsn/base` would start from sha256:os/base, expected sha256:other: its parent's image is not the one that was planned with
              somebody has built the parent anew since: plan again
            """, PlanSketch.Plan(sketch, Select("hsn/base") with { ExpectedParent = "sha256:other" }));
        CheckFaults("""
            `os/base` has no parent's image to start from, expected sha256:other
              somebody has built the parent anew since: plan again
            """, PlanSketch.Plan(sketch, Select("os/base") with { ExpectedParent = "sha256:other" }));
        CheckFaults("""
            `--expect-parent` needs exactly one target
              name it on the command line, as `layer/type`
            """, PlanSketch.Plan(sketch, new() { ExpectedParent = "sha256:other" }));
    }
}
