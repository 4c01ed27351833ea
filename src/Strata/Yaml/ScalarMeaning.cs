using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Strata.Yaml;

/// <summary>
/// The value of a scalar of a known kind, as PyYAML 6.0's safe constructor makes it. Null is returned where PyYAML
/// fails, as it does for `2024-02-30` and for a number of more than <see cref="MaxDigits"/> digits.
/// </summary>
[SuppressMessage("Security", "MA0009", Justification = "No two parts of these patterns can match the same character, so none backtracks more than once over its text.")]
internal static partial class ScalarMeaning
{
    /// <summary>Python's own limit for turning text into a whole number.</summary>
    public const int MaxDigits = 4300;

    /// <summary>The value of <paramref name="text"/> under YAML's tag of that short name.</summary>
    public static ScalarValue? Of(string kind, string text) => kind switch
    {
        "str" => new ScalarValue.Text(text),
        "null" => ScalarValue.Null.Instance,
        "bool" => Boolean(text),
        "int" => Integer(text) is { } integer ? new ScalarValue.Integer(integer) : null,
        "float" => Real(text) is { } real ? new ScalarValue.Real(real) : null,
        "timestamp" => IsTimestamp(text) ? new ScalarValue.Timestamp(text) : null,
        "binary" => IsBase64(text) ? new ScalarValue.Binary(text) : null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no kind of scalar"),
    };

    /// <summary>How a message names what a scalar of that kind must be.</summary>
    public static string Expected(string kind) => kind switch
    {
        "bool" => "one of `yes`, `no`, `true`, `false`, `on`, `off`",
        "int" => $"a whole number of at most {MaxDigits} digits",
        "float" => "a decimal number",
        "timestamp" => "a date that exists",
        "binary" => "base64",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "every text is of that kind"),
    };

    private static ScalarValue.Boolean? Boolean(string text) => text.ToLowerInvariant() switch
    {
        "yes" or "true" or "on" => new(true),
        "no" or "false" or "off" => new(false),
        _ => null,
    };

    private static BigInteger? Integer(string text)
    {
        var (sign, digits) = Signed(text.Replace("_", "", StringComparison.Ordinal));
        if (digits.Length is 0 or > MaxDigits) return null;
        BigInteger? magnitude = digits switch
        {
            "0" => BigInteger.Zero,
            ['0', 'b', ..] => InBase(digits.AsSpan(2), 2),
            ['0', 'x', ..] => InBase(digits.AsSpan(2), 16),
            ['0', 'o' or 'O', ..] => InBase(digits.AsSpan(2), 8),
            ['0', ..] => InBase(digits, 8),
            _ => digits.Contains(':', StringComparison.Ordinal) ? Sexagesimal(digits) : InBase(digits, 10),
        };
        return sign * magnitude;
    }

    private static (int Sign, string Digits) Signed(string text) => text switch
    {
        ['-', ..] => (-1, text[1..]),
        ['+', ..] => (1, text[1..]),
        _ => (1, text),
    };

    private static BigInteger? InBase(ReadOnlySpan<char> digits, int radix)
    {
        digits = digits.Trim();
        if (digits.IsEmpty) return null;
        var value = BigInteger.Zero;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? System.Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix) return null;
            value = (value * radix) + digit;
        }

        return value;
    }

    private static BigInteger? Sexagesimal(string digits)
    {
        BigInteger? value = BigInteger.Zero;
        foreach (var part in digits.Split(':')) value = (value * 60) + InBase(part, 10);
        return value;
    }

    private static double? Real(string text)
    {
        var (sign, digits) = Signed(text.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant());
        return sign * digits switch
        {
            ".inf" or "inf" or "infinity" => double.PositiveInfinity,
            ".nan" or "nan" => double.NaN,
            _ when digits.Contains(':', StringComparison.Ordinal) => SexagesimalReal(digits),
            _ => PlainReal(digits),
        };
    }

    /// <summary>Summed from the last part on, as PyYAML does, so that the rounding is the same.</summary>
    private static double? SexagesimalReal(string digits)
    {
        double? value = 0;
        var unit = 1.0;
        foreach (var part in digits.Split(':').Reverse())
        {
            value += PlainReal(part) * unit;
            unit *= 60;
        }

        return value;
    }

    private static double? PlainReal(string digits)
    {
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign
            | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        return double.TryParse(digits, Style, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>Whether the text decodes: other characters are passed over, as Python's `base64.decodebytes` does.</summary>
    private static bool IsBase64(string text)
    {
        if (!Ascii.IsValid(text)) return false;
        var letters = text.Count(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/');
        return (letters % 4) switch
        {
            0 => true,
            1 => false,
            var rest => text.AsSpan().TrimEnd().Count('=') >= 4 - rest,
        };
    }

    private static bool IsTimestamp(string text)
    {
        var match = TimestampParts().Match(text);
        if (!match.Success || !IsDate(Part(match, "year"), Part(match, "month"), Part(match, "day"))) return false;
        return Part(match, "hour") < 24
            && Part(match, "minute") < 60
            && Part(match, "second") < 60
            && (Part(match, "zonehour") * 60) + Part(match, "zoneminute") < 24 * 60;
    }

    private static bool IsDate(int year, int month, int day) =>
        year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private static int Part(Match match, string name) =>
        match.Groups[name] is { Success: true } group ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        """
        ^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})
        (?:(?:[Tt]|[\ \t]+)(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?:\.[0-9]*)?
        (?:[\ \t]*(?:Z|[-+](?<zonehour>[0-9]{1,2})(?::(?<zoneminute>[0-9]{2}))?))?)?$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex TimestampParts();
}
