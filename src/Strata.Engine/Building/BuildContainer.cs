using System.Collections.Immutable;
using Strata.Engine.Building.Buildah;
using Strata.Engine.Files;
using Strata.Engine.Processes;

namespace Strata.Engine.Building;

/// <summary>
/// A Buildah container that a target's steps work on: its mounted root, its own folder on the build machine, and the ways
/// to run a program for it. Disposing removes the container and its mount, whatever happened.
/// </summary>
internal sealed class BuildContainer : IAsyncDisposable
{
    private readonly BuildMachine machine;
    private readonly InsideImage inside;
    private readonly Action<string> onLine;

    private BuildContainer(BuildMachine machine, string name, ImageRoot root, string work, Action<string> onLine)
    {
        this.machine = machine;
        this.onLine = onLine;
        Name = name;
        Root = root;
        Work = work;
        inside = machine.Inside(root);
        foreach (var folder in (string[])["src", "home", "tmp", "ansible", "packages"]) Directory.CreateDirectory(Path.Combine(work, folder));
    }

    /// <summary>The container's name in the storage.</summary>
    public string Name { get; }

    /// <summary>Its mounted root.</summary>
    public ImageRoot Root { get; }

    /// <summary>Its own folder on the build machine, which its programs see as <see cref="PlaceInBuild.Top"/>.</summary>
    public string Work { get; }

