using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs;

/// <summary>A role that a playbook names.</summary>
/// <param name="Name">Its name as written.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="NamedAt">Where the playbook names it: `slurm.yml:3`.</param>
public readonly record struct ListedRole(string Name, SourcePath Folder, string NamedAt);

/// <summary>What the text of a target's playbooks lists.</summary>
/// <param name="Playbooks">The playbooks and those that they import, in order.</param>
/// <param name="Roles">The roles that these name and a source holds, each once.</param>
public sealed record PlaybookListing(ImmutableArray<SourcePath> Playbooks, ImmutableArray<ListedRole> Roles)
{
    /// <summary>A target without playbooks.</summary>
    public static readonly PlaybookListing Empty = new([], []);
}

/// <summary>
/// The roles that the playbooks of a snapshot's targets list, as the paper's section III.A takes them: what the playbook itself names,
/// whatever its plays' hosts, and not the roles that roles depend on. For the coarser precisions; an image has more inputs.
/// </summary>
/// <param name="snapshot">The sources.</param>
/// <param name="other">The roles of another snapshot: playbooks that are the same in both are parsed once. Null for none.</param>
public sealed class ListedRoles(Snapshot snapshot, ListedRoles? other)
{
    private readonly ParsedFiles files = new(new(snapshot));
    private readonly Dictionary<(SourcePath Path, string ObjectId), Playbook> parsed = other?.parsed ?? [];
    private readonly Dictionary<TargetName, PlaybookListing> listings = [];
    private readonly Dictionary<string, KnownRoles> searches = new(StringComparer.Ordinal);

    /// <summary>What a target's playbooks list.</summary>
    public PlaybookListing Of(Target target)
    {
        if (target.Playbooks.IsEmpty) return PlaybookListing.Empty;
        if (listings.TryGetValue(target.Name, out var known)) return known;
        return listings[target.Name] = Read(TargetRun.Of(target));
    }

    private PlaybookListing Read(AnsibleRun run)
    {
        var (search, playbooks, roles) = (SearchFor(run), new List<SourcePath>(), new List<ListedRole>());
        foreach (var playbook in run.Playbooks) Read(new(run.Source, playbook.Value), search, playbooks, roles);
        return new([.. playbooks], [.. roles.DistinctBy(r => r.Folder)]);
    }

    private void Read(SourcePath path, KnownRoles search, List<SourcePath> playbooks, List<ListedRole> roles)
    {
        if (playbooks.Contains(path)) return;
        playbooks.Add(path);
        if (Playbook(path) is not { } playbook) return;
        foreach (var entry in playbook.Entries)
        {
            if (entry is PlaybookEntry.Play play)
                roles.AddRange(Names(play).Select(n => Find(n, playbook, search)).OfType<ListedRole>());
            else if (entry is PlaybookEntry.Import import && AnsibleContent.Join(playbook.Folder, import.Playbook.Value) is { } imported)
                Read(imported, search, playbooks, roles);
        }
    }

    /// <summary>A link is read anew: it is not known what it leads to.</summary>
    private Playbook? Playbook(SourcePath path)
    {
        if (snapshot.Find(path.Source)?.Tree.Find(path.Path) is not { IsFile: true } entry) return files.Playbook(path)?.Value;
        if (parsed.TryGetValue((path, entry.ObjectId), out var known)) return known;
        return files.Playbook(path) is { Value: var read } ? parsed[(path, entry.ObjectId)] = read : null;
    }

    private static ListedRole? Find(Located<string> name, Playbook playbook, KnownRoles search) =>
        search.Find(name.Value, playbook.Folder) is { } folder ? new(name.Value, folder, string.Create(null, $"{playbook.Path}:{name.At.Line}")) : null;

    /// <summary>The entries of `roles`, and the roles that the play's own tasks include.</summary>
    private static IEnumerable<Located<string>> Names(PlaybookEntry.Play play) =>
        play.Roles.Select(r => r.Name).Concat(Included([.. play.Tasks.Before, .. play.Tasks.Main, .. play.Tasks.After, .. play.Handlers]));

    private static IEnumerable<Located<string>> Included(ImmutableArray<TaskEntry> tasks)
    {
        foreach (var entry in tasks)
        {
            if (entry is TaskEntry.Block block)
            {
                foreach (var name in Included(block.Tasks)) yield return name;
            }
            else if (entry is TaskEntry.Task { Module.TakesRole: true } task
                && (task.Arguments.Find("name") ?? task.Arguments.Find("role")) is { } node
                && Scalars.TextOf(node) is { Length: > 0 } role)
            {
                yield return new(role, node.At);
            }
        }
    }

    /// <summary>Targets whose settings are alike share a search, and most do.</summary>
    private KnownRoles SearchFor(AnsibleRun run)
    {
        var environment = run.Environment.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}={e.Value}");
        var key = string.Join('\n', [
            run.Source.Value, run.Config?.Value ?? "", Paths(run.RolesPath), Paths(run.CollectionsPath), string.Join(':', run.Requirements.Select(r => r.Value)), .. environment,
        ]);
        if (searches.TryGetValue(key, out var known)) return known;
        var config = AnsibleConfig.Of(files.Content, run);
        var required = RequirementNames.Read(files.Content, run.Root, run.Requirements.Select(r => new SourcePath(run.Source, r)));
        return searches[key] = new(new(files.Content, run.Root, run.RolesPath ?? config.RolesPath, run.CollectionsPath ?? config.CollectionsPath, required));
    }

    private static string Paths(ImmutableArray<SourcePath>? paths) => paths is { } said ? string.Join(':', said) : "-";

    /// <summary>What one search has found, by the name and the folder of the playbook.</summary>
    private sealed class KnownRoles(RoleSearch search)
    {
        private readonly Dictionary<(string Name, SourcePath Playbook), SourcePath?> found = [];

        public SourcePath? Find(string name, SourcePath playbook)
        {
            if (found.TryGetValue((name, playbook), out var known)) return known;
            return found[(name, playbook)] = search.Find(name, new(playbook, null, [])) is RoleLookup.Found role ? role.Role.Folder : null;
        }
    }
}
