using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Ansible.Templating;
using Strata.Jinja;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>
/// Adds to a digest the files that tasks name: what a search finds, or that it finds nothing. Of a name that is not known as a whole,
/// every file that it can mean.
/// </summary>
/// <param name="world">The run.</param>
/// <param name="values">What expressions can come to.</param>
/// <param name="uses">Reads what templates use.</param>
internal sealed class FileReading(RunWorld world, ValueReading values, UseReading uses)
{
    private const long LimitBytes = 16 * 1024 * 1024;

    /// <summary>How the module `template` reads its files where it is told nothing else.</summary>
    public static readonly JinjaOptions OfTemplates = JinjaOptions.Default with { TrimsBlocks = true };

    private readonly HashSet<(SourcePath, VariableScope)> open = [];
    private readonly Dictionary<SourcePath, ImmutableArray<SourcePath>> all = [];
    private HashSet<string>? namesThere;

    /// <summary>What is done with each file that a search finds.</summary>
    public delegate void Found(InputDigest digest, ContentEntry entry, TaskPlace place);

    /// <summary>Looks for a file that an argument names, and adds what is found.</summary>
    /// <param name="digest">Where it goes.</param>
    /// <param name="name">The argument.</param>
    /// <param name="part">`files`, `templates` or `vars`.</param>
    /// <param name="place">From where.</param>
    /// <param name="found">What is done with each file.</param>
    public void Add(InputDigest digest, YamlNode name, string part, TaskPlace place, Found found) =>
        Add(digest, [.. values.Texts(name, place)], name.At, part, place, found);

    /// <summary>Looks for files whose names are these texts.</summary>
    public void Add(InputDigest digest, IReadOnlyCollection<TextPattern> names, Location at, string part, TaskPlace place, Found found)
    {
        foreach (var name in names)
        {
            if (name.Literal is { } literal) AddFirst(digest, literal, part, place, found);
            else AddMatching(digest, name, at, part, place, found);
        }
    }

    /// <summary>The first place of a search that is there; null where none is.</summary>
    public ContentEntry? Search(string name, string part, TaskPlace place)
    {
        foreach (var candidate in new FileSearch(world.Content, place.Playbook).Candidates(place.Stack, part, name))
        {
            if (world.Content.Find(candidate) is { } entry) return entry;
        }

        return null;
    }

    /// <summary>A file or folder as it is.</summary>
    /// <param name="digest">Where it goes.</param>
    /// <param name="entry">The file or folder.</param>
    /// <param name="place">From where it is reached.</param>
    /// <param name="countsMode">Whether it matters that the file is executable.</param>
    public void AddContent(InputDigest digest, ContentEntry entry, TaskPlace place, bool countsMode) => AddContent(digest, entry, place, countsMode, []);

    private void AddContent(InputDigest digest, ContentEntry entry, TaskPlace place, bool countsMode, HashSet<SourcePath> seen)
    {
        var content = entry.Entry.IsFile && !countsMode ? TreeDigest.OfContent(entry.Entry) : TreeDigest.Of(entry.Entry);
        var kind = entry.Entry.IsFile ? InputKind.File : InputKind.Listing;
        world.Sink.Add(kind, entry.Path.ToString(), content, entry.Path, null, place.Way);
        digest.Digest(content);
        if (!entry.Entry.IsFile && !world.IsDraft) AddBehindLinks(digest, entry.Path, place, countsMode, seen);
    }

    /// <summary>What the links in a folder lead to, which is copied in their place.</summary>
    private void AddBehindLinks(InputDigest digest, SourcePath folder, TaskPlace place, bool countsMode, HashSet<SourcePath> seen)
    {
        foreach (var name in world.Content.Names(folder))
        {
            var path = folder with { Path = folder.Path.Child(name) };
            if (world.Content.Find(path) is not { } entry || !seen.Add(entry.Path)) continue;
            if (entry.Path != path) AddContent(digest, entry, place, countsMode, seen);
            else if (!entry.Entry.IsFile) AddBehindLinks(digest, path, place, countsMode, seen);
        }
    }

    /// <summary>A file that is a template: its text, what it uses, and the templates it includes.</summary>
    public void AddTemplate(InputDigest digest, ContentEntry entry, TaskPlace place, JinjaOptions options)
    {
        AddContent(digest, entry, place, countsMode: false);
        if (world.IsDraft) return;
        if (!entry.Entry.IsFile || !open.Add((entry.Path, place.Variables))) return;
        if (place.TemplateFolder is null) place = place with { TemplateFolder = entry.Path with { Path = entry.Path.Path.Parent } };
        var file = SourceText.Decode(entry.Path.ToString(), AnsibleContent.Bytes(entry).Span, LimitBytes, out var fault);
        if (fault is not null) uses.Assume(new(file, default), "it is no text", "its bytes");
        else if (AnsibleContent.IsEncrypted(file)) uses.AddEverything(digest, place, new(file, default), "the template is encrypted");
        else AddTemplateText(digest, file, entry, place, options);
        open.Remove((entry.Path, place.Variables));
    }

