using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Strata.Engine.Building;
using Strata.Engine.Building.Buildah;
using Strata.Engine.Files;
using Strata.Engine.Processes;

namespace Strata.Engine.Machines;

/// <summary>
/// What works on a machine, found by trying it and remembered in `STATE/machine.json` until the kernel, the user's rights or the
/// container that this is changes.
/// </summary>
/// <param name="Isolation">The strongest isolation that works.</param>
/// <param name="StorageDriver">The storage driver that an ordinary user gets from Strata; null leaves Buildah's own.</param>
public sealed record MachineChoices(Isolation Isolation, string? StorageDriver)
{
    private const string FileName = "machine.json";
    private const string Overlay = "overlay";

    /// <summary>The machine as these choices make it: what they say of the storage is in its environment.</summary>
    public LocalMachine Apply(LocalMachine machine) => DriverOf(machine) is { } driver
        ? machine with { Environment = machine.Environment.ToImmutableDictionary(StringComparer.Ordinal).SetItem(StorageEnvironment.Driver, driver) }
        : machine;

    /// <summary>The storage driver that is Strata's choice; null where the user's, or Buildah's own, counts.</summary>
    public string? DriverOf(LocalMachine machine) => StorageEnvironment.IsChosenByUser(machine.Environment) ? null : StorageDriver;

    /// <summary>
    /// The machine with the storage that earlier builds of this user went to, whatever else has changed since: for a command that only
    /// looks at what is there.
    /// </summary>
    public static LocalMachine WithRememberedStorage(LocalMachine machine) =>
        Read(machine) is { } remembered ? remembered.Choices.Apply(machine) : machine;

    /// <summary>What is remembered, and otherwise found now and remembered. Needs root's rights over mounts.</summary>
    /// <exception cref="FailureException">Nothing works: says why.</exception>
    public static async Task<MachineChoices> OfAsync(LocalMachine machine, CancellationToken cancellation) =>
        Read(machine) is { } remembered && remembered.Machine == Identity(machine) ? remembered.Choices : await FindAsync(machine, cancellation);

    /// <summary>Tries what there is to choose from, and remembers what works.</summary>
    /// <exception cref="FailureException">Nothing works: says why.</exception>
    public static async Task<MachineChoices> FindAsync(LocalMachine machine, CancellationToken cancellation)
    {
        var choices = new MachineChoices(await FindIsolationAsync(machine, cancellation), await FindDriverAsync(machine, cancellation));
        await AtomicFile.WriteAsync(PathOf(machine), choices.ToJson(machine), cancellation);
        return choices;
    }

    private static async Task<Isolation> FindIsolationAsync(LocalMachine machine, CancellationToken cancellation)
    {
        if ((await machine.Runner.RunAsync(Trial(machine, Isolation.Namespaces), null, cancellation)).ExitCode == 0) return Isolation.Namespaces;
        await machine.Runner.MustAsync(Trial(machine, Isolation.SharedProc), null, cancellation);
        return Isolation.SharedProc;
    }

    /// <summary>The least that a sandbox runs: Strata itself, saying its version.</summary>
    internal static Command Trial(LocalMachine machine, Isolation isolation) =>
        new(machine.StrataPath, ["--version"]) { Sandbox = new([]) { Isolation = isolation } };

    /// <summary>
    /// Of an ordinary user who has not said which driver: overlay in place of vfs, where it can be mounted and no image is in vfs yet.
    /// Once chosen it stays, or earlier images would be out of sight.
    /// </summary>
    private static async Task<string?> FindDriverAsync(LocalMachine machine, CancellationToken cancellation)
    {
        if (UserNamespace.Owner(machine.Environment) is null || StorageEnvironment.IsChosenByUser(machine.Environment)) return null;
        var storage = await Storage.OfAsync(machine, cancellation);
        var isWanted = storage is { Driver: "vfs", Images: 0 } || Read(machine)?.Choices.StorageDriver == Overlay;
        return isWanted && await OverlayTrial.WorksAsync(machine, storage.Root, cancellation) ? Overlay : null;
    }

    /// <summary>What is remembered, and of which machine; null where nothing is.</summary>
    private static (string? Machine, MachineChoices Choices)? Read(LocalMachine machine)
    {
        try
        {
            var path = PathOf(machine);
            if (!File.Exists(path)) return null;
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var isolation = Isolations.TryParse(json.RootElement.GetProperty("isolation").GetString());
            return isolation is { } found
                ? (json.RootElement.GetProperty("machine").GetString(), new(found, json.RootElement.GetProperty("storageDriver").GetString()))
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string PathOf(LocalMachine machine) => Path.Combine(machine.StateFolder, FileName);

    /// <summary>What a choice hangs on: the kernel, whose rights these are, and how much of `/proc` somebody has mounted over.</summary>
    private static string Identity(LocalMachine machine)
    {
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        var masks = File.ReadLines("/proc/self/mountinfo").Count(l => l.Split(' ') is [_, _, _, _, var place, ..] && place.StartsWith("/proc/", StringComparison.Ordinal));
        var isOrdinary = UserNamespace.Owner(machine.Environment) is not null || UserNamespace.IsNeeded;
        return string.Create(CultureInfo.InvariantCulture, $"linux {kernel}, {(isOrdinary ? "ordinary user" : "root")}, {masks} mounts in /proc");
    }

    private byte[] ToJson(LocalMachine machine)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("machine", Identity(machine));
            json.WriteString("isolation", Isolations.Name(Isolation));
            json.WriteString("storageDriver", StorageDriver);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}

/// <summary>The words for an isolation on the command line and in files.</summary>
public static class Isolations
{
    private static readonly ImmutableArray<(string Name, Isolation Isolation)> Names =
        [("namespaces", Isolation.Namespaces), ("shared-proc", Isolation.SharedProc)];

    /// <summary>Every name, the strongest first.</summary>
    public static IEnumerable<string> All => Names.Select(n => n.Name);

    /// <summary>Its name.</summary>
    public static string Name(Isolation isolation) => Names.Single(n => n.Isolation == isolation).Name;

    /// <summary>What a name means; null for another word.</summary>
    public static Isolation? TryParse(string? name) => Names.Where(n => n.Name == name).Select(n => (Isolation?)n.Isolation).FirstOrDefault();
}
