using System.Text;
using Strata.Inputs;
using Strata.Text;

namespace Strata.Reports;

/// <summary>The images that a layer file needs, each with the targets that it is: targets with the same fingerprint are one image.</summary>
public static class SharedTargets
{
    /// <summary>One line an image in the order of its first target, its tag first, then the count. Each line ends with `\n`.</summary>
    public static string Render(SiteInputs site, Paint paint)
    {
        var text = new StringBuilder(paint(Tone.Strong, $"{"IMAGE",-32}  TARGETS")).Append('\n');
        var images = site.Targets.GroupBy(t => t.Fingerprint).ToList();
        foreach (var image in images)
            text.Append(paint(Tone.Frame, image.Key.Tag)).Append("  ").Append(string.Join(" = ", image.Select(t => t.Target.Name))).Append('\n');
        return text.Append('\n').Append(Summary(site.Targets.Length, images.Count, images.Count(i => i.Count() > 1))).Append('\n').ToString();
    }

    private static string Summary(int targets, int images, int shared) =>
        $"{Wording.Count(targets, "target")}, {Wording.Count(images, "image")}: {(shared == 0 ? "none is shared" : $"{shared} shared")}";
}
