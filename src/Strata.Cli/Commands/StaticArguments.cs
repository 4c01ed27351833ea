using System.CommandLine;
using Strata.Inputs;
using Strata.Layers;
using Strata.Pipelines;
using Strata.Sources;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>The options of `strata pipeline --static`.</summary>
internal sealed class StaticArguments
{
    private readonly Option<bool> isStatic = new("--static") { Description = "A pipeline to be kept in git, whose jobs start by the paths that a change touches" };

    private readonly Option<string> project = new("--for")
    {
        HelpName = "SOURCE",
        Description = "With `--static`: the source whose project it is for; the layer file's own without it",
    };

    private readonly Option<string> staging = StagingOption.New("With `--static`: the path of the project that holds the layer file, as in `hpc/images`, where sources are projects of their own");

    private readonly Option<string> check = new("--check")
    {
        HelpName = "FILE",
        Description = "With `--static`: write nothing, and fail where this file is not what would be written",
    };

    /// <summary>Adds the options to a command.</summary>
    public StaticArguments(Func<Option, Option> add)
    {
        foreach (var option in (Option[])[isStatic, project, staging, check]) add(option);
    }

    /// <summary>What is asked for; null without `--static`.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="hasPlan">Whether it also asks for something that is planned.</param>
    /// <exception cref="UsageException">Options do not go together, or a value cannot be used.</exception>
    public StaticRequest? Read(ParseResult arguments, bool hasPlan)
    {
        var (source, path, file) = (arguments.GetValue(project), StagingOption.Read(arguments, staging), arguments.GetValue(check));
        if (!arguments.GetValue(isStatic))
        {
            var alone = source is not null ? "--for" : path is not null ? "--staging" : file is not null ? "--check" : null;
            return alone is null ? null : throw new UsageException($"`{alone}` is for static pipelines", "add `--static`");
        }

        if (hasPlan) throw new UsageException("`--static` takes no targets and no change: it is for all of them", "leave them out");
        return new(source is null ? SourceName.Self : new(source), path, file);
    }
}

/// <summary>A static pipeline that is asked for.</summary>
/// <param name="Source">The source whose project it is for.</param>
/// <param name="Staging">The layer file's project; null where not said.</param>
/// <param name="Check">The file that is held against it; null writes it.</param>
internal sealed record StaticRequest(SourceName Source, string? Staging, string? Check)
{
    /// <summary>Writes it, or says whether the file is as it would be written.</summary>
    /// <exception cref="UsageException">There can be none.</exception>
    public async Task<ExitCode> WriteAsync(PipelineEngine engine, Site site, string layerFile, string? output, Surroundings around, CancellationToken cancellation)
    {
        if (engine.RenderStatic is not { } render) throw new UsageException($"there are no static pipelines for `{engine.Name}`", "`strata pipeline gitlab --static` writes one for GitLab");
        var @static = new StaticSite(new InputReader().Read(site.File, site.Snapshot), site.Snapshot, new() { Staging = Staging, LayerFile = layerFile });
        if (!@static.Sources.Contains(Source))
            throw new UsageException($"`--for` is {Wording.Quote(Source.Value)}, which no image is made of", $"there are {Wording.List(@static.Sources.Select(s => s.Value), "and")}");
        if (@static.Faults() is [var fault, ..]) throw new UsageException(fault.Message, fault.Hint);
        var text = render(@static.Of(Source));
        if (Check is null)
        {
            await around.WriteOutputAsync(output, text, cancellation);
            return ExitCode.Done;
        }

        var path = around.Absolute(Check);
        if (File.Exists(path) && LayerFileOnDisk.ReadText(path, Check) is var (now, unfit) && (unfit is null ? now.Content == text : throw new FaultyInputException([unfit]))) return ExitCode.Done;
        var command = text[..text.IndexOf('\n', StringComparison.Ordinal)].Split('`')[1];
        throw new OutputException($"{Check} {(File.Exists(path) ? "is not what the layers make of it now" : "is not there")}", $"write it anew: `{command} --output {Check}`");
    }
}

/// <summary>`--staging`, which two commands have.</summary>
internal static class StagingOption
{
    /// <summary>The option.</summary>
    public static Option<string> New(string description) => new("--staging") { HelpName = "PROJECT", Description = description };

    /// <summary>Its value; null where it is not given.</summary>
    /// <exception cref="UsageException">It is no path of a project.</exception>
    public static string? Read(ParseResult arguments, Option<string> option)
    {
        if (arguments.GetValue(option) is not { } project) return null;
        return ProjectPath.IsOne(project) ? project : throw new UsageException($"`--staging` is {Wording.Quote(project)}, and takes a project's path as in `hpc/images`");
    }
}
