using Strata.Text;

namespace Strata.Layers;

/// <summary>Advice for texts that look as if something were to be made of them: the layer file's are taken as they stand.</summary>
internal static class Literal
{
    /// <summary>What to do about a template, a variable of the environment, `~` or typographic quotes in a text; null where it has none.</summary>
    public static string? Hint(string text)
    {
        if (HasTemplate(text)) return "templates are not expanded in the layer file: write the value itself";
        if (text.StartsWith('~')) return "`~` is not expanded in the layer file: write the path itself";
        if (HasVariable(text)) return "variables of the environment are not expanded in the layer file: write the value itself";
        return text.IndexOfAny(['\u201c', '\u201d', '\u2018', '\u2019', '\u201e', '\u00ab', '\u00bb']) >= 0
            ? "it has typographic quotes: leave them out, or write `\"`"
            : null;
    }

    /// <summary>Whether a text holds a template of Jinja2.</summary>
    public static bool HasTemplate(string text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal);

    /// <summary>A text as the one entry of a list, or as several where it is names with blanks or commas between them.</summary>
    public static string AsList(string text, bool isNames)
    {
        string[] entries = isNames ? text.Split([' ', '\t', ',', '\n'], StringSplitOptions.RemoveEmptyEntries) : [text.Trim()];
        var shown = entries.Select(e => e.Any(c => char.IsWhiteSpace(c) || c is ':' or '#' or ',' or '[' or ']' or '{' or '}') ? $"\"{e}\"" : e);
        return Wording.Quote($"[{string.Join(", ", shown)}]");
    }

    private static bool HasVariable(string text) =>
        text.Index().Any(c => c.Item == '$' && c.Index + 1 < text.Length && (char.IsAsciiLetter(text[c.Index + 1]) || text[c.Index + 1] is '_' or '{'));
}
