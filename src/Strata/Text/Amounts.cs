using System.Globalization;

namespace Strata.Text;

/// <summary>Times and sizes as a person reads them.</summary>
public static class Amounts
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>Whole seconds: `12s`, `3m 10s`, `1h 02m`; never rounded up.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalSeconds}s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}m {time.Seconds:00}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}h {time.Minutes:00}m"),
    };

    /// <summary>Three digits of a decimal unit: `218 MB`, `1.25 GB`.</summary>
    public static string Size(long bytes)
    {
        var (amount, unit) = ((decimal)bytes, 0);
        while (amount >= 1000 && unit < Units.Length - 1) (amount, unit) = (amount / 1000, unit + 1);
        var digits = unit == 0 || amount >= 100 ? 0 : amount >= 10 ? 1 : 2;
        return amount.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " " + Units[unit];
    }
}
