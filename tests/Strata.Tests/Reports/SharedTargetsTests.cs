using System.Text.Json;
using Strata.Reports;
using Strata.Tests.Support;

namespace Strata.Tests.Reports;

public sealed class SharedTargetsTests
{
    private const string Sketch = """
        os/base@a
          step x = 1
        hsn/base@a < os/base@a
          step y = 1
        os/base@b
          step x = 1
        hsn/base@b < os/base@b
          step y = 2
        """;

    [Fact]
    public void Targets_of_several_systems_that_are_one_image_stand_on_one_line()
    {
        var site = InputSketch.Parse(Sketch);
        Expected.Text($"""
            IMAGE                             TARGETS
            {site.Targets[0].Fingerprint.Tag}  os/base@a = os/base@b
            {site.Targets[1].Fingerprint.Tag}  hsn/base@a
            {site.Targets[3].Fingerprint.Tag}  hsn/base@b

            4 targets, 3 images: 1 shared
            """, SharedTargets.Render(site, Paints.Plain));
    }

    [Fact]
    public void The_JSON_says_of_each_target_with_which_others_it_is_one_image()
    {
        var targets = JsonDocument.Parse(TargetsJson.Render(InputSketch.Parse(Sketch))).RootElement.GetProperty("targets").EnumerateArray();
        Assert.Equal(
            ["os/base@a [\"os/base@b\"]", "hsn/base@a []", "os/base@b [\"os/base@a\"]", "hsn/base@b []"],
            targets.Select(t => $"{t.GetProperty("target")} {JsonSerializer.Serialize(t.GetProperty("sharedWith").EnumerateArray().Select(n => n.GetString()))}"));
    }
}
