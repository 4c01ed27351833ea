using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Sources;

namespace Strata.Inputs.Playbooks;

/// <summary>From where a task sees variables and files.</summary>
internal sealed record TaskPlace
{
    /// <summary>Its variables.</summary>
    public required VariableScope Variables { get; init; }

    /// <summary>By which way it is reached.</summary>
    public required Way Way { get; init; }

    /// <summary>Where included files of tasks are looked for.</summary>
    public required IncludePlace Include { get; init; }

    /// <summary>The folder of the file that the task is written in.</summary>
    public required SourcePath Folder { get; init; }

    /// <summary>Whether it can run.</summary>
    public bool CanRun { get; init; } = true;

    /// <summary>Its tags.</summary>
    public ImmutableSortedSet<string> Tags { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Collections in which bare names are looked up first.</summary>
    public ImmutableArray<string> Collections { get; init; } = [];

    /// <summary>Whether it runs on the build machine.</summary>
    public bool RunsHere { get; init; }

    /// <summary>The folder of the template that includes others; null outside of one.</summary>
    public SourcePath? TemplateFolder { get; init; }

    /// <summary>Whether a lookup reads the template: what it includes is then searched beside it first.</summary>
    public bool IsLookup { get; init; }

    /// <summary>Where files of a task are searched: the role, the roles that pulled it in, the folder of the task's file.</summary>
    public IEnumerable<SourcePath> Stack =>
        (Variables.Role?.Folders ?? []).Append(Folder).Distinct();

    /// <summary>The folder of the current playbook.</summary>
    public SourcePath Playbook => Include.Folder;

    /// <summary>The same place, one step further.</summary>
    public TaskPlace At(Text.Location at) => this with { Way = Way.To(at) };
}
