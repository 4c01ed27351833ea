using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>
/// Reads YAML as Ansible does: YAML 1.1 as PyYAML's safe loader takes it through libyaml. Never throws on bad input:
/// what cannot be read is a diagnostic, and what stands before it is returned.
/// </summary>
/// <remarks>
/// Source: libyaml 0.2.5 (what is a token, what may follow it) and PyYAML 6.0 (`resolver.py`, `constructor.py`,
/// `composer.py`: what a scalar is, tags, merge keys). The text is cut into tokens here and not by YamlDotNet, whose
/// scanner follows YAML 1.2 in part: it takes what libyaml refuses (`- [%a]`, a line `: x`, a tab behind a dash) and refuses
/// what Ansible takes (a quoted text that goes on in a line without indentation, a block text after an empty line).
/// It differs from PyYAML in this: a recursive alias is a fault, and so is a text over the limits; a tagged whole number
/// (`!!int`) has ASCII digits only; two dates are the same key when they are written the same.
/// It differs from Ansible in this: Ansible takes a text for JSON first, where `1e3` is a number and not a text.
/// </remarks>
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
