using System.Collections.Immutable;
using Strata.Impact;
using Strata.Planning;
using Strata.Text;

namespace Strata.Reports.Html;

/// <summary>What the page says first, in words.</summary>
/// <param name="Cluster">Whose images these are.</param>
/// <param name="Title">The one sentence.</param>
/// <param name="Further">What else is to be known before one reads on.</param>
/// <param name="Revisions">What was read.</param>
internal sealed record Headline(string Cluster, string Title, ImmutableArray<string> Further, ImmutableArray<string> Revisions)
{
    /// <summary>More names of systems would push the sentence down.</summary>
    private const int MostSystems = 3;

    /// <summary>The headline of a page: how its build went, or else what its change does, or else what is to build.</summary>
    public static Headline Of(ReportPage page, TargetGraph graph)
    {
        List<string?> sentences = [Build(page), Change(page), Plan(page), Stale(page)];
        var said = sentences.OfType<string>().DefaultIfEmpty(Wording.Count(page.File.Targets.Length, "target")).ToList();
        var cluster = graph.Systems.Length > MostSystems ? Wording.Count(graph.Systems.Length, "system") : graph.Title;
        return new(cluster, said[0], [.. said.Skip(1)], Revision(page));
    }

    /// <summary>`3 of 6 targets are rebuilt: 1 changed, 2 follow`.</summary>
    private static string? Change(ReportPage page)
    {
        if (page.Change is not { Impact: var impact }) return null;
        var affected = impact.Affected.Count();
        var states = AffectedText.States(impact);
        var count = Wording.Count(page.File.Targets.Length, "target");
        if (affected == 0) return $"Nothing is rebuilt: the change affects none of {count}" + (states.Length == 0 ? "" : $" ({states})");
        var verb = page.Plan is { } plan && plan.Count(PlanState.Build) + plan.Count(PlanState.Shared) != affected ? "affected" : "rebuilt";
        return $"{affected} of {count} {(affected == 1 ? "is" : "are")} {verb}: {states}";
    }

    private static string? Plan(ReportPage page)
    {
        if (page.Plan is not { } plan) return null;
        var summary = PlanText.Summary(plan);
        if (page.Change is null) return char.ToUpperInvariant(summary[0]) + summary[1..];
        var there = plan.Targets.Count(t => t.Impact is { IsAffected: true } && t.State is not (PlanState.Build or PlanState.Shared));
        var besides = plan.Targets.Count(t => t.Impact is { IsAffected: false } && t.State == PlanState.Build);
        List<string> parts = [];
        if (there > 0) parts.Add($"{Wording.Count(there, "affected target")} already {(there == 1 ? "has its image" : "have their images")}");
        if (besides > 0) parts.Add($"{Wording.Count(besides, "target")} besides {(besides == 1 ? "has" : "have")} no image and {(besides == 1 ? "is" : "are")} needed");
        return parts.Count == 0 ? null : $"{string.Join("; ", parts)}: {summary}.";
    }

    private static string? Build(ReportPage page)
    {
        if (page.Build is not { } build) return null;
        var states = build.Targets.GroupBy(t => t.State, StringComparer.Ordinal).Select(g => $"{g.Count()} {(g.Key == "not-built" ? "not built" : g.Key)}");
        var how = build.Result switch
        {
            "done" => "The build is done",
            "failed" => "The build failed",
            "interrupted" => "The build was interrupted",
            var other => $"The build ended: {other}",
        };
        return $"{how} after {Amounts.Time(build.Duration)}: {(build.Targets.IsEmpty ? "nothing was selected" : string.Join(", ", states))}";
    }

    /// <summary>A record of another state of the sources would be taken for one of this.</summary>
    private static string? Stale(ReportPage page)
    {
        if (page.Build is not { } build) return null;
        var others = build.Targets.Where(t => !page.Fingerprints.TryGetValue(t.Name, out var print) || print.ToString() != t.Fingerprint).Select(t => t.Name.ToString()).ToList();
        return others.Count == 0 ? null : $"The build was of another state of the sources: {Wording.Count(others.Count, "of its targets has", "of its targets have")} another fingerprint here, first {others[0]}.";
    }

    private static ImmutableArray<string> Revision(ReportPage page) => page.Change is { } change
        ? [$"{AffectedText.Revisions(change)} ({change.Impact.Precision.Name()})"]
        : [.. page.Revisions.Select(r => $"{r.Key} {AffectedText.Short(r.Value)}")];
}
