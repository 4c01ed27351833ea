using System.Globalization;
using System.Numerics;

namespace Strata.Ansible.Inventories;

/// <summary>`node[01:10:2]` and `[a:f]` in host names: `expand_hostname_range` of `plugins/inventory/__init__.py`, ansible-core 2.14.</summary>
internal static class HostRange
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>As many ranges as one name may have.</summary>
    private const int MaxDepth = 100;

    /// <summary>Adds the hosts that a pattern names; what is wrong with it, otherwise null.</summary>
    public static string? Expand(string pattern, List<string> hosts)
    {
        var most = InventoryBuilder.MostHosts;
        return Expand(pattern, hosts, 0, ref most);
    }

    /// <param name="pattern">The pattern.</param>
    /// <param name="hosts">Where the hosts go.</param>
    /// <param name="depth">How many ranges were resolved on the way.</param>
    /// <param name="most">How many names may still be made, those included that are a range themselves.</param>
    private static string? Expand(string pattern, List<string> hosts, int depth, ref int most)
    {
        if (!pattern.Contains('[', StringComparison.Ordinal))
        {
            hosts.Add(pattern);
            return null;
        }

        // Python replaces the first of each by the same sign: `]1:2[` is a range too.
        var (open, close) = (pattern.IndexOf('[', StringComparison.Ordinal), pattern.IndexOf(']', StringComparison.Ordinal));
        if (close < 0 || pattern.Contains('|', StringComparison.Ordinal)) return $"{pattern} is no range of hosts";
        (open, close) = (Math.Min(open, close), Math.Max(open, close));
        var bounds = pattern[(open + 1)..close].Split(':');
        if (bounds.Length is not (2 or 3)) return $"the range in {pattern} is not BEGIN:END or BEGIN:END:STEP";
        if (Names(bounds, out var fault) is not { } names) return $"the range in {pattern} {fault}";

        var (head, tail) = (pattern[..open], pattern[(close + 1)..]);
        foreach (var name in names)
        {
            if (--most < 0 || depth > MaxDepth) return $"{pattern} names more than {InventoryBuilder.MostHosts} hosts";
            if (Expand(head + name + tail, hosts, depth + 1, ref most) is { } further) return further;
        }

        return null;
    }

    private static IEnumerable<string>? Names(string[] bounds, out string fault)
    {
        var (begin, end, step) = (bounds[0].Length == 0 ? "0" : bounds[0], bounds[1], bounds.Length == 3 ? PythonNumber.Integer(bounds[2]) : 1);
        fault = "has no end";
        if (end.Length == 0) return null;
        var width = begin is ['0', _, ..] ? begin.Length : 0;
        fault = "begins and ends with numbers of different length";
        if (width > 0 && width != end.Length) return null;

        var (first, last) = (Letters.IndexOf(begin, StringComparison.Ordinal), Letters.IndexOf(end, StringComparison.Ordinal));
        fault = "begins behind its end";
        if (first >= 0 && last >= 0 && first > last) return null;
        fault = "does not go from a whole number or letter to another";
        if (step is null or { IsZero: true }) return null;
        if (first >= 0 && last >= 0) return LettersFrom(first, last, step.Value);
        return PythonNumber.Integer(begin) is { } low && PythonNumber.Integer(end) is { } high ? Numbers(low, high + 1, step.Value, width) : null;
    }

    /// <summary>Python's `letters[first:last + 1:step]`: with a step below zero there is nothing between them.</summary>
    private static IEnumerable<string> LettersFrom(int first, int last, BigInteger step)
    {
        if (step.Sign < 0) yield break;
        for (BigInteger i = first; i <= last; i += step) yield return Letters[(int)i].ToString();
    }

    private static IEnumerable<string> Numbers(BigInteger low, BigInteger end, BigInteger step, int width)
    {
        for (var i = low; step.Sign > 0 ? i < end : i > end; i += step)
        {
            var digits = i.ToString(CultureInfo.InvariantCulture);
            yield return i.Sign < 0 ? "-" + digits[1..].PadLeft(Math.Max(0, width - 1), '0') : digits.PadLeft(width, '0');
        }
    }
}
