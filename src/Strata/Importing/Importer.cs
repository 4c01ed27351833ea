using System.Collections.Immutable;
using Strata.Layers;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Importing;

/// <summary>
/// Configurations of OpenCHAMI's image-builder and image-thrillhouse as a layer file. Every key is carried over or named in a message.
/// </summary>
public static class Importer
{
    private const int MostMessages = 10_000;

    /// <summary>Imports files, each a configuration or a manifest of image-thrillhouse.</summary>
    /// <param name="files">The files.</param>
    /// <param name="type">The image type of every layer: neither program has a word for it.</param>
    /// <param name="open">Reads a file that a manifest names, by its path from the manifest's folder; null where there is none.</param>
    public static ImportResult Import(IEnumerable<SourceFile> files, ImageType type, Func<SourceFile, string, SourceFile?> open)
    {
        var faults = new Faults();
        var drafts = files.SelectMany(file => ReadFile(file, open, faults)).ToList();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var layers = drafts.Select(draft => (Name: Names.OfLayer(draft.ImageName, taken, faults), Draft: draft)).ToList();
        CheckStores(drafts);
        var text = LayerFileText.Render(layers, type, parent => ParentOf(parent, layers, faults));
        var written = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (path, content) in drafts.SelectMany(d => d.Content)) written[path] = content;
        var modes = drafts.SelectMany(d => d.Files).Where(f => written.ContainsKey(f.Source)).GroupBy(f => f.Source, StringComparer.Ordinal).ToImmutableDictionary(f => f.Key, f => ModeOf(f.Last().Mode), StringComparer.Ordinal);
        var needed = drafts.SelectMany(d => d.Files.Select(f => f.Source).Concat(d.Playbooks).Concat(d.Inventories)).Except(written.Keys, StringComparer.Ordinal);
        return new(drafts.Count == 0 ? null : text, written.ToImmutable(), [.. needed.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], faults.InOrder("", MostMessages)) { Modes = modes };
    }

    /// <summary>What is closed in the image is closed beside the layer file too; who writes it can change it, and nobody else.</summary>
    private static UnixFileMode ModeOf(string? octal)
    {
        const int usual = 0b110_100_100, writable = 0b110_000_000, allowed = 0b111_101_101;
        var bits = octal is { Length: 3 or 4 } && octal.All(c => c is >= '0' and <= '7') ? Convert.ToInt32(octal, 8) : usual;
        return (UnixFileMode)((bits & allowed) | writable);
    }

    /// <summary>A layer file has one store, beside a repository.</summary>
    private static void CheckStores(List<LayerDraft> drafts)
    {
        var hasRepository = drafts.Exists(d => d.Repository is not null);
        var first = drafts.Select(d => d.Store?.Value).FirstOrDefault(s => s is not null);
        foreach (var draft in drafts)
        {
            if (draft.Store is not { } store) continue;
            if (!hasRepository) draft.LeaveOutStore(store, "outputs are sent when images are published, and no registry is named");
            else if (store.Value != first) draft.LeaveOutStore(store, $"a layer file has one store, and it is {first}");
        }
    }

    private static IEnumerable<LayerDraft> ReadFile(SourceFile file, Func<SourceFile, string, SourceFile?> open, Faults faults)
    {
        UrlLogins.Hide(file, faults);
        if (!GoTemplate.HasAction(file.Content) && Parse(file, faults) is { } plain)
            return plain.Find("layers") is YamlNode.Sequence ? ReadManifest(file, plain, open, faults) : ReadConfiguration(file, plain, faults);
        return GoTemplate.HasAction(file.Content) ? ReadTemplate(file, ImmutableDictionary<string, YamlNode>.Empty, faults) : [];
    }

    private static IEnumerable<LayerDraft> ReadTemplate(SourceFile file, IReadOnlyDictionary<string, YamlNode> variables, Faults faults)
    {
        UrlLogins.Hide(file, faults);
        if (GoTemplate.Render(file, variables, faults) is not { } rendered || Parse(rendered, faults) is not { } root) return [];
        return ReadConfiguration(rendered, root, faults);
    }

    private static IEnumerable<LayerDraft> ReadConfiguration(SourceFile file, YamlNode.Mapping root, Faults faults)
    {
        if (root.Find("options") is not null) return [ImageBuilderReader.Read(ImportFields.Open(root, "image-builder's configuration", faults)!, faults)];
        if (root.Find("meta") is not null || root.Find("layer") is not null) return [ThrillhouseReader.Read(ImportFields.Open(root, "image-thrillhouse's configuration", faults)!, faults)];
        faults.Add(ImportFaults.UnknownFile(file.Path));
        return [];
    }

    private static List<LayerDraft> ReadManifest(SourceFile file, YamlNode.Mapping root, Func<SourceFile, string, SourceFile?> open, Faults faults)
    {
        var manifest = new ThrillhouseManifest(ImportFields.Open(root, "a manifest of image-thrillhouse", faults)!, path => open(file, path.Value) is { } found ? found : Missing(path, faults));
        var drafts = new List<LayerDraft>();
        foreach (var (configuration, variables) in manifest.Layers(faults)) drafts.AddRange(ReadTemplate(configuration, variables, faults));
        return drafts;
    }

    private static SourceFile? Missing(Located<string> path, Faults faults)
    {
        faults.Add(ImportFaults.LeftOut(path.Value, path.At, "there is no such file beside the manifest", null));
        return null;
    }

    /// <summary>The text as a mapping; null, with a fault, when it is none.</summary>
    internal static YamlNode.Mapping? Parse(SourceFile file, Faults faults)
    {
        UrlLogins.Hide(file, faults);
        var document = YamlReader.Read(file, YamlOptions.LayerFile);
        faults.AddRange(document.Diagnostics);
        if (document.Root is YamlNode.Mapping root) return root;
        if (document.Diagnostics.IsEmpty) faults.Add(ImportFaults.UnknownFile(file.Path));
        return null;
    }

    /// <summary>The layer that a parent's reference names: by its last part, without registry, tag and digest.</summary>
    private static string? ParentOf(Located<string> parent, IEnumerable<(string Name, LayerDraft Draft)> layers, Faults faults)
    {
        UrlLogins.Hide(parent, faults);
        var image = UrlLogins.Without(parent.Value).Split('@')[0].Split('/')[^1].Split(':')[0];
        var found = layers.Where(l => l.Draft.ImageName.Value == image || l.Draft.ImageName.Value == parent.Value).Select(l => l.Name).FirstOrDefault();
        if (found is null) faults.Add(ImportFaults.UnknownParent(parent.Value, parent.At));
        return found;
    }
}

/// <summary>What an import gave.</summary>
/// <param name="LayerFile">The text of the layer file; null where there was nothing to import.</param>
/// <param name="Files">Other files that belong to it, by path beside it: what stood in the configurations themselves.</param>
/// <param name="Needed">Paths that the layer file names and that have to be put beside it.</param>
/// <param name="Messages">What is to be said, in the order of the files.</param>
public sealed record ImportResult(
    string? LayerFile, ImmutableSortedDictionary<string, string> Files, ImmutableArray<string> Needed, ImmutableArray<Diagnostic> Messages)
{
    /// <summary>The modes of <see cref="Files"/>.</summary>
    public ImmutableDictionary<string, UnixFileMode> Modes { get; init; } = ImmutableDictionary<string, UnixFileMode>.Empty;
}
