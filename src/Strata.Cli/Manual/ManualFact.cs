using System.Collections.Immutable;
using Strata.Cli.Commands;
using Strata.Cli.Completion;
using Strata.Layers;

namespace Strata.Cli.Manual;

/// <summary>A variable of the environment or a file that commands read or write.</summary>
/// <param name="Name">The variable, or the path.</param>
/// <param name="Meaning">What it is for.</param>
/// <param name="Concerns">Whether a command has to do with it: its options say so.</param>
internal sealed record ManualFact(string Name, string Meaning, Func<StrataCommand, bool> Concerns)
{
    /// <summary>The environment, in the order of the page.</summary>
    public static ImmutableArray<ManualFact> Environment { get; } =
    [
        new("NO_COLOR", "Any value but the empty one: no colour, also on a terminal.", static _ => true),
        new("STRATA_STATE", "Absolute path of the folder for locks and for what a run needs while it lasts; without it `$XDG_STATE_HOME/strata`, or `~/.local/state/strata`.", UsesState),
        new("XDG_CACHE_HOME", "Sources that are known by a URL are kept in the folder `strata` below it; `~/.cache` without it.", static c => Has(c, "--source")),
        new("CONTAINERS_STORAGE_CONF", "The configuration of the container storage, as for `buildah` and `podman`; so are `STORAGE_DRIVER`, `STORAGE_OPTS` and `CONTAINERS_CONF`.", UsesStorage),
        new("REGISTRY_AUTH_FILE", "The file with the registry's credentials, where `--authfile` names none.", static c => Has(c, "--authfile")),
        new("HTTPS_PROXY", "How the network is reached, with `HTTP_PROXY`, `NO_PROXY` and `ALL_PROXY`, in capitals or not.", static c => Has(c, "--source")),
        new("GITLAB_CI", "Set in a job of GitLab, as `GITHUB_ACTIONS` is in one of GitHub: `--ci` reads what the pipeline is about from the variables that come with it.", static c => Has(c, "--ci")),
    ];

    /// <summary>The files, in the order of the page.</summary>
    public static ImmutableArray<ManualFact> Files { get; } =
    [
        new(LayerFileOnDisk.DefaultName, "The layer file: here, or in a folder above, up to the repository's root.", static c => Has(c, "--file") || c is InitCommand or ImportCommand),
        new(InputLock.FileName, "The state of package repositories and URLs, beside the layer file.", static c => Has(c, "--file")),
        new("out/", "Outputs, logs and the build record, beside the layer file.", static c => c is BuildCommand or ReportCommand),
        new("/etc/containers/certs.d/", "Certificates of registries, a folder `HOST:PORT` each.", static c => Has(c, "--cert-dir")),
        new("~/.local/state/strata/", "Locks, and what a run needs while it lasts.", UsesState),
        new("~/.cache/strata/", "Clones of sources that are known by a URL. It can be removed.", static c => Has(c, "--source")),
    ];

    private static bool Has(StrataCommand command, string option) => WordsSoFar.Find(command, option) is not null;

    private static bool UsesState(StrataCommand command) => Has(command, "--source") || command is CleanCommand or DoctorCommand;

    private static bool UsesStorage(StrataCommand command) => command is BuildCommand or PlanCommand or DiffCommand or ReportCommand or CleanCommand or DoctorCommand;
}
