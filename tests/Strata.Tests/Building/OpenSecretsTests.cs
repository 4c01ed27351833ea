using Strata.Engine.Building;
using Strata.Layers;
using Strata.Reports;
using Strata.Tests.Layers;
using Strata.Tests.Support;

namespace Strata.Tests.Building;

/// <summary>Files with secrets that others can read.</summary>
public sealed class OpenSecretsTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public void Every_file_that_a_build_reads_a_secret_from_is_warned_of_once()
    {
        Write("packages", "644");
        Write("vault", "640");
        Write("store", "666");
        var file = Read("""
            version: 1
            images: {repository: registry.example.org/hpc, store: {url: "https://s3.example.org/boot", credentials: {file: "FOLDER/store"}}}
            ansible: {vault-password-file: "FOLDER/vault"}
            layers:
              os:
                packages: {manager: apt, release: bookworm, repositories: host, install: [bash], credentials: {file: "FOLDER/packages"}}
                types:
                  base: {from: scratch}
                  other: {from: scratch}
            """);
        Assert.Equal(
            """
            warning[open-secret]: `FOLDER/packages` holds the credentials of package repositories, and is open to every user of this machine: its mode is 0644
              --> FOLDER/packages
            hint: `chmod 600 FOLDER/packages`

            warning[open-secret]: `FOLDER/vault` holds the password of vaults, and is open to its group: its mode is 0640
              --> FOLDER/vault
            hint: `chmod 600 FOLDER/vault`

            warning[open-secret]: `FOLDER/store` holds the credentials of the object store, and is open to every user of this machine: its mode is 0666
              --> FOLDER/store
            hint: `chmod 600 FOLDER/store`

            """,
            DiagnosticText.Render(OpenSecrets.OfBuild(file, file.Store), Paints.Plain).Replace(shell.Folder, "FOLDER", StringComparison.Ordinal));
        Assert.Equal(["FOLDER/packages", "FOLDER/vault"], OpenSecrets.OfBuild(file, null).Select(w => w.Path.Replace(shell.Folder, "FOLDER", StringComparison.Ordinal)));
        foreach (var name in (string[])["packages", "vault", "store"]) Write(name, "600");
        Assert.Empty(OpenSecrets.OfBuild(file, file.Store));
    }

    [Fact]
    public void A_program_that_is_asked_for_the_password_and_a_file_that_is_not_there_are_no_open_secrets()
    {
        Write("vault", "755");
        var file = Read("""
            version: 1
            ansible: {vault-password-file: "FOLDER/vault"}
            layers: {os: {types: {base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: host, install: [bash], credentials: {file: "FOLDER/none"}}}}}}
            """);
        Assert.Empty(OpenSecrets.OfBuild(file, file.Store));
    }

    [Fact]
    public void Where_they_are_read_they_are_warned_of_and_what_was_asked_for_is_done()
    {
        Write("login", "644", "builder:secret\n");
        With("""
            --- repodata/repomd.xml
            <repomd><revision>1764561600</revision></repomd>
            --- strata.yaml
            version: 1
            layers:
              os:
                types:
                  base: {from: scratch, packages: {manager: dnf, release: "9", repositories: [{id: base, url: "file://FOLDER", gpgkey: "file://FOLDER/login"}], install: [bash], credentials: {file: "FOLDER/login"}}}
            """);
        var refreshed = shell.Run("refresh");
        Assert.Equal((0, Warning("the credentials of package repositories")), (refreshed.Code, refreshed.Err));
        Assert.StartsWith(Warning("the credentials of registries"), shell.Run("promote", "os/base", "--tag", "v1", "--authfile", "login").Err, StringComparison.Ordinal);
    }

    private static string Warning(string what) =>
        $"warning[open-secret]: `FOLDER/login` holds {what}, and is open to every user of this machine: its mode is 0644\n  --> FOLDER/login\nhint: `chmod 600 FOLDER/login`\n";

    private LayerFile Read(string text) => LayerText.Sound(text.Replace("FOLDER", shell.Folder, StringComparison.Ordinal));

    private void With(string files) => shell.With(files.Replace("FOLDER", shell.Folder, StringComparison.Ordinal));

    private void Write(string name, string mode, string content = "secret\n")
    {
        var path = Path.Combine(shell.Folder, name);
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
    }
}
