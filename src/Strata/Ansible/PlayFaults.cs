using Strata.Sources;
using Strata.Text;

namespace Strata.Ansible;

/// <summary>What is wrong with the groups of plays, of the layer file and of the inventory, taken together.</summary>
internal static class PlayFaults
{
    private const string NoPlayId = "no-play-for-image";
    private const string GroupId = "unknown-group";

    /// <summary>As many plays as are shown with a place of their own.</summary>
    private const int MostPlays = 4;

    private static readonly string[] VariableFileEndings = ["", ".yml", ".yaml", ".json"];

    /// <summary>A playbook that would run nothing at all: none of its plays is for the image host.</summary>
    public static Diagnostic NoPlay(Located<RepoPath> playbook, IReadOnlyList<PlaybookEntry.Play> plays, AnsibleRun run, GroupKnowledge groups)
    {
        var joined = run.Groups.IsEmpty ? "no group" : Wording.List(run.Groups.Select(g => g.Value), "and");
        var patterns = plays.SelectMany(p => p.Hosts.Select(h => h.Value)).Distinct(StringComparer.Ordinal);
        var fault = Diagnostic.Error(
            NoPlayId,
            $"no play of {Wording.Quote(playbook.Value.Value)} is for the image host, which is in {joined}; its plays are for {Wording.List(patterns, "and")}",
            playbook.At,
            "nothing of it would run",
            Hint(plays, groups));
        return plays.Take(MostPlays).Aggregate(fault, (f, play) => f.With(play.Hosts[0].At, $"for {Wording.List(play.Hosts.Select(h => h.Value), "and")}"));
    }

    /// <summary>Groups of the layer file that the inventory does not have and that no file has variables for.</summary>
    public static IEnumerable<Diagnostic> UnknownGroups(AnsibleRun run, GroupKnowledge groups, AnsibleContent content)
    {
        if (!groups.IsWhole || run.Inventory.IsEmpty) return [];
        return run.Groups
            .Where(g => g.Value is not ("all" or "ungrouped") && !groups.Known.Contains(g.Value) && !HasVariables(g.Value, run, content))
            .Select(g => UnknownGroup(g, groups));
    }

    private static Diagnostic UnknownGroup(Located<string> group, GroupKnowledge groups) =>
        Diagnostic.Warning(
            GroupId,
            $"the group {Wording.Quote(group.Value)} is in no inventory of the target",
            group.At,
            "it brings no variables",
            Wording.Nearest(group.Value, groups.Known) is { } nearest
                ? $"did you mean {Wording.Quote(nearest)}?"
                : $"add it to the inventory, or name one of its groups: {Shown(groups.Known)}");

    private static string? Hint(IReadOnlyList<PlaybookEntry.Play> plays, GroupKnowledge groups)
    {
        if (plays.All(p => HostPattern.IsLocalhost(p.Hosts)))
            return "a build leaves out plays for `localhost`; `ansible: {localhost: true}` in the layer file runs them on the build machine";
        var names = groups.Joined.Where(g => g is not ("all" or "ungrouped")).ToList();
        foreach (var name in plays.SelectMany(p => HostPattern.PlainNames(p.Hosts)).Except(names, StringComparer.Ordinal))
        {
            if (Wording.Nearest(name, names) is { } nearest) return $"did you mean {Wording.Quote(nearest)} instead of {Wording.Quote(name)} in the play's `hosts`?";
        }

        return "name the group of a play under `groups` in the layer file, or correct `hosts` of the play";
    }

    private static bool HasVariables(string group, AnsibleRun run, AnsibleContent content)
    {
        var playbooks = run.Playbooks.Select(p => new SourcePath(run.Source, p.Value.Parent));
        return run.Inventory.Select(i => content.IsFolder(i) ? i : i with { Path = i.Path.Parent })
            .Concat(playbooks)
            .SelectMany(folder => VariableFileEndings.Select(ending => AnsibleContent.Join(folder, $"group_vars/{group}{ending}")))
            .OfType<SourcePath>()
            .Any(path => content.IsFile(path) || content.IsFolder(path));
    }

    private static string Shown(IEnumerable<string> groups)
    {
        const int Most = 8;
        var names = groups.Where(g => g is not ("all" or "ungrouped")).Order(StringComparer.Ordinal).ToList();
        return names.Count <= Most ? Wording.List(names) : Wording.List(names.Take(Most), "and") + " and others";
    }
}
