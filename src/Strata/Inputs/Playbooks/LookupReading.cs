using Strata.Ansible;
using Strata.Ansible.Templating;
using Strata.Jinja;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>Adds to a digest what lookups read, as `lookup(…)` in a template or as `with_NAME` of a task.</summary>
/// <param name="world">The run.</param>
/// <param name="values">What expressions can come to.</param>
/// <param name="uses">Reads what templates use.</param>
/// <param name="files">Reads files.</param>
/// <param name="plugins">Finds plugins in the sources.</param>
/// <param name="programs">Reads what programs read.</param>
internal sealed class LookupReading(RunWorld world, ValueReading values, UseReading uses, FileReading files, PluginReading plugins, ProgramReading programs)
{
    /// <summary>Lookups of Ansible that read nothing but what they are given.</summary>
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "dict", "items", "list", "nested", "together", "sequence", "indexed_items", "random_choice", "subelements", "flattened",
        "cartesian", "dig", "url", "random_string",
    };

    /// <summary>How a template is read where nothing else is said.</summary>
    private static readonly JinjaOptions OfTemplates = JinjaOptions.Default with { TrimsBlocks = true };

    /// <summary>Reads what lookups of collections read that no source holds; set by the reader of what is elsewhere.</summary>
    public Action<InputDigest, string, IEnumerable<TextPattern>, TaskPlace, Location>? OnElsewhere { get; init; }

    /// <summary>A call of `lookup`, `query` or `q`.</summary>
    public void Add(InputDigest digest, JinjaExpression.Call call, string plugin, TaskPlace place, Location at)
    {
        var terms = call.Arguments.Positional.Skip(1).SelectMany(a => values.Of(a, place)).SelectMany(Flat).ToList();
        if (call.Arguments.Spread is not null) terms.Add(Value.Unknown.Instance);
        var name = NameOf(plugin);
        var options = name == "template" ? OptionsOf(call.Arguments) : OfTemplates;
        if (options is null) uses.AddEverything(digest, place, at, "how the template is written is not known before it runs");
        if (name == "first_found" && ByKeyword(call.Arguments, place) is { } search) terms = [search];
        Add(digest, name, terms, place, at, new("files", options ?? OfTemplates) { Told = call.Arguments.Keywords.SelectMany(k => values.Of(k.Value, place)).SelectMany(Flat) });
    }

    /// <summary>A lookup whose name is not known: it may be of files, or of variables.</summary>
    public void AddUnknown(InputDigest digest, JinjaExpression.Call call, TaskPlace place, Location at)
    {
        uses.AddEverything(digest, place, at, "which lookup is meant is not known");
        uses.AddProxies(digest, [TextPattern.Any], place);
        foreach (var name in (string[])["file", "template", "fileglob"]) Add(digest, call, name, place, at);
    }

    /// <summary>`files` and `paths` by their names, which stand for a term.</summary>
    private Value.Mapping? ByKeyword(JinjaArguments arguments, TaskPlace place) => arguments.Keywords.Any(k => k.Name is "files")
        ? new([.. arguments.Keywords.Select(k => (k.Name, values.Of(k.Value, place) is [var only] ? only : Value.Unknown.Instance))])
        : null;

    /// <summary>`with_NAME` of a task with that module.</summary>
    public void Add(InputDigest digest, string plugin, YamlNode terms, TaskPlace place, string module) =>
        Add(digest, NameOf(plugin), [.. values.Items(terms, place, flattens: true)], place, terms.At, new(PartOf(module), OfTemplates));

    /// <summary>Whether a loop over a lookup is one over the items that it is given, lists in the list taken apart.</summary>
    public static bool IsOfItems(string plugin) => NameOf(plugin) is "items" or "list" or "flattened" or "random_choice";

    /// <summary>What a loop over a lookup can give that is not one over its items; null where that is not known.</summary>
    public IReadOnlyList<Value>? Items(string plugin, YamlNode terms, TaskPlace place, string module)
    {
        switch (NameOf(plugin))
        {
            case "first_found":
                return [.. FirstFound([.. values.Items(terms, place, flattens: true)], place, PartOf(module)).Select(f => f.Found is { } entry ? Value.Of(AnsibleContent.InBuild(entry.Path)) : Value.Unknown.Instance).Distinct()];
            case "fileglob":
                return [.. Globbed([.. values.Items(terms, place, flattens: true)], place).Select(e => Value.Of(AnsibleContent.InBuild(e.Path)))];
            default:
                return null;
        }
    }

    /// <summary>The part of a role that `with_first_found` looks into, which hangs on the name of the task's module.</summary>
    private static string PartOf(string module) =>
        module.Contains("template", StringComparison.Ordinal) ? "templates" : module.Contains("var", StringComparison.Ordinal) ? "vars" : "files";

    /// <summary>How a lookup of a template is told to read it; null where that is not known.</summary>
    private static JinjaOptions? OptionsOf(JinjaArguments arguments)
    {
        if (arguments.KeywordSpread is not null) return null;
        var options = OfTemplates;
        foreach (var keyword in arguments.Keywords)
        {
            var text = (keyword.Value as JinjaExpression.Text)?.Value;
            var isOn = keyword.Value is JinjaExpression.Boolean { Value: true };
            if (TemplateOptions.With(options, keyword.Name, text ?? "", isOn) is not { } changed) continue;
            if (text is not { Length: > 0 } && keyword.Value is not JinjaExpression.Boolean) return null;
            options = changed;
        }

        return options;
    }

    private static string NameOf(string plugin) =>
        plugin.StartsWith("ansible.builtin.", StringComparison.Ordinal) ? plugin["ansible.builtin.".Length..]
        : plugin.StartsWith("ansible.legacy.", StringComparison.Ordinal) ? plugin["ansible.legacy.".Length..] : plugin;

    private static IEnumerable<Value> Flat(Value value) => value is Value.List list ? list.Items.SelectMany(Flat) : [value];

    private void Add(InputDigest digest, string plugin, IReadOnlyList<Value> terms, TaskPlace place, Location at, How how)
    {
        if (plugins.AddLookup(digest, plugin, place.Way))
        {
            uses.AddEverything(digest, place, at, $"the lookup `{plugin}` of the sources is given every variable");
            return;
        }

        switch (plugin)
        {
            case "file" or "unvault":
                AddFiles(digest, Names(terms), place, at);
                break;
            case "password":
                AddFiles(digest, [.. Names(terms).Select(WithoutOptions)], place, at);
                break;
            case "csvfile" or "ini":
                // Which file is said by an argument that is not followed here.
                AddFiles(digest, [TextPattern.Any], place, at);
                break;
            case "template":
                files.Add(digest, Names(terms), at, "templates", place with { TemplateFolder = null }, (d, e, p) => files.AddTemplate(d, e, p with { IsLookup = true }, how.Options));
                break;
            case "fileglob":
                AddGlobs(digest, terms, place, at);
                break;
            case "first_found":
                AddFirstFound(digest, terms, place, at, how.Part);
                break;
            case "filetree" or "community.general.filetree":
                files.Add(digest, Names(terms), at, "files", place, (d, e, p) => files.AddContent(d, e, p, countsMode: true));
                break;
            case "vars":
                uses.AddNamed(digest, Names(terms), at, place);
                break;
            case "varnames" or "community.general.merge_variables":
                uses.AddEverything(digest, place, at, $"`{plugin}` chooses among all variables");
                break;
            case "inventory_hostnames":
                uses.AddEveryGroup(digest, at, place);
                break;
            case "env":
                uses.AddProxies(digest, Names(terms), place);
                break;
            case "config":
                uses.AddSettings(digest);
                break;
            case "pipe" or "lines":
                programs.AddLookup(digest, Names(terms), place, at);
                break;
            default:
                if (!Plain.Contains(plugin)) world.Sink.AddExternal("lookup", plugin);
                if (plugin.Contains('.', StringComparison.Ordinal)) OnElsewhere?.Invoke(digest, plugin, Names(terms.Concat(how.Told ?? [])), place, at);
                if (plugin is "url") foreach (var name in Names(terms)) world.Sink.AddExternal(ExternalInput.UrlKind, name.ToString(), name.ToString());
                break;
        }
    }

    /// <summary>`FILE length=8`: the options stand behind the name.</summary>
    private static TextPattern WithoutOptions(TextPattern term) =>
        term.Literal is { } text && text.Trim().Split(' ') is [var file, ..] ? TextPattern.Of(file) : TextPattern.Any;

    private static List<TextPattern> Names(IEnumerable<Value> terms) => [.. terms.Select(t => t.Print()).Distinct()];

    private void AddFiles(InputDigest digest, IReadOnlyCollection<TextPattern> names, TaskPlace place, Location at) =>
        files.Add(digest, names, at, "files", place, (d, e, p) => files.AddContent(d, e, p, countsMode: false));

    private void AddGlobs(InputDigest digest, IReadOnlyList<Value> terms, TaskPlace place, Location at)
    {
        if (terms.Any(t => t.Print().Literal is null))
        {
            files.Add(digest, [TextPattern.Any], at, "files", place, (d, e, p) => files.AddContent(d, e, p, countsMode: true));
            return;
        }

        var found = Globbed(terms, place).ToList();
        digest.Integer(found.Count);
        foreach (var entry in found)
        {
            digest.Text(entry.Path.ToString());
            files.AddContent(digest, entry, place, countsMode: true);
        }
    }

    /// <summary>`fileglob`: without a folder in the pattern the first folder of the search that has a match; otherwise that folder.</summary>
    private IEnumerable<ContentEntry> Globbed(IReadOnlyList<Value> terms, TaskPlace place)
    {
        foreach (var term in terms)
        {
            if (term.Print().Literal is not { } pattern) continue;
            var slash = pattern.LastIndexOf('/');
            var folders = slash < 0
                ? place.Stack.Append(place.Playbook).SelectMany(s => (SourcePath[])[s with { Path = s.Path.Child("files") }, s])
                : files.Search(pattern[..slash], "files", place) is { } folder ? [folder.Path] : [];
            foreach (var entry in FirstMatches(folders, pattern[(slash + 1)..])) yield return entry;
        }
    }

    private List<ContentEntry> FirstMatches(IEnumerable<SourcePath> folders, string pattern)
    {
        foreach (var folder in folders)
        {
            var found = world.Content.Names(folder).Where(n => Globs.Match(pattern, n))
                .Select(n => world.Content.Find(folder with { Path = folder.Path.Child(n) }))
                .OfType<ContentEntry>().Where(e => e.Entry.IsFile).ToList();
            if (found.Count > 0) return found;
        }

        return [];
    }

    private void AddFirstFound(InputDigest digest, IReadOnlyList<Value> terms, TaskPlace place, Location at, string part)
    {
        foreach (var (name, entry) in FirstFound(terms, place, part))
        {
            digest.Text(name.ToString());
            if (entry is { } found) files.AddContent(digest, found, place, countsMode: false);
            else if (name.Literal is null) files.Add(digest, [name], at, "files", place, (d, e, p) => files.AddContent(d, e, p, countsMode: false));
            else digest.Absent();
        }
    }

    /// <summary>The files that `first_found` looks at up to the first that is certain to be taken.</summary>
    private IEnumerable<(TextPattern Name, ContentEntry? Found)> FirstFound(IReadOnlyList<Value> terms, TaskPlace place, string part)
    {
        foreach (var name in terms.SelectMany(Candidates))
        {
            var entry = name.Literal is { } literal ? files.Search(literal, part, place) : null;
            if (name.Literal is null)
            {
                foreach (var match in Matching(name, place)) yield return (name, match);
            }
            else
            {
                yield return (name, entry);
            }

            if (entry is not null) yield break;
        }
    }

    private IEnumerable<ContentEntry> Matching(TextPattern name, TaskPlace place) =>
        ((string[])["files", "templates", "vars"]).SelectMany(part => files.Matching(name, part, place).Values).DistinctBy(e => e.Path);

    private static IEnumerable<TextPattern> Candidates(Value term)
    {
        if (term is not Value.Mapping mapping) return term is Value.List list ? list.Items.SelectMany(Candidates) : [term.Print()];
        var names = Split(mapping.Find("files"), ",;");
        var paths = Split(mapping.Find("paths"), ",:;");
        return paths.Count == 0 ? names : paths.SelectMany(p => names.Select(n => p.Then(TextPattern.Of("/")).Then(n)));
    }

    private static List<TextPattern> Split(Value? value, string separators) => value switch
    {
        null => [],
        Value.List list => [.. list.Items.SelectMany(i => Split(i, separators))],
        Value.Text { Pattern.Literal: { } text } => [.. text.Split([.. separators]).Select(TextPattern.Of)],
        _ => [value.Print()],
    };

    /// <summary>What a lookup is told beside its terms.</summary>
    /// <param name="Part">The part of a role that files are looked for in.</param>
    /// <param name="Options">How a template is read.</param>
    private readonly record struct How(string Part, JinjaOptions Options)
    {
        /// <summary>What it is told by names.</summary>
        public IEnumerable<Value>? Told { get; init; }
    }
}
