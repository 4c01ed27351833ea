using System.Text;
using Strata.Layers;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Importing;

/// <summary>Drafts as the text of a layer file.</summary>
internal static class LayerFileText
{
    /// <summary>Plain words that YAML takes for something else.</summary>
    private static readonly HashSet<string> NoTexts = new(StringComparer.OrdinalIgnoreCase) { "y", "n", "yes", "no", "on", "off", "true", "false", "null" };

    /// <summary>The text of a layer file.</summary>
    /// <param name="layers">The layers by name, parents anywhere.</param>
    /// <param name="type">The image type of each.</param>
    /// <param name="parentOf">The name of the layer that a parent's reference means; null for none.</param>
    public static string Render(IReadOnlyList<(string Name, LayerDraft Draft)> layers, ImageType type, Func<Located<string>, string?> parentOf)
    {
        var text = new StringBuilder("version: 1\n");
        var inventories = layers.SelectMany(l => l.Draft.Inventories).Distinct(StringComparer.Ordinal).ToList();
        if (inventories.Count > 0) text.Append("inventory: ").Append(inventories.Count == 1 ? Scalar(inventories[0]) : List(inventories)).Append('\n');
        AppendImages(text, layers);
        text.Append("layers:\n");
        foreach (var (name, draft) in layers)
        {
            var parent = draft.Parent is { } reference && parentOf(reference) is { } found ? $"{found}/{type}" : "scratch";
            text.Append("  ").Append(Scalar(name)).Append(":\n    types:\n      ").Append(Scalar(type.Value)).Append(":\n        from: ").Append(parent).Append('\n');
            AppendSteps(text, draft);
        }

        return text.ToString();
    }

    private static void AppendImages(StringBuilder text, IReadOnlyList<(string Name, LayerDraft Draft)> layers)
    {
        if (layers.Select(l => l.Draft.Repository).FirstOrDefault(r => r is not null) is not { } repository) return;
        text.Append("images: {repository: ").Append(Scalar(repository)).Append(layers.Any(l => l.Draft.IsPlainHttp) ? ", plain-http: true}\n" : "}\n");
    }

    private static void AppendSteps(StringBuilder text, LayerDraft draft)
    {
        if (draft.HasPackages && draft.Manager is not null) AppendPackages(text, draft);
        if (draft.Groups.Count > 0) text.Append("        groups: ").Append(List(draft.Groups)).Append('\n');
        AppendItems(text, "files", draft.Files.Select(Map));
        if (draft.Playbooks.Count > 0) text.Append("        playbooks: ").Append(List(draft.Playbooks)).Append('\n');
        AppendAnsible(text, draft);
        AppendItems(text, "commands", draft.Commands.Select(YamlText.Quote));
        if (draft.Outputs.Count > 0) text.Append("        outputs: ").Append(List(draft.Outputs)).Append('\n');
    }

    private static void AppendPackages(StringBuilder text, LayerDraft draft)
    {
        text.Append("        packages:\n          manager: ").Append(Scalar(draft.Manager!)).Append('\n');
        if (draft.Release is { } release) text.Append("          release: ").Append(YamlText.Quote(release)).Append('\n');
        if (draft.HasWeakDependencies) text.Append("          weak-dependencies: true\n");
        if (draft.Repositories.Count > 0) text.Append("          repositories:\n");
        foreach (var repository in draft.Repositories) text.Append("            - ").Append(Map(repository)).Append('\n');
        foreach (var (key, names) in draft.Packages) text.Append("          ").Append(key).Append(": ").Append(List(names)).Append('\n');
    }

    private static void AppendAnsible(StringBuilder text, LayerDraft draft)
    {
        if (draft.Ansible.Count + draft.Variables.Count == 0) return;
        text.Append("        ansible:\n");
        foreach (var (key, values) in draft.Ansible) text.Append("          ").Append(key).Append(": ").Append(List(values)).Append('\n');
        foreach (var (key, variables) in draft.Variables)
        {
            text.Append("          ").Append(key).Append(":\n");
            foreach (var (name, value) in variables) text.Append("            ").Append(Scalar(name)).Append(": ").Append(YamlText.Quote(value)).Append('\n');
        }
    }

    private static void AppendItems(StringBuilder text, string key, IEnumerable<string> items)
    {
        var lines = items.ToList();
        if (lines.Count == 0) return;
        text.Append("        ").Append(key).Append(":\n");
        foreach (var line in lines) text.Append("          - ").Append(line).Append('\n');
    }

    private static string Map(RepositoryDraft repository) => Map(
        ("id", repository.Id), ("url", repository.Url), ("gpgkey", repository.Key), ("suite", repository.Suite))
        .TrimEnd('}') + (repository.Components is { Count: > 0 } components ? $", components: {List(components)}}}" : "}");

    private static string Map(FileDraft file) => Map(("source", file.Source), ("destination", file.Destination), ("mode", file.Mode), ("owner", file.Owner));

    private static string Map(params (string Key, string? Value)[] pairs) =>
        "{" + string.Join(", ", pairs.Where(p => p.Value is not null).Select(p => $"{p.Key}: {(p.Key == "mode" ? YamlText.Quote(p.Value!) : Scalar(p.Value!))}")) + "}";

    private static string List(IEnumerable<string> values) => "[" + string.Join(", ", values.Select(Scalar)) + "]";

    /// <summary>A plain word where every reader takes it for that text, and in quotes otherwise.</summary>
    private static string Scalar(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/') && !NoTexts.Contains(text) ? text : YamlText.Quote(text);
}
