using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;

namespace Strata.Ansible;

/// <summary>
/// The files of templates and copies, looked for where `path_dwim_relative_stack` (`parsing/dataloader.py` of ansible-core
/// 2.14 to 2.19) looks: in the roles around the task from the inner one outward, beside the file of tasks, beside the playbook.
/// </summary>
internal static class NeededFiles
{
    private const string Id = "missing-file";

    /// <summary>The fault of a task that names a file by a constant which is in none of the places; null otherwise.</summary>
    /// <param name="reached">The task.</param>
    /// <param name="content">The sources.</param>
    /// <param name="isWholeRun">Whether nothing can end the run early or write files beside the task's.</param>
    public static Diagnostic? Fault(ReachedTask reached, AnsibleContent content, bool isWholeRun)
    {
        if (reached.Scope.IsGuarded || SourceOf(reached.Task) is not var (noun, folder, name)) return null;
        var candidates = Candidates(name.Value, folder, reached).ToList();
        if (candidates.Count == 0 || candidates.Exists(c => c is null || IsThere(c.Value, content)) || IsShadowed(reached, content)) return null;
        var searched = candidates.OfType<SourcePath>().Distinct().ToImmutableArray();
        return isWholeRun && reached.Scope is { IsCertain: true, Place.IsHandler: false }
            ? ContentFaults.NoNeededFile(Id, noun, name, content, searched)
            : ContentFaults.NoNeededFile(Id, noun, name, content, searched) with { Severity = Severity.Warning };
    }

    /// <summary>What the task takes from a source: a noun for it, the folder it is usually in, its name.</summary>
    private static (string Noun, string Folder, Located<string> Name)? SourceOf(TaskEntry.Task task)
    {
        var isTemplate = task.Module.Name == "template";
        if (!isTemplate && task.Module.Name != "copy") return null;
        if (Scalars.TextOf(task.Keywords.Find("args")) is not null || task.Arguments.Find("content") is not null) return null;
        if (task.Arguments.Find("remote_src") is { } remote && Scalars.Truth(remote) != false) return null;
        if (task.Arguments.Find("src") is not { } source || Scalars.TextOf(source) is not { Length: > 0 } name || Scalars.IsTemplate(name)) return null;
        return (isTemplate ? "template" : "file", isTemplate ? "templates" : "files", new(name, source.At));
    }

    /// <summary>The places in order; null for one that no source can show.</summary>
    private static IEnumerable<SourcePath?> Candidates(string name, string folder, ReachedTask reached)
    {
        var place = reached.Scope.Place;
        var roles = place.Role is { } role ? place.OuterRoles.Insert(0, role).Select(r => r.Folder) : [];
        var taskFolder = reached.Folder;
        return roles.Append(taskFolder)
            .Append(place.Folder)
            .Append(taskFolder with { Path = taskFolder.Path.Parent })
            .SelectMany(f => new[] { AnsibleContent.Join(f, $"{folder}/{name}"), AnsibleContent.Join(f, name) });
    }

    private static bool IsThere(SourcePath path, AnsibleContent content) =>
        content.IsFile(path) || content.IsFolder(path) || content.IsInSubmodule(path) || content.IsBehindLink(path);

    /// <summary>Whether the site brings an action of its own by that name, which may look elsewhere.</summary>
    private static bool IsShadowed(ReachedTask reached, AnsibleContent content)
    {
        var place = reached.Scope.Place;
        SourcePath?[] folders = [place.Root, place.Folder, place.Role?.Folder];
        return folders.OfType<SourcePath>()
            .Select(f => AnsibleContent.Join(f, $"action_plugins/{reached.Task.Module.Name}.py"))
            .Any(p => p is { } path && content.IsFile(path));
    }
}
