using Strata.Layers;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Importing;

/// <summary>A manifest of image-thrillhouse: layers with their configurations and what fills in their variables.</summary>
/// <param name="manifest">The manifest.</param>
/// <param name="open">Reads a file that it names.</param>
internal sealed class ThrillhouseManifest(ImportFields manifest, Func<Located<string>, SourceFile?> open)
{
    /// <summary>The architecture that a layer file means without `architecture`.</summary>
    private const string UsualArchitecture = "x86_64";

    /// <summary>Stands for the digests that the other program fills in, and that a layer file has no need of.</summary>
    private const string Tag = "tag";

    /// <summary>The configuration of each layer, with its variables; those of a layer go before those of the architecture.</summary>
    public IEnumerable<(SourceFile Configuration, IReadOnlyDictionary<string, YamlNode> Variables)> Layers(Faults faults)
    {
        var shared = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        ReadArchitectures(shared, faults);
        foreach (var layer in manifest.Each("layers"))
        {
            var variables = new Dictionary<string, YamlNode>(shared, StringComparer.Ordinal);
            _ = layer.Text("name");
            foreach (var path in layer.Texts("var_files")) Add(path, variables, faults);
            Set(Tag, layer, variables);
            Set("parent_tag", layer, variables);
            foreach (var parent in layer.Texts("depends_on")) Set(parent.Value.Replace('-', '_') + "_tag", layer, variables);
            layer.LeaveOut("arches", "a layer file is for one architecture", "let another file be for the others: `architecture: aarch64`");
            var configuration = layer.Text("config") is { } path2 ? open(path2) : null;
            layer.End();
            if (configuration is not null) yield return (configuration, variables);
        }

        manifest.End();
    }

    private void ReadArchitectures(Dictionary<string, YamlNode> variables, Faults faults)
    {
        var isFirst = true;
        foreach (var architecture in manifest.Each("architectures"))
        {
            var (name, files) = (architecture.Text("name"), architecture.Texts("var_files"));
            architecture.End();
            if (name is not { } known) continue;
            if (!isFirst) faults.Add(ImportFaults.LeftOut(known.Value, known.At, "a layer file is for one architecture, and the first of the list is taken", "let another file be for this one: `architecture: " + known.Value + "`"));
            if (!isFirst) continue;
            isFirst = false;
            if (known.Value != UsualArchitecture) faults.Add(ImportFaults.OtherMeaning(known.Value, known.At, $"a layer file means {UsualArchitecture} where it says nothing", $"say `architecture: {known.Value}` in it"));
            variables["arch"] = Scalar(known.Value, known.At);
            foreach (var path in files) Add(path, variables, faults);
        }
    }

    private void Add(Located<string> path, Dictionary<string, YamlNode> variables, Faults faults)
    {
        if (open(path) is not { } file || Importer.Parse(file, faults) is not { } root) return;
        foreach (var (key, value) in root.Entries)
        {
            if (key is YamlNode.Scalar { Value: ScalarValue.Text name }) variables[name.Value] = value;
        }
    }

    private static void Set(string name, ImportFields layer, Dictionary<string, YamlNode> variables) => variables[name] = Scalar(Tag, layer.At);

    private static YamlNode.Scalar Scalar(string text, Location at) => new(at, null, new ScalarValue.Text(text), text, IsPlain: true);
}