    /// <summary>The options of a task of the module `template`; null where they are not known before it runs.</summary>
    public static JinjaOptions? OptionsOf(ModuleArguments arguments)
    {
        var options = OfTemplates;
        foreach (var argument in arguments.Named)
        {
            var text = Scalars.TextOf(argument.Value) ?? "";
            if (TemplateOptions.With(options, argument.Name, text, Scalars.Truth(argument.Value) == true) is not { } changed) continue;
            if (text.Length == 0 || Scalars.IsTemplate(text)) return null;
            options = changed;
        }

        return options;
    }

    private void AddFirst(InputDigest digest, string name, string part, TaskPlace place, Found found)
    {
        if (Search(name, part, place) is { } entry) found(digest, entry, place);
        else digest.Absent();
    }

    /// <summary>Every file in the folders of the search whose name can be the one that is meant.</summary>
    private void AddMatching(InputDigest digest, TextPattern name, Location at, string part, TaskPlace place, Found found) =>
        AddMatching(digest, name, at, Matching(name, part, place), place, found);

    private void AddMatching(InputDigest digest, TextPattern name, Location at, SortedDictionary<string, ContentEntry> matching, TaskPlace place, Found found)
    {
        uses.AssumeLike(at, "the name of a file is not known before it runs", name, "file", matching.Keys);
        digest.Text(name.ToString()).Integer(matching.Count);
        foreach (var (path, entry) in matching)
        {
            digest.Text(path);
            found(digest, entry, place);
        }
    }

    /// <summary>Every file in the folders of a search whose name can be the one that is meant, by path.</summary>
    public SortedDictionary<string, ContentEntry> Matching(TextPattern name, string part, TaskPlace place) => Matching(name, [part], place);

    /// <summary>Every file in the folders of the searches for several parts of a role whose name can be the one that is meant, by path.</summary>
    public SortedDictionary<string, ContentEntry> Matching(TextPattern name, IEnumerable<string> parts, TaskPlace place)
    {
        var search = new FileSearch(world.Content, place.Playbook);
        return Matching(name, parts.SelectMany(part => search.Folders(place.Stack, part)));
    }

    private SortedDictionary<string, ContentEntry> Matching(TextPattern name, IEnumerable<SourcePath> folders)
    {
        var matching = new SortedDictionary<string, ContentEntry>(StringComparer.Ordinal);
        name = name.Downwards();
        var (known, below) = name.Split();
        if (known.StartsWith('/'))
        {
            if (AnsibleContent.Join(world.Run.Root, known) is { } absolute) Collect(absolute, below, matching);
            return matching;
        }

        foreach (var folder in folders.Select(f => AnsibleContent.Join(f, known)).OfType<SourcePath>().Distinct()) Collect(folder, below, matching);
        if (name.Prefix.Length == 0) CollectAbsolute(name, matching);
        return matching;
    }

    /// <summary>What is not known may begin with a folder of a build, as `inventory_dir` does.</summary>
    private void CollectAbsolute(TextPattern name, SortedDictionary<string, ContentEntry> matching)
    {
        foreach (var root in world.Run.Inventory.Select(i => i with { Path = RepoPath.Root }).Prepend(world.Run.Root).Distinct())
        {
            foreach (var path in All(root))
            {
                if (name.Matches(AnsibleContent.InBuild(path)) && world.Content.Find(path) is { Entry.IsFile: true } entry) matching[path.ToString()] = entry;
            }
        }
    }

    private void Collect(SourcePath folder, TextPattern name, SortedDictionary<string, ContentEntry> matching)
    {
        foreach (var path in All(folder))
        {
            if (name.Matches(Relative(path, folder)) && world.Content.Find(path) is { Entry.IsFile: true } entry) matching[path.ToString()] = entry;
        }
    }

    /// <summary>A path as it is seen from a folder above it.</summary>
    public static string Relative(SourcePath path, SourcePath folder) => folder.Path.IsRoot ? path.Path.Value : path.Path.Value[(folder.Path.Value.Length + 1)..];

