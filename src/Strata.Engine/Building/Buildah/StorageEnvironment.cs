using System.Collections.Immutable;
using System.Globalization;
using Strata.Engine.Processes;

namespace Strata.Engine.Building.Buildah;

/// <summary>
/// The environment of programs that use the container storage: nothing of the caller's but what says where the storage is,
/// so that Strata, Buildah and Podman mean the same one.
/// </summary>
public static class StorageEnvironment
{
    /// <summary>The variable that names the storage driver.</summary>
    public const string Driver = "STORAGE_DRIVER";

    /// <summary>Where containers/storage and containers/image look for their files, for root and for ordinary users.</summary>
    private static readonly ImmutableArray<string> Passed =
    [
        "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "TMPDIR",
        "CONTAINERS_CONF", "CONTAINERS_STORAGE_CONF", "CONTAINERS_REGISTRIES_CONF", "REGISTRY_AUTH_FILE", Driver, "STORAGE_OPTS",
        "_CONTAINERS_USERNS_CONFIGURED", "_CONTAINERS_ROOTLESS_UID", "_CONTAINERS_ROOTLESS_GID", "BUILDAH_ISOLATION", "BUILDAH_RUNTIME",
    ];

    /// <summary>What programs that talk to registries are told of the network besides.</summary>
    private static readonly ImmutableArray<string> Network =
    [
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR",
    ];

    /// <summary>As the other, with the proxies and certificate authorities that the caller's programs use.</summary>
    public static ImmutableSortedDictionary<string, string> WithNetwork(Func<string, string?> caller, string path) =>
        From(caller, path).SetItems(Network.Where(n => caller(n) is { Length: > 0 }).Select(n => KeyValuePair.Create(n, caller(n)!)))
            .SetItems(OwnCredentials(caller));

    /// <summary>
    /// Where an ordinary user's credentials are. Skopeo looks for them by the user's id, which inside of the user's own namespaces is root's;
    /// nothing is said where the user has said it, or the runtime folder does.
    /// </summary>
    private static IEnumerable<KeyValuePair<string, string>> OwnCredentials(Func<string, string?> caller)
    {
        const string authFile = "REGISTRY_AUTH_FILE", runtimeFolder = "XDG_RUNTIME_DIR";
        var user = UserNamespace.Owner(caller) ?? (UserNamespace.IsNeeded ? UserNamespace.UserId.ToString(CultureInfo.InvariantCulture) : null);
        if (user is null || caller(authFile) is { Length: > 0 } || caller(runtimeFolder) is { Length: > 0 }) return [];
        var home = caller("HOME") ?? "/";
        string[] places = [$"{home}/.config/containers/auth.json", $"/run/containers/{user}/auth.json", $"{home}/.docker/config.json"];
        return [new(authFile, places.FirstOrDefault(File.Exists) ?? places[0])];
    }

    /// <summary>Whether an ordinary user says which storage is used: by a variable, or by a file of their own.</summary>
    public static bool IsChosenByUser(IReadOnlyDictionary<string, string> caller)
    {
        if (caller.ContainsKey(Driver) || caller.ContainsKey("CONTAINERS_STORAGE_CONF")) return true;
        var folder = caller.GetValueOrDefault("XDG_CONFIG_HOME") ?? Path.Combine(caller.GetValueOrDefault("HOME", "/"), ".config");
        return File.Exists(Path.Combine(folder, "containers", "storage.conf"));
    }

    /// <summary>The environment made from the caller's own.</summary>
    /// <param name="caller">A variable of Strata's environment; null where it is not set.</param>
    /// <param name="path">PATH for the program.</param>
    public static ImmutableSortedDictionary<string, string> From(Func<string, string?> caller, string path)
    {
        var environment = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        environment["PATH"] = path;
        environment["LANG"] = "C.UTF-8";
        environment["TZ"] = "UTC";

        // Otherwise `buildah config` adds an entry with the clock's time to the image's history for each option.
        environment["BUILDAH_HISTORY"] = "false";
        foreach (var name in Passed)
        {
            if (caller(name) is { Length: > 0 } value) environment[name] = value;
        }

        return environment.ToImmutable();
    }
}
