using System.Collections.Immutable;
using Strata.Sources;

namespace Strata.Ansible;

/// <summary>
/// Where a file that a task names is looked for: `path_dwim_relative_stack` of ansible-core 2.14
/// (`parsing/dataloader.py`), which action plugins and lookups use.
/// </summary>
/// <param name="content">The sources.</param>
/// <param name="playbookFolder">The folder of the current playbook.</param>
internal sealed class FileSearch(AnsibleContent content, SourcePath playbookFolder)
{
    /// <summary>The places to look at, in order; the first that is there counts. A place may come twice.</summary>
    /// <param name="stack">The search path of the task: its role, the roles that pulled that in, the folder of the task's file.</param>
    /// <param name="part">`files`, `templates` or `vars`.</param>
    /// <param name="name">The file as the task names it.</param>
    public IEnumerable<SourcePath> Candidates(IEnumerable<SourcePath> stack, string part, string name)
    {
        if (name.StartsWith('~')) yield break;
        if (name.StartsWith('/'))
        {
            if (AnsibleContent.Join(playbookFolder, name) is { } absolute) yield return absolute;
            yield break;
        }

        foreach (var folder in stack)
        {
            var (first, second) = In(folder, part, name);
            if (first is { } inPart) yield return inPart;
            if (second is { } beside) yield return beside;
        }

        var (last, plain) = Plain(playbookFolder, part, name);
        if (last is { } inLast) yield return inLast;
        if (plain is { } atPlaybook) yield return atPlaybook;
    }

    /// <summary>The folders that <see cref="Candidates"/> looks in, in order.</summary>
    public IEnumerable<SourcePath> Folders(IEnumerable<SourcePath> stack, string part) => Candidates(stack, part, ".").Distinct();

    /// <summary>Ansible means to leave the first out where the name begins with the part, and does not: it compares bytes with text.</summary>
    private static (SourcePath?, SourcePath?) Plain(SourcePath folder, string part, string name) =>
        (AnsibleContent.Join(folder, part + "/" + name), AnsibleContent.Join(folder, name));

    private (SourcePath?, SourcePath?) In(SourcePath folder, string part, string name)
    {
        var above = folder with { Path = folder.Path.Parent };
        if (above.Path.Name != "tasks" || !IsRole(folder)) return Plain(folder, part, name);
        return (AnsibleContent.Join(above with { Path = above.Path.Parent }, part + "/" + name), AnsibleContent.Join(above, name));
    }

    /// <summary>`_is_role`: whether a folder, or the one it is in, has the look of a role.</summary>
    private bool IsRole(SourcePath folder)
    {
        var above = folder with { Path = folder.Path.Parent };
        return IsTasked(folder) || IsTasked(above) || HasMain(folder);
    }

    private bool IsTasked(SourcePath folder) =>
        HasMain(folder with { Path = folder.Path.Child("tasks") }) || HasMain(folder with { Path = folder.Path.Child("meta") });

    private bool HasMain(SourcePath folder) => MainNames.Any(n => content.IsFile(folder with { Path = folder.Path.Child(n) }));

    private static readonly ImmutableArray<string> MainNames = ["main.yml", "main.yaml", "main"];
}
