using System.Globalization;
using System.Xml.Linq;
using CsCheck;
using Strata.Layers;
using Strata.Reports;
using Strata.Tests.Support;

namespace Strata.Tests.Reports;

public sealed class GraphSvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Every_target_is_a_box_with_its_layer_its_type_and_a_tooltip()
    {
        var picture = Parse(GraphSvg.Render(TargetGraph.Of(TargetLines.Parse("os/base\nsite/compute < os/base playbooks=site.yml"))));
        var boxes = picture.Descendants(Svg + "g").ToList();
        Assert.Equal(
            ["os/base: from scratch, source self", "site/compute: from os/base, source self, playbooks site.yml"],
            boxes.Select(b => b.Element(Svg + "title")!.Value));
        Assert.Equal(["os", "base", "site", "compute"], boxes.SelectMany(b => b.Elements(Svg + "text")).Select(t => t.Value));
        Assert.Equal("clusterA", picture.Root!.Element(Svg + "title")!.Value);
        Assert.Equal("2 targets of 2 layers and 2 image types", picture.Root.Element(Svg + "desc")!.Value);
    }

    [Fact]
    public void What_a_change_leaves_alone_is_dotted_and_the_legend_says_so()
    {
        var graph = TargetGraph.Of(TargetLines.Parse("os/base\nsite/compute < os/base"), t =>
            t.Parent is null ? new(Emphasis.Unaffected, null) : new(Emphasis.Affected, "changed"));
        var picture = Parse(GraphSvg.Render(graph));
        var dashes = picture.Descendants(Svg + "g").Select(g => g.Element(Svg + "rect")!.Attribute("stroke-dasharray") is not null);
        Assert.Equal([true, false], dashes);
        Assert.Contains(picture.Descendants(Svg + "text"), t => t.Value == "not affected");
        Assert.Contains("1 affected", picture.Root!.Element(Svg + "desc")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_name_cannot_break_out_of_its_text() =>
        Assert.Equal("a<script>&\\u0007", Parse(GraphSvg.Render(TargetGraph.Of(TargetLines.Parse("os/base", "a<script>&\u0007")))).Root!.Element(Svg + "title")!.Value);

    [Fact]
    public void A_layer_file_without_targets_is_an_empty_picture_with_a_title() =>
        Assert.Equal("targets", Parse(GraphSvg.Render(TargetGraph.Of(TargetLines.Parse("")))).Root!.Element(Svg + "title")!.Value);

    [Fact]
    public void Boxes_never_overlap_and_stay_on_the_page() =>
        Forests.Sample(file =>
        {
            var picture = Parse(GraphSvg.Render(TargetGraph.Of(file)));
            var (width, height) = (Number(picture.Root!, "width"), Number(picture.Root!, "height"));
            var boxes = picture.Descendants(Svg + "g").Select(g => g.Element(Svg + "rect")!)
                .Select(r => (X: Number(r, "x"), Y: Number(r, "y"), Width: Number(r, "width"), Height: Number(r, "height"))).ToList();
            Assert.Equal(file.Targets.Length, boxes.Count);
            Assert.All(boxes, b => Assert.True(b.X >= 0 && b.Y >= 0 && b.X + b.Width <= width && b.Y + b.Height <= height));
            foreach (var (box, i) in boxes.Select((b, i) => (b, i)))
            {
                Assert.DoesNotContain(boxes.Skip(i + 1), o =>
                    o.X < box.X + box.Width && box.X < o.X + o.Width && o.Y < box.Y + box.Height && box.Y < o.Y + o.Height);
            }
        }, iter: Prove.Iterations(100));

    [Fact]
    public void The_same_targets_give_the_same_bytes() =>
        Forests.Sample(file => GraphSvg.Render(TargetGraph.Of(file)) == GraphSvg.Render(TargetGraph.Of(file)), iter: Prove.Iterations(20));

    /// <summary>Forests of up to 60 targets of names short and long, each under an earlier target or from scratch.</summary>
    private static Gen<LayerFile> Forests =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 5]).Array[1, 60].Select(choices =>
        {
            var names = choices.Select((c, i) => $"l{i}{new string('x', c.Item1)}/t{c.Item2}").ToList();
            return TargetLines.Parse(string.Join('\n', choices.Select((c, i) => i == 0 || c.Item1 % 7 == 0 ? names[i] : $"{names[i]} < {names[c.Item1 % i]}")));
        });

    private static XDocument Parse(string svg) => XDocument.Parse(svg);

    private static int Number(XElement element, string attribute) =>
        int.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
