using System.Collections.Concurrent;
using System.Collections.Immutable;
using Strata.Engine.Building;
using Strata.Engine.Building.Buildah;
using Strata.Layers;

namespace Strata.Engine.Publishing;

/// <summary>How the registries of a layer file are reached from a machine.</summary>
internal static class Registries
{
    /// <summary>How many questions a registry is asked at once.</summary>
    private const int Questions = 8;

    /// <summary>Asks the same of several names, some at once; the answers by name.</summary>
    public static async Task<IReadOnlyDictionary<string, T>> AskEachAsync<T>(
        IEnumerable<string> names, Func<string, CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        var answers = new ConcurrentDictionary<string, T>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Questions, CancellationToken = cancellation };
        await Parallel.ForEachAsync(names, options, async (name, token) => answers[name] = await ask(name, token));
        return answers;
    }

    /// <summary>A client for the registries of a layer file.</summary>
    /// <exception cref="Processes.ToolMissingException">There is no skopeo.</exception>
    public static RegistryClient Client(LocalMachine machine, LayerFile file, RegistryOptions options) =>
        Client(machine, ImageRepositories.PlainHttp(file), options);

    /// <summary>A client, where registries that may be talked to without TLS are named.</summary>
    /// <exception cref="Processes.ToolMissingException">There is no skopeo.</exception>
    public static RegistryClient Client(LocalMachine machine, ImmutableHashSet<string> plainHttp, RegistryOptions options)
    {
        var environment = StorageEnvironment.WithNetwork(name => machine.Environment.GetValueOrDefault(name), machine.Tools.Path);
        return new(new(machine.Runner, machine.Tools.Require("skopeo"), environment, TimeProvider.System), options, plainHttp);
    }
}
