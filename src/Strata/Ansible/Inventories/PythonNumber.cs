using System.Globalization;
using System.Numerics;
using Strata.Yaml;

namespace Strata.Ansible.Inventories;

/// <summary>Whole numbers as Python's `int()` reads them.</summary>
internal static class PythonNumber
{
    /// <summary>`int(value)` of a value of YAML; null where Python fails.</summary>
    public static BigInteger? Integer(YamlNode value) => value is not YamlNode.Scalar { Tag: null or "!unsafe" } scalar ? null : scalar.Value switch
    {
        ScalarValue.Integer integer => integer.Value,
        ScalarValue.Boolean boolean => boolean.Value ? 1 : 0,
        ScalarValue.Real { Value: var real } when double.IsFinite(real) => new BigInteger(real),
        ScalarValue.Text text => Integer(text.Value),
        _ => null,
    };

    /// <summary>`int(text)`: a sign, digits with single `_` between them, blanks around; null where Python fails.</summary>
    public static BigInteger? Integer(string text)
    {
        var digits = text.AsSpan().Trim();
        var isNegative = digits.StartsWith("-");
        if (isNegative || digits.StartsWith("+")) digits = digits[1..];
        if (digits.Length is 0 or > 4300) return null;
        for (var i = 0; i < digits.Length; i++)
        {
            var isSeparator = digits[i] == '_' && i > 0 && i + 1 < digits.Length && digits[i - 1] != '_';
            if (!isSeparator && !char.IsAsciiDigit(digits[i])) return null;
        }

        var magnitude = BigInteger.Parse(digits.ToString().Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture);
        return isNegative ? -magnitude : magnitude;
    }
}
