using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Strata.Layers;
using Strata.Text;

namespace Strata.Reports.Html;

/// <summary>
/// Reads a build record, `strata/build/1`, back. A field that is not there has the meaning of null, so that records of earlier versions
/// are read; fields that are not known are passed over.
/// </summary>
public sealed class RecordReader
{
    private const string Schema = "strata/build/1";
    private const double LongestSeconds = 1e9;

    private readonly string path;
    private readonly Fault fault;

    private RecordReader(string path, Fault fault) => (this.path, this.fault) = (path, fault);

    /// <summary>The record; null, and what is wrong as a clause, where the text is none.</summary>
    public static (RecordedBuild? Build, string? Fault) Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var first = new Fault();
            var build = new RecordReader("", first).Build(json.RootElement);
            return first.Message is null ? (build, null) : (null, first.Message);
        }
        catch (JsonException wrong)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1} is no JSON"));
        }
    }

    private RecordedBuild Build(JsonElement record)
    {
        if (Text(record, "schema") is not Schema) fault.Say($"its `schema` is not `{Schema}`");
        var targets = List(record, "targets", (reader, target) => reader.Target(target));
        if (targets.GroupBy(t => t.Name).FirstOrDefault(g => g.Count() > 1) is { } twice) fault.Say($"it has `{twice.Key}` twice");
        return new()
        {
            Result = Text(record, "result") ?? "",
            Started = Text(record, "started") ?? "",
            Duration = Time(record, "seconds") ?? TimeSpan.Zero,
            Jobs = (int)Math.Min(Number(record, "jobs") ?? 1, int.MaxValue),
            Targets = targets,
        };
    }

    private RecordedTarget Target(JsonElement target) => new()
    {
        Name = new(new(Name(target, "layer")), new(Name(target, "type")), Text(target, "system") is null ? null : new SystemName(Name(target, "system"))),
        State = Required(target, "state"),
        Needs = Text(target, "needs"),
        Fingerprint = Text(target, "fingerprint"),
        Image = Object(target, "image", (reader, image) => reader.Text(image, "reference")),
        ImageBytes = Object(target, "image", (reader, image) => reader.Number(image, "bytes")),
        Outputs = List(target, "outputs", (reader, output) => new RecordedOutput(reader.Required(output, "output"), reader.Number(output, "bytes") ?? 0)),
        StartedAfter = Time(target, "startedAfter"),
        Duration = Time(target, "seconds") ?? TimeSpan.Zero,
        Steps = List(target, "steps", (reader, step) => (reader.Required(step, "step"), reader.Time(step, "seconds") ?? TimeSpan.Zero)),
        HasLog = Text(target, "log") is not null,
        Failure = Object(target, "failure", (reader, failure) => reader.Failure(failure)),
    };

    private RecordedFailure Failure(JsonElement failure) => new(
        Text(failure, "step"),
        Text(failure, "message") ?? "",
        Text(failure, "hint"),
        Text(failure, "command"),
        Number(failure, "exitCode"),
        List(failure, "lastLines", (reader, line) => reader.AsText(line, "") ?? ""));

    private ImmutableArray<T> List<T>(JsonElement parent, string name, Func<RecordReader, JsonElement, T> read)
    {
        if (Value(parent, name) is not { } list) return [];
        if (list.ValueKind == JsonValueKind.Array) return [.. list.EnumerateArray().Select((item, i) => read(Below(string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]")), item))];
        Refuse(name, "a list");
        return [];
    }

    private T? Object<T>(JsonElement parent, string name, Func<RecordReader, JsonElement, T?> read)
    {
        if (Value(parent, name) is not { } value) return default;
        if (value.ValueKind == JsonValueKind.Object) return read(Below(name), value);
        Refuse(name, "an object");
        return default;
    }

    private RecordReader Below(string name) => new($"{path}{name}.", fault);

    private string? Text(JsonElement parent, string name) => Value(parent, name) is { } value ? AsText(value, name) : null;

    private string? AsText(JsonElement value, string name)
    {
        // A text with half of a pair of surrogates is JSON, and no text.
        if (value.ValueKind == JsonValueKind.String && IsText(value)) return value.GetString();
        Refuse(name, "a text");
        return null;
    }

    private static bool IsText(JsonElement value)
    {
        try
        {
            return value.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private string Required(JsonElement parent, string name)
    {
        if (Text(parent, name) is { } text) return text;
        Refuse(name, "a text");
        return "";
    }

    /// <summary>A name becomes part of a log's address.</summary>
    private string Name(JsonElement parent, string name)
    {
        var text = Required(parent, name);
        if (NameRule.FitsSystem(text)) return text;
        Refuse(name, "a name");
        return "";
    }

    private long? Number(JsonElement parent, string name)
    {
        if (Value(parent, name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0) return number;
        Refuse(name, "a whole number");
        return null;
    }

    private TimeSpan? Time(JsonElement parent, string name)
    {
        if (Value(parent, name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and <= LongestSeconds) return TimeSpan.FromSeconds(seconds);
        Refuse(name, "a number of seconds");
        return null;
    }

    private JsonElement? Value(JsonElement parent, string name)
    {
        if (parent.ValueKind == JsonValueKind.Object) return parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        Refuse("", "an object");
        return null;
    }

    private void Refuse(string name, string expected)
    {
        var place = (path + name).TrimEnd('.');
        fault.Say(place.Length == 0 ? $"it is not {expected}" : $"{Wording.Quote(place)} is not {expected}");
    }

    /// <summary>The first fault of a record.</summary>
    private sealed class Fault
    {
        public string? Message { get; private set; }

        public void Say(string message) => Message ??= message;
    }
}
