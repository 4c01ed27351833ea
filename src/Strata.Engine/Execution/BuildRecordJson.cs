using System.Globalization;
using System.Text.Json;
using Strata.Reports;

namespace Strata.Engine.Execution;

/// <summary>A build record as `strata/build/1`; docs/reference/json.md says what each field means.</summary>
public static class BuildRecordJson
{
    /// <summary>The record as indented JSON with a final line break.</summary>
    public static string Render(BuildRecord record) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "strata/build/1");
        json.WriteString("strata", record.Version);
        json.WriteString("started", Time(record.StartedAt));
        json.WriteString("finished", Time(record.StartedAt + record.Duration));
        json.WriteNumber("seconds", Seconds(record.Duration));
        json.WriteNumber("jobs", record.Jobs);
        json.WriteString("result", record.Result.Name());
        PlanJson.WriteRevisions(json, record.Plan);
        json.WriteStartArray("targets");
        foreach (var target in record.Targets) WriteTarget(json, target);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>
    /// How long the targets that were built took, by `layer/type` or `layer/type@system`; empty when the text is no build
    /// record. It only serves to start long chains first, so nothing in it is worth an error.
    /// </summary>
    public static IReadOnlyDictionary<string, TimeSpan> ReadTimes(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var built = json.RootElement.GetProperty("targets").EnumerateArray().Where(t => t.GetProperty("state").GetString() == "built");
            return built.ToDictionary(t => t.GetProperty("target").GetString()!, t => TimeSpan.FromSeconds(t.GetProperty("seconds").GetDouble()));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or FormatException or OverflowException)
        {
            return new Dictionary<string, TimeSpan>();
        }
    }

    private static void WriteTarget(Utf8JsonWriter json, TargetRecord target)
    {
        json.WriteStartObject();
        PlanJson.WriteName(json, target.Planned.Target);
        json.WriteString("state", target.State.Name());
        PlanJson.WriteReasons(json, target.Planned);
        json.WriteString("needs", target.Needs?.ToString());
        json.WriteString("fingerprint", target.Planned.Fingerprint.ToString());
        WriteImage(json, target);
        WriteOutputs(json, target);
        if (target.StartedAfter is { } start) json.WriteNumber("startedAfter", Seconds(start));
        else json.WriteNull("startedAfter");
        json.WriteNumber("seconds", Seconds(target.Duration));
        WriteSteps(json, target);
        json.WriteString("log", target.LogPath);
        WriteFailure(json, target.Failure);
        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, TargetRecord target)
    {
        if (target.Image is not { } image)
        {
            json.WriteNull("image");
            return;
        }

        json.WriteStartObject("image");
        json.WriteString("reference", image.Reference);
        json.WriteString("id", image.Id);
        json.WriteString("digest", image.Digest);
        WriteNumber(json, "bytes", target.ImageBytes);
        json.WriteEndObject();
    }

    private static void WriteOutputs(Utf8JsonWriter json, TargetRecord target)
    {
        json.WriteStartArray("outputs");
        foreach (var output in target.Outputs)
        {
            json.WriteStartObject();
            json.WriteString("output", output.Kind);
            json.WriteString("path", output.Path);
            json.WriteNumber("bytes", output.SizeBytes);
            json.WriteString("sha256", output.Sha256);
            if (output.Url is { } url) json.WriteString("url", url);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSteps(Utf8JsonWriter json, TargetRecord target)
    {
        json.WriteStartArray("steps");
        foreach (var step in target.Steps)
        {
            json.WriteStartObject();
            json.WriteString("step", step.Step);
            json.WriteNumber("seconds", Seconds(step.Duration));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFailure(Utf8JsonWriter json, TargetFailure? failure)
    {
        if (failure is null)
        {
            json.WriteNull("failure");
            return;
        }

        json.WriteStartObject("failure");
        json.WriteString("step", failure.Step);
        json.WriteString("message", failure.Message);
        json.WriteString("hint", failure.Hint);
        json.WriteString("command", failure.Command);
        WriteNumber(json, "exitCode", failure.ExitCode);
        json.WriteStartArray("lastLines");
        foreach (var line in failure.LastLines) json.WriteStringValue(line);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    private static decimal Seconds(TimeSpan duration) => Math.Round((decimal)duration.TotalSeconds, 1);

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
