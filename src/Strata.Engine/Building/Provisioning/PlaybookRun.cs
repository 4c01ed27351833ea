using System.Collections.Immutable;
using Strata.Engine.Execution;
using Strata.Engine.Processes;
using Strata.Inputs;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Engine.Building.Provisioning;

/// <summary>
/// The `playbooks:` step: one `ansible-playbook` process for all playbooks of a target, from the root of the layer's source,
/// limited to the image host.
/// </summary>
/// <param name="target">The target.</param>
/// <param name="container">The container that the image host stands for.</param>
/// <param name="snapshot">Holds the inventory.</param>
/// <param name="connectionPlugins">The folder of Ansible's own connection plugins.</param>
internal sealed class PlaybookRun(Target target, BuildContainer container, Snapshot snapshot, string connectionPlugins)
{
    private const string Program = "ansible-playbook";

    private static readonly ImmutableArray<string> Pythons =
        ["/usr/bin/python3", "/usr/libexec/platform-python", "/usr/local/bin/python3", "/bin/python3"];

    private readonly string folder = Path.Combine(container.Work, "ansible");

    /// <summary>Folders with what Galaxy requirements bring, each with `roles` and `collections`: searched after the site's own.</summary>
    public ImmutableArray<string> Required { get; init; } = [];

    /// <summary>Files of variables that are encrypted as a whole.</summary>
    public ImmutableArray<SourcePath> Vaults { get; init; } = [];

