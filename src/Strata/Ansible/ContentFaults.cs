using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>Every fault of Ansible content that ends a run, worded once.</summary>
internal static class ContentFaults
{
    private const string KindId = "ansible-kind";
    private const string PlaybookId = "not-a-playbook";
    private const string HostsId = "play-without-hosts";
    private const string RoleNameId = "role-without-name";
    private const string NoModuleId = "task-without-module";
    private const string TwoModulesId = "task-with-two-modules";
    private const string RoleId = "unknown-role";
    private const string MissingPlaybookId = "missing-playbook";
    private const string MissingTasksId = "missing-task-file";
    private const string CycleId = "import-cycle";
    private const string DepthId = "import-depth";

    /// <summary>As many folders as a label names.</summary>
    private const int MostFolders = 4;

    public static Diagnostic WrongKind(YamlNode node, string rule) =>
        Diagnostic.Error(KindId, $"{rule}, not {Describe(node)}", FirstLine(node.At));

    public static Diagnostic NotAPlaybook(ContentFile file)
    {
        const string Hint = "every play begins with `- hosts: …`";
        return file.Document.Root is YamlNode.Mapping or YamlNode.Scalar { Value: not ScalarValue.Null }
            ? Diagnostic.Error(PlaybookId, $"a playbook is a list of plays, not {Describe(file.Document.Root)}", FirstLine(file.Document.Root.At), "", Hint)
            : Diagnostic.OfFile(PlaybookId, "a playbook has at least one play; this file has none", file.Document.File.Path, Hint);
    }

    public static Diagnostic TasksAsPlaybook(YamlNode.Mapping first) =>
        Diagnostic.Error(
            PlaybookId,
            "a playbook is a list of plays; this is a list of tasks",
            FirstKey(first),
            "",
            "name a playbook that imports it with `import_tasks`");

    public static Diagnostic NoHosts(YamlNode.Mapping play)
    {
        var at = play.Find("hosts")?.At ?? FirstKey(play);
        var nearest = NearestKey(play, "hosts");
        return Diagnostic.Error(
            HostsId,
            "a play without `hosts` runs nowhere",
            nearest?.At ?? at,
            "",
            nearest is { } key ? $"did you mean `hosts` instead of {Wording.Quote(key.Value)}?" : "add `hosts:` with one of the groups that the layer file names for the target");
    }

    public static Diagnostic NoRoleName(YamlNode entry) =>
        Diagnostic.Error(
            RoleNameId,
            "an entry of roles has no name",
            entry is YamlNode.Mapping mapping ? FirstKey(mapping) : FirstLine(entry.At),
            "",
            "write `- NAME`, or `- role: NAME` with what else the role is told");

    public static Diagnostic NoRoleInInclude(Module module) =>
        Diagnostic.Error(RoleNameId, $"{Wording.Quote(module.Written)} names no role", module.At, "", "add `name: ROLE` to it");

    public static Diagnostic NoModule(YamlNode.Mapping task) =>
        Diagnostic.Error(
            NoModuleId,
            "the task names no module",
            FirstKey(task),
            "",
            "a task has one key that is no keyword: the module, such as `ansible.builtin.copy:`");

    public static Diagnostic TwoModules(Module first, Module second)
    {
        var nearest = new[] { second, first }
            .Select(m => (m.Written, Keyword: Wording.Nearest(m.Written, Keywords.Names)))
            .FirstOrDefault(m => m.Keyword is not null && m.Keyword.Length > 3);
        return Diagnostic.Error(
            TwoModulesId,
            $"a task has one module; this one has {Wording.List([first.Written, second.Written], "and")}",
            second.At,
            "the second",
            nearest.Keyword is { } keyword
                ? $"did you mean the keyword {Wording.Quote(keyword)} instead of {Wording.Quote(nearest.Written)}?"
                : "give each a task of its own, or indent what belongs to the first").With(first.At, "the first");
    }

    public static Diagnostic NoRole(Located<string> name, RoleLookup.Missing missing)
    {
        var nearest = Wording.Nearest(name.Value, missing.Known.Select(k => k.Name));
        var known = missing.Known.FirstOrDefault(k => k.Name == nearest);
        return Diagnostic.Error(
            RoleId,
            $"role {Wording.Quote(name.Value)} does not exist",
            name.At,
            $"searched {Folders(missing.Searched)}",
            missing.LeftOut is { } there ? Wording.LeftOutByGit(there.ToString()) : nearest is null
                ? "a role that is fetched from elsewhere is named in `requirements.yml`, also one that another brings with it"
                : $"did you mean {Wording.Quote(nearest)} ({known.Folder})?");
    }

