using System.Globalization;
using System.Text;

namespace Strata.Reports;

/// <summary>The few shapes that our pictures are made of, as SVG text. Coordinates are whole pixels.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder text = new();

    /// <summary>A rounded box.</summary>
    public void Box(int x, int y, int width, int height, int radius, string style) =>
        Line($"<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\" {style}/>");

    /// <summary>A text whose baseline starts at, or is centred on, a point, as <paramref name="style"/> says.</summary>
    public void Text(int x, int y, string style, string content) =>
        Line($"<text x=\"{x}\" y=\"{y}\" {style}>{Escape(content)}</text>");

    /// <summary>A path.</summary>
    public void Path(FormattableString path, string style) => Line($"<path d=\"{FormattableString.Invariant(path)}\" {style}/>");

    /// <summary>Opens a group with a name that browsers show as a tooltip and screen readers read.</summary>
    public void OpenGroup(string title) => Line($"<g><title>{Escape(title)}</title>");

    /// <summary>Closes a group.</summary>
    public void CloseGroup() => Line($"</g>");

    /// <summary>The whole picture on a white ground.</summary>
    public string Picture(int width, int height, string title, string description) =>
        FormattableString.Invariant($"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" font-family="Helvetica, Arial, 'Liberation Sans', sans-serif">
            <title>{Escape(title)}</title>
            <desc>{Escape(description)}</desc>
            <rect width="{width}" height="{height}" fill="#ffffff"/>

            """) + text + "</svg>\n";

    private void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>Text for XML; control characters, which XML cannot hold, as escapes.</summary>
    private static string Escape(string content) =>
        Strata.Text.Wording.Escape(content)
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
}
