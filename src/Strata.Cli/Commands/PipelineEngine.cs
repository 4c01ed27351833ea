using System.Collections.Immutable;
using Strata.Pipelines;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>An engine that pipelines are written for. A further one is a writer, a check and an entry here.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Render">Writes a generated pipeline.</param>
/// <param name="Check">What the engine would refuse of it, given its size in bytes.</param>
/// <param name="RenderStatic">Writes a static pipeline; null where there is none for it.</param>
internal sealed record PipelineEngine(
    string Name, Func<Pipeline, string> Render, Func<Pipeline, long, ImmutableArray<PipelineFault>> Check, Func<StaticPipeline, string>? RenderStatic)
{
    /// <summary>The engines there are.</summary>
    private static readonly ImmutableArray<PipelineEngine> All =
    [
        new("gitlab", GitLabPipeline.Render, PipelineCheck.Of, GitLabStatic.Render),
        new("github", GitHubWorkflow.Render, static (pipeline, _) => GitHubWorkflow.Check(pipeline), null),
    ];

    /// <summary>Their names.</summary>
    public static ImmutableArray<string> Names => [.. All.Select(e => e.Name)];

    /// <summary>The engine of a name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static PipelineEngine Of(string name) =>
        All.FirstOrDefault(e => e.Name == name) ?? throw new UsageException(
            $"there is no engine {Wording.Quote(name)}", $"{Wording.List(Names, "and")} are known");
}
