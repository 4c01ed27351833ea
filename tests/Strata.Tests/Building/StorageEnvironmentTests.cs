using Strata.Engine.Building.Buildah;
using Strata.Tests.Support;

namespace Strata.Tests.Building;

public sealed class StorageEnvironmentTests
{
    [Fact]
    public void Inside_of_a_users_namespaces_credentials_are_the_users()
    {
        using var home = new ScratchFolder();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = home[""].TrimEnd('/'), ["_CONTAINERS_ROOTLESS_UID"] = "1001" };
        Assert.Equal(home[".config/containers/auth.json"], AuthFile());
        home.Write(".docker/config.json", "{}");
        Assert.Equal(home[".docker/config.json"], AuthFile());
        variables["REGISTRY_AUTH_FILE"] = "/given";
        Assert.Equal("/given", AuthFile());
        variables.Remove("REGISTRY_AUTH_FILE");
        variables["XDG_RUNTIME_DIR"] = "/run/user/1001";
        Assert.Null(AuthFile());

        string? AuthFile() => StorageEnvironment.WithNetwork(variables.GetValueOrDefault, "/usr/bin").GetValueOrDefault("REGISTRY_AUTH_FILE");
    }

    [Fact]
    public void A_user_chooses_the_storage_by_a_variable_or_a_file()
    {
        using var home = new ScratchFolder();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = home[""].TrimEnd('/') };
        Assert.False(StorageEnvironment.IsChosenByUser(variables));
        home.Write(".config/containers/storage.conf", "[storage]\n");
        Assert.True(StorageEnvironment.IsChosenByUser(variables));
        Assert.True(StorageEnvironment.IsChosenByUser(new Dictionary<string, string>(StringComparer.Ordinal) { ["STORAGE_DRIVER"] = "vfs" }));
    }
}
