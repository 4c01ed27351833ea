using System.Collections.Immutable;
using System.Security.Cryptography;
using Strata.Engine.Processes;

namespace Strata.Engine.Files;

/// <summary>
/// What one run of Strata keeps while it runs, in `STATE/runs/RUNID`. A lock on it tells every other run that this one
/// lives; when it was killed, a later run finds it by <see cref="TakeDead"/> and sweeps what carries its id.
/// </summary>
public sealed class RunFolder : IDisposable
{
    private const string LockName = "lock";

    /// <summary>A file that says that something outside of the folder carries the run's id still.</summary>
    private const string LeftoverName = "leftovers";

    /// <summary>A file with the path of the folder that the run writes outputs to.</summary>
    private const string OutputsName = "outputs";

    private readonly LockFile alive;

    private RunFolder(string path, LockFile alive) => (Path, this.alive) = (path, alive);

    /// <summary>Absolute path; only the user can read it.</summary>
    public string Path { get; }

    /// <summary>The run's name, 12 lower-case hex digits: containers and partial files carry it.</summary>
    public string RunId => System.IO.Path.GetFileName(Path);

    /// <summary>Makes the folder of a new run.</summary>
    /// <param name="stateFolder"><see cref="UserFolders.State"/>.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static RunFolder Open(string stateFolder)
    {
        using var all = LockAll(stateFolder);
        var path = System.IO.Path.Combine(Runs(stateFolder), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)));
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new(path, LockFile.Take(LockOf(path)));
    }

    /// <summary>
    /// The runs that ended without removing their folders. Each is the caller's alone until disposed: two sweeps at once
    /// do not get in each other's way.
    /// </summary>
    public static ImmutableArray<RunFolder> TakeDead(string stateFolder)
    {
        if (!Directory.Exists(Runs(stateFolder))) return [];
        using var all = LockAll(stateFolder);
        var folders = Directory.EnumerateDirectories(Runs(stateFolder)).Order(StringComparer.Ordinal);
        return [.. folders.Select(TryTake).OfType<RunFolder>()];
    }

    /// <summary>How many runs are at work. With <see cref="HoldNew"/>, none comes to be meanwhile.</summary>
    public static int CountLiving(string stateFolder)
    {
        if (!Directory.Exists(Runs(stateFolder))) return 0;
        var living = 0;
        foreach (var folder in Directory.EnumerateDirectories(Runs(stateFolder)))
        {
            using var taken = LockFile.TryTake(LockOf(folder));
            if (taken is null) living++;
        }

        return living;
    }

    /// <summary>Lets no run begin, and none look for dead ones, until disposed.</summary>
    public static IDisposable HoldNew(string stateFolder) => LockAll(stateFolder);

    /// <summary>The folder that the run writes outputs to, where unfinished files of it may be; null where it noted none.</summary>
    public string? Outputs
    {
        get => File.Exists(System.IO.Path.Combine(Path, OutputsName)) ? File.ReadAllText(System.IO.Path.Combine(Path, OutputsName)) : null;
        set => File.WriteAllText(System.IO.Path.Combine(Path, OutputsName), value);
    }

    /// <summary>Notes that a run leaves something behind: its folder then outlives it, and a later run sweeps up.</summary>
    /// <param name="path">The folder of the run.</param>
    public static void NoteLeftover(string path) => File.WriteAllBytes(System.IO.Path.Combine(path, LeftoverName), []);

    /// <summary>Takes such a note back, before a sweep that may find it true again.</summary>
    public void ForgetLeftovers() => File.Delete(System.IO.Path.Combine(Path, LeftoverName));

    /// <summary>
    /// Removes the folder with everything in it, but no mount that is still there. With something left behind, the folder
    /// itself stays.
    /// </summary>
    /// <exception cref="CommandFailedException">Something in it cannot be removed.</exception>
    public Task RemoveAsync(Tools tools, ICommandRunner runner, CancellationToken cancellation)
    {
        IEnumerable<string> paths = File.Exists(System.IO.Path.Combine(Path, LeftoverName))
            ? Directory.EnumerateFileSystemEntries(Path).Where(p => System.IO.Path.GetFileName(p) is not (LockName or LeftoverName or OutputsName)).Order(StringComparer.Ordinal)
            : [Path];
        return runner.MustAsync(new(tools.Require("rm"), ["-rf", "--one-file-system", "--", .. paths]), null, cancellation);
    }

    /// <summary>Lets go of the run. A folder that is still there counts as that of a dead run from now on.</summary>
    public void Dispose() => alive.Dispose();

    private static RunFolder? TryTake(string path) => LockFile.TryTake(LockOf(path)) is { } taken ? new(path, taken) : null;

    private static string Runs(string stateFolder) => System.IO.Path.Combine(stateFolder, "runs");

    private static string LockOf(string path) => System.IO.Path.Combine(path, LockName);

    /// <summary>Held for a moment, so that no folder is seen between its making and its locking.</summary>
    private static LockFile LockAll(string stateFolder)
    {
        Directory.CreateDirectory(Runs(stateFolder));
        return LockFile.Take(System.IO.Path.Combine(stateFolder, "runs.lock"));
    }
}
