using Strata.Text;

namespace Strata.Yaml;

/// <summary>What usually is the cause when a line of YAML cannot be read, seen from the line alone.</summary>
internal static class SyntaxHints
{
    /// <summary>The advice for a template without quotes.</summary>
    public const string QuoteTemplate = "put quotes around a value that starts with `{{`: `\"{{ ... }}\"`";

    /// <summary>Advice that the line of a fault suggests; null when it shows no usual cause.</summary>
    public static string? Cause(Location at)
    {
        var line = at.File.Line(at.Line);
        var template = line.IndexOf("{{", StringComparison.Ordinal);
        if (template >= 0 && line.AsSpan(0, template).TrimEnd() is [] or [.., ':'] or [.., '-']) return QuoteTemplate;
        return line.Contains("{%", StringComparison.Ordinal) ? "a template with `{%` belongs into quotes, or into a file of its own" : null;
    }

    /// <summary>Advice for what follows a closing quote; null when no quote stands before.</summary>
    public static string? AfterQuotes(Location at) => Before(at) switch
    {
        [.., '\''] => "in single quotes a quote itself is written twice: `''`; or put double quotes around the whole value",
        var before when before.TrimEnd() is [.., '"' or '\''] => "put the quotes around the whole value; inside, use the other kind",
        _ => null,
    };

    /// <summary>Advice when a line has a `:` with something right behind it, or a `=` in its place.</summary>
    public static string? MissingColon(Location line)
    {
        var text = line.File.Content.AsSpan(line.Span.Start, line.Span.Length);
        var colon = text.IndexOf(':');
        if (colon < 0) return text.Contains('=') ? "a key is followed by `: `, not by `=`" : null;
        return colon + 1 < text.Length && text[colon + 1] is not (' ' or '/') ? "put a space after the `:`" : null;
    }

    /// <summary>Whether only blanks stand before a place in its line.</summary>
    public static bool IsIndentation(Location at) => Before(at).IsWhiteSpace();

    /// <summary>Whether a mapping that is a key is what is left of `{{ ... }}`.</summary>
    public static bool IsTemplate(Location key) =>
        key.Span.Start > 0 && key.File.Content.AsSpan(key.Span.Start - 1).StartsWith("{{", StringComparison.Ordinal);

    /// <summary>From a place to the end of its line, blanks at the end left out; at least the place itself.</summary>
    public static Location RestOfLine(Location at)
    {
        var line = at.File.Line(at.Line);
        var length = line.AsSpan(Math.Min(at.Column - 1, line.Length)).TrimEnd().Length;
        return at with { Span = at.Span with { Length = Math.Max(at.Span.Length > 0 ? 1 : 0, length) } };
    }

    /// <summary>The line of a place up to it.</summary>
    public static ReadOnlySpan<char> Before(Location at)
    {
        var length = at.Column - 1;
        return at.File.Content.AsSpan(Math.Min(at.Span.Start, at.File.Content.Length) - length, length);
    }
}
