using System.Collections.Immutable;
using System.CommandLine;
using Strata.Inputs;
using Strata.Layers;
using Strata.Planning;

namespace Strata.Cli.Commands;

/// <summary>What `plan` and `build` alike are told: the targets, the layer file, its sources, and where outputs go.</summary>
internal sealed class PlanningOptions
{
    private readonly Argument<string[]> targets = new("TARGET")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "`layer/type`, or a layer for all its types; none means all targets",
    };

    private readonly Option<string> file = CommonOptions.File();
    private readonly Option<string[]> source = CommonOptions.Source();
    private readonly Option<string> at = CommonOptions.At();

    private readonly Option<bool> only = new("--only") { Description = "Just these targets: a parent that has to be built first is an error" };

    private readonly Option<bool> rebuild = new("--rebuild")
    {
        Description = "Build although an image with the wanted fingerprint is there, for example after a package repository changed",
    };

    private readonly Option<string> output = new("--output")
    {
        HelpName = "DIR",
        Description = "Where outputs, logs and the build record go; `out` beside the layer file without it",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(System.CommandLine.Command syntax)
    {
        syntax.Arguments.Add(targets);
        foreach (var option in new Option[] { file, source, at, only, rebuild, output }) syntax.Options.Add(option);
    }

    /// <summary>The layer file and the sources.</summary>
    public WorkspaceOptions Workspace(ParseResult arguments) => new()
    {
        File = arguments.GetValue(file),
        Sources = arguments.SourceArguments(source),
        Output = arguments.GetValue(output),
    };

    /// <summary>Whether `--output` is given.</summary>
    public bool HasOutput(ParseResult arguments) => arguments.GetValue(output) is not null;

    /// <summary>`--at`; null reads the working tree.</summary>
    public string? Revision(ParseResult arguments) => arguments.GetValue(at);

    /// <summary>What is asked of the plan.</summary>
    /// <exception cref="UsageException">A word names no target.</exception>
    public PlanOptions Asked(ParseResult arguments, LayerFile layers) => new()
    {
        Selected = Select(layers, arguments.GetValue(targets) ?? []),
        Only = arguments.GetValue(only),
        Rebuild = arguments.GetValue(rebuild),
    };

    /// <summary>The targets that words name; all of them without a word.</summary>
    /// <exception cref="UsageException">A word names no target.</exception>
    public static ImmutableArray<TargetName> Select(LayerFile layers, IReadOnlyList<string> words)
    {
        var selection = TargetSelection.Of(layers.Targets, words);
        return selection.Faults is [var fault, ..] ? throw new UsageException(fault.Message, fault.Hint) : selection.Names;
    }

    /// <summary>Errors in the content of what is built end the command before any work; warnings are `check`'s.</summary>
    /// <exception cref="FaultyInputException">There are errors.</exception>
    public static void RequireContent(Site site, BuildPlan plan, ShownPaths paths)
    {
        var built = plan.Targets.Where(t => t.State == PlanState.Build).Select(t => t.Name).ToHashSet();
        if (built.Count == 0) return;
        var wanted = site.File.Targets.Where(t => built.Contains(t.Name)).ToImmutableArray();
        var faults = ContentChecks.Of(site.File with { Targets = wanted }, site.Snapshot);
        if (faults.Any(f => f.IsError)) throw new FaultyInputException(paths.Of([.. faults.Where(f => f.IsError)]));
    }
}
