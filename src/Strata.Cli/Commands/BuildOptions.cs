using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Strata.Engine.Building.Packages;
using Strata.Inputs;
using Strata.Layers;
using Strata.Planning;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>Options that `plan` and `build` share, and the values of those that are no plain text.</summary>
internal static class BuildOptions
{
    /// <summary>`[TARGET...]`.</summary>
    public static Argument<string[]> Targets() => new("TARGET")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "`layer/type`, or a layer for all its types; none means all targets",
    };

    /// <summary>`--only`.</summary>
    public static Option<bool> Only() => new("--only")
    {
        Description = "Just these targets: a parent that has to be built first is an error",
    };

    /// <summary>`--rebuild`.</summary>
    public static Option<bool> Rebuild() => new("--rebuild")
    {
        Description = "Build although an image with the wanted fingerprint is there, for example after a package repository changed",
    };

    /// <summary>`--output DIR`.</summary>
    public static Option<string> Output() => new("--output")
    {
        HelpName = "DIR",
        Description = "Where outputs, logs and the build record go; `out` beside the layer file without it",
    };

    /// <summary>The targets that words of the command line name.</summary>
    /// <exception cref="UsageException">A word names no target.</exception>
    public static ImmutableArray<TargetName> Select(LayerFile layers, string[]? words)
    {
        var selection = TargetSelection.Of(layers.Targets, words ?? []);
        return selection.Faults is [var fault, ..] ? throw new UsageException(fault.Message, fault.Hint) : selection.Names;
    }

    /// <summary>Errors in the content of what is built end the command before any work; warnings are `check`'s.</summary>
    /// <exception cref="FaultyInputException">There are errors.</exception>
    public static void RequireContent(Site site, BuildPlan plan, ShownPaths paths)
    {
        var built = plan.Targets.Where(t => t.State == PlanState.Build).Select(t => t.Name).ToHashSet();
        if (built.Count == 0) return;
        var wanted = site.File.Targets.Where(t => built.Contains(t.Name)).ToList();
        var faults = BuildSupport.Of(wanted, Severity.Error).AddRange(ContentChecks.Of(site.File with { Targets = [.. wanted] }, site.Snapshot));
        if (faults.Any(f => f.IsError)) throw new FaultyInputException(paths.Of([.. faults.Where(f => f.IsError)]));
    }

    /// <summary>The number of jobs.</summary>
    /// <exception cref="UsageException">It is no number from 1 to 64.</exception>
    public static int Jobs(string? text)
    {
        if (text is null) return 2;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var jobs) && jobs is >= 1 and <= 64
            ? jobs
            : throw new UsageException($"`--jobs` is {Wording.Quote(text)}, and takes a number from 1 to 64");
    }

    /// <summary>A length of time: `90s`, `45m`, `2h`; null for null.</summary>
    /// <exception cref="UsageException">It has another form.</exception>
    public static TimeSpan? Duration(string option, string? text)
    {
        if (text is null) return null;
        var unit = text.Length > 0 ? text[^1] : ' ';
        if (int.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            switch (unit)
            {
                case 's': return TimeSpan.FromSeconds(number);
                case 'm': return TimeSpan.FromMinutes(number);
                case 'h': return TimeSpan.FromHours(number);
            }
        }

        throw new UsageException($"`{option}` is {Wording.Quote(text)}, and takes a number with a unit: `90s`, `45m` or `2h`");
    }
}
