using System.Collections.Immutable;
using System.Globalization;
using Strata.Impact;

namespace Strata.Reports.Html;

/// <summary>How many targets each precision would build for the same change, and how many there are.</summary>
internal static class CostSection
{
    /// <summary>The section; nothing where there is nothing to compare.</summary>
    public static Markup Draw(ImmutableArray<PrecisionCost> costs, int targets)
    {
        if (costs.IsEmpty || targets == 0) return Markup.None;
        return Markup.Of($"""
            <table class="cost">
            <thead><tr><th scope="col">Precision</th><th scope="col" class="number">Builds</th><th scope="col"><span class="unseen">As a bar</span></th></tr></thead>
            <tbody>
            {Markup.Join(costs.Select(c => Row(c.Precision.Name(), Meaning(c.Precision), c.Builds, targets)))}{Row("everything", "no question asked", targets, targets)}</tbody>
            </table>

            """);
    }

    private static Markup Row(string name, string meaning, int builds, int targets)
    {
        var share = (builds * 100m / targets).ToString("0.##", CultureInfo.InvariantCulture);
        return Markup.Of($"""
            <tr><th scope="row">{name} <small>{meaning}</small></th><td class="number">{builds}</td><td class="wide"><svg class="bar" width="100%" height="14" aria-hidden="true"><rect class="ground" width="100%" height="14" rx="3"/><rect class="{(name == "values" ? "best" : "other")}" width="{share}%" height="14" rx="3"/></svg></td></tr>

            """);
    }

    private static string Meaning(Precision precision) => precision switch
    {
        Precision.Values => "what plays can read",
        Precision.Names => "names of variables, as in the paper",
        _ => "paths of changed files",
    };
}
