using Strata.Layers;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Layers;

/// <summary>Layer files as text in, and what was read as text out.</summary>
internal static class LayerText
{
    /// <summary>A whole file around some layers, for faults deeper down.</summary>
    public static string File(string layers, string top = "") => $"version: 1\n{Block(top)}layers:\n{Indent(layers, 2)}\n";

    /// <summary>A whole file around one target from scratch.</summary>
    public static string Target(string keys) => File("x:\n  types:\n    base:\n      from: scratch\n" + Indent(keys, 6));

    /// <summary>Asserts the diagnostics of a text, whole and with carets; the empty text for none.</summary>
    public static void Check(string text, string expected) => Expected.Diagnostics(expected, Read(text).Diagnostics);

    /// <summary>Asserts that a text is read without a fault.</summary>
    public static LayerFile Sound(string text)
    {
        var (file, diagnostics) = Read(text);
        Expected.Diagnostics("", diagnostics);
        return file!;
    }

    /// <summary>Asserts that a text is read without a fault as these targets, one a line.</summary>
    public static void Targets(string text, string expected) => Expected.Text(expected, TargetText.Of(Sound(text)));

    public static (LayerFile? File, System.Collections.Immutable.ImmutableArray<Diagnostic> Diagnostics) Read(string text) =>
        LayerFileReader.Read(new SourceFile("strata.yaml", text));

    private static string Block(string text) => text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";

    private static string Indent(string text, int by) =>
        string.Join('\n', text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? line : new string(' ', by) + line));
}
