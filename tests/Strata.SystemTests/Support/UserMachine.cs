using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;

namespace Strata.SystemTests.Support;

/// <summary>
/// The same machine for an ordinary user, who is made for these tests with a range of subordinate ids and is removed afterwards.
/// Nothing is set up for them: storage and state are where an ordinary user's are.
/// </summary>
public sealed class UserMachine : Machine
{
    /// <summary>The file that keeps the mount namespace that programs are run in; null for the machine's own.</summary>
    private string? mounts;

    private UserMachine(string name)
        : base("/home/" + name) => Name = name;

    /// <summary>A machine for a user of a new name.</summary>
    public UserMachine()
        : this("strata-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)))
    {
    }

    /// <summary>The user.</summary>
    internal string Name { get; }

    /// <inheritdoc/>
    internal override ImmutableDictionary<string, string> Environment => ImmutableDictionary<string, string>.Empty
        .Add("PATH", SearchPath).Add("HOME", Folder).Add("USER", Name)
        .Add("GIT_AUTHOR_NAME", Name).Add("GIT_AUTHOR_EMAIL", "user@example.org").Add("GIT_COMMITTER_NAME", Name).Add("GIT_COMMITTER_EMAIL", "user@example.org");

    /// <inheritdoc/>
    internal override string State => Path.Combine(Folder, ".local", "state", "strata");

    /// <inheritdoc/>
    internal override string StrataPath => Path.Combine(Folder, "strata");

    /// <inheritdoc/>
    public override async ValueTask InitializeAsync()
    {
        await AsRootAsync("useradd", "--create-home", "--home-dir", Folder, "--shell", "/bin/sh", Name);
        await AsRootAsync("install", "-m", "0755", Strata, StrataPath);
    }

    /// <inheritdoc/>
    private protected override async Task RemoveAsync()
    {
        await AsRootAsync("rm", "-rf", "--one-file-system", "--", Folder, $"/var/tmp/containers-user-{await IdAsync()}", $"/tmp/containers-user-{await IdAsync()}", $"/tmp/podman-run-{await IdAsync()}");
        await AsRootAsync("userdel", Name);
    }

    /// <inheritdoc/>
    internal override void Own(string path) => Process.Start("/usr/bin/chown", ["-R", Name, path]).WaitForExit();

    /// <summary>Puts an image of root's storage into the user's, blob for blob.</summary>
    internal async Task TakeImageAsync(Machine root, string reference)
    {
        var copy = Path.Combine(Folder, "image");
        (await root.ExecAsync("skopeo", ["copy", "--quiet", "containers-storage:" + reference, "dir:" + copy])).Ended(0);
        Own(copy);
        (await ExecAsync("skopeo", ["copy", "--quiet", "dir:" + copy, "containers-storage:" + reference])).Ended(0);
        Directory.Delete(copy, recursive: true);
    }

    /// <summary>Runs a program as root, which has to succeed.</summary>
    internal static async Task<string> AsRootAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}");
        return output;
    }

    /// <summary>
    /// Runs the executable where a part of `/proc` is mounted over, as containers do it: nobody inside gets a fresh one. The mount
    /// namespace is kept by a file, which has to lie on a mount that is propagated nowhere.
    /// </summary>
    internal async Task<Run> StrataWithMaskedProcAsync(string directory, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("strata-tests-proc-").FullName;
        var file = Path.Combine(folder, "mounts");
        await AsRootAsync("mount", "--bind", folder, folder);
        try
        {
            await AsRootAsync("mount", "--make-private", folder);
            File.WriteAllBytes(file, []);
            await AsRootAsync("unshare", "--mount=" + file, "--propagation", "private", "--", "mount", "-t", "tmpfs", "none", "/proc/sys/fs");
            mounts = file;
            return await ExecAsync(StrataPath, arguments, directory);
        }
        finally
        {
            mounts = null;
            await AsRootAsync("umount", "--recursive", folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Strata finds the storage by itself; the tests' own programs are told that it is overlay.</summary>
    private protected override (string Program, string[] Arguments) AsUser(string program, string[] arguments, string directory)
    {
        string[] asUser =
        [
            "setpriv", "--reuid", Name, "--regid", Name, "--init-groups", "--",
            .. program == StrataPath ? Array.Empty<string>() : ["env", "STORAGE_DRIVER=overlay"], program, .. arguments,
        ];

        // In another mount namespace a program begins in its root.
        return mounts is null ? (asUser[0], asUser[1..]) : ("nsenter", ["--mount=" + mounts, "--", "env", "--chdir=" + directory, .. asUser]);
    }

    private async Task<string> IdAsync() => (await AsRootAsync("id", "-u", Name)).Trim();
}

/// <summary>
/// The tests of a machine that root and an ordinary user have. They run beside those of <see cref="MachineCollection"/>, with a storage of
/// their own: each looks only at what is in its folder, or its user's.
/// </summary>
[CollectionDefinition(Name)]
public sealed class UserMachineCollection : ICollectionFixture<Machine>, ICollectionFixture<UserMachine>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "user machine";
}
