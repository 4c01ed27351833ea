using Strata.Engine.Building;
using Strata.Engine.Building.Buildah;
using Strata.Layers;

namespace Strata.Engine.Publishing;

/// <summary>How the registries of a layer file are reached from a machine.</summary>
internal static class Registries
{
    /// <summary>A client for the registries of a layer file.</summary>
    /// <exception cref="Processes.ToolMissingException">There is no skopeo.</exception>
    public static RegistryClient Client(LocalMachine machine, LayerFile file, RegistryOptions options)
    {
        var environment = StorageEnvironment.WithNetwork(name => machine.Environment.GetValueOrDefault(name), machine.Tools.Path);
        return new(new(machine.Runner, machine.Tools.Require("skopeo"), environment, TimeProvider.System), options, ImageRepositories.PlainHttp(file));
    }
}
