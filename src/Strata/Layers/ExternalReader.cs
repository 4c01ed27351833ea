using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Reads what `pipeline:` says of what comes after the builds: `external` and `promote`.</summary>
internal static class ExternalReader
{
    /// <summary>`external:`, in the file's order.</summary>
    public static ImmutableArray<ExternalJob> ReadJobs(Fields pipeline, Faults faults)
    {
        if (pipeline.Node("external") is not { } node || Expect.Mapping(node, "`external`", faults) is not { } mapping) return [];
        return [.. Expect.Entries(mapping, faults).Select(e => ReadJob(e.Key, e.Value, faults)).OfType<ExternalJob>()];
    }

    /// <summary>`promote:`, in the file's order, which is that of the stages.</summary>
    public static ImmutableArray<PromotionStage> ReadPromotions(Fields pipeline, Faults faults)
    {
        var stages = pipeline.List("promote", node => ReadPromotion(node, faults)) ?? [];
        foreach (var twice in stages.GroupBy(s => s.Tag.Value).Where(g => g.Count() > 1))
            faults.Add(ShapeFaults.DuplicateName("promotion", new(twice.Key.Text, twice.Last().Tag.At), twice.First().Tag.At));
        return stages;
    }

    /// <summary>Subjects and promotions that are named and are not there.</summary>
    public static void Check(PipelineSettings settings, ImmutableArray<Target> targets, Faults faults)
    {
        foreach (var subjects in settings.External.Select(e => e.Subjects).Concat(settings.Promotions.Select(p => p.Subjects)))
        {
            foreach (var type in subjects.Types) PipelineReader.CheckType(type, targets, faults);
            foreach (var target in subjects.Targets) PipelineReader.CheckTarget(target, targets, faults);
        }

        foreach (var stage in settings.Promotions)
        {
            if (targets.Select(t => t.Name.System).OfType<SystemName>().Distinct().Any(s => stage.TryTagFor(s, out _) is null))
                faults.Add(NameFaults.BadReference("`tag`", new(stage.Tag.Value.Text, stage.Tag.At), "a shorter one: the name of the system is added to it", null));
        }

        var tags = settings.Promotions.Select(p => p.Tag.Value.Text).ToList();
        foreach (var job in settings.External)
        {
            foreach (var named in new[] { job.Gate, job.Follows }.OfType<Located<string>>().Where(n => !tags.Contains(n.Value)))
                faults.Add(TargetFaults.UnknownPromotion(named, tags));
            if (job is { Gate: { } gate, Follows: { } followed } && tags.IndexOf(gate.Value) is var before && before >= 0 && before <= tags.IndexOf(followed.Value))
                faults.Add(TargetFaults.GateBeforePromotion(gate, followed.Value));
        }
    }

    private static ExternalJob? ReadJob(Located<string> name, YamlNode node, Faults faults)
    {
        if (!NameRule.Fits(name.Value)) faults.Add(NameFaults.BadName("a job", name, NameRule.Words, null));
        if (Fields.Open(node, KeySet.External, name.At, faults) is not { } fields) return null;
        var script = fields.Texts("script", _ => true);
        var trigger = fields.Node("trigger") is { } value ? ReadTrigger(value, fields.KeyAt("trigger"), faults) : null;
        if (!fields.IsMeant("script") && !fields.IsMeant("trigger"))
            faults.Add(ShapeFaults.MissingKey("script", $"the job {Wording.Quote(name.Value)}", name.At, "say what it does: `script: [LINE …]`, or `trigger: {project: GROUP/PROJECT}`"));
        if (fields.Has("script") && fields.Has("trigger"))
            faults.Add(ShapeFaults.ExclusiveKeys("trigger", fields.KeyAt("trigger"), "script", fields.KeyAt("script"), "a job that triggers another project runs nothing itself"));
        ExternalWork? work = script is { IsEmpty: false } lines ? new ExternalWork.Script([.. lines.Select(l => l.Value)]) : trigger;
        var job = new ExternalJob
        {
            Name = name,
            Subjects = ReadSubjects(fields, faults),
            Work = work ?? new ExternalWork.Script([]),
            TakesOutputs = fields.Flag("outputs") ?? false,
            Gate = fields.Text("gate"),
            Follows = fields.Text("follows"),
            MayFail = fields.Flag("may-fail") ?? false,
            Settings = PipelineReader.ReadJobs(fields, faults),
        };
        if (job is { TakesOutputs: true, Work: ExternalWork.Trigger })
            faults.Add(ShapeFaults.ExclusiveKeys("outputs", fields.KeyAt("outputs"), "trigger", fields.KeyAt("trigger"), "the other project makes them itself: `strata build TARGET --only`"));
        if (job is { MayFail: true, Gate: not null })
            faults.Add(ShapeFaults.ExclusiveKeys("may-fail", fields.KeyAt("may-fail"), "gate", fields.KeyAt("gate"), "a promotion would not wait for a job that may fail"));
        return work is null ? null : job;
    }

    private static ExternalWork.Trigger? ReadTrigger(YamlNode node, Location at, Faults faults)
    {
        if (Fields.Open(node, KeySet.Trigger, at, faults) is not { } fields) return null;
        var project = fields.RequiredText("project", "as in `project: hpc/boot-tests`");
        if (project is { } path && !ProjectPath.IsOne(path.Value)) faults.Add(NameFaults.BadReference("`project`", path, "the path of a project, as in `hpc/boot-tests`", null));
        var branch = fields.Text("ref");
        if (branch is { } named && NameReading.Ref(named, faults) && !IsPlain(named.Value)) faults.Add(NameFaults.BadReference("`ref`", named, "a branch: letters, digits and `._/-`", null));
        return project is { } known ? new(known.Value, branch?.Value) : null;
    }

    private static PromotionStage? ReadPromotion(YamlNode node, Faults faults)
    {
        if (Fields.Open(node, KeySet.Promotion, node.At, faults) is not { } fields) return null;
        var repository = fields.Text("to") is { } to ? ImagesReader.Repository(to, "`to`", faults) : null;
        var subjects = ReadSubjects(fields, faults);
        var isManual = fields.Flag("manual") ?? false;
        if (fields.RequiredText("tag", "as in `tag: production`") is not { } text) return null;
        if (ReleaseTag.TryParse(text.Value, out var reason) is { } tag)
            return new() { Tag = new(tag, text.At), Repository = repository, Subjects = subjects, IsManual = isManual };
        faults.Add(NameFaults.BadReference("`tag`", text, "a release tag: " + reason, null));
        return null;
    }

    private static JobSubjects ReadSubjects(Fields fields, Faults faults) => new(
        fields.Values<LayerOrTarget>("targets", node => Located(node, "an entry of `targets`", text => PipelineReader.ReadTarget(text, "an entry of `targets`", faults), faults)) ?? [],
        fields.Values<ImageType>("types", node => Located(node, "an entry of `types`", text => NameReading.Type(text, faults), faults)) ?? []);

    private static Located<T>? Located<T>(YamlNode node, string subject, Func<Located<string>, T?> read, Faults faults)
        where T : struct => Expect.Text(node, subject, faults) is { } text && read(text) is { } value ? new Located<T>(value, text.At) : null;

    /// <summary>GitLab expands variables in the name of a branch.</summary>
    private static bool IsPlain(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/');
}
