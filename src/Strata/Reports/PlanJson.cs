using System.Diagnostics;
using System.Text.Json;
using Strata.Impact;
using Strata.Layers;
using Strata.Planning;

namespace Strata.Reports;

/// <summary>A plan as `strata/plan/1`; docs/reference/json.md says what each field means.</summary>
public static class PlanJson
{
    /// <summary>The plan as indented JSON with a final line break.</summary>
    public static string Render(BuildPlan plan) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "strata/plan/1");
        WriteRevisions(json, plan);
        json.WriteStartArray("targets");
        foreach (var target in plan.Targets) WriteTarget(json, target);
        json.WriteEndArray();
        WriteFaults(json, plan);
        json.WriteEndObject();
    });

    /// <summary>Writes `"revisions": {…}` into the object that is open.</summary>
    public static void WriteRevisions(Utf8JsonWriter json, BuildPlan plan)
    {
        json.WriteStartObject("revisions");
        foreach (var (source, revision) in plan.Revisions) json.WriteString(source, revision);
        json.WriteEndObject();
    }

    /// <summary>Writes `target`, `layer`, `type`, `system` and `parent` into the object that is open.</summary>
    public static void WriteName(Utf8JsonWriter json, Target target)
    {
        json.WriteString("target", target.Name.ToString());
        json.WriteString("layer", target.Name.Layer.Value);
        json.WriteString("type", target.Name.Type.Value);
        json.WriteString("system", target.Name.System?.Value);
        json.WriteString("parent", target.Parent?.ToString());
    }

    /// <summary>Writes `"reasons": […]` into the object that is open.</summary>
    public static void WriteReasons(Utf8JsonWriter json, PlannedTarget target)
    {
        json.WriteStartArray("reasons");
        foreach (var reason in target.Reasons) WriteReason(json, reason);
        json.WriteEndArray();
    }

    private static void WriteTarget(Utf8JsonWriter json, PlannedTarget target)
    {
        json.WriteStartObject();
        WriteName(json, target.Target);
        json.WriteString("state", target.State.Name());
        json.WriteString("fingerprint", target.Fingerprint.ToString());
        json.WriteString("image", target.Reference);
        json.WriteString("digest", target.Image?.Digest);
        json.WriteString("waitsFor", target.WaitsFor?.ToString());
        WriteReasons(json, target);
        if (target.Impact is { } impact) WriteChange(json, impact);
        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, TargetImpact impact)
    {
        json.WriteStartObject("change");
        json.WriteString("state", impact.State.Name());
        AffectedJson.WriteReasons(json, impact.Reasons);
        json.WriteEndObject();
    }

    private static void WriteReason(Utf8JsonWriter json, PlanReason reason)
    {
        json.WriteStartObject();
        json.WriteString("reason", reason.Id);
        switch (reason)
        {
            case PlanReason.ParentIsBuilt r:
                json.WriteString("parent", r.Parent.ToString());
                break;
            case PlanReason.ParentRebuilt r:
                json.WriteString("parent", r.Parent.ToString());
                json.WriteString("recorded", r.Recorded);
                json.WriteString("now", r.Now);
                break;
            case PlanReason.SameImage r:
                json.WriteString("target", r.Other.ToString());
                break;
            case PlanReason.OutputMissing r:
                json.WriteString("output", r.Kind);
                break;
            case PlanReason.OutputDifferent r:
                json.WriteString("output", r.Kind);
                break;
            case PlanReason.OutputNotStored r:
                json.WriteString("output", r.Kind);
                break;
            case PlanReason.NoImage or PlanReason.OtherImage or PlanReason.NotPublished or PlanReason.Asked:
                break;
            default:
                throw new UnreachableException();
        }

        json.WriteEndObject();
    }

    private static void WriteFaults(Utf8JsonWriter json, BuildPlan plan)
    {
        json.WriteStartArray("faults");
        foreach (var diagnostic in plan.Diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("fault", diagnostic.Id);
            json.WriteString("path", diagnostic.Path);
            json.WriteNumber("line", diagnostic.At!.Line);
            json.WriteString("message", diagnostic.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
