using System.Collections.Immutable;
using System.Globalization;
using Strata.Engine.Building.Outputs;
using Strata.Engine.Execution;
using Strata.Engine.Files;
using Strata.Planning;

namespace Strata.Engine.Building;

/// <summary>The real work of a target: builds its image with Buildah and Ansible, and makes its outputs.</summary>
/// <param name="context">What all targets share.</param>
/// <param name="locks">Keeps two runs from building the same image at once.</param>
internal sealed class TargetWork(BuildContext context, ILockPlace locks) : ITargetWork
{
    /// <inheritdoc/>
    public async Task<TargetOutcome> RunAsync(
        PlannedTarget target, StoredImage? parent, IProgress<StepEvent> steps, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (context.Timeout is { } limit) limited.CancelAfter(limit);
        try
        {
            return await WorkAsync(target, parent, steps, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new BuildFailedException(
                string.Create(CultureInfo.InvariantCulture, $"took longer than the {context.Timeout!.Value.TotalMinutes:0.#} minutes of `--timeout`"),
                "raise `--timeout`, or see in the log what takes so long");
        }
    }

    private async Task<TargetOutcome> WorkAsync(
        PlannedTarget target, StoredImage? parent, IProgress<StepEvent> steps, CancellationToken cancellation)
    {
        var image = target.State == PlanState.Export ? target.Image! : await BuildAsync(target, parent, steps, cancellation);
        steps.Report(new StepEvent.Committed(image));
        var outputs = await ExportAsync(target, image, steps, cancellation);
        return new(image, await context.Images.SizeBytesAsync(image, cancellation), outputs);
    }

    private async Task<StoredImage> BuildAsync(
        PlannedTarget target, StoredImage? parent, IProgress<StepEvent> steps, CancellationToken cancellation)
    {
        using var exclusive = await locks.AcquireAsync(target.Fingerprint.Hex, cancellation);
        if (await AdoptAsync(target, parent, cancellation) is { } built)
        {
            steps.Report(new StepEvent.Line($"another run has built {target.Reference} meanwhile"));
            return built;
        }

        await new TargetBuild(context, target, parent, steps).BuildAsync(cancellation);
        return await context.Images.FindAsync(target.Reference, cancellation)
            ?? throw new BuildFailedException($"{target.Reference} is not in the storage after its commit");
    }

    /// <summary>
    /// The image that came to be since the plan was made; null when there is none, and when the plan saw an image and wants it
    /// built all the same.
    /// </summary>
    private async Task<StoredImage?> AdoptAsync(PlannedTarget target, StoredImage? parent, CancellationToken cancellation)
    {
        var found = await context.Images.FindAsync(target.Reference, cancellation);
        return found is not null && found.Id != target.Image?.Id && found.ParentDigest == parent?.Digest && found.Fingerprint == target.Fingerprint
            ? found
            : null;
    }

    private async Task<ImmutableArray<Execution.OutputFile>> ExportAsync(
        PlannedTarget target, StoredImage image, IProgress<StepEvent> steps, CancellationToken cancellation)
    {
        if (target.Outputs.IsEmpty) return [];
        steps.Report(new StepEvent.Started("outputs"));
        var folder = new OutputFolder(context.OutputFolder, target.Name);
        await using var container = await BuildContainer.OpenAsync(
            context.Machine, context.ContainerName(target.Name, "-outputs"), image.Reference, line => steps.Report(new StepEvent.Line(line)), cancellation);
        var job = new OutputJob(
            container.Root, folder.FullPath, context.RunId, context.Machine.Epoch,
            (tool, arguments, token) => container.RunOutsideAsync(tool, arguments, new(), token));
        var outputs = await folder.WriteAsync(target.Outputs, image, target.Name, job, cancellation);
        return [.. outputs.Select(o => new Execution.OutputFile(o.Kind, Path.Combine(folder.FullPath, o.File), o.SizeBytes, o.Sha256))];
    }
}