    /// <summary>The exported sources that its programs on the build machine see, by name: the exports' absolute paths.</summary>
    public ImmutableSortedDictionary<string, string> Sources { get; set; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What its programs, inside and outside, see as <see cref="PlaceInBuild.Packages"/>.</summary>
    public string PackageFolder => Path.Combine(Work, "packages");

    /// <summary>Whether apt inside the image is told package sources for the time of the build.</summary>
    public bool HasAptConfiguration => File.Exists(Path.Combine(PackageFolder, "apt.conf"));

    /// <summary>Files that programs inside see at places of the image, for the time of the build.</summary>
    public ImmutableArray<LentFile> LentFiles { get; set; } = [];

    /// <summary>Whether the container stays when this is disposed of.</summary>
    public bool IsKept { get; set; }

    /// <summary>The build machine it is on.</summary>
    public BuildMachine Machine => machine;

    /// <summary>
    /// Folders of the machine that its programs, inside and outside, see below <see cref="PlaceInBuild.Repositories"/>, by name:
    /// programs inside an image see nothing else of the machine.
    /// </summary>
    public ImmutableSortedDictionary<string, string> RepositoryFolders { get; set; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Makes a container from an image, or an empty one, and mounts it.</summary>
    /// <param name="machine">Where.</param>
    /// <param name="name">Its name; unique in the storage.</param>
    /// <param name="reference">The image it starts from; null from scratch.</param>
    /// <param name="onLine">Told of each line that its programs write.</param>
    /// <param name="cancellation">Ends the programs.</param>
    public static async Task<BuildContainer> OpenAsync(
        BuildMachine machine, string name, string? reference, Action<string> onLine, CancellationToken cancellation)
    {
        try
        {
            await (reference is null
                ? machine.Buildah.FromScratchAsync(name, cancellation)
                : machine.Buildah.FromImageAsync(name, reference, cancellation));
            var root = await machine.Buildah.MountAsync(name, cancellation);
            MakeRootReadable(root);
            return new(machine, name, root, machine.WorkFolder(name), onLine);
        }
        catch
        {
            if (await machine.Buildah.RemoveAsync(name) is not null) RunFolder.NoteLeftover(machine.RunFolder);
            throw;
        }
    }

    /// <summary>
    /// Commits the container under a name. It is unmounted before, and what only its mount needed is not part of the image; it
    /// can only be removed afterwards.
    /// </summary>
    /// <exception cref="CommandFailedException">Buildah fails.</exception>
    public async Task CommitAsync(string reference, CancellationToken cancellation)
    {
        foreach (var file in LentFiles) Root.Remove(file.Path);
        var upper = OverlayMarks.UpperFolder(Root.MountPoint);
        await machine.Buildah.UnmountAsync(Name, cancellation);
        if (upper is not null) OverlayMarks.Remove(upper);
        await machine.Buildah.CommitAsync(Name, reference, machine.Epoch, cancellation);
    }

    /// <summary>Runs a program of the image, as root in `/`.</summary>
    /// <exception cref="CommandFailedException">Its exit code is not 0.</exception>
    public Task<CommandResult> RunInsideAsync(IEnumerable<string> arguments, CancellationToken cancellation) =>
        RunInsideAsync(arguments, new(), cancellation);

    /// <summary>Runs a program of the image, as root in `/`, with what it needs besides.</summary>
    /// <exception cref="CommandFailedException">Its exit code is neither 0 nor one that is accepted.</exception>
    public Task<CommandResult> RunInsideAsync(IEnumerable<string> arguments, ProgramOptions options, CancellationToken cancellation)
    {
        var command = Inside.Command(Sandbox(withImage: true), arguments);
        return RunAsync(command with { Environment = command.Environment.SetItems(options.Environment) }, options, cancellation);
    }

    /// <summary>Runs a program of the image and tells whether its exit code was 0.</summary>
    public async Task<bool> SucceedsInsideAsync(IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var result = await machine.Runner.RunAsync(Inside.Command(Sandbox(withImage: true), arguments), null, cancellation);
        return result.ExitCode == 0;
    }

    /// <summary>
    /// Runs a program of the build machine among the container's mounts, with the cleared environment of a build.
    /// </summary>
    /// <param name="tool">The program's name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="options">What it needs besides.</param>
    /// <param name="cancellation">Ends the program.</param>
    /// <exception cref="CommandFailedException">Its exit code is not 0.</exception>
    public Task<CommandResult> RunOutsideAsync(
        string tool, ImmutableArray<string> arguments, OutsideOptions options, CancellationToken cancellation)
    {
        var sandbox = Sandbox(options.WithImage);
        var command = new Command(machine.Tools.Require(tool), arguments)
        {
            Environment = machine.CleanEnvironment(PlaceInBuild.Home).SetItems(options.Environment),
            WorkingDirectory = options.Folder,
            Sandbox = sandbox with { Binds = sandbox.Binds.AddRange(options.Binds) },
        };
        return RunAsync(command, options, cancellation);
    }

    /// <summary>The environment that a program inside the image finds.</summary>
    public InsideImage Inside => inside with { HasAptConfiguration = HasAptConfiguration };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (IsKept || await machine.Buildah.RemoveAsync(Name) is not { } reason) return;
        RunFolder.NoteLeftover(machine.RunFolder);
        onLine($"warning: the container {Name} could not be removed, the next build tries again: {reason}");
    }

    /// <summary>Buildah makes the root of every new container 0555; distributions have 0755.</summary>
    private static void MakeRootReadable(ImageRoot root) => File.SetUnixFileMode(root.MountPoint, (UnixFileMode)0b111_101_101);

    private async Task<CommandResult> RunAsync(Command command, ProgramOptions options, CancellationToken cancellation)
    {
        var result = await machine.Runner.RunAsync(command with { Input = options.Input, OutputLimit = options.OutputLimit }, options.IsQuiet ? null : onLine, cancellation);
        return result.ExitCode == 0 || options.Accepted.Contains(result.ExitCode) ? result : throw CommandRunning.Failure(result);
    }

    private Sandbox Sandbox(bool withImage) => new(
        [
            new(Work, PlaceInBuild.Top, IsReadOnly: false),
            .. Sources.Select(s => new BindMount(s.Value, PlaceInBuild.Sources + "/" + s.Key, IsReadOnly: true)),
            .. RepositoriesAt(""),
            .. withImage
                ?
                [
                    new(PackageFolder, Root.MountPoint + PlaceInBuild.Packages, IsReadOnly: false), .. RepositoriesAt(Root.MountPoint),
                    .. LentFiles.Select(f => new BindMount(f.Source, Root.Locate(f.Path), IsReadOnly: true)),
                ]
                : Array.Empty<BindMount>(),
        ])
    {
        Isolation = machine.Isolation,
        ImageRoot = withImage ? Root.MountPoint : null,
    };

    private IEnumerable<BindMount> RepositoriesAt(string root) =>
        RepositoryFolders.Select(f => new BindMount(f.Value, $"{root}{PlaceInBuild.Repositories}/{f.Key}", IsReadOnly: true));
}

/// <summary>A file that programs inside an image see at a place of the image: mounted there, never written into the image.</summary>
/// <param name="Source">Absolute path on the build machine.</param>
/// <param name="Path">The path in the image, in a folder that the image has.</param>
internal sealed record LentFile(string Source, string Path);

/// <summary>What a program that a step runs needs besides its arguments.</summary>
internal record ProgramOptions
{
    /// <summary>Variables besides the cleared environment.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What it reads from standard input; null is nothing.</summary>
    public ReadOnlyMemory<byte>? Input { get; init; }

    /// <summary>Exit codes other than 0 that are no failure.</summary>
    public ImmutableArray<int> Accepted { get; init; } = [];

    /// <summary>The most bytes that it may write to standard output.</summary>
    public int OutputLimit { get; init; } = Command.UsualOutputLimit;

    /// <summary>Whether its output is a result and not for the log.</summary>
    public bool IsQuiet { get; init; }
}

/// <summary>What a program of the build machine needs besides its arguments.</summary>
internal sealed record OutsideOptions : ProgramOptions
{
    /// <summary>The folder it runs in.</summary>
    public string Folder { get; init; } = "/";

    /// <summary>Files and folders that it sees at other places.</summary>
    public ImmutableArray<BindMount> Binds { get; init; } = [];

    /// <summary>Whether the image's `/proc`, `/dev` and so on are prepared for programs that it starts inside.</summary>
    public bool WithImage { get; init; }
}
