using System.Globalization;
using System.Numerics;

namespace Strata.Jinja;

/// <summary>Numbers of expressions: `1_000`, `0x1F`, `0b1`, `0o7`, `1.5`, `1e5`. Source: `float_re` and `integer_re` of Jinja2's `lexer.py`.</summary>
internal static class JinjaNumber
{
    /// <summary>The most decimal digits that Python makes a whole number of.</summary>
    private const int MostDigits = 4300;

    /// <summary>Where the decimal number that begins at <paramref name="start"/> ends; -1 where a whole one, or none, begins there.</summary>
    public static int EndOfReal(ReadOnlySpan<char> text, int start)
    {
        if (start > 0 && text[start - 1] == '.') return -1;
        var whole = EndOfDigits(text, start);
        if (whole < 0) return -1;
        var fraction = whole < text.Length && text[whole] == '.' ? EndOfDigits(text, whole + 1) : -1;
        var mantissa = fraction < 0 ? whole : fraction;
        return EndOfExponent(text, mantissa) is >= 0 and var exponent ? exponent : fraction;
    }

    /// <summary>Where the whole number that begins at <paramref name="start"/> with an ASCII digit ends.</summary>
    public static int EndOfInteger(ReadOnlySpan<char> text, int start)
    {
        if (text[start] != '0') return EndOfRun(text, start + 1, JinjaCharacters.IsDigit);
        var prefixed = start + 2 > text.Length - 1
            ? -1
            : (text[start + 1] | 0x20) switch
            {
                'b' => EndOfRun(text, start + 2, c => c is '0' or '1'),
                'o' => EndOfRun(text, start + 2, c => c is >= '0' and <= '7'),
                'x' => EndOfRun(text, start + 2, c => char.IsAsciiHexDigit(c) || JinjaCharacters.IsDigit(c)),
                _ => -1,
            };
        return prefixed > start + 2 ? prefixed : EndOfRun(text, start + 1, c => c == '0');
    }

    /// <summary>The value of a whole number; null where Python refuses it for its length.</summary>
    public static BigInteger? Integer(ReadOnlySpan<char> text)
    {
        var digits = Digits(text);
        var radix = digits.Length < 2 ? ' ' : (char)(digits[1] | 0x20);
        if (radix == 'x') return BigInteger.Parse("0" + digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (radix == 'b') return BigInteger.Parse("0" + digits[2..], NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture);
        if (radix == 'o') return Octal(digits.AsSpan(2));
        return digits.Length > MostDigits ? null : BigInteger.Parse(digits, CultureInfo.InvariantCulture);
    }

    /// <summary>The value of a decimal number; null where a digit is none of ASCII's.</summary>
    public static double? Real(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c >= 0x80) return null;
        }

        return double.Parse(text.ToString().Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    private static BigInteger Octal(ReadOnlySpan<char> digits)
    {
        var binary = new char[(digits.Length * 3) + 1];
        binary[0] = '0';
        for (var i = 0; i < digits.Length; i++)
        {
            for (var bit = 0; bit < 3; bit++) binary[(i * 3) + 1 + bit] = (char)('0' + (((digits[i] - '0') >> (2 - bit)) & 1));
        }

        return BigInteger.Parse(binary, NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture);
    }

    /// <summary>The number without underscores and in ASCII digits.</summary>
    private static string Digits(ReadOnlySpan<char> text)
    {
        var digits = new char[text.Length];
        var count = 0;
        foreach (var c in text)
        {
            if (c != '_') digits[count++] = c < 0x80 ? c : (char)('0' + (int)char.GetNumericValue(c));
        }

        return new(digits, 0, count);
    }

    /// <summary>The end of digits with single underscores among them; -1 where none stands there.</summary>
    private static int EndOfDigits(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length || !JinjaCharacters.IsDigit(text[at])) return -1;
        return EndOfRun(text, at, JinjaCharacters.IsDigit);
    }

    private static int EndOfExponent(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length || text[at] is not ('e' or 'E')) return -1;
        at++;
        if (at < text.Length && text[at] is '+' or '-') at++;
        return EndOfDigits(text, at);
    }

    /// <summary>The end of characters of one kind, each of which a single underscore may precede.</summary>
    private static int EndOfRun(ReadOnlySpan<char> text, int at, Func<char, bool> isDigit)
    {
        while (true)
        {
            var next = at < text.Length && text[at] == '_' ? at + 1 : at;
            if (next >= text.Length || !isDigit(text[next])) return at;
            at = next + 1;
        }
    }
}
