using System.Text;
using Strata.Sources;
using Strata.Text;

namespace Strata.Layers;

/// <summary>Looks for every path that targets name, in the sources of a snapshot.</summary>
internal sealed class ContentCheck(Snapshot snapshot, Faults faults)
{
    private readonly HashSet<SourceName> missingSources = [];

    private enum Wanted
    {
        File,
        Folder,
        Either,
    }

    /// <summary>Looks for everything that one target names.</summary>
    public void Target(Target target)
    {
        if (!Has(target.Source, target.At, Wording.Quote((target.Name with { System = null }).ToString()))) return;
        foreach (var playbook in target.Playbooks) Look("the playbook", target.Source, playbook, Wanted.File);
        foreach (var file in target.Files) Look("the file", target.Source, file.Source, Wanted.Either);
        foreach (var path in target.Inventory) Look("the inventory", path, Wanted.Either, Severity.Error);
        Packages(target);
        Ansible(target);
    }

    private void Packages(Target target)
    {
        switch (target.Packages)
        {
            case PackageStep.InFile file:
                Look("the package file", target.Source, file.Path, Wanted.File);
                break;
            case PackageStep.Inline { List.Repositories: RepositorySource.Listed listed }:
                foreach (var key in listed.Repositories.Select(r => r.Key).OfType<RepositoryKey.InSource>())
                    Look("the key", target.Source, key.Path, Wanted.File);
                break;
        }
    }

    private void Ansible(Target target)
    {
        var ansible = target.Ansible;
        if (ansible.Config is { } config) Look("the configuration", target.Source, config, Wanted.File);
        foreach (var requirements in ansible.Requirements) Look("the requirements file", target.Source, requirements, Wanted.File);
        foreach (var path in ansible.RolesPath ?? []) Look("the folder of roles", path, Wanted.Folder, Severity.Warning);
        foreach (var path in ansible.CollectionsPath ?? []) Look("the folder of collections", path, Wanted.Folder, Severity.Warning);
    }

    private void Look(string noun, Located<SourcePath> path, Wanted wanted, Severity severity)
    {
        if (Has(path.Value.Source, path.At, noun)) Look(noun, path.Value.Source, new(path.Value.Path, path.At), wanted, severity);
    }

    private void Look(string noun, SourceName source, Located<RepoPath> path, Wanted wanted, Severity severity = Severity.Error)
    {
        var tree = snapshot.Find(source)!.Tree;
        var fault = PathWalk.Follow(tree, path.Value) switch
        {
            PathEnd.Missing => Missing(noun, source, path, severity, tree),
            PathEnd.Outside outside => ContentFaults.LinkLeavesSource(noun, path, outside.Link, outside.LinkTarget),
            PathEnd.Submodule submodule => ContentFaults.PathInSubmodule(noun, path, submodule.At),
            PathEnd.Entry { Found: var entry } => OfEntry(noun, source, path, wanted, entry, tree),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (fault is not null) faults.Add(fault);
    }

    private static Diagnostic Missing(string noun, SourceName source, Located<RepoPath> path, Severity severity, IFileTree tree)
    {
        var link = tree.Find(path.Value) is { Kind: EntryKind.Link } entry ? Encoding.UTF8.GetString(tree.Read(entry).Span) : null;
        var fault = ContentFaults.MissingPath(noun, source, path, link is null ? NearestPath.Of(tree, path.Value) : null, link, severity);
        return tree.IsLeftOut(path.Value) ? fault with { Hint = Wording.LeftOutByGit(path.Value.Value) } : fault;
    }

    private static Diagnostic? OfEntry(
        string noun, SourceName source, Located<RepoPath> path, Wanted wanted, TreeEntry entry, IFileTree tree)
    {
        if (wanted == Wanted.File && !entry.IsFile) return ContentFaults.WrongPathKind(noun, source, path, "a file");
        if (wanted == Wanted.Folder && entry.IsFile) return ContentFaults.WrongPathKind(noun, source, path, "a folder");
        return entry.IsFile && LfsPointer.IsPointer(tree.Read(entry).Span) ? ContentFaults.LfsPointer(noun, path) : null;
    }

    private bool Has(SourceName source, Location at, string neededBy)
    {
        if (snapshot.Find(source) is not null) return true;
        if (missingSources.Add(source)) faults.Add(ContentFaults.MissingSource(source, at, neededBy));
        return false;
    }
}
