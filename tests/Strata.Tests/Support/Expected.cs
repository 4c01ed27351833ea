using Strata.Reports;
using Strata.Text;

namespace Strata.Tests.Support;

/// <summary>Whole-text assertions: the expected text stands in the test, or in a file that `UPDATE_EXPECTED=1` rewrites.</summary>
public static class Expected
{
    private static bool Rewrites => Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1";

    /// <summary>Asserts that a text equals the expected one; a line break at the end of either makes no difference.</summary>
    public static void Text(string expected, string actual)
    {
        if (expected.TrimEnd('\n') == actual.TrimEnd('\n')) return;
        Assert.Fail($"Expected:\n{expected.TrimEnd('\n')}\n\nActual:\n{actual.TrimEnd('\n')}\n\n{FirstDifference(expected, actual)}");
    }

    /// <summary>Asserts that diagnostics, rendered without colour, are the expected text; the empty text for none.</summary>
    public static void Diagnostics(string expected, IEnumerable<Diagnostic> actual) =>
        Text(expected, Rendered(actual));

    /// <summary>Diagnostics as a terminal without colour shows them.</summary>
    public static string Rendered(IEnumerable<Diagnostic> diagnostics) => DiagnosticText.Render(diagnostics, Paints.Plain);

    /// <summary>Asserts that a file of the repository has exactly this content; `UPDATE_EXPECTED=1` writes it instead.</summary>
    public static void File(string path, string actual)
    {
        var absolute = Repository.Path(path);
        if (Rewrites)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(absolute)!);
            System.IO.File.WriteAllText(absolute, actual);
            return;
        }

        var expected = System.IO.File.Exists(absolute) ? System.IO.File.ReadAllText(absolute) : "";
        if (expected != actual)
            Assert.Fail($"`{path}` is not what the program says now; `UPDATE_EXPECTED=1` rewrites it.\n{FirstDifference(expected, actual)}");
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        var line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line]) line++;
        return $"First difference in line {line + 1}:\n  expected: {At(left)}\n  actual:   {At(right)}";

        string At(string[] lines) => line < lines.Length ? $"\"{lines[line]}\"" : "(the end)";
    }
}
