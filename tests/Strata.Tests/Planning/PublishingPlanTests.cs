using Strata.Planning;
using Strata.Reports;
using Strata.Tests.Support;

namespace Strata.Tests.Planning;

/// <summary>Plans where there is a registry.</summary>
public sealed class PublishingPlanTests
{
    private static void Check(string sketch, string expected, bool push) =>
        Expected.Text(expected, PlanText.Render(PlanSketch.Plan(sketch, new() { Push = push })));

    private const string Local = """
        os/base : image published
        hsn/base < os/base : image
        uan/uan < hsn/base
        """;

    [Fact]
    public void An_image_that_is_in_the_local_storage_alone_is_published_without_building() => Check(Local, """
        ready    os/base   localhost/strata/os/base:os-base
        publish  hsn/base  in the local storage alone
        build    uan/uan   no image with this fingerprint

        1 of 3 targets to build, 1 to publish, 1 ready
        """, push: true);

    [Fact]
    public void Without_push_it_is_ready() => Check(Local, """
        ready   os/base   localhost/strata/os/base:os-base
        ready   hsn/base  localhost/strata/hsn/base:hsn-base
        build   uan/uan   no image with this fingerprint

        1 of 3 targets to build, 2 ready
        """, push: false);

    [Fact]
    public void What_is_under_the_tag_and_has_another_fingerprint_is_no_image() => Check("""
        os/base : stranger
        """, """
        build   os/base  what is under its tag is no image with this fingerprint

        1 of 1 target to build
        """, push: false);

    [Fact]
    public void Outputs_that_are_missing_are_made_with_the_publication()
    {
        var target = PlanSketch.Plan("os/base : image squashfs=missing", new() { Push = true }).Targets[0];
        Assert.Equal(PlanState.Publish, target.State);
        Assert.True(target.LacksOutputs);
        Assert.Equal("in the local storage alone, squashfs is missing", string.Join(", ", target.Reasons));
    }

    [Fact]
    public void Of_several_images_with_a_fingerprint_the_one_that_was_built_from_the_parents_image_counts()
    {
        var basis = PlanSketch.Basis("""
            os/base
            hsn/base < os/base
            """);
        var (os, hsn) = (basis.Targets[0].Name, basis.Targets[1].Name);
        var parent = PlanSketch.Image(os, "os/base", null);
        var old = PlanSketch.Image(hsn, "hsn/base", "sha256:old") with { Digest = "sha256:first" };
        var fits = PlanSketch.Image(hsn, "hsn/base", parent.Digest) with { Digest = "sha256:second" };
        Assert.Equal("sha256:second", Chosen(parent, old, fits));
        Assert.Equal("sha256:first", Chosen(parent with { Digest = "sha256:other" }, old, fits));

        string Chosen(StoredImage chosenParent, params StoredImage[] children) => ImageChoice.Of(
            basis.Targets,
            basis.Fingerprints,
            f => f == basis.Fingerprints[os] ? [chosenParent] : [.. children])[basis.Fingerprints[hsn]].Digest;
    }

    [Fact]
    public void An_output_that_is_not_in_the_object_store_is_sent_only_when_publishing()
    {
        const string sketch = "os/base : image published squashfs=not-stored";
        Assert.Equal(PlanState.Ready, PlanSketch.Plan(sketch).Targets[0].State);
        var target = PlanSketch.Plan(sketch, new() { Push = true }).Targets[0];
        Assert.Equal(PlanState.Export, target.State);
        Assert.Equal("squashfs is not in the object store", string.Join(", ", target.Reasons));
    }
}
