using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Strata.Text;

namespace Strata.Reports;

/// <summary>
/// Diagnostics as a GitLab Code Quality report, which merge requests show beside the changed lines. Format: GitLab
/// documentation, "Code Quality report format".
/// </summary>
public static class CodeQuality
{
    /// <summary>
    /// The diagnostics in the given order. A fingerprint stays the same while the text at fault only moves to another
    /// line, so that GitLab knows an old fault again; faults that are alike in one file are told apart by counting.
    /// </summary>
    public static string Render(IEnumerable<Diagnostic> diagnostics) => JsonText.Write(json =>
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        json.WriteStartArray();
        foreach (var diagnostic in diagnostics)
        {
            var identity = Identity(diagnostic);
            var occurrence = seen[identity] = seen.GetValueOrDefault(identity) + 1;
            Write(json, diagnostic, Digest(identity, occurrence));
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, Diagnostic diagnostic, string fingerprint)
    {
        json.WriteStartObject();
        json.WriteString("description", Description(diagnostic));
        json.WriteString("check_name", diagnostic.Id);
        json.WriteString("fingerprint", fingerprint);
        json.WriteString("severity", diagnostic.IsError ? "major" : "minor");
        json.WriteStartObject("location");
        json.WriteString("path", diagnostic.Path);
        json.WriteStartObject("lines");
        json.WriteNumber("begin", diagnostic.At?.Line ?? 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Description(Diagnostic diagnostic) =>
        diagnostic.Hint is { } hint ? $"{diagnostic.Message} (hint: {hint})" : diagnostic.Message;

    /// <summary>The rule, the file, and the text at fault; a fault of a whole file has its message instead.</summary>
    private static string Identity(Diagnostic diagnostic) =>
        string.Join('\0', diagnostic.Id, diagnostic.Path, diagnostic.At is { } at ? TextAt(at) : diagnostic.Message);

    private static string TextAt(Location at)
    {
        var content = at.File.Content;
        var start = Math.Min(at.Span.Start, content.Length);
        return content[start..Math.Min(at.Span.End, content.Length)];
    }

    private static string Digest(string identity, int occurrence) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{identity}\0{occurrence}"))))[..32];
}
