using System.Globalization;
using Strata.Engine.Building;
using Strata.Engine.Processes;

namespace Strata.Engine.Machines;

/// <summary>The container storage, and room on the disks.</summary>
internal static class StorageChecks
{
    private const long Gigabyte = 1000 * 1000 * 1000;

    /// <summary>A base image and its copies while it is committed.</summary>
    private const long LeastBytes = 2 * Gigabyte;
    private const long EnoughBytes = 10 * Gigabyte;

    /// <summary>Which driver is used, where, with how much room.</summary>
    public static async Task<MachineCheck> DriverAsync(LocalMachine machine, MachineChoices? choices, CancellationToken cancellation)
    {
        const string name = "storage";
        var storage = await Storage.OfAsync(machine, cancellation);
        var room = Space(name, storage.Root);
        var found = string.Create(CultureInfo.InvariantCulture, $"{storage.Driver} in {storage.Root}, {storage.Images} images, {room.Found}");
        if (room.State == CheckState.Fails) return room with { Found = found };
        if (choices?.StorageDriver is { } chosen)
        {
            return new(name, CheckState.Warning, $"{found}; `{chosen}` is Strata's choice, Podman and Buildah by themselves use vfs",
                "so that they see the same images, write `[storage]` and `driver = \"overlay\"`, on two lines, into ~/.config/containers/storage.conf");
        }

        return storage.Driver == "vfs"
            ? new(name, CheckState.Warning, $"{found}; vfs copies the whole image for each layer",
                "use overlay: write `[storage]` and `driver = \"overlay\"` into ~/.config/containers/storage.conf (images that are there are built again)")
            : room with { Found = found };
    }

    /// <summary>How much room is where a folder is or will be.</summary>
    public static MachineCheck Space(string name, string folder)
    {
        var at = folder;
        while (!Directory.Exists(at)) at = Path.GetDirectoryName(at) ?? "/";
        var free = new DriveInfo(at).AvailableFreeSpace;
        var found = string.Create(CultureInfo.InvariantCulture, $"{free / (double)Gigabyte:0.0} GB free");
        return free switch
        {
            < LeastBytes => new(name, CheckState.Fails, found, MachineFaults.MakeRoom),
            < EnoughBytes => new(name, CheckState.Warning, found, MachineFaults.MakeRoom),
            _ => MachineCheck.Works(name, found),
        };
    }
}
