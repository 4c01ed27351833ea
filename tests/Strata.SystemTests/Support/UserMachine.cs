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
        .Add("PATH", SearchPath).Add("HOME", Folder).Add("USER", Name);

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
        await AsRootAsync("rm", "-rf", "--one-file-system", "--", Folder, $"/var/tmp/containers-user-{await IdAsync()}", $"/tmp/containers-user-{await IdAsync()}");
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

    /// <summary>The executable, started where a part of `/proc` is mounted over, as containers do it: nobody inside gets a fresh one.</summary>
    internal const string StrataWithMaskedProc = "strata with a masked /proc";

    /// <summary>Strata finds the storage by itself; the tests' own programs are told that it is overlay.</summary>
    private protected override (string Program, string[] Arguments) AsUser(string program, string[] arguments)
    {
        if (program == StrataWithMaskedProc)
        {
            var (first, rest) = AsUser(StrataPath, arguments);
            return ("unshare", ["--mount", "--propagation", "private", "--", "sh", "-c", "mount -t tmpfs none /proc/sys/fs && exec \"$@\"", "sh", first, .. rest]);
        }

        return ("setpriv", ["--reuid", Name, "--regid", Name, "--init-groups", "--", .. program == StrataPath ? Array.Empty<string>() : ["env", "STORAGE_DRIVER=overlay"], program, .. arguments]);
    }

    private async Task<string> IdAsync() => (await AsRootAsync("id", "-u", Name)).Trim();
}
