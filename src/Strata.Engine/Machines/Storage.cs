using System.Collections.Immutable;
using System.Text.Json;
using Strata.Engine.Building;
using Strata.Engine.Building.Buildah;
using Strata.Engine.Processes;

namespace Strata.Engine.Machines;

/// <summary>The container storage, as `buildah info` has it.</summary>
/// <param name="Driver">`overlay`, `vfs` …</param>
/// <param name="Root">The folder that holds it.</param>
/// <param name="Images">How many images are in it.</param>
internal sealed record Storage(string Driver, string Root, int Images)
{
    /// <summary>Asks Buildah.</summary>
    /// <exception cref="CommandFailedException">It answers nothing, or nothing that is known.</exception>
    public static async Task<Storage> OfAsync(LocalMachine machine, CancellationToken cancellation)
    {
        var result = await machine.Runner.MustAsync(Command(machine, ["info"]), null, cancellation);
        try
        {
            using var json = JsonDocument.Parse(result.Output);
            var store = json.RootElement.GetProperty("store");
            return new(
                store.GetProperty("GraphDriverName").GetString() ?? "",
                store.GetProperty("GraphRoot").GetString() ?? "",
                store.GetProperty("ImageStore").GetProperty("number").GetInt32());
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CommandFailedException(result.Command, result.ExitCode, $"`buildah info` answered in a form that is not known: {unreadable.Message}", result.LastLines);
        }
    }

    /// <summary>A command of Buildah on this storage.</summary>
    public static Command Command(LocalMachine machine, ImmutableArray<string> arguments) => new(machine.Tools.Require("buildah"), arguments)
    {
        Environment = StorageEnvironment.From(name => machine.Environment.GetValueOrDefault(name), machine.Tools.Path),
        IsGuarded = true,
    };
}

/// <summary>A mount of an overlay in a user's own storage, as Buildah's driver makes it.</summary>
internal static class OverlayTrial
{
    /// <summary>Whether the kernel and the file system of a folder allow it; the mount is gone with the sandbox.</summary>
    public static async Task<bool> WorksAsync(LocalMachine machine, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var trial = Directory.CreateDirectory(Path.Combine(folder, $"strata-trial-{Guid.NewGuid():n}")).FullName;
        try
        {
            foreach (var part in (string[])["lower", "upper", "work", "merged"]) Directory.CreateDirectory(Path.Combine(trial, part));
            var mount = new Command(
                machine.Tools.Require("mount"),
                ["-t", "overlay", "overlay", "-o", $"lowerdir={trial}/lower,upperdir={trial}/upper,workdir={trial}/work,userxattr", $"{trial}/merged"])
            {
                Sandbox = new([]) { Isolation = Isolation.SharedProc },
            };
            return (await machine.Runner.RunAsync(mount, null, cancellation)).ExitCode == 0;
        }
        finally
        {
            Directory.Delete(trial, recursive: true);
        }
    }
}
