using System.Collections.Immutable;
using Strata.Engine.Git;
using Strata.Pipelines;
using Strata.Sources;

namespace Strata.Cli.Commands;

/// <summary>What `--ci` compares: the change that a pipeline is for, as revisions.</summary>
internal static class PipelineChange
{
    /// <summary>The same question with its revisions, where the pipeline says them.</summary>
    /// <exception cref="UsageException">The pipeline is for no change.</exception>
    /// <exception cref="SourceException">What the pipeline names is not there.</exception>
    public static async Task<ChangeQuestion> ResolveAsync(ChangeQuestion question, Snapshots snapshots, CancellationToken cancellation)
    {
        if (question.Pipeline is not { } pipeline) return question;
        var head = new SourceRevisions("HEAD", ImmutableDictionary<SourceName, string>.Empty);
        if (pipeline.Trigger is var (source, revision))
        {
            var before = pipeline.Base switch
            {
                ChangeBase.FirstParent => revision + "^1",
                ChangeBase.Commit commit => commit.Revision,
                _ => throw NoChange(pipeline),
            };
            return question with { From = head with { Others = head.Others.Add(source, before) }, To = head with { Others = head.Others.Add(source, revision) } };
        }

        var from = pipeline.Base switch
        {
            ChangeBase.FirstParent => "HEAD^1",
            ChangeBase.Commit commit => commit.Revision,
            ChangeBase.ForkPoint fork => await ForkPointAsync(fork, snapshots.Self, cancellation),
            _ => throw NoChange(pipeline),
        };
        return question with { From = head with { Self = from }, To = head };
    }

    /// <summary>
    /// Asked of git, since what the engine's variables say is of the time when the request was opened: its target may be another one by now.
    /// </summary>
    private static async Task<string> ForkPointAsync(ChangeBase.ForkPoint fork, GitRepository self, CancellationToken cancellation)
    {
        var head = await self.ResolveAsync("HEAD", cancellation);
        var names = new[] { "refs/remotes/origin/" + fork.Branch, "refs/heads/" + fork.Branch };
        if (names.Select(self.TryResolve).FirstOrDefault(c => c is not null) is { } branch
            && await self.TryForkPointAsync(branch, head, cancellation) is { } point)
        {
            return point;
        }

        // Where neither is there, that the branch is missing is what has to be said.
        return fork.Otherwise ?? (await self.ResolveAsync(names[0], cancellation)).Id;
    }

    private static UsageException NoChange(CiPipeline pipeline) =>
        new($"this pipeline is for no change: {(pipeline.Base is ChangeBase.None none ? none.Because : "nothing says what it starts from")}", "`strata plan` shows what is stale, whatever made it so");
}
