using System.Collections.Immutable;
using System.Text.Json;
using Strata.Impact;
using Strata.Inputs;

namespace Strata.Reports;

/// <summary>What a change affects as `strata/affected/1`; docs/reference/json.md says what each field means.</summary>
public static class AffectedJson
{
    /// <summary>The report as indented JSON with a final line break.</summary>
    public static string Render(AffectedReport report) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "strata/affected/1");
        json.WriteString("precision", report.Impact.Precision.Name());
        WriteRevisions(json, "from", report.From);
        WriteRevisions(json, "to", report.To);
        json.WriteStartArray("targets");
        foreach (var target in report.Impact.Targets) WriteTarget(json, target);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Writes the revision of each source into the object that is open.</summary>
    internal static void WriteRevisions(Utf8JsonWriter json, string name, ImmutableSortedDictionary<string, string?> revisions)
    {
        json.WriteStartObject(name);
        foreach (var (source, revision) in revisions) json.WriteText(source, revision);
        json.WriteEndObject();
    }

    /// <summary>Writes `"reasons": […]` into the object that is open.</summary>
    internal static void WriteReasons(Utf8JsonWriter json, ImmutableArray<Reason> reasons)
    {
        json.WriteStartArray("reasons");
        foreach (var reason in reasons) WriteReason(json, reason);
        json.WriteEndArray();
    }

    /// <summary>Writes a target with its state and the reasons.</summary>
    internal static void WriteTarget(Utf8JsonWriter json, TargetImpact target)
    {
        json.WriteStartObject();
        json.WriteString("target", target.Target.Name.ToString());
        json.WriteString("state", target.State.Name());
        json.WriteStartObject("fingerprint");
        json.WriteText("from", target.From?.ToString());
        json.WriteText("to", target.To?.ToString());
        json.WriteEndObject();
        WriteReasons(json, target.Reasons);
        json.WriteEndObject();
    }

    private static void WriteReason(Utf8JsonWriter json, Reason reason)
    {
        json.WriteStartObject();
        json.WriteString("input", reason.Kind.Name());
        json.WriteString("name", reason.Name);
        if (reason.Kind != InputKind.Parent) WriteWay(json, reason);
        json.WriteEndObject();
    }

    private static void WriteWay(Utf8JsonWriter json, Reason reason)
    {
        json.WriteString("change", reason.Change.Name());
        InputsJson.WritePlace(json, reason.Path, reason.Line);
        json.WriteTexts("chain", reason.Chain);
        if (reason.Because is { } because) json.WriteString("because", because);
    }
}