    /// <summary>Every file below a folder, found once where nobody wants to know what was asked on the way.</summary>
    private IEnumerable<SourcePath> All(SourcePath folder)
    {
        if (world.Trace is { IsBroken: false }) return Below(folder, 0);
        return all.TryGetValue(folder, out var known) ? known : all[folder] = world.Apart<ImmutableArray<SourcePath>>(() => [.. Below(folder, 0)]);
    }

    /// <summary>Whether anything in the sources has the last name of a path; where false, no search for it finds anything.</summary>
    public bool MayBeThere(string path)
    {
        world.Trace?.Break();
        var last = path[(path.LastIndexOf('/') + 1)..];
        namesThere ??= world.Apart(() => world.Content.Roots.SelectMany(NamesBelow).ToHashSet(StringComparer.Ordinal));
        return last is "" or "." or ".." || namesThere.Contains(last);
    }

    /// <summary>The names of all that is below a folder; what links lead to is found where it lies.</summary>
    private IEnumerable<string> NamesBelow(SourcePath folder)
    {
        foreach (var name in world.Content.Names(folder))
        {
            yield return name;
            var path = folder with { Path = folder.Path.Child(name) };
            if (world.Content.Peek(path) is not { Entry.Kind: EntryKind.Folder } found || found.Path != path) continue;
            foreach (var below in NamesBelow(path)) yield return below;
        }
    }

    /// <summary>Every file below a folder.</summary>
    public IEnumerable<SourcePath> Below(SourcePath folder, int depth)
    {
        const int MaxDepth = 20;
        foreach (var name in world.Content.Names(folder))
        {
            var path = folder with { Path = folder.Path.Child(name) };
            if (!world.Content.IsFolder(path))
            {
                yield return path;
            }
            else if (depth < MaxDepth)
            {
                foreach (var below in Below(path, depth + 1)) yield return below;
            }
        }
    }

    private void AddTemplateText(InputDigest digest, SourceFile file, ContentEntry entry, TaskPlace place, JinjaOptions options)
    {
        var header = TemplateHeader.Read(file.Content, options);
        var body = header.BodyStart == 0 ? file.Content : file.Content[header.BodyStart..];
        var template = world.Templates.File(body, header.Options);
        var shown = header.BodyStart == 0 ? file : new SourceFile(file.Path, "\n" + body);
        uses.AddTemplate(digest, template, new(shown, default), place with { Way = place.Way.Before }, isFile: true);
        if (template.Fault is not null || header.Fault is not null)
        {
            uses.AddEverything(digest, place, new(file, default), "the template cannot be read");
            return;
        }

        foreach (var reference in template.References.Templates) AddIncluded(digest, reference, entry, shown, place, options);
    }

    /// <summary>A template that another includes: in the folders of the search, each and its `templates/`, and beside the one that names it.</summary>
    private void AddIncluded(InputDigest digest, TemplateReference reference, ContentEntry from, SourceFile file, TaskPlace place, JinjaOptions options)
    {
        var at = new Location(file, reference.Span);
        var names = reference.Candidates.SelectMany(c => uses.Patterns(c, place)).Distinct().ToList();
        foreach (var name in names)
        {
            if (name.Literal is not { } literal)
            {
                var folders = IncludeFolders(from, place).SelectMany(f => (SourcePath[])[f with { Path = f.Path.Child("templates") }, f]);
                AddMatching(digest, name, at, Matching(name, folders), place.At(at), (d, e, p) => AddTemplate(d, e, p, options));
            }
            else if (Included(literal, from, place) is { } entry)
            {
                AddTemplate(digest, entry, place.At(at), options);
                if (reference.IsList) return;
            }
            else
            {
                digest.Absent();
            }
        }
    }

    private static IEnumerable<SourcePath> IncludeFolders(ContentEntry from, TaskPlace place)
    {
        var beside = from.Path with { Path = from.Path.Path.Parent };
        return place.Stack.Append(place.Playbook).Append(place.TemplateFolder ?? beside).Append(beside);
    }

    private ContentEntry? Included(string name, ContentEntry from, TaskPlace place)
    {
        var first = place.TemplateFolder ?? from.Path with { Path = from.Path.Path.Parent };
        if (place.IsLookup && AnsibleContent.Join(first, name) is { } beside && world.Content.Find(beside) is { Entry.IsFile: true } at) return at;
        foreach (var folder in IncludeFolders(from, place))
        {
            foreach (var candidate in (ReadOnlySpan<string>)["templates/" + name, name])
            {
                if (AnsibleContent.Join(folder, candidate) is { } path && world.Content.Find(path) is { Entry.IsFile: true } entry) return entry;
            }
        }

        return null;
    }
}
