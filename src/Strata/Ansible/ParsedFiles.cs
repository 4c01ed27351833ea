using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;

namespace Strata.Ansible;

/// <summary>What reading one file gave.</summary>
/// <param name="Value">What the file says, as far as it could be read.</param>
/// <param name="Diagnostics">What is wrong with it.</param>
internal readonly record struct Parsed<T>(T Value, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>The files of Ansible content as plays, tasks and roles, each parsed once however many targets read it.</summary>
internal sealed class ParsedFiles(AnsibleContent content)
{
    /// <summary>The files themselves.</summary>
    public AnsibleContent Content => content;

    /// <summary>A playbook; null where there is no such file.</summary>
    public Parsed<Playbook>? Playbook(SourcePath path) =>
        Read(content.Cache.Playbooks, path, PlaybookReader.Read) is var (playbook, faults) ? new(playbook with { Path = path }, faults) : null;

    /// <summary>A file of tasks; null where there is no such file.</summary>
    public Parsed<ImmutableArray<TaskEntry>>? Tasks(SourcePath path) =>
        Read(content.Cache.Tasks, path, (file, faults) => file.IsReadable ? TaskReader.ReadList(file.Document.Root, "a file of tasks", faults) : []);

    /// <summary>A role's meta file; null where there is no such file.</summary>
    public Parsed<RoleMeta>? Meta(SourcePath path) => Read(content.Cache.Metas, path, PlaybookReader.ReadMeta);

    private Parsed<T>? Read<T>(Dictionary<ContentFile, Parsed<T>> known, SourcePath path, Func<ContentFile, ICollection<Diagnostic>, T> read)
    {
        if (content.Yaml(path) is not { } file) return null;
        if (known.TryGetValue(file, out var parsed)) return parsed;
        var faults = new List<Diagnostic>(file.Document.Diagnostics);
        return known[file] = new(read(file, faults), [.. faults]);
    }
}
