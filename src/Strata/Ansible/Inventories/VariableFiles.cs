using System.Collections.Immutable;
using Strata.Sources;
using Strata.Yaml;

namespace Strata.Ansible.Inventories;

/// <summary>What a folder's `group_vars` say of a group, or its `host_vars` of a host.</summary>
/// <param name="Files">The files that are read, in order; of two that define a name, the later one counts.</param>
/// <param name="Sets">What those of them say that could be read.</param>
/// <param name="Opaque">Those of them that could not.</param>
internal sealed record FoundVariables(ImmutableArray<SourcePath> Files, ImmutableArray<VariableSet> Sets, ImmutableArray<OpaqueFile> Opaque)
{
    /// <summary>No file.</summary>
    public static readonly FoundVariables None = new([], [], []);
}

/// <summary>
/// The files of `group_vars` and `host_vars`: `plugins/vars/host_group_vars.py`, and `find_vars_files` of
/// `parsing/dataloader.py`, of ansible-core 2.14. Each is found and read once.
/// </summary>
internal sealed class VariableFiles(AnsibleContent content, InventorySettings settings)
{
    /// <summary>More files for one name are links that show the same again and again.</summary>
    private const int MostFiles = 10_000;

    private const int MaxDepth = 40;

    private readonly Dictionary<(SourcePath Folder, string Kind, string Name), FoundVariables> known = [];
    private readonly Dictionary<SourcePath, HashSet<string>> listings = [];
    private readonly HashSet<SourcePath> open = [];

    /// <summary>What `group_vars` in a folder say of a group.</summary>
    public FoundVariables OfGroup(SourcePath folder, string group) => Of(folder, "group_vars", group);

    /// <summary>What `host_vars` in a folder say of a host.</summary>
    public FoundVariables OfHost(SourcePath folder, string host) => Of(folder, "host_vars", host);

    private FoundVariables Of(SourcePath folder, string kind, string name)
    {
        var listing = Listing(folder with { Path = folder.Path.Child(kind) });
        if (listing.Count == 0 || name.StartsWith('/')) return FoundVariables.None;
        if (known.TryGetValue((folder, kind, name), out var found)) return found;
        return known[(folder, kind, name)] = Read(Find(folder with { Path = folder.Path.Child(kind) }, name, listing));
    }

    /// <summary>
    /// The names in a folder. A `group_vars` that is a link leads where the link does; `..` in a group's name is then seen from there.
    /// </summary>
    private HashSet<string> Listing(SourcePath folder)
    {
        if (!listings.TryGetValue(folder, out var names)) listings[folder] = names = content.Names(folder).ToHashSet(StringComparer.Ordinal);
        return names;
    }

    /// <summary>The name as it is hides the name with an extension, and each extension those behind it.</summary>
    private List<SourcePath> Find(SourcePath folder, string name, HashSet<string> listing)
    {
        var files = new List<SourcePath>();
        if (Take(name)) return files;
        foreach (var ending in settings.VariableEndings)
        {
            if (Take(ending.Contains('.', StringComparison.Ordinal) || ending.Length == 0 ? name + ending : $"{name}.{ending}")) break;
        }

        return files;

        bool Take(string entry)
        {
            if (!entry.Contains('/', StringComparison.Ordinal) && !listing.Contains(entry)) return false;
            if (AnsibleContent.Join(folder, entry) is not { } path) return false;
            if (content.IsFolder(path)) FindBelow(path, files, 0);
            else if (content.IsFile(path)) files.Add(path);
            else return false;
            return true;
        }
    }

    private void FindBelow(SourcePath folder, List<SourcePath> files, int depth)
    {
        // A folder that is shown again inside of itself says nothing more.
        if (depth > MaxDepth || files.Count > MostFiles || content.RealPath(folder) is not { } real || !open.Add(real)) return;
        foreach (var name in content.Names(folder))
        {
            if (name.StartsWith('.') || name.EndsWith('~')) continue;
            var path = folder with { Path = folder.Path.Child(name) };
            var dot = name.LastIndexOf('.');
            if (dot < 0 && content.IsFolder(path)) FindBelow(path, files, depth + 1);
            else if ((dot < 0 || settings.VariableEndings.Contains(name[dot..])) && content.IsFile(path)) files.Add(path);
        }

        open.Remove(real);
    }

    private FoundVariables Read(List<SourcePath> files)
    {
        if (files.Count == 0) return FoundVariables.None;
        var sets = ImmutableArray.CreateBuilder<VariableSet>();
        var opaque = ImmutableArray.CreateBuilder<OpaqueFile>();
        if (files.Count > MostFiles) opaque.Add(new(files[0], OpaqueReason.NotRead, $"it is one of more than {MostFiles} files"));
        foreach (var path in files)
        {
            if (content.Yaml(path) is not { } file) continue;
            if (Fault(path, file) is { } fault) opaque.Add(fault);
            else if (file.Document.Root is YamlNode.Mapping mapping) sets.Add(Set(path, file, mapping));
        }

        return new([.. files], sets.ToImmutable(), opaque.ToImmutable());
    }

    /// <summary>Why a file's variables are not known; null for a mapping, and for a file that says nothing.</summary>
    private static OpaqueFile? Fault(SourcePath path, ContentFile file)
    {
        if (file.IsEncrypted) return new(path, OpaqueReason.Encrypted, "it is encrypted by Ansible Vault");
        if (YamlFault.Of(file) is { } fault) return new(path, fault.Reason, fault.Detail);
        return file.Document.Root is YamlNode.Mapping || PythonTruth.IsFalse(file.Document.Root)
            ? null
            : new(path, OpaqueReason.Unreadable, "it is not a mapping of variables");
    }

    /// <summary>What a file says is one value for all who read it, but where a link gives it another path.</summary>
    private VariableSet Set(SourcePath path, ContentFile file, YamlNode.Mapping mapping)
    {
        if (settings.MergesMappings || path != file.Path) return Set(path, mapping);
        var read = content.Cache.Variables;
        if (!read.TryGetValue(file, out var set)) read[file] = set = Set(path, mapping);
        return set;
    }

    private VariableSet Set(SourcePath path, YamlNode.Mapping mapping)
    {
        var set = new VariableSet();
        foreach (var entry in mapping.Entries)
        {
            if (entry.Key is YamlNode.Scalar { Value: ScalarValue.Text name }) set.Set(new(name.Value, entry.Value, path, entry.Key.At), settings.MergesMappings);
        }

        return set;
    }
}
