using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;

namespace Strata.Ansible;

/// <summary>
/// Follows the playbooks of a run to every task that can run for the image host. What Ansible reads before it runs
/// anything is read for plays that cannot match, too: a fault there ends a run all the same.
/// </summary>
internal sealed class PlaybookWalk
{
    private readonly AnsibleRun run;
    private readonly WalkState state;
    private readonly GroupKnowledge groups;
    private readonly List<PlaybookEntry.Play> skipped = [];
    private readonly List<SourcePath> open = [];
    private readonly List<PlaybookEntry.Play> plays = [];
    private bool mayMatch;

    private PlaybookWalk(AnsibleRun run, ParsedFiles files)
    {
        this.run = run;
        groups = GroupKnowledge.Of(files.Content, run);
        state = new(files, SearchFor(run, files.Content), run.Tags, [], []);
    }

    /// <summary>What the playbooks reach. A playbook that is named and not there is a fault.</summary>
    public static ReachedContent Follow(AnsibleRun run, ParsedFiles files)
    {
        var walk = new PlaybookWalk(run, files);
        foreach (var playbook in run.Playbooks) walk.FollowNamed(playbook);
        return new([.. walk.state.Tasks], [.. walk.skipped], [.. walk.state.Faults], walk.groups);
    }

    private static RoleSearch SearchFor(AnsibleRun run, AnsibleContent content)
    {
        var config = AnsibleConfig.Of(content, run);
        var required = RequirementNames.Read(content, run.Root, run.Requirements.Select(r => new SourcePath(run.Source, r)));
        return new(content, run.Root, run.RolesPath ?? config.RolesPath, run.CollectionsPath ?? config.CollectionsPath, required);
    }

    private void FollowNamed(Located<RepoPath> playbook)
    {
        var path = new SourcePath(run.Source, playbook.Value);
        plays.Clear();
        mayMatch = false;
        Follow(path, new(playbook.Value.Value, playbook.At), []);
        if (!mayMatch && plays.Count > 0) state.Faults.Add(PlayFaults.NoPlay(playbook, plays, run, groups));
    }

    /// <param name="path">The playbook.</param>
    /// <param name="named">What names it.</param>
    /// <param name="around">The keywords of the imports it is reached by, the outermost first.</param>
    private void Follow(SourcePath path, Located<string> named, ImmutableArray<Keywords> around)
    {
        if (state.Files.Playbook(path) is not var (playbook, found))
        {
            LeaveOpen();
            if (!state.Files.Content.IsInSubmodule(path)) state.Faults.Add(ContentFaults.NoPlaybook(state.Files.Content, named, path));
            return;
        }

        if (found.Any(f => f.IsError) || playbook.Entries.IsEmpty) LeaveOpen();
        state.Faults.AddRange(found);
        open.Add(path);
        foreach (var entry in playbook.Entries) Follow(entry, playbook, around);
        open.RemoveAt(open.Count - 1);
    }

    private void Follow(PlaybookEntry entry, Playbook playbook, ImmutableArray<Keywords> around)
    {
        if (entry is PlaybookEntry.Import import) FollowImport(import, playbook, around);
        else if (entry is PlaybookEntry.Play play) FollowPlay(play, playbook, around);
    }

    private void FollowImport(PlaybookEntry.Import import, Playbook playbook, ImmutableArray<Keywords> around)
    {
        var named = import.Playbook;
        if (Scalars.IsTemplate(named.Value)
            || AnsibleContent.Join(playbook.Folder, named.Value) is not { } path
            || (IsOfCollection(named.Value) && !state.Files.Content.IsFile(path)))
        {
            LeaveOpen();
            return;
        }

        if (open.IndexOf(path) is var first and >= 0)
            state.Faults.Add(ContentFaults.Cycle(named.At, "playbook", [.. open.Skip(first), path]));
        else
            Follow(path, named, around.Add(import.Keywords));
    }

    private void FollowPlay(PlaybookEntry.Play play, Playbook playbook, ImmutableArray<Keywords> around)
    {
        var (isLocal, matches) = (HostPattern.IsLocalhost(play.Hosts), groups.Matches(play.Hosts));
        if (isLocal && !run.Localhost) skipped.Add(play);
        Note(play);
        var place = new IncludePlace(run.Root, playbook.Folder, null, [], false);
        var outer = new Scope
        {
            Place = place,
            CanRun = !isLocal && matches != false,
            IsCertain = matches == true,
        };
        var scope = around.Aggregate(outer, (s, keywords) => s.Under(keywords)).Under(play.Keywords);
        new PlayWalk(state, scope).Follow(play);
    }

    /// <summary>
    /// Notes whether the play can match. With plays on the build machine, after a task that puts hosts into groups, or after
    /// something that no source shows, every play can.
    /// </summary>
    private void Note(PlaybookEntry.Play play)
    {
        plays.Add(play);
        mayMatch |= run.Localhost
            || state.CanAddGroups
            || play.Hosts.IsEmpty
            || groups.CanMatchAtTheBeginning(play.Hosts);
    }

    /// <summary>Something that no source shows may have plays and may put the image host into groups.</summary>
    private void LeaveOpen()
    {
        state.IsOpen = true;
        mayMatch = true;
    }

    /// <summary>`namespace.collection.playbook`.</summary>
    private static bool IsOfCollection(string name) =>
        name.Split('.') is { Length: >= 3 } parts
        && parts[^1] is not ("yml" or "yaml")
        && parts.All(p => p.Length > 0 && p.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
}

/// <summary>What the walks of all plays of a run share.</summary>
/// <param name="Files">The files.</param>
/// <param name="Roles">Where roles are found.</param>
/// <param name="Tags">Which tasks are wanted.</param>
/// <param name="Tasks">The tasks that were reached.</param>
/// <param name="Faults">What is wrong with what was read.</param>
internal sealed record WalkState(ParsedFiles Files, RoleSearch Roles, TagSelection Tags, List<ReachedTask> Tasks, List<Diagnostic> Faults)
{
    /// <summary>Whether something can run that no source shows, or whose name is known only then.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether the image host may be in more groups by now than when the run began.</summary>
    public bool CanAddGroups => IsOpen || Tasks.Exists(t => t.Task.Module.Name is "add_host" or "group_by");
}
