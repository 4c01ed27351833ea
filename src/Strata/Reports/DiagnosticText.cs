using System.Globalization;
using System.Text;
using Strata.Text;

namespace Strata.Reports;

/// <summary>Diagnostics as a person reads them: the message, the place, the text at fault with carets under it, the hint.</summary>
public static class DiagnosticText
{
    /// <summary>
    /// The diagnostics in the given order with an empty line between them, `\n` at the end of each line; empty for none.
    /// </summary>
    public static string Render(IEnumerable<Diagnostic> diagnostics, Paint paint) =>
        string.Join('\n', diagnostics.Select(d => Render(d, paint)));

    /// <summary>`2 errors, 1 warning`; a kind of which there is none is left out, and nothing at all is `no faults`.</summary>
    public static string Summary(IReadOnlyCollection<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Count(d => d.IsError);
        var warnings = diagnostics.Count - errors;
        return (errors, warnings) switch
        {
            (0, 0) => "no faults",
            (_, 0) => Wording.Count(errors, "error"),
            (0, _) => Wording.Count(warnings, "warning"),
            _ => Wording.Count(errors, "error") + ", " + Wording.Count(warnings, "warning"),
        };
    }

    private static string Render(Diagnostic diagnostic, Paint paint)
    {
        var tone = diagnostic.IsError ? Tone.Error : Tone.Warning;
        var gutter = Gutter(diagnostic);
        var text = new StringBuilder();
        text.Append(paint(tone, $"{Word(diagnostic.Severity)}[{diagnostic.Id}]"))
            .Append(paint(Tone.Strong, ": " + Wording.Escape(diagnostic.Message)))
            .Append('\n');
        if (diagnostic.At is { } at)
            Snippet.Append(text, new(at, diagnostic.Label, tone, '^', "-->"), gutter, paint);
        else
            text.Append(paint(Tone.Frame, "  --> ")).Append(Wording.Escape(diagnostic.Path)).Append('\n');
        foreach (var related in diagnostic.Related)
            Snippet.Append(text, new(related.At, related.Label, Tone.Frame, '-', ":::"), gutter, paint);
        if (diagnostic.Hint is { } hint)
            text.Append(paint(Tone.Hint, "hint")).Append(": ").Append(Wording.Escape(hint)).Append('\n');
        return text.ToString();
    }

    /// <summary>`error` or `warning`.</summary>
    internal static string Word(Severity severity) => severity == Severity.Error ? "error" : "warning";

    /// <summary>Digits of the longest line number that this diagnostic shows.</summary>
    private static int Gutter(Diagnostic diagnostic) =>
        diagnostic.Related.Select(r => r.At).Concat(diagnostic.At is { } at ? [at] : [])
            .Select(l => l.File.Position(l.Span.End).Line.ToString(CultureInfo.InvariantCulture).Length)
            .DefaultIfEmpty(1)
            .Max();
}
