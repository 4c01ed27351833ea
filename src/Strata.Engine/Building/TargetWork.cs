using System.Collections.Immutable;
using System.Globalization;
using Strata.Engine.Building.Outputs;
using Strata.Engine.Building.Packages;
using Strata.Engine.Execution;
using Strata.Engine.Files;
using Strata.Engine.Publishing;
using Strata.Layers;
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
        var image = target.State switch
        {
            PlanState.Export => target.Image!,
            PlanState.Publish => await PublishAsync(target, target.Image!, null, steps, cancellation),
            _ => await BuildAsync(target, parent, steps, cancellation),
        };
        steps.Report(new StepEvent.Committed(image));
        var isExported = !target.Outputs.IsEmpty && (target.State != PlanState.Publish || target.LacksOutputs);
        if (!isExported) return new(image, await SizeAsync(image, cancellation), []);
        image = await FetchAsync(image, steps, cancellation);
        return new(image, await SizeAsync(image, cancellation), await ExportAsync(target, image, steps, cancellation));
    }

    private async Task<StoredImage> BuildAsync(
        PlannedTarget target, StoredImage? parent, IProgress<StepEvent> steps, CancellationToken cancellation)
    {
        using var exclusive = await locks.AcquireAsync(target.Fingerprint.Hex, cancellation);
        if (await AdoptAsync(target, parent, steps, cancellation) is { } adopted) return adopted;
        var start = parent is null ? null : await FetchAsync(parent, steps, cancellation);
        await new TargetBuild(context, target, start, steps).BuildAsync(cancellation);
        var built = await context.Images.FindAsync(target.Reference, cancellation)
            ?? throw new BuildFailedException($"{target.Reference} is not in the storage after its commit");
        return context.Publishes ? await PublishAsync(target, built, target.Image, steps, cancellation) : built;
    }

    private Task<StoredImage> FetchAsync(StoredImage image, IProgress<StepEvent> steps, CancellationToken cancellation) =>
        context.Exchange?.FetchAsync(image, steps, cancellation) ?? Task.FromResult(image);

    /// <summary>What is pushed is what the plan says: a build that fails to publish has failed, and its image waits in the storage.</summary>
    private Task<StoredImage> PublishAsync(
        PlannedTarget target, StoredImage image, StoredImage? replaced, IProgress<StepEvent> steps, CancellationToken cancellation) =>
        context.Exchange?.PublishAsync(image, target.Reference, replaced, steps, cancellation) ?? Task.FromResult(image);

    private async Task<long?> SizeAsync(StoredImage image, CancellationToken cancellation) =>
        image.IsLocal ? await context.Images.SizeBytesAsync(image, cancellation) : null;

    /// <summary>
    /// The image that came to be since the plan was made; null when there is none, and when the plan saw an image and wants it
    /// built all the same.
    /// </summary>
    private async Task<StoredImage?> AdoptAsync(PlannedTarget target, StoredImage? parent, IProgress<StepEvent> steps, CancellationToken cancellation)
    {
        if (context.Exchange is { } exchange && await exchange.FindAsync(target.Reference, cancellation) is { } there && IsWanted(there))
        {
            steps.Report(new StepEvent.Line($"another builder has published {target.Reference} meanwhile"));
            return there;
        }

        if (await context.Images.FindAsync(target.Reference, cancellation) is not { } here || !IsWanted(here)) return null;
        steps.Report(new StepEvent.Line($"another run has built {target.Reference} meanwhile"));
        return context.Publishes ? await PublishAsync(target, here, target.Image, steps, cancellation) : here;

        bool IsWanted(StoredImage found) => ImageExchange.IsWorthAdopting(found, target.Fingerprint, parent?.Digest, target.Image);
    }

    private async Task<ImmutableArray<Execution.OutputFile>> ExportAsync(
        PlannedTarget target, StoredImage image, IProgress<StepEvent> steps, CancellationToken cancellation)
    {
        var folder = new OutputFolder(context.OutputFolder, target.Name);
        var record = folder.Current(target.Outputs, image) ?? await WriteOutputsAsync(folder, target, image, steps, cancellation);
        if (context.Store is { } store) record = await StoreAsync(store, folder, target.Name, record, steps, cancellation);
        return [.. record.Outputs.Select(o => new Execution.OutputFile(o.Kind, Path.Combine(folder.FullPath, o.File), o.SizeBytes, o.Sha256) { Url = o.Url })];
    }

    private async Task<OutputRecord> WriteOutputsAsync(
        OutputFolder folder, PlannedTarget target, StoredImage image, IProgress<StepEvent> steps, CancellationToken cancellation)
    {
        steps.Report(new StepEvent.Started("outputs"));
        await using var container = await BuildContainer.OpenAsync(
            context.Machine, context.ContainerName(target.Name, "-outputs"), image.Reference, line => steps.Report(new StepEvent.Line(line)), cancellation);
        var job = new OutputJob(
            container.Root, folder.FullPath, context.RunId, context.Machine.Epoch,
            (tool, arguments, token) => container.RunOutsideAsync(tool, arguments, new(), token),
            token => WriteLayoutAsync(image, container, token))
        {
            Packages = await InstalledPackages.ReadAsync(container, cancellation),
            Distribution = InstalledPackages.Distribution(container.Root),
        };
        return await folder.WriteAsync(target.Outputs, image, target.Name, job, cancellation);
    }

    /// <summary>Sends the files, and their record last, which then says where they are.</summary>
    private async Task<OutputRecord> StoreAsync(
        OutputStore store, OutputFolder folder, TargetName target, OutputRecord record, IProgress<StepEvent> steps, CancellationToken cancellation)
    {
        steps.Report(new StepEvent.Started("store"));
        var layout = new StoreLayout(store.Settings.Prefix, target, record);
        foreach (var output in record.Outputs) await SendAsync(output.File, layout.Of(output));
        var stored = record with { Outputs = [.. record.Outputs.Select(o => o with { Url = store.Settings.UrlOf(layout.Of(o)) })] };
        folder.Note(stored, context.RunId);
        await SendAsync(OutputFolder.RecordName, layout.OfRecord);
        return stored;

        Task SendAsync(string file, string name) =>
            store.SendAsync(Path.Combine(folder.FullPath, file), name, line => steps.Report(new StepEvent.Line(line)), cancellation);
    }

    private async Task<string> WriteLayoutAsync(StoredImage image, BuildContainer container, CancellationToken cancellation)
    {
        var folder = Path.Combine(container.Work, "layout");
        await context.Layout.WriteAsync(image.Id, image.Reference, folder, cancellation);
        return folder;
    }
}
