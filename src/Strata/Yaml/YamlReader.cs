using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>
/// Reads YAML as Ansible does: YAML 1.1 as PyYAML's safe loader takes it through libyaml. Never throws on bad input:
/// what cannot be read is a diagnostic, and what stands before it is returned.
/// </summary>
public static class YamlReader
{
    /// <summary>Reads a text of one document; a second one is a fault.</summary>
    public static YamlDocument Read(SourceFile file, YamlOptions options)
    {
        var faults = new FaultList();
        var composer = new Composer(file, options, faults);
        var root = Next(composer, isFirst: true);
        composer.ExpectEnd();
        return new(file, root, faults.InOrder());
    }

    /// <summary>Reads a text of any number of documents. The faults of all of them stand at the last.</summary>
    public static ImmutableArray<YamlDocument> ReadAll(SourceFile file, YamlOptions options)
    {
        var faults = new FaultList();
        var composer = new Composer(file, options, faults);
        var roots = new List<YamlNode?>();
        while (!composer.IsAtEnd) roots.Add(Next(composer, isFirst: roots.Count == 0));
        var found = faults.InOrder();
        if (roots.Count == 0 && !found.IsEmpty) roots.Add(null);

        return [.. roots.Select((root, i) => new YamlDocument(file, root, i == roots.Count - 1 ? found : []))];
    }

    private static YamlNode? Next(Composer composer, bool isFirst)
    {
        if (composer.IsAtEnd) return null;
        var root = composer.NextDocument(isFirst);
        composer.EndDocument(root);
        return root;
    }
}
