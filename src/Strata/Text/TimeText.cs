using System.Globalization;

namespace Strata.Text;

/// <summary>Lengths of time as people write them: `90s`, `45m`, `2h`.</summary>
public static class TimeText
{
    /// <summary>The time in seconds, zero included; null where the text is no such length.</summary>
    public static long? Seconds(string text)
    {
        var unit = text is [.., var last] ? last switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 } : 0;
        return unit > 0 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (long)number * unit : null;
    }
}
