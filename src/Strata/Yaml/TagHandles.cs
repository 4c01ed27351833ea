using System.Globalization;

namespace Strata.Yaml;

/// <summary>What a document's `%YAML` and `%TAG` lines say.</summary>
internal sealed class TagHandles
{
    private readonly Dictionary<string, string> prefixes = new(StringComparer.Ordinal);
    private bool hasVersion;

    /// <summary>Whether the document has such a line.</summary>
    public bool HasDirective => hasVersion || prefixes.Count > 0;

    /// <summary>Forgets the document before.</summary>
    public void Clear()
    {
        prefixes.Clear();
        hasVersion = false;
    }

    /// <summary>Adds a line; false when it is there twice, or is of a version other than 1.1 and 1.2.</summary>
    public bool Add(YamlToken directive)
    {
        if (directive.Kind == YamlTokenKind.TagDirective) return prefixes.TryAdd(directive.Text, directive.Suffix);
        var numbers = directive.Text.Split('.').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        var isKnown = !hasVersion && numbers is [1, 1 or 2];
        hasVersion = true;
        return isKnown;
    }

    /// <summary>The whole tag; null when nothing declares its handle.</summary>
    public string? Resolve(YamlToken tag)
    {
        if (tag.Text.Length == 0) return tag.Suffix;
        if (prefixes.TryGetValue(tag.Text, out var prefix)) return prefix + tag.Suffix;
        return tag.Text switch
        {
            "!" => "!" + tag.Suffix,
            "!!" => TagMeaning.Yaml + tag.Suffix,
            _ => null,
        };
    }
}
