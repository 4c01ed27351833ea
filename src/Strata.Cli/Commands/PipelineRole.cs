using Strata.Engine.Git;
using Strata.Engine.Publishing;
using Strata.Layers;
using Strata.Pipelines;
using Strata.Planning;

namespace Strata.Cli.Commands;

/// <summary>What the pipeline that a command runs in may do.</summary>
/// <param name="IsUntrusted">Whether what it builds has not been reviewed.</param>
/// <param name="IsRelease">Whether what it builds is released.</param>
internal sealed record PipelineRole(bool IsUntrusted, bool IsRelease)
{
    /// <summary>Outside of a pipeline the command line alone says it.</summary>
    public static readonly PipelineRole Unknown = new(false, false);

    /// <summary>How registries are reached in this role: what is not reviewed is published apart, where the layer file says where.</summary>
    public RegistryOptions Under(RegistryOptions access, LayerFile file) =>
        access with { IsUntrusted = access.IsUntrusted || (IsUntrusted && ImageRepository.UntrustedOf(file) is not null) };

    /// <summary>
    /// The role of a pipeline. One that another project has triggered runs on this project's branch, whatever the other's: what it is about is taken
    /// for reviewed only where its commit is in the branch that is followed there, which git says and no variable can.
    /// </summary>
    /// <exception cref="Engine.FailureException">The other project's repository cannot be had.</exception>
    public static async Task<PipelineRole> OfAsync(CiPipeline pipeline, Site site, Snapshots snapshots, CancellationToken cancellation)
    {
        var isReviewed = pipeline.IsProtected && !pipeline.IsReview;
        if (isReviewed && pipeline.Trigger is var (source, revision))
            isReviewed = site.File.Sources.FirstOrDefault(s => s.Name == source) is { } definition && await snapshots.IsInFollowedBranchAsync(definition, revision, cancellation);
        return new(!isReviewed, isReviewed && pipeline.IsDefaultBranch);
    }
}
