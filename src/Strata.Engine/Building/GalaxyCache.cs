using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Strata.Ansible;
using Strata.Engine.Execution;
using Strata.Engine.Git;
using Strata.Engine.Processes;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Engine.Building;

/// <summary>
/// What Galaxy requirements bring: installed by `ansible-galaxy` into a folder of the user's cache that is named by the digest of the
/// requirements, with the commits that the lock has for them, and of the configuration. The same requirements are installed once, and never
/// into a source. In that folder is one for each time that they were: an earlier one may be in use by another build.
/// </summary>
/// <param name="machine">The machine.</param>
/// <param name="isolation">What programs have of their own.</param>
/// <param name="file">The layer file, whose lock says the commits.</param>
/// <param name="snapshot">Holds the requirements files.</param>
internal sealed class GalaxyCache(LocalMachine machine, Isolation isolation, LayerFile file, Snapshot snapshot)
{
    private const string Program = "ansible-galaxy";
    private const string Offline = "install them once without `--offline`, with the network there";
    private const string SeeThatItIsThere = "its own words above say which; git's credential helper holds what a repository asks for, ANSIBLE_GALAXY_SERVER_NAME_TOKEN what a Galaxy server does";

    private static readonly string[] Credentials = ["token", "username", "password"];

    private readonly RequirementFolders folders = RequirementFolders.Of(machine.Environment);
    private readonly ConcurrentDictionary<string, string> renewed = new(StringComparer.Ordinal);

    /// <summary>Absolute path of the layer file, by which the cache knows whose requirements are in use.</summary>
    public required string LayerFile { get; init; }

    /// <summary>Whether only what is in the cache may be used.</summary>
    public bool IsOffline { get; init; }

    /// <summary>Whether what floats is had again, although it is in the cache: updates are wanted.</summary>
    public bool Renews { get; init; }

    /// <summary>The folders with what a target's requirements bring, each with `roles` and `collections`, in the order of the files.</summary>
    /// <param name="target">The target.</param>
    /// <param name="source">Absolute path of the layer's source as it is exported.</param>
    /// <param name="onLine">Told of each line that `ansible-galaxy` writes.</param>
    /// <param name="cancellation">Ends the programs.</param>
    /// <exception cref="BuildFailedException">Something cannot be had.</exception>
    public async Task<ImmutableArray<string>> InstallAsync(Target target, string source, Action<string> onLine, CancellationToken cancellation)
    {
        var installed = ImmutableArray.CreateBuilder<string>();
        foreach (var path in target.Ansible.Requirements)
        {
            if (Read(target.Source, path.Value) is not { } requirements) continue;
            installed.Add(await InstallAsync(requirements, path.Value, source, target, onLine, cancellation));
        }

        return installed.ToImmutable();
    }

    /// <summary>Lets the cache forget the requirements that the layer file does not name any more.</summary>
    public void ForgetOthers() => folders.Forget(LayerFile, file.Targets.SelectMany(t => t.Ansible.Requirements.Select(r => UseOf(t, r.Value))));

    private RequirementUse UseOf(Target target, RepoPath path) => new(LayerFile, $"{target.Source}:{path} {target.Ansible.ConfigPath}");

    private GalaxyRequirements? Read(SourceName source, RepoPath path)
    {
        var tree = snapshot.Find(source)!.Tree;
        if (PathWalk.Follow(tree, path) is not PathEnd.Entry { Found: { IsFile: true } entry }) return null;
        var text = SourceText.Decode(path.Value, tree.Read(entry).Span, SourceText.LayerFileLimitBytes, out var fault);
        return fault is null ? GalaxyRequirements.Of(YamlReader.Read(text, YamlOptions.LayerFile)) : null;
    }

