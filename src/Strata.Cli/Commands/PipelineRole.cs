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
    /// for reviewed only where each commit that it was told is in the branch that is followed there, which git says and no variable can.
    /// </summary>
    /// <param name="pipeline">What its variables tell.</param>
    /// <param name="site">The site.</param>
    /// <param name="sources">The sources as the command line has them, the triggering one with its commit.</param>
    /// <param name="snapshots">Reads the sources.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="Engine.FailureException">Another project's repository cannot be had.</exception>
    public static async Task<PipelineRole> OfAsync(
        CiPipeline pipeline, Site site, IEnumerable<SourceArgument> sources, Snapshots snapshots, CancellationToken cancellation)
    {
        var isReviewed = pipeline.IsProtected && !pipeline.IsReview;
        foreach (var source in sources.Where(s => s.Revision is not null))
        {
            if (!isReviewed) break;
            var definition = site.File.Sources.FirstOrDefault(d => d.Name == source.Name);
            isReviewed = await snapshots.IsInFollowedBranchAsync(source.Name, definition, source.Revision!, cancellation);
        }

        return new(!isReviewed, isReviewed && pipeline.IsDefaultBranch);
    }
}
