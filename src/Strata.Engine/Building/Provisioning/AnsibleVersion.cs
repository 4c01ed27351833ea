using System.Globalization;

namespace Strata.Engine.Building.Provisioning;

/// <summary>A version of ansible-core and the ranges that a layer file can ask for.</summary>
/// <param name="Numbers">Major, minor and patch.</param>
internal readonly record struct AnsibleVersion(Version Numbers)
{
    private static readonly string[] Relations = [">=", "<=", "==", "!=", ">", "<"];

    /// <summary>Reads the first line of `ansible-playbook --version`: `ansible-playbook [core 2.14.16]`. Null when it is another.</summary>
    public static AnsibleVersion? Parse(string output)
    {
        var line = output.Split('\n')[0];
        var word = line.Split((char[])[' ', '[', ']'], StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
        return ParseNumbers(word) is { } numbers ? new(numbers) : null;
    }

    /// <summary>Whether the version fits a range such as `>=2.16,&lt;2.17`.</summary>
    public bool Fits(string range)
    {
        foreach (var clause in range.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!FitsClause(clause)) return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Numbers.ToString();

    private bool FitsClause(string clause)
    {
        var relation = Array.Find(Relations, r => clause.StartsWith(r, StringComparison.Ordinal)) ?? "";
        if (ParseNumbers(clause[relation.Length..].Trim()) is not { } wanted) return false;
        var order = Numbers.CompareTo(wanted);
        return relation switch
        {
            ">=" => order >= 0,
            "<=" => order <= 0,
            ">" => order > 0,
            "<" => order < 0,
            "!=" => order != 0,
            _ => order == 0,
        };
    }

    private static Version? ParseNumbers(string text)
    {
        var digits = string.Concat(text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.')).TrimEnd('.');
        var parts = digits.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(p => int.TryParse(p, CultureInfo.InvariantCulture, out var n) ? n : 0).ToList();
        return parts.Count == 0 ? null : new(parts[0], parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2));
    }
}