    private async Task<string> InstallAsync(
        GalaxyRequirements requirements, RepoPath path, string source, Target target, Action<string> onLine, CancellationToken cancellation)
    {
        var text = requirements.WithCommits(address => file.Lock.Find(LockKind.Requirement, address)?.State)
            ?? throw new BuildFailedException($"{Wording.Quote(path.Value)} names neither roles nor collections", "a requirements file is a list of roles, or has `roles:` and `collections:`");
        var servers = GalaxyServers.Of(snapshot, new(target.Source, target.Ansible.ConfigPath));
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text + "\0" + servers.Configuration)))[..32];
        var renews = Renews && !IsOffline && Floats(requirements);
        if (!renews && folders.Newest(name) is { } there) return Used(folders.Folder(name, there));
        if (IsOffline) throw new BuildFailedException($"what {Wording.Quote(path.Value)} requires is not in the cache, {folders.Cache}, and `--offline` fetches nothing", Offline);
        folders.MakeOwn();
        using var exclusive = await folders.Locks.AcquireAsync(name, cancellation);
        if (renews && renewed.TryGetValue(name, out var fresh)) return Used(fresh);
        var newest = folders.Newest(name);
        if (!renews && newest is { } meanwhile) return Used(folders.Folder(name, meanwhile));
        var partial = folders.Partial(name);
        Remove(partial);
        foreach (var part in (string[])["roles", "collections", "tmp"]) Directory.CreateDirectory(Path.Combine(partial, part));
        var list = Path.Combine(partial, "requirements.yml");
        await File.WriteAllTextAsync(list, text, cancellation);
        await File.WriteAllTextAsync(Path.Combine(partial, "ansible.cfg"), servers.Configuration, cancellation);
        var galaxy = await CommandAsync(partial, source, servers, cancellation);
        if (requirements.HasRoles)
            await RunAsync(galaxy with { Arguments = ["role", "install", "--force", "--role-file", list, "--roles-path", Path.Combine(partial, "roles")] }, path, onLine, cancellation);
        if (requirements.HasCollections)
            await RunAsync(galaxy with { Arguments = ["collection", "install", "--force", "--requirements-file", list, "--collections-path", Path.Combine(partial, "collections")] }, path, onLine, cancellation);
        Remove(Path.Combine(partial, "tmp"));
        var folder = folders.Folder(name, (newest ?? 0) + 1);
        Directory.Move(partial, folder);
        if (newest > 1) Remove(folders.Folder(name, newest.Value - 1));
        return renewed[name] = Used(folder);

        string Used(string there)
        {
            folders.Note(name, UseOf(target, path));
            return there;
        }
    }

    /// <summary>Whether the same requirements can bring something else another time.</summary>
    private bool Floats(GalaxyRequirements requirements) =>
        !requirements.Unpinned.IsEmpty || requirements.Floating.Any(f => file.Lock.Find(LockKind.Requirement, f.Address) is null);

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>
    /// `ansible-galaxy` with the environment that git has for sources: it clones with git, as the user may. A role says itself what it is
    /// called, and so do those that it brings along: what would be written beside the folder of the requirements meets a machine that
    /// can only be read.
    /// </summary>
    private async Task<Command> CommandAsync(string partial, string source, GalaxyServers servers, CancellationToken cancellation)
    {
        var git = new GitProgram(machine.Tools, machine.Runner, JobCredential.In(machine.Environment.ToImmutableDictionary(), machine.StrataPath));
        return await git.RemoteAsync(source, Variables(partial, servers), [], cancellation) with
        {
            Program = machine.Tools.Require(Program),
            Sandbox = new([new(partial, partial, IsReadOnly: false)]) { Isolation = isolation, IsMachineReadOnly = true },
        };
    }

    private async Task RunAsync(Command command, RepoPath path, Action<string> onLine, CancellationToken cancellation)
    {
        var result = await machine.Runner.RunAsync(command, onLine, cancellation);
        if (result.ExitCode == 0) return;
        throw new BuildFailedException(
            $"what {Wording.Quote(path.Value)} requires cannot be had: `{Program} {command.Arguments[0]} install` ended with exit code {result.ExitCode}", SeeThatItIsThere)
        {
            Command = command,
            ExitCode = result.ExitCode,
            LastLines = result.LastLines,
        };
    }

    /// <summary>Which Galaxy servers there are, the site's configuration says; who one is there, Strata's own environment.</summary>
    private ImmutableDictionary<string, string> Variables(string partial, GalaxyServers servers)
    {
        var variables = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var variable in servers.Names.SelectMany(server => Credentials.Select(key => GalaxyServers.Variable(server, key))))
        {
            if (machine.Environment.GetValueOrDefault(variable) is not { Length: > 0 } value) continue;
            if (!variable.EndsWith("_USERNAME", StringComparison.Ordinal)) machine.Redactor.Declare(value);
            variables[variable] = value;
        }

        variables["ANSIBLE_CONFIG"] = Path.Combine(partial, "ansible.cfg");
        variables["ANSIBLE_HOME"] = Path.Combine(partial, "tmp", "ansible");
        variables["ANSIBLE_LOCAL_TEMP"] = variables["TMPDIR"] = Path.Combine(partial, "tmp");
        variables["ANSIBLE_COLLECTIONS_PATH"] = variables["ANSIBLE_COLLECTIONS_PATHS"] = Path.Combine(partial, "collections");
        variables["ANSIBLE_NOCOLOR"] = variables["PYTHONDONTWRITEBYTECODE"] = "1";
        return variables.ToImmutable();
    }
}
