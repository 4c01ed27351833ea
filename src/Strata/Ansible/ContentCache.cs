using System.Collections.Immutable;
using Strata.Ansible.Inventories;
using Strata.Sources;

namespace Strata.Ansible;

/// <summary>
/// Files that were read and parsed, by path and git object id: snapshots that share a file share its reading. Everything that is read
/// from one parsed file is one value for all of them.
/// </summary>
internal sealed class ContentCache
{
    /// <summary>Files as YAML.</summary>
    public Dictionary<(SourcePath Path, string ObjectId), ContentFile> Files { get; } = [];

    /// <summary>Files as playbooks.</summary>
    public Dictionary<ContentFile, Parsed<Playbook>> Playbooks { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Files as lists of tasks.</summary>
    public Dictionary<ContentFile, Parsed<ImmutableArray<TaskEntry>>> Tasks { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Files as the variables of a group or a host, where mappings are not merged.</summary>
    public Dictionary<ContentFile, VariableSet> Variables { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Inventories.</summary>
    public InventoryMemo Inventories { get; } = new();

    /// <summary>Files as the meta files of roles.</summary>
    public Dictionary<ContentFile, Parsed<RoleMeta>> Metas { get; } = new(ReferenceEqualityComparer.Instance);
}
