using System.Text.RegularExpressions;
using Strata.Ansible.Inventories;

namespace Strata.Ansible;

/// <summary>Whether the host pattern of a play means the image host: `inventory/manager.py` of ansible-core 2.14.</summary>
/// <param name="inventory">The inventory.</param>
internal sealed partial class HostMatch(Inventory inventory)
{
    /// <summary>Whether who is in the groups of the inventory is not, or not fully, known.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether there may be groups and hosts that the inventory does not name.</summary>
    public bool HasOthers { get; init; }

    /// <summary>Whether patterns mean the image host; null where that is not known.</summary>
    /// <param name="patterns">The texts of `hosts`; null, or a template, stands for one that is not known.</param>
    public bool? Matches(IEnumerable<string?> patterns)
    {
        var terms = new List<string>();
        foreach (var pattern in patterns)
        {
            if (pattern is null || Scalars.IsTemplate(pattern)) return null;
            terms.AddRange(HostPattern.Terms(pattern));
        }

        var plain = terms.FindAll(t => t[0] is not ('!' or '&'));
        var matches = plain.Count == 0 ? true : plain.Aggregate((bool?)false, (any, term) => any | Matches(term));
        matches = terms.FindAll(t => t[0] == '&').Aggregate(matches, (all, term) => all & Matches(term[1..]));
        return terms.FindAll(t => t[0] == '!').Aggregate(matches, (all, term) => all & !Matches(term[1..]));
    }

    /// <summary>Whether one term means the image host; null where that is not known.</summary>
    private bool? Matches(string term)
    {
        if (term is "all" or "*" or Inventory.ImageHost) return true;
        if (HostPattern.IsLocal(term) || inventory.HasHost(term)) return false;
        if (term.Length == 0) return null;
        if (term[0] == '~' || term.AsSpan().IndexOfAny('*', '?') >= 0 || Set().IsMatch(term)) return MatchesByShape(term);
        if (Range().Match(term) is { Success: true } range) return IsInRange(range);
        if (inventory.HasGroup(term)) return inventory.Members(term).Contains(Inventory.ImageHost) ? true : IsOpen ? null : false;
        return IsOpen || HasOthers ? null : false;
    }

    private bool? MatchesByShape(string term)
    {
        var expression = term[0] == '~' ? "^(?:" + term[1..] + ")" : "^" + Regex.Escape(term).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$";
        try
        {
            var known = new Regex(expression, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            if (inventory.GroupNames(Inventory.ImageHost).Append(Inventory.ImageHost).Append("all").Any(known.IsMatch)) return true;
            return IsOpen || HasOthers || term.Contains('[', StringComparison.Ordinal) ? null : false;
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>`group[2]`, `group[-1]` and `group[0:3]`, both ends counted in.</summary>
    private bool? IsInRange(Match range)
    {
        var members = inventory.Members(range.Groups["name"].Value);
        if (IsOpen || (HasOthers && !inventory.HasGroup(range.Groups["name"].Value))) return null;
        var at = members.IndexOf(Inventory.ImageHost);
        if (at < 0) return false;
        if (!TryIndex(range, "start", members.Length, 0, out var start)) return null;
        if (!range.Groups["colon"].Success) return at == start;
        return TryIndex(range, "end", members.Length, members.Length - 1, out var end) ? at >= start && at <= end : null;
    }

    private static bool TryIndex(Match range, string part, int count, int without, out int index)
    {
        index = without;
        var text = range.Groups[part].Value;
        if (text.Length == 0) return true;
        if (!int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out index)) return false;
        if (index < 0) index += count;
        return true;
    }

    [GeneratedRegex(@"^(?<name>.+)\[(?<start>-?\d*)(?<colon>[:-](?<end>-?\d*))?\]$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Range();

    /// <summary>Brackets that are no range are a set of characters.</summary>
    [GeneratedRegex(@"\[[^\]]*[^\]\d:-][^\]]*\]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Set();
}
