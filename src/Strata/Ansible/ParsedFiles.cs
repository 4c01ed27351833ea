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
    private readonly Dictionary<SourcePath, Parsed<Playbook>> playbooks = [];
    private readonly Dictionary<SourcePath, Parsed<ImmutableArray<TaskEntry>>> tasks = [];
    private readonly Dictionary<SourcePath, Parsed<RoleMeta>> metas = [];

    /// <summary>The files themselves.</summary>
    public AnsibleContent Content => content;

    /// <summary>A playbook; null where there is no such file.</summary>
    public Parsed<Playbook>? Playbook(SourcePath path) =>
        Read(playbooks, path, (file, faults) => PlaybookReader.Read(file, faults) with { Path = path });

    /// <summary>A file of tasks; null where there is no such file.</summary>
    public Parsed<ImmutableArray<TaskEntry>>? Tasks(SourcePath path) =>
        Read(tasks, path, (file, faults) => file.IsReadable ? TaskReader.ReadList(file.Document.Root, "a file of tasks", faults) : []);

    /// <summary>A role's meta file; null where there is no such file.</summary>
    public Parsed<RoleMeta>? Meta(SourcePath path) => Read(metas, path, PlaybookReader.ReadMeta);

    private Parsed<T>? Read<T>(Dictionary<SourcePath, Parsed<T>> known, SourcePath path, Func<ContentFile, ICollection<Diagnostic>, T> read)
    {
        if (known.TryGetValue(path, out var parsed)) return parsed;
        if (content.Yaml(path) is not { } file) return null;
        var faults = new List<Diagnostic>(file.Document.Diagnostics);
        return known[path] = new(read(file, faults), [.. faults]);
    }
}
