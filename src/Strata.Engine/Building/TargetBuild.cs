using System.Collections.Immutable;
using Strata.Engine.Building.Buildah;
using Strata.Engine.Building.Packages;
using Strata.Engine.Building.Provisioning;
using Strata.Engine.Execution;
using Strata.Images;
using Strata.Layers;
using Strata.Planning;
using Strata.Sources;

namespace Strata.Engine.Building;

/// <summary>Builds the image of one target: packages, files, playbooks, commands, in this order, then the commit.</summary>
/// <param name="context">What all targets share.</param>
/// <param name="planned">The target.</param>
/// <param name="parent">The image to start from; null from scratch.</param>
/// <param name="steps">Told of each step and line.</param>
internal sealed class TargetBuild(BuildContext context, PlannedTarget planned, StoredImage? parent, IProgress<StepEvent> steps)
{
    private readonly Target target = planned.Target;

    /// <summary>Builds and commits; the container is gone afterwards, unless it failed and is to be kept.</summary>
    /// <exception cref="BuildFailedException">The target cannot be built as it is.</exception>
    /// <exception cref="Processes.CommandFailedException">A program failed.</exception>
    public async Task BuildAsync(CancellationToken cancellation)
    {
        Start("prepare");
        await using var container = await BuildContainer.OpenAsync(
            context.Machine, context.ContainerName(planned.Name), parent?.Reference, Line, cancellation);
        if (!target.Playbooks.IsEmpty) container.Sources = context.Exports(target);
        try
        {
            await RunStepsAsync(container, cancellation);
        }
        catch (Exception failure) when (context.KeepsFailed && failure is not OperationCanceledException)
        {
            await KeepAsync(container);
            throw;
        }
    }

    private async Task RunStepsAsync(BuildContainer container, CancellationToken cancellation)
    {
        var playbooks = target.Playbooks.IsEmpty ? null : await PrepareAsync(container, cancellation);

        var aids = new BuildAids(container.Root);
        if (parent is not null) aids.Lend();
        await InstallAsync(container, cancellation);
        if (parent is null) aids.Lend();
        await CopyAsync(container, cancellation);
        await OfferRepositoriesAsync(container, cancellation);
        await ConfigureAsync(playbooks, cancellation);
        await RunCommandsAsync(container, cancellation);
        Start("commit");
        var installed = await InstalledPackages.ReadAsync(container, cancellation);
        aids.TakeBack();
        Residue.Remove(container.Root);
        await CommitAsync(container, installed, cancellation);
    }

    private async Task<PlaybookRun> PrepareAsync(BuildContainer container, CancellationToken cancellation)
    {
        await context.Versions.RequireAsync(target.Ansible.Version);
        var plugins = await context.Versions.ConnectionPluginsAsync()
            ?? throw new BuildFailedException("`ansible-playbook --version` does not say where Ansible's modules are", "use the ansible-core of a distribution or of a Python environment");
        var required = target.Ansible.Requirements.IsEmpty ? [] : await context.Galaxy.InstallAsync(target, context.ExportFolders[target.Source.Value], Line, cancellation);
        var vaults = target.Ansible.VaultPasswordFile is null ? [] : context.Inputs.Value.Find(target.Name)?.Vaults ?? [];
        var playbooks = new PlaybookRun(target, container, context.Snapshot, plugins) { Required = required, Vaults = vaults };
        await playbooks.PrepareAsync(cancellation);
        return playbooks;
    }

    private async Task InstallAsync(BuildContainer container, CancellationToken cancellation)
    {
        if (PackageSources.Effective(context.File, target) is not var (list, source)) return;
        Start("packages");
        var manager = context.PackageManagers.Of(list.Manager);
        var packageTarget = PackageTargetOf(source);
        await context.Guard.RequireAsync(list, packageTarget, container, cancellation);
        await (parent is null
            ? manager.BootstrapAsync(list, packageTarget, container, cancellation)
            : manager.ChangeAsync(list, packageTarget, container, cancellation));

        // What moved while packages were installed is in the image, and the lock does not have it.
        await context.Guard.RequireAsync(list, packageTarget, container, cancellation);
    }

