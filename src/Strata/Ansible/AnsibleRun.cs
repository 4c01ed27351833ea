using System.Collections.Immutable;
using Strata.Ansible.Inventories;
using Strata.Sources;
using Strata.Text;

namespace Strata.Ansible;

/// <summary>What one run of `ansible-playbook` for the image host is given.</summary>
public sealed record AnsibleRun
{
    /// <summary>The source in whose top folder Ansible is run.</summary>
    public required SourceName Source { get; init; }

    /// <summary>The playbooks, in order, each with the place that names it.</summary>
    public required ImmutableArray<Located<RepoPath>> Playbooks { get; init; }

    /// <summary>The configuration file; null means `ansible.cfg` in the top folder, if there.</summary>
    public RepoPath? Config { get; init; }

    /// <summary>Where the configuration is, or would be: without a name Ansible looks for `ansible.cfg` in the folder that it is run in.</summary>
    internal SourcePath ConfigPath => new(Source, Config ?? RepoPath.Of("ansible.cfg"));

    /// <summary>The roles path, where it is said outside of the configuration; null leaves that to the configuration.</summary>
    public ImmutableArray<SourcePath>? RolesPath { get; init; }

    /// <summary>The collections path, likewise.</summary>
    public ImmutableArray<SourcePath>? CollectionsPath { get; init; }

    /// <summary>Galaxy requirements files.</summary>
    public ImmutableArray<RepoPath> Requirements { get; init; } = [];

    /// <summary>The inventory's files and folders.</summary>
    public ImmutableArray<SourcePath> Inventory { get; init; } = [];

    /// <summary>The groups that the image host joins, each with the place that names it.</summary>
    public ImmutableArray<Located<string>> Groups { get; init; } = [];

    /// <summary>Which tasks are wanted.</summary>
    public TagSelection Tags { get; init; } = TagSelection.All;

    /// <summary>Whether plays for `localhost` run on the build machine.</summary>
    public bool Localhost { get; init; }

    /// <summary>The hosts that tasks may be delegated to.</summary>
    public ImmutableArray<string> Delegates { get; init; } = [];

    /// <summary>Extra variables, which win over all others.</summary>
    internal ImmutableArray<Definition> ExtraVars { get; init; } = [];

    /// <summary>Facts that are declared, by the names of their variables: `ansible_distribution`.</summary>
    internal ImmutableArray<Definition> Facts { get; init; } = [];

    /// <summary>Where the run is declared.</summary>
    public required Location At { get; init; }

    /// <summary>The file that declares it, in the source `self`; null where it is in no source.</summary>
    public RepoPath? LayerFile { get; init; }

    /// <summary>The environment variables that are declared for it; a run has no others of the site's.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Those of them that only say by which way something is fetched, and count where they are read.</summary>
    public ImmutableSortedDictionary<string, string> Proxies { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The top folder of the source.</summary>
    public SourcePath Root => new(Source, RepoPath.Root);
}

/// <summary>What the playbooks of a run reach.</summary>
/// <param name="Tasks">Every task that can run for the image host, in the order of the playbooks.</param>
/// <param name="Skipped">Plays that a build leaves out because they are for `localhost`.</param>
/// <param name="Diagnostics">The faults of what was read.</param>
/// <param name="Groups">What the inventory says of groups.</param>
internal sealed record ReachedContent(
    ImmutableArray<ReachedTask> Tasks, ImmutableArray<PlaybookEntry.Play> Skipped, ImmutableArray<Diagnostic> Diagnostics, GroupKnowledge Groups)
{
    /// <summary>Whether a task can end a play early without a failure (`meta: end_play` and its like): what follows may not run.</summary>
    public bool CanEndEarly => Tasks.Any(t => t.Task.Module.Name == "meta" && t.Task.Arguments.FreeForm is { Value: var what }
        && (what.StartsWith("end_", StringComparison.Ordinal) || Scalars.IsTemplate(what)));
}

/// <summary>A task that can run, with what it inherits.</summary>
/// <param name="Task">The task.</param>
/// <param name="Scope">What it inherits, its own keywords included.</param>
/// <param name="Folder">The folder of the file it is written in.</param>
internal readonly record struct ReachedTask(TaskEntry.Task Task, Scope Scope, SourcePath Folder);
