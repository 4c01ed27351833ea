using System.Collections.Immutable;
using Strata.Layers;
using Strata.Pipelines;
using Strata.Tests.Support;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Tests.Pipelines;

/// <summary>Pipelines from sketches of plans, and their jobs as another reader of YAML has them.</summary>
internal static class PipelineText
{
    /// <summary>The pipeline of a plan as <see cref="PlanSketch"/> reads it.</summary>
    public static Pipeline Of(string sketch, PipelineOptions? options = null, LayerFile? file = null) =>
        Pipeline.Of(PlanSketch.Plan(sketch), file ?? LayerFileOf(""), options ?? new());

    /// <summary>A layer file with these settings under `pipeline`.</summary>
    public static LayerFile LayerFileOf(string settings)
    {
        var pipeline = settings.Length == 0 ? "" : "pipeline:\n" + string.Join('\n', settings.Split('\n').Select(l => "  " + l)) + "\n";
        const string layers = """
            layers:
              os: {types: {base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}}}}
              hsn: {types: {base: {from: os/base}}}
              compute: {types: {compute: {from: hsn/base}}}
              uan: {types: {uan: {from: hsn/base}}}
            """;
        var (file, diagnostics) = LayerFileReader.Read(new SourceFile("strata.yaml", "version: 1\n" + pipeline + layers));
        Expected.Diagnostics("", diagnostics);
        return file!;
    }

    /// <summary>The jobs as another reader of YAML has them: what is neither `workflow` nor `stages`.</summary>
    public static List<(string Name, YamlNode.Mapping Job)> Jobs(Pipeline pipeline)
    {
        var document = YamlReader.Read(new SourceFile("pipeline.yml", GitLabPipeline.Render(pipeline)), YamlOptions.LayerFile);
        Expected.Diagnostics("", document.Diagnostics);
        return [.. ((YamlNode.Mapping)document.Root!).Entries
            .Select(e => (Name: ((ScalarValue.Text)((YamlNode.Scalar)e.Key).Value).Value, e.Value))
            .Where(e => e.Name is not ("workflow" or "stages"))
            .Select(e => (e.Name, (YamlNode.Mapping)e.Value))];
    }

    public static YamlNode.Mapping Below(YamlNode.Mapping node, string key) => (YamlNode.Mapping)node.Find(key)!;

    public static string TextAt(YamlNode.Mapping node, string key) => TextAt(node.Find(key)!);

    public static string TextAt(YamlNode node) => ((ScalarValue.Text)((YamlNode.Scalar)node).Value).Value;

    public static ImmutableArray<string> TextsAt(YamlNode.Mapping node, string key) => [.. ((YamlNode.Sequence)node.Find(key)!).Items.Select(TextAt)];

    public static string LineAt(YamlNode.Mapping node, string key) => Assert.Single(TextsAt(node, key));

    public static string Needs(YamlNode.Mapping job) => string.Join(", ", ((YamlNode.Sequence)job.Find("needs")!).Items.Select(n => TextAt((YamlNode.Mapping)n, "job")));
}