    /// <summary>Writes what Ansible is given, looks into its vaults, and has it name the hosts of each play.</summary>
    /// <exception cref="BuildFailedException">A playbook has no play for the image host; a vault has values that are templates.</exception>
    /// <exception cref="Processes.CommandFailedException">Ansible cannot read the playbooks.</exception>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        WriteFiles();
        foreach (var vault in Vaults) await RequireValuesAsync(vault, cancellation);
        var listing = await container.RunOutsideAsync(
            Program, [.. Arguments(), "--list-hosts", .. target.Playbooks.Select(p => p.Value.Value)], Options() with { IsQuiet = true }, cancellation);
        RequireMatches(PlayListing.Read(listing.Text));
    }

    /// <summary>Runs the playbooks.</summary>
    /// <exception cref="BuildFailedException">The image has no Python.</exception>
    /// <exception cref="Processes.CommandFailedException">A task failed.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!Pythons.Any(p => container.Root.File(p) is not null))
        {
            throw new BuildFailedException(
                "the image has no Python, which Ansible needs inside it",
                $"add `python3` to `install` of {Wording.Quote(target.Name.ToString())} or of a target above it");
        }

        WriteFiles();
        await container.RunOutsideAsync(
            Program,
            [.. Arguments(), .. FactsPlaybook.Of(target.Ansible, folder), .. target.Playbooks.Select(p => p.Value.Value)],
            Options() with { WithImage = true },
            cancellation);
    }

    /// <summary>
    /// Values of a vault may use variables whose change nothing would notice, since what is encrypted cannot be followed. The file is looked at
    /// where it can be: here, in memory alone.
    /// </summary>
    private async Task RequireValuesAsync(SourcePath vault, CancellationToken cancellation)
    {
        var shown = await container.RunOutsideAsync(
            "ansible-vault", ["view", "--vault-password-file", target.Ansible.VaultPasswordFile!, PlaybookPaths.Of(vault)], Options() with { IsQuiet = true }, cancellation);
        if (!shown.Text.Contains("{{", StringComparison.Ordinal) && !shown.Text.Contains("{%", StringComparison.Ordinal)) return;
        throw new BuildFailedException(
            $"{Wording.Quote(vault.ToString())} is encrypted as a whole, and a value in it is a template: a change of what it uses would not be seen",
            "move that variable to a file that is not encrypted, and leave the secret that it uses in the vault");
    }

    private void WriteFiles()
    {
        Directory.CreateDirectory(Path.Combine(folder, "bin"));
        foreach (var number in Enumerable.Range(0, Required.Length)) Directory.CreateDirectory(folder + RequiredAt(number));
        var inventory = new GeneratedInventory(target, snapshot) { HasSudo = container.Root.File("/usr/bin/sudo") is not null };
        File.WriteAllBytes(Path.Combine(folder, "image-host.json"), inventory.ToJson());
        File.WriteAllBytes(Path.Combine(folder, "extra-vars.json"), ExtraVariables.ToJson(target.Ansible));
        File.WriteAllText(Path.Combine(folder, "ansible.cfg"), "[defaults]\n");
        var link = Path.Combine(folder, "bin", ConnectionProgram.Name);
        if (!File.Exists(link)) File.CreateSymbolicLink(link, container.Machine.StrataPath);
    }

    private ImmutableArray<string> Arguments()
    {
        var ansible = target.Ansible;
        return
        [
            .. target.Inventory.SelectMany(i => new[] { "--inventory", PlaybookPaths.Of(i.Value) }),
            "--inventory", PlaceInBuild.Ansible + "/image-host.json",
            "--limit", ansible.Localhost ? ImageHost.Name + ",localhost" : ImageHost.Name,
            "--extra-vars", "@" + PlaceInBuild.Ansible + "/extra-vars.json",
            .. ansible.Tags.IsEmpty ? [] : new[] { "--tags", string.Join(',', ansible.Tags) },
            .. ansible.SkipTags.IsEmpty ? [] : new[] { "--skip-tags", string.Join(',', ansible.SkipTags) },
            .. ansible.VaultPasswordFile is { } vault ? new[] { "--vault-password-file", vault } : [],
        ];
    }

    private OutsideOptions Options() => new() { Folder = PlaybookPaths.Of(target.Source), Environment = Environment(), Binds = [.. Guard(), .. Required.Select((r, i) => new BindMount(r, PlaceInBuild.Ansible + RequiredAt(i), IsReadOnly: true))] };

    private static string RequiredAt(int number) => string.Create(null, $"/galaxy/{number}");

    /// <summary>Places that Ansible searches, with those of the requirements at the end: what a source holds wins.</summary>
    private string WithRequired(ImmutableArray<string> own, string kind) =>
        string.Join(':', own.Concat(Enumerable.Range(0, Required.Length).Select(i => $"{PlaceInBuild.Ansible}{RequiredAt(i)}/{kind}")));

    private ImmutableArray<BindMount> Guard()
    {
        var delegates = target.Ansible.Delegates;
        var allowsLocal = target.Ansible.Localhost || delegates.Any(IsLocal);
        return ConnectionGuard.Write(connectionPlugins, Path.Combine(folder, "connection_plugins"), allowsLocal, allowsRemote: delegates.Any(d => !IsLocal(d)));
    }

    private static bool IsLocal(string host) => host is "localhost" or "127.0.0.1" or "::1";

    /// <summary>
    /// What the site declares, then what a build needs. ANSIBLE_CONFIG is always set, so that no configuration of the
    /// machine or the user is found.
    /// </summary>
    private ImmutableSortedDictionary<string, string> Environment()
    {
        var ansible = target.Ansible;
        var environment = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        environment["ANSIBLE_PIPELINING"] = "1";
        environment["ANSIBLE_REMOTE_TMP"] = "/tmp/.ansible-tmp";
        foreach (var (name, value) in ansible.Environment)
            environment[name] = EnvironmentText.Expand(value.Value, target, PlaybookPaths.Of(target.Source));
        environment["ANSIBLE_CONFIG"] = Configuration();
        environment["ANSIBLE_NOCOLOR"] = "1";
        environment["ANSIBLE_RETRY_FILES_ENABLED"] = "0";
        environment["PYTHONDONTWRITEBYTECODE"] = "1";
        if (ansible.RolesPath is not null || !Required.IsEmpty) environment["ANSIBLE_ROLES_PATH"] = WithRequired(SearchPaths.OfRoles(target, snapshot), "roles");
        if (ansible.CollectionsPath is not null || !Required.IsEmpty)
        {
            var collections = WithRequired(SearchPaths.OfCollections(target, snapshot), "collections");
            environment["ANSIBLE_COLLECTIONS_PATH"] = collections;
            environment["ANSIBLE_COLLECTIONS_PATHS"] = collections;
        }

        environment["PATH"] = PlaceInBuild.Ansible + "/bin:" + container.Machine.Tools.Path;
        return environment.ToImmutable().SetItems(ConnectionProgram.EnvironmentFor(container));
    }

    private string Configuration()
    {
        var path = target.Ansible.ConfigPath;
        return target.Ansible.Config is not null || snapshot.Find(target.Source)?.Tree.Find(path) is not null
            ? PlaybookPaths.Of(new SourcePath(target.Source, path))
            : PlaceInBuild.Ansible + "/ansible.cfg";
    }

    private void RequireMatches(ImmutableArray<ListedPlaybook> playbooks)
    {
        foreach (var playbook in playbooks.Where(p => !p.MatchesImageHost))
        {
            var groups = target.Groups.IsEmpty ? "no group" : Wording.List(target.Groups.Select(g => g.Value), "and");
            throw new BuildFailedException(
                $"no play of {Wording.Quote(playbook.Path)} is for the image host, which is in {groups}; its plays are for {Wording.List(playbook.Patterns, "and")}",
                $"correct `groups` of {Wording.Quote(target.Name.ToString())}, or the play's `hosts`");
        }
    }
}
