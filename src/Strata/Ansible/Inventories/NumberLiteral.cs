using System.Globalization;
using System.Numerics;
using Strata.Yaml;

namespace Strata.Ansible.Inventories;

/// <summary>A number as Python 3.11 writes it.</summary>
internal static class NumberLiteral
{
    /// <summary>Takes the number that stands at a place; null where it is none, such as `0644` and `1a`.</summary>
    public static Literal? Take(string text, ref int at)
    {
        var start = at;
        var literal = text.Length > at + 1 && text[at] == '0' && RadixOf(text[at + 1]) is { } radix ? TakeInBase(text, ref at, radix) : TakeDecimal(text, ref at);
        return literal is null || (at < text.Length && (text[at] == '_' || char.IsLetterOrDigit(text[at]))) ? null : literal with { Raw = text[start..at] };
    }

    private static int? RadixOf(char letter) => letter switch
    {
        'x' or 'X' => 16,
        'o' or 'O' => 8,
        'b' or 'B' => 2,
        _ => null,
    };

    private static Literal.Single? TakeInBase(string text, ref int at, int radix)
    {
        var value = BigInteger.Zero;
        var hasDigit = false;
        for (at += 2; at < text.Length; at++)
        {
            var isSeparated = text[at] == '_';
            if (isSeparated) at++;
            if (at == text.Length || !char.IsAsciiHexDigit(text[at]) || Convert.ToInt32(text[at].ToString(), 16) is var digit && digit >= radix)
            {
                if (isSeparated) return null;
                break;
            }

            value = (value * radix) + Convert.ToInt32(text[at].ToString(), 16);
            hasDigit = true;
        }

        return hasDigit ? Whole(value) : null;
    }

    private static Literal.Single? TakeDecimal(string text, ref int at)
    {
        var start = at;
        if (text[at] != '.' && !TakeDigits(text, ref at)) return null;
        var wholeEnd = at;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (at < text.Length && char.IsAsciiDigit(text[at]) && !TakeDigits(text, ref at)) return null;
        }

        if (!TakeExponent(text, ref at)) return null;
        var digits = text[start..at].Replace("_", "", StringComparison.Ordinal);
        if (at < text.Length && text[at] is 'j' or 'J') return Imaginary(text, start, ref at);
        if (at > wholeEnd) return new("", new ScalarValue.Real(double.Parse(digits, CultureInfo.InvariantCulture)), null);
        var isPadded = digits.Length > 1 && digits[0] == '0' && digits.AsSpan().ContainsAnyExcept('0');
        return isPadded || digits.Length > 4300 ? null : Whole(BigInteger.Parse(digits, CultureInfo.InvariantCulture));
    }

    private static Literal.Single Imaginary(string text, int start, ref int at)
    {
        at++;
        return new("", new ScalarValue.Text(text[start..at]), PythonLiteral.Complex);
    }

    private static bool TakeExponent(string text, ref int at)
    {
        if (at == text.Length || text[at] is not ('e' or 'E')) return true;
        at++;
        if (at < text.Length && text[at] is '+' or '-') at++;
        return TakeDigits(text, ref at);
    }

    /// <summary>Takes digits with single `_` between them.</summary>
    private static bool TakeDigits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || (text[at] == '_' && at > start && text[at - 1] != '_'))) at++;
        return at > start && text[at - 1] != '_';
    }

    private static Literal.Single Whole(BigInteger value) => new("", new ScalarValue.Integer(value), null);
}