    private async Task CopyAsync(BuildContainer container, CancellationToken cancellation)
    {
        if (target.Files.IsEmpty) return;
        Start("files");
        await new FileCopies(context.Snapshot, container).CopyAsync(target, cancellation);
    }

    /// <summary>
    /// Playbooks and commands may install packages too: they are given the repositories of the nearest package list, this
    /// target's or one above it.
    /// </summary>
    private async Task OfferRepositoriesAsync(BuildContainer container, CancellationToken cancellation)
    {
        if (target.Playbooks.IsEmpty && target.Commands.IsEmpty) return;
        if (PackageSources.Nearest(context.File, target) is not var (list, source)) return;
        Start("repositories");
        var packageTarget = PackageTargetOf(source);
        await context.Guard.RequireAsync(list, packageTarget, container, cancellation);
        await context.PackageManagers.Of(list.Manager).OfferSourcesAsync(list, packageTarget, container, cancellation);
    }

    private PackageTarget PackageTargetOf(SourceName source) => new(source, target.Architecture, RepositoryAccess.DeclaredProxies(target));

    private async Task ConfigureAsync(PlaybookRun? playbooks, CancellationToken cancellation)
    {
        if (playbooks is null) return;
        Start("playbooks");
        await playbooks.RunAsync(cancellation);
    }

    private async Task RunCommandsAsync(BuildContainer container, CancellationToken cancellation)
    {
        if (target.Commands.IsEmpty) return;
        Start("commands");
        foreach (var command in target.Commands)
        {
            Line("$ " + string.Join(' ', command.Arguments));
            await container.RunInsideAsync(command.Arguments, cancellation);
        }
    }

    private async Task CommitAsync(BuildContainer container, PackageSet installed, CancellationToken cancellation)
    {
        var versions = await context.Versions.ForLabelAsync(withAnsible: !target.Playbooks.IsEmpty);
        var labels = ImageLabels.Of(planned, parent, context.Revisions, versions).SetItem(ImageLabels.Packages, installed.Digest);
        var options = ConfigOptions(labels).Concat(ContainerOptions.Of(target.Container, isFromScratch: parent is null));
        await context.Machine.Buildah.ConfigureAsync(container.Name, options, cancellation);
        await container.CommitAsync(planned.Reference, cancellation);
    }

    private IEnumerable<string> ConfigOptions(ImmutableSortedDictionary<string, string> labels)
    {
        foreach (var (name, value) in labels)
        {
            if (value.Length > 0 || parent is not null)
            {
                yield return "--label";
                yield return value.Length > 0 ? $"{name}={value}" : name + "-";
            }
        }

        yield return "--created-by";
        yield return History();
    }

    /// <summary>What `podman history` shows: `strata build slurm/compute: files, playbooks slurm.yml, 1 command`.</summary>
    private string History()
    {
        var done = new List<string>();
        if (target.Packages is not null) done.Add("packages");
        if (!target.Files.IsEmpty) done.Add("files");
        if (!target.Playbooks.IsEmpty) done.Add("playbooks " + string.Join(' ', target.Playbooks.Select(p => p.Value.Value)));
        if (!target.Commands.IsEmpty) done.Add("commands");
        var name = new TargetName(target.Name.Layer, target.Name.Type, null);
        return $"strata build {name}: {(done.Count == 0 ? "nothing" : string.Join(", ", done))}";
    }

    private async Task KeepAsync(BuildContainer container)
    {
        container.IsKept = true;
        var name = $"strata-kept-{target.Name.Layer}-{target.Name.Type}-{context.RunId}";
        await context.Machine.Buildah.RenameAsync(container.Name, name, CancellationToken.None);
        Line($"the container is kept: enter it with `buildah run {name} sh`, remove it with `buildah rm {name}`");
    }

    private void Start(string step) => steps.Report(new StepEvent.Started(step));

    private void Line(string text) => steps.Report(new StepEvent.Line(text));
}
