using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Layers;

/// <summary>Reads `pipeline:`. Nothing of it can be more than it says: a value with a variable to expand is refused, scripts apart.</summary>
internal static class PipelineReader
{
    private const long LongestTimeout = 31 * 24 * 3600;
    internal const long LongestKeeping = 3650;
    internal const long MostOfAnything = 1_000_000_000;

    /// <summary>What is said under `pipeline`.</summary>
    public static PipelineSettings Read(Fields file, Faults faults)
    {
        if (file.Node("pipeline") is not { } node) return PipelineSettings.None;
        if (Fields.Open(node, KeySet.Pipeline, file.KeyAt("pipeline"), faults) is not { } fields) return PipelineSettings.None;
        return new()
        {
            Jobs = ReadJobs(fields, faults),
            Types = Named(fields, "types", key => NameReading.Type(key, faults), faults),
            Targets = Named(fields, "targets", key => ReadTarget(key, "a key of `targets`", faults), faults),
            External = ExternalReader.ReadJobs(fields, faults),
            Promotions = ExternalReader.ReadPromotions(fields, faults),
            Limits = ReadLimits(fields, faults),
        };
    }

    /// <summary>Settings for a type, layer or target that the file does not have have no effect: a fault.</summary>
    public static void Check(PipelineSettings settings, ImmutableArray<Target> targets, Faults faults)
    {
        foreach (var (type, _) in settings.Types) CheckType(type, targets, faults);
        foreach (var (target, _) in settings.Targets) CheckTarget(target, targets, faults);
        ExternalReader.Check(settings, targets, faults);
    }

    /// <summary>A type that no target has is a fault.</summary>
    public static void CheckType(Located<ImageType> type, ImmutableArray<Target> targets, Faults faults)
    {
        if (targets.All(t => t.Name.Type != type.Value))
            faults.Add(TargetFaults.UnknownPipelineSubject("image type", type.Value.Value, type.At, targets.Select(t => t.Name.Type.Value)));
    }

    /// <summary>A layer or target that is not there is a fault.</summary>
    public static void CheckTarget(Located<LayerOrTarget> target, ImmutableArray<Target> targets, Faults faults)
    {
        if (targets.Any(t => t.Name.Layer == target.Value.Layer && (target.Value.Type is not { } type || t.Name.Type == type))) return;
        faults.Add(TargetFaults.UnknownPipelineSubject(
            target.Value.Type is null ? "layer" : "target",
            target.Value.ToString(),
            target.At,
            targets.SelectMany(t => new[] { t.Name.Layer.Value, $"{t.Name.Layer}/{t.Name.Type}" })));
    }

    /// <summary>What is said of how jobs are run.</summary>
    public static JobSettings ReadJobs(Fields fields, Faults faults) => new()
    {
        Image = fields.Text("image") is { } image && Fits(IsImage, image, "`image`", "an image as in `registry.example.org/hpc/builder:1`", faults) ? image.Value : null,
        Tags = Plain(fields.Texts("tags", tag => Fits(IsRunnerTag, tag, "an entry of `tags`", "a runner's tag: letters, digits, blanks and `._:/+-`", faults))),
        TimeoutSeconds = fields.Text("timeout") is { } timeout ? Seconds(timeout, faults) : null,
        Before = Plain(fields.Texts("before", _ => true)),
        After = Plain(fields.Texts("after", _ => true)),
        Variables = Variables(fields, faults),
        KeepDays = fields.Number("keep-days", 1, LongestKeeping),
    };

    private static ImmutableArray<(Located<T> Name, JobSettings Jobs)> Named<T>(Fields fields, string key, Func<Located<string>, T?> read, Faults faults)
        where T : struct
    {
        if (fields.Node(key) is not { } node || Expect.Mapping(node, Wording.Quote(key), faults) is not { } mapping) return [];
        var named = ImmutableArray.CreateBuilder<(Located<T>, JobSettings)>();
        foreach (var (name, value) in Expect.Entries(mapping, faults))
        {
            if (Fields.Open(value, KeySet.Jobs, name.At, faults) is { } jobs && read(name) is { } known) named.Add((new(known, name.At), ReadJobs(jobs, faults)));
        }

        return named.ToImmutable();
    }

    /// <summary>A layer, or one target of it; null, with a fault, where a text is neither.</summary>
    public static LayerOrTarget? ReadTarget(Located<string> text, string subject, Faults faults)
    {
        var parts = text.Value.Split('/');
        if (parts.Length <= 2 && parts.All(NameRule.Fits)) return new(new(parts[0]), parts.Length == 2 ? new ImageType(parts[1]) : null);
        faults.Add(NameFaults.BadReference(subject, text, "a layer, or `layer/type`", null));
        return null;
    }

    private static ImmutableArray<(string Name, string Value)> Variables(Fields fields, Faults faults)
    {
        if (fields.Node("variables") is not { } node || Expect.Mapping(node, "`variables`", faults) is not { } mapping) return [];
        var variables = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var (name, value) in Expect.Entries(mapping, faults).Where(e => NameReading.EnvironmentVariable(e.Key, faults)))
        {
            if (name.Value.StartsWith(JobVariables.Prefix, StringComparison.Ordinal))
                faults.Add(NameFaults.ReservedName(name, "one of those that Strata gives every job", "give the variable another name"));
            else if (Expect.Text(value, "the value of a variable", faults) is { } text)
                variables.Add((name.Value, text.Value));
        }

        return variables.ToImmutable();
    }

    private static PipelineLimits ReadLimits(Fields pipeline, Faults faults)
    {
        var usual = PipelineLimits.Default;
        if (pipeline.Node("limits") is not { } node) return usual;
        if (Fields.Open(node, KeySet.PipelineLimits, pipeline.KeyAt("limits"), faults) is not { } fields) return usual;
        return new()
        {
            Needs = fields.Number("needs", 0, MostOfAnything) ?? usual.Needs,
            NameLength = fields.Number("name-length", 1, MostOfAnything) ?? usual.NameLength,
            Jobs = fields.Number("jobs", 0, MostOfAnything) ?? usual.Jobs,
            Deployments = fields.Number("deployments", 0, MostOfAnything) ?? usual.Deployments,
            Patterns = fields.Number("patterns", 1, MostOfAnything) ?? usual.Patterns,
            Bytes = fields.Number("bytes", 1, MostOfAnything) ?? usual.Bytes,
        };
    }

    /// <summary>`90s`, `45m`, `2h`.</summary>
    private static long? Seconds(Located<string> text, Faults faults)
    {
        if (TimeText.Seconds(text.Value) is { } seconds and > 0 and <= LongestTimeout) return seconds;
        faults.Add(NameFaults.BadReference("`timeout`", text, "a time as in `90s`, `45m` or `2h`, at most a month", null));
        return null;
    }

    private static bool Fits(Func<string, bool> rule, Located<string> text, string subject, string expected, Faults faults)
    {
        var fits = rule(text.Value);
        if (!fits) faults.Add(NameFaults.BadReference(subject, text, expected, null));
        return fits;
    }

    private static bool IsImage(string text) =>
        char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/' or ':' or '@');

    private static bool IsRunnerTag(string text) =>
        char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or '_' or ':' or '/' or '+' or '-');

    private static ImmutableArray<string>? Plain(ImmutableArray<Located<string>>? texts) =>
        texts is { } some ? [.. some.Select(t => t.Value)] : null;
}
