using Strata.Reports;

namespace Strata.Engine.Machines;

/// <summary>A report as JSON, schema `strata/doctor/1`.</summary>
public static class MachineReportJson
{
    /// <summary>The whole text; ends with a line break.</summary>
    public static string Render(MachineReport report) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "strata/doctor/1");
        json.WriteBoolean("canBuild", report.CanBuild);
        json.WriteString("isolation", report.Choices is { } choices ? Isolations.Name(choices.Isolation) : null);
        json.WriteString("storageDriver", report.Choices?.StorageDriver);
        json.WriteStartArray("checks");
        foreach (var check in report.Checks)
        {
            json.WriteStartObject();
            json.WriteString("check", check.Name);
            json.WriteString("state", Word(check.State));
            json.WriteString("found", check.Found);
            json.WriteString("cure", check.Cure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>The word for a state, in JSON and in text.</summary>
    public static string Word(CheckState state) => state switch
    {
        CheckState.Works => "works",
        CheckState.Warning => "warning",
        CheckState.Fails => "fails",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
