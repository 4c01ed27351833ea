namespace Strata.SystemTests.Support;

/// <summary>Throwaway signing keys, in a keyring of their own.</summary>
/// <param name="machine">Runs gpg.</param>
/// <param name="folder">The keyring's folder; a short path, since sockets are made in it.</param>
internal sealed class SigningKeys(Machine machine, string folder)
{
    /// <summary>The keyring, for programs that call gpg.</summary>
    public string Folder => folder;

    /// <summary>Makes a key; returns the text of its public half.</summary>
    public async Task<string> MakeAsync(string name)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (await GpgAsync("--passphrase", "", "--quick-generate-key", name, "rsa2048", "sign", "never")).Ended(0);
        return (await GpgAsync("--armor", "--export", name)).Ended(0).Output;
    }

    /// <summary>Signs a file into one beside it.</summary>
    public async Task DetachAsync(string name, string file) =>
        (await GpgAsync("--yes", "--local-user", name, "--armor", "--output", file + ".asc", "--detach-sign", file)).Ended(0);

    /// <summary>Signs a text file into another that holds both.</summary>
    public async Task ClearAsync(string name, string file, string signed) =>
        (await GpgAsync("--yes", "--local-user", name, "--output", signed, "--clearsign", file)).Ended(0);

    /// <summary>Ends the agents that gpg has left running, and removes their sockets.</summary>
    public async Task EndAsync()
    {
        (await machine.ExecAsync("gpgconf", ["--homedir", folder, "--kill", "all"])).Ended(0);
        (await machine.ExecAsync("gpgconf", ["--homedir", folder, "--remove-socketdir"])).Ended(0);
    }

    private Task<Run> GpgAsync(params string[] arguments) => machine.ExecAsync("gpg", ["--homedir", folder, "--batch", "--quiet", "--pinentry-mode", "loopback", .. arguments]);
}