    public static Diagnostic NoPlaybook(AnsibleContent content, Located<string> name, SourcePath path) =>
        Diagnostic.Error(
            MissingPlaybookId,
            $"playbook {Wording.Quote(name.Value)} does not exist",
            name.At,
            name.Value == path.Path.Value && path.Source == SourceName.Self ? "" : $"there is no {Wording.Quote(path.ToString())}",
            NearestFile(content, [path]));

    public static Diagnostic NoTaskFile(AnsibleContent content, Located<string> name, IReadOnlyCollection<SourcePath> candidates) =>
        Diagnostic.Error(
            MissingTasksId,
            $"task file {Wording.Quote(name.Value)} does not exist",
            name.At,
            $"searched {Folders([.. candidates.Select(c => c with { Path = c.Path.Parent }).Distinct()])}",
            NearestFile(content, candidates));

    public static Diagnostic NoNeededFile(string id, string noun, Located<string> name, AnsibleContent content, ImmutableArray<SourcePath> candidates) =>
        Diagnostic.Error(
            id,
            $"{noun} {Wording.Quote(name.Value)} does not exist",
            name.At,
            $"searched {Folders([.. candidates.Select(c => c with { Path = c.Path.Parent }).Distinct()])}",
            NearestFile(content, candidates));

    public static Diagnostic NoFileFrom(AnsibleContent content, Located<string> name, Role role, string part)
    {
        var folder = role.Folder with { Path = role.Folder.Path.Child(part) };
        return Diagnostic.Error(
            MissingTasksId,
            $"role {Wording.Quote(role.Name)} has no {part} file {Wording.Quote(name.Value)}",
            name.At,
            $"searched {Folders([folder])}",
            Wording.Nearest(name.Value, content.Names(folder).Select(WithoutEnding)) is { } nearest ? $"did you mean {Wording.Quote(nearest)}?" : null);
    }

    public static Diagnostic Cycle(Location at, string kind, IEnumerable<SourcePath> path) =>
        Diagnostic.Error(
            CycleId,
            $"this {kind} imports itself: {string.Join(" -> ", path.Select(p => Wording.Quote(p.ToString())))}",
            at,
            "the circle closes here");

    public static Diagnostic TooDeep(Location at, int limit) =>
        Diagnostic.Error(DepthId, string.Create(null, $"more than {limit} files include each other in turn"), at, "not followed further");

    private static string Folders(ImmutableArray<SourcePath> folders)
    {
        var shown = folders.Take(MostFolders).Select(f => Wording.Quote(f.ToString().TrimEnd('/') + "/"));
        return string.Join(", ", shown) + (folders.Length > MostFolders ? " and others" : "");
    }

    /// <summary>A file beside one of those that were looked for with nearly its name.</summary>
    private static string? NearestFile(AnsibleContent content, IReadOnlyCollection<SourcePath> wanted)
    {
        foreach (var path in wanted.Where(content.IsLeftOut)) return Wording.LeftOutByGit(path.ToString());
        foreach (var path in wanted)
        {
            var folder = path with { Path = path.Path.Parent };
            if (Wording.Nearest(path.Path.Name, content.Names(folder)) is { } nearest)
                return $"did you mean {Wording.Quote((folder with { Path = folder.Path.Child(nearest) }).ToString())}?";
        }

        return null;
    }

    private static string WithoutEnding(string name) => name.LastIndexOf('.') is var dot and > 0 ? name[..dot] : name;

    private static string Describe(YamlNode node) => node switch
    {
        YamlNode.Mapping => "a mapping",
        YamlNode.Sequence => "a list",
        YamlNode.Scalar scalar => scalar.Value.Describe(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Location FirstKey(YamlNode.Mapping mapping) =>
        mapping.Entries.IsEmpty ? FirstLine(mapping.At) : mapping.Entries[0].Key.At;

    private static Located<string>? NearestKey(YamlNode.Mapping mapping, string wanted)
    {
        foreach (var key in mapping.Entries.Select(e => e.Key))
        {
            if (Scalars.TextOf(key) is { } text && text != wanted && Wording.Nearest(wanted, [text]) is not null) return new(text, key.At);
        }

        return null;
    }

    private static Location FirstLine(Location at)
    {
        var end = at.File.Content.IndexOf('\n', Math.Min(at.Span.Start, at.File.Content.Length));
        return end < 0 || end >= at.Span.End ? at : new(at.File, Span.Between(at.Span.Start, Math.Max(end, at.Span.Start + 1)));
    }
}
