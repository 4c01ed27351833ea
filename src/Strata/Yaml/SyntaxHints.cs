using Strata.Text;

namespace Strata.Yaml;

/// <summary>What usually is the cause when a line of YAML cannot be read.</summary>
internal static class SyntaxHints
{
    /// <summary>Advice for a syntax fault at a place; null when the line shows no usual cause.</summary>
    public static string? For(Location at)
    {
        var line = at.File.Line(at.Line);
        return line.Contains(": {{", StringComparison.Ordinal) || line.Contains("- {{", StringComparison.Ordinal)
            ? "a value that starts with `{{` needs quotes around the whole of it: `\"{{ ... }}\"`"
            : null;
    }
}
