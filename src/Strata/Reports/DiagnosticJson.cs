using System.Text.Json;
using Strata.Text;

namespace Strata.Reports;

/// <summary>Diagnostics as JSON, schema `strata/check/1`: lines and columns count from 1, columns in UTF-16 code units.</summary>
public static class DiagnosticJson
{
    /// <summary>The diagnostics in the given order.</summary>
    public static string Render(IReadOnlyCollection<Diagnostic> diagnostics) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "strata/check/1");
        json.WriteNumber("errors", diagnostics.Count(d => d.IsError));
        json.WriteNumber("warnings", diagnostics.Count(d => !d.IsError));
        json.WriteStartArray("diagnostics");
        foreach (var diagnostic in diagnostics) Write(json, diagnostic);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("id", diagnostic.Id);
        json.WriteString("severity", DiagnosticText.Word(diagnostic.Severity));
        json.WriteString("message", diagnostic.Message);
        json.WriteString("path", diagnostic.Path);
        WritePlace(json, diagnostic.At);
        json.WriteString("label", diagnostic.Label);
        json.WriteText("hint", diagnostic.Hint);
        json.WriteStartArray("related");
        foreach (var related in diagnostic.Related) Write(json, related);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Related related)
    {
        json.WriteStartObject();
        json.WriteString("path", related.At.File.Path);
        WritePlace(json, related.At);
        json.WriteString("label", related.Label);
        json.WriteEndObject();
    }

    /// <summary>Where the stretch starts, and the first place after it; null when the file as a whole is meant.</summary>
    private static void WritePlace(Utf8JsonWriter json, Location? at)
    {
        if (at is null)
        {
            foreach (var name in (string[])["line", "column", "endLine", "endColumn"]) json.WriteNull(name);
            return;
        }

        var end = at.File.Position(at.Span.End);
        json.WriteNumber("line", at.Line);
        json.WriteNumber("column", at.Column);
        json.WriteNumber("endLine", end.Line);
        json.WriteNumber("endColumn", end.Column);
    }
}
