using System.Collections.Immutable;
using Strata.Inputs;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Pipelines;

/// <summary>
/// A site as static pipelines need it: which project builds which target, which paths of which source a target is made of, and who starts whom.
/// </summary>
/// <param name="inputs">The inputs of every target.</param>
/// <param name="snapshot">The sources.</param>
/// <param name="options">How the pipelines are to be.</param>
public sealed class StaticSite(SiteInputs inputs, Snapshot snapshot, StaticOptions options)
{
    private readonly LayerFile file = inputs.File;
    private readonly Dictionary<(TargetName Target, SourceName Source), ImmutableArray<string>> patterns = [];

    /// <summary>The sources that targets are built from, the layer file's own first.</summary>
    public ImmutableArray<SourceName> Sources => [.. file.Sources.Select(s => s.Name).Where(IsRead).Prepend(SourceName.Self)];

    /// <summary>Why there can be no such pipelines; empty where there can.</summary>
    public ImmutableArray<PipelineFault> Faults()
    {
        var faults = ImmutableArray.CreateBuilder<PipelineFault>();
        if (Sources.Length == 1) return [];
        if (options.Staging is null)
            faults.Add(new("`--staging` is missing: the projects of the layer file's sources need the path of the one that holds it", "name it, as in `--staging hpc/images`"));
        foreach (var source in Sources.Skip(1).Where(s => ProjectOf(s) is null))
            faults.Add(new($"nothing says which project the source {Wording.Quote(source.Value)} is, and it has to be triggered", $"say its `url` under `sources`, as in `{source}: {{url: \"https://gitlab.example.org/hpc/{source}.git\"}}`"));
        foreach (var same in Sources.GroupBy(StaticPipeline.RevisionVariable, StringComparer.Ordinal).Where(g => g.Count() > 1))
            faults.Add(new($"the sources {Wording.List(same.Select(s => s.Value), "and")} have the same variable, {Wording.Quote(same.Key)}", "rename one of them"));
        return faults.ToImmutable();
    }

    /// <summary>The pipeline of a source's project.</summary>
    public StaticPipeline Of(SourceName source)
    {
        var own = file.Targets.Where(t => t.Source == source).ToList();
        var depths = new Dictionary<TargetName, int>();
        foreach (var target in own) depths[target.Name] = target.Parent is { } parent && depths.TryGetValue(parent, out var above) ? above + 1 : 0;
        return new()
        {
            Source = source,
            Staging = source == SourceName.Self ? null : options.Staging,
            Jobs = [.. own.Select(t => Job(t, depths)).OrderBy(j => j.Depth)],
            Triggers = [.. Sources.Where(s => s != source).Select(s => Trigger(source, s, depths)).OfType<StaticTrigger>()],
            LayerFile = options.LayerFile,
            Others = [.. Sources.Where(s => s != source)],
            Settings = file.Pipeline,
        };
    }

    private StaticJob Job(Target target, Dictionary<TargetName, int> depths)
    {
        var line = Line(target).ToList();
        var triggers = line.SelectMany(t => Sources.Where(s => s != target.Source && (StartsFrom(t, s) || !Direct(t, s).IsEmpty)));
        return new(
            target.Name,
            line.Count > 1 ? target.Parent : null,
            depths[target.Name],
            AtMost(line.SelectMany(t => Direct(t, target.Source)), target.Source),
            [.. triggers.Distinct().OrderBy(s => Sources.IndexOf(s))]);
    }

    private StaticTrigger? Trigger(SourceName from, SourceName to, Dictionary<TargetName, int> depths)
    {
        var targets = file.Targets.Where(t => t.Source == to).ToList();
        ImmutableArray<TargetName> after = [.. targets.Where(t => StartsFrom(t, from)).Select(t => t.Parent!.Value).Distinct()];
        var changes = targets.SelectMany(t => Direct(t, from)).ToList();
        if (after.IsEmpty && changes.Count == 0) return null;
        return new(to, ProjectOf(to)!, after, changes.Count == 0 ? [] : AtMost(changes, from), after.Select(a => depths[a] + 1).DefaultIfEmpty(0).Max());
    }

    /// <summary>A target and those of its ancestors that the same pipeline builds without another's in between.</summary>
    private IEnumerable<Target> Line(Target target)
    {
        for (var t = target; t is not null && t.Source == target.Source; t = t.Parent is { } parent ? file.Find(parent) : null) yield return t;
    }

    private IEnumerable<Target> Ancestors(Target target)
    {
        for (var t = target; t.Parent is { } parent && file.Find(parent) is { } above; t = above) yield return above;
    }

    private bool StartsFrom(Target target, SourceName source) => target.Parent is { } parent && file.Find(parent)!.Source == source && target.Source != source;

    /// <summary>
    /// The patterns of a source that start a target directly. What starts an ancestor reaches the target through it, so that it is not started twice.
    /// </summary>
    private ImmutableArray<string> Direct(Target target, SourceName source)
    {
        var line = source == target.Source ? Line(target).Select(t => t.Name).ToHashSet() : [];
        var above = Ancestors(target).Where(a => !line.Contains(a.Name)).SelectMany(a => Patterns(a, source)).ToHashSet(StringComparer.Ordinal);
        return [.. Patterns(target, source).Where(p => !above.Contains(p))];
    }

    private ImmutableArray<string> Patterns(Target target, SourceName source) => patterns.TryGetValue((target.Name, source), out var known)
        ? known
        : patterns[(target.Name, source)] = ChangePatterns.Of(inputs.Find(target.Name)!, source, snapshot);

    /// <summary>The pipeline's own file is always watched: where the patterns are others, it is another. So is the layer file, in its project.</summary>
    private ImmutableArray<string> AtMost(IEnumerable<string> changes, SourceName source)
    {
        string[] always = source == SourceName.Self ? [options.PipelineFile, options.LayerFile] : [options.PipelineFile];
        return ChangePatterns.AtMost(changes.Concat(always.Select(ChangePatterns.Literal)), file.Pipeline.Limits.Patterns);
    }

    private bool IsRead(SourceName source) =>
        inputs.Targets.Any(t => t.Target.Source == source || t.Target.Inventory.Any(i => i.Value.Source == source) || t.Inputs.Any(i => i.Path?.Source == source));

    private string? ProjectOf(SourceName source) =>
        source == SourceName.Self ? options.Staging : file.Sources.FirstOrDefault(s => s.Name == source)?.Url is { } url ? ProjectPath.Of(url) : null;
}

/// <summary>How static pipelines are to be.</summary>
public sealed record StaticOptions
{
    /// <summary>The path of the layer file's project; null where there is no other.</summary>
    public string? Staging { get; init; }

    /// <summary>The layer file, from the top of its checkout.</summary>
    public string LayerFile { get; init; } = "strata.yaml";

    /// <summary>The file that the pipeline is kept in, from the top of its checkout.</summary>
    public string PipelineFile { get; init; } = ".gitlab-ci.yml";
}
