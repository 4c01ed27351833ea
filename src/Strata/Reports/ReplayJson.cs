using System.Text.Json;
using Strata.Impact;

namespace Strata.Reports;

/// <summary>A replay as `strata/replay/1`; docs/reference/json.md says what each field means.</summary>
public static class ReplayJson
{
    private static Precision[] Precisions => Enum.GetValues<Precision>();

    /// <summary>The report as indented JSON with a final line break.</summary>
    public static string Render(ReplayReport report) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "strata/replay/1");
        json.WriteString("base", report.Base);
        json.WriteStartArray("commits");
        foreach (var commit in report.Commits) WriteCommit(json, commit);
        json.WriteEndArray();
        WriteCounts(json, "sum", report.Sum, report.SumOfEverything);
        json.WriteEndObject();
    });

    private static void WriteCommit(Utf8JsonWriter json, ReplayCommit commit)
    {
        json.WriteStartObject();
        json.WriteString("commit", commit.Id);
        json.WriteString("subject", commit.Subject);
        json.WriteText("fault", commit.Fault);
        WriteCounts(json, "builds", commit.Count, commit.TargetCount);
        json.WriteStartObject("targets");
        foreach (var precision in Precisions) json.WriteTexts(precision.Name(), commit.Built.GetValueOrDefault(precision, []).Select(t => t.ToString()));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, Func<Precision, int> count, int everything)
    {
        json.WriteStartObject(name);
        foreach (var precision in Precisions) json.WriteNumber(precision.Name(), count(precision));
        json.WriteNumber("everything", everything);
        json.WriteEndObject();
    }
}
