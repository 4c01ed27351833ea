using System.Runtime.CompilerServices;
using Strata.Ansible;
using Strata.Ansible.Inventories;
using Strata.Ansible.Templating;
using Strata.Jinja;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>
/// Adds to a digest what templates and expressions use: each name with the definitions that can win where it is used, and what
/// these use in turn. A name that nothing defines adds that.
/// </summary>
/// <param name="world">The run.</param>
/// <param name="values">What expressions can come to.</param>
internal sealed partial class UseReading(RunWorld world, ValueReading values)
{
    /// <summary>What Ansible itself provides, and what holds no value of the sources.</summary>
    private static readonly HashSet<string> Provided = new(StringComparer.Ordinal)
    {
        "lookup", "query", "q", "now", "omit", "undef", "ansible_facts", "playbook_dir", "role_path", "role_name", "ansible_role_name",
        "ansible_play_name", "ansible_loop", "ansible_search_path", "ansible_version", "ansible_check_mode", "ansible_diff_mode",
        "ansible_forks", "ansible_verbosity", "ansible_run_tags", "ansible_skip_tags", "ansible_limit", "ansible_playbook_python",
        "template_host", "template_path", "template_mtime", "template_uid", "template_fullpath", "template_destpath", "template_run_date",
        "ansible_failed_task", "ansible_failed_result", "environment",
    };

    /// <summary>Names of the hosts of a play, which are the image host alone.</summary>
    private static readonly HashSet<string> PlayHosts = new(StringComparer.Ordinal)
    {
        "play_hosts", "ansible_play_batch", "ansible_play_hosts", "ansible_play_hosts_all",
    };

    /// <summary>Tests that look at files of the build machine.</summary>
    private static readonly HashSet<string> FileTests = new(StringComparer.Ordinal)
    {
        "exists", "file", "is_file", "directory", "is_dir", "link", "is_link", "link_exists", "same_file", "is_same_file", "mount", "is_mount",
    };

    private static bool LooksAtFiles(FilterUse use) =>
        PluginReading.LastOf(use.Name) is var name && (FileTests.Contains(name) || name is "fileglob" or "realpath");

    /// <summary>Names of roles, of which only the play knows all.</summary>
    private static readonly HashSet<string> RoleNames = new(StringComparer.Ordinal)
    {
        "role_names", "ansible_role_names", "ansible_play_role_names", "ansible_dependent_role_names", "ansible_parent_role_names", "ansible_parent_role_paths",
    };

    /// <summary>Names that are more than variables.</summary>
    private static readonly HashSet<string> Special = new(["groups", "hostvars", "vars", .. Provided, .. RoleNames, .. PlayHosts], StringComparer.Ordinal);

    private readonly Dictionary<(string Name, SourcePath Playbook), Fingerprint> everyHost = [];
    private readonly Dictionary<WideKey, Fingerprint> everything = [];
    private readonly Dictionary<(string Host, SourcePath Playbook), VariableScope> hostScopes = [];

    /// <summary>Reads the lookups; set by the reader of files.</summary>
    public Action<InputDigest, JinjaExpression.Call, string, TaskPlace, Location>? OnLookup { get; set; }

    /// <summary>Reads lookups whose names are not known; set by the reader of files.</summary>
    public Action<InputDigest, JinjaExpression.Call, TaskPlace, Location>? OnUnknownLookup { get; set; }

    /// <summary>Reads what filters and tests of the sources read; set by the reader of plugins.</summary>
    public Action<InputDigest, FilterUse, TaskPlace>? OnFilter { get; set; }

    /// <summary>A value and all that its templates use.</summary>
    public void AddValue(InputDigest digest, YamlNode node, TaskPlace place)
    {
        digest.Digest(world.Nodes.Digest(node));
        AddUses(digest, node, place);
    }

    /// <summary>All that the templates in a value use.</summary>
    public void AddUses(InputDigest digest, YamlNode node, TaskPlace place)
    {
        foreach (var (template, at) in world.Nodes.TemplatesIn(node)) AddTemplate(digest, template, at, place);
    }

    /// <summary>All that a text uses as a template.</summary>
    public void AddText(InputDigest digest, string text, Location at, TaskPlace place)
    {
        if (world.Templates.Template(text) is { } template) AddTemplate(digest, template, at, place);
    }

    /// <summary>All that a template uses.</summary>
    /// <param name="digest">Where it goes.</param>
    /// <param name="template">The template.</param>
    /// <param name="at">Where it stands.</param>
    /// <param name="place">From where it sees variables.</param>
    /// <param name="isFile">Whether the place is a whole file, in which the uses have places of their own.</param>
    public void AddTemplate(InputDigest digest, JinjaTemplate template, Location at, TaskPlace place, bool isFile = false)
    {
        if (world.IsDraft) return;
        if (template.Fault is { } fault)
        {
            Assume(at, "it is no template: " + fault.Message, "its text");
            return;
        }

        var references = template.References;
        foreach (var name in references.Undeclared)
        {
            if (name.Spans.IsEmpty) continue;
            var used = isFile ? new Location(at.File, name.Spans[0]) : at;
            AddUse(digest, name.Name, references, used, place);
        }

        foreach (var use in FilterUse.Of(references))
        {
            OnFilter?.Invoke(digest, use, place);
            if (LooksAtFiles(use)) AddLookedAt(digest, use.Operand, place.At(at));
        }

        foreach (var call in references.Calls) AddCall(digest, call, at, place.At(at));
        foreach (var embedded in references.Embedded) AddText(digest, embedded.Value, at, place);
    }

    /// <summary>The digest of what a name stands for.</summary>
    public Fingerprint Name(string name, TaskPlace place)
    {
        if (world.IsDraft) return default;
        var known = place.Variables.Digests;
        if (known.TryGetValue(name, out var found)) return found;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            world.GiveUp();
            return default;
        }

        known[name] = default;
        using var digest = new InputDigest();
        foreach (var candidate in place.Variables.Of(name)) Add(digest, name, candidate, place);
        return known[name] = digest.Finish();
    }

    /// <summary>Every variable that the place sees, and through `hostvars` and `groups` those of all hosts.</summary>
    public void AddEverything(InputDigest digest, TaskPlace place, Location at, string because)
    {
        if (world.IsDraft) return;
        Assume(at, because, "every variable and the inventory");
        foreach (var vars in place.Variables.Around) AddValue(digest, vars, place);
        digest.Digest(Everything(place with { Variables = place.Variables.OfRole }));
    }

    private Fingerprint Everything(TaskPlace place)
    {
        world.Trace?.Break();
        var key = WideKey.Of(place);
        if (everything.TryGetValue(key, out var known)) return known;
        everything[key] = default;
        using var all = new InputDigest();
        foreach (var name in place.Variables.Names()) all.Text(name).Digest(Name(name, place));
        AddInventory(all, place);
        return everything[key] = all.Finish();
    }

    /// <summary>A place of which more is taken than it may need.</summary>
    public void Assume(Location at, string because, string covers) => world.Sink.Assume(PathOf(at), at, because, covers);

    /// <summary>A name of which only a part is known: everything that is like it counts.</summary>
    public void AssumeLike(Location at, string because, TextPattern name, string kind, IReadOnlyCollection<string> matches)
    {
        const int Shown = 5;
        var covered = string.Join(", ", matches.Take(Shown)) + (matches.Count > Shown ? " …" : "");
        Assume(at, because, matches.Count == 0 ? $"no {kind} is like `{name}`" : covered);
    }

    /// <summary>The members of a group, in their order.</summary>
    public void AddMembers(InputDigest digest, string group, TaskPlace place)
    {
        var members = world.MembersOf(group);
        world.Sink.Add(InputKind.Membership, group, members, null, null, place.Way.To("group " + group));
        digest.Text(group).Digest(members);
    }

    private SourcePath PathOf(Location at) => world.PathOf(at.File);

    private void Add(InputDigest digest, string name, Candidate candidate, TaskPlace place)
    {
        if (candidate.Definition is not { } definition)
        {
            digest.Absent();
            return;
        }

        var way = place.Way.ToVariable(name);
        if (definition.File is not null || world.IsOfSite(definition))
            AddVariable(name, definition, place, way);
        AddValue(digest, definition.Value, place with { Way = way });
    }

    /// <summary>A definition with its place. A layer file that is in no source is a link of the way.</summary>
    private void AddVariable(string name, Definition definition, TaskPlace place, Way way)
    {
        var value = world.Nodes.Digest(definition.Value);
        if (definition.At.File != world.Run.At.File)
            world.Sink.Add(InputKind.Variable, name, value, world.PathOf(definition.At.File), definition.At, way);
        else if (world.Run.LayerFile is { } layerFile)
            world.Sink.Add(InputKind.Variable, name, value, new(SourceName.Self, layerFile), definition.At, way);
        else
            world.Sink.Add(InputKind.Variable, name, value, null, null, place.Way.To(definition.At).ToVariable(name));
    }

    private void AddUse(InputDigest digest, string name, JinjaReferences references, Location at, TaskPlace place)
    {
        if (place.Variables.OfLoop(name) is not null && place.Variables.Of(name).IsEmpty) return;
        if (!Special.Contains(name))
        {
            digest.Text(name).Digest(place.Variables.Digests.TryGetValue(name, out var known) ? known : Name(name, place.At(at)));
            return;
        }

        place = place.At(at);
        if (name == "groups") AddGroups(digest, references, at, place);
        else if (name == "hostvars") AddHostVariables(digest, references, at, place);
        else if (name == "vars") AddByName(digest, references, at, place);
        else if (name == "ansible_facts") AddFacts(digest, references, place);
        else if (RoleNames.Contains(name)) AddRoleNames(digest, place);
        else if (Provided.Contains(name)) AddProvided(digest, name, place);
        else digest.Text(name);
    }

    /// <summary>The place of the playbook and the role is what a template that shows them depends on.</summary>
    private void AddProvided(InputDigest digest, string name, TaskPlace place)
    {
        if (name == "ansible_play_name")
        {
            world.Trace?.AddPlayName(place.Variables.Play.PlayName);
            digest.Text(place.Variables.Play.PlayName);
        }

        if (IsOfSiteElsewhere(name, place) && !place.Variables.Of(name).IsEmpty) digest.Text(name).Digest(Name(name, place));
        if (name is "ansible_run_tags" or "ansible_skip_tags") digest.Text(name).Texts(world.Tags.Only).Texts(world.Tags.Skip);
        if (name is "ansible_failed_task") world.Learned.AddFailedTask();
        if (name is "ansible_forks" or "ansible_verbosity" or "ansible_diff_mode") AddSettings(digest);
        if (name is "ansible_search_path") digest.Texts([.. place.Stack.Select(p => p.ToString())]);
        if (name is not ("playbook_dir" or "role_path" or "role_name" or "ansible_role_name")) return;
        foreach (var text in values.Of(name, place)) digest.Text(text.Print().ToString());
    }

    /// <summary>Ansible gives these names a value in some places alone; elsewhere they are the site's.</summary>
    private static bool IsOfSiteElsewhere(string name, TaskPlace place) =>
        name is "role_path" or "role_name" ? place.Variables.Role is null
        : name is "lookup" or "query" or "q" or "now" or "omit" or "undef" || name.StartsWith("template_", StringComparison.Ordinal);

    /// <summary>All that the configuration says.</summary>
    public void AddSettings(InputDigest digest) => digest.List(world.Config.Values.ToList(), v => digest.Text(v.Section).Text(v.Key).Text(v.Value));

    /// <summary>
    /// The proxies among variables of the environment that are read by name. All others count for every run; a proxy counts where its
    /// address may come into the image.
    /// </summary>
    public void AddProxies(InputDigest digest, IReadOnlyCollection<TextPattern> names, TaskPlace place)
    {
        foreach (var (name, value) in world.Run.Proxies.Where(v => names.Any(n => n.Matches(v.Key))))
        {
            using var own = new InputDigest();
            var content = own.Text(name).Text(value).Finish();
            world.Sink.Add(InputKind.Setting, name, content, null, null, place.Way);
            digest.Digest(content);
        }
    }

    /// <summary>`ansible_facts.name`: the facts that are declared.</summary>
    private void AddFacts(InputDigest digest, JinjaReferences references, TaskPlace place)
    {
        foreach (var path in references.Paths.Where(p => p.Name == "ansible_facts"))
        {
            var isOne = path.Steps is [var step, ..] && !IsMethod(step);
            if (!isOne) world.Trace?.Break();
            IEnumerable<string> names = isOne ? ["ansible_" + path.Steps[0]] : world.Facts.Keys.Order(StringComparer.Ordinal);
            foreach (var name in names.Where(world.Facts.ContainsKey)) digest.Text(name).Digest(Name(name, place));
        }
    }

    /// <summary>The names of the roles of the play, and of the one that a task is of.</summary>
    private void AddRoleNames(InputDigest digest, TaskPlace place)
    {
        world.Trace?.Break();
        foreach (var (role, _) in place.Variables.Play.Roles) digest.Text(role.Role.Name);
        digest.Text(place.Variables.Role?.Role.Name ?? "");
    }

    private void AddGroups(InputDigest digest, JinjaReferences references, Location at, TaskPlace place)
    {
        foreach (var path in references.Paths.Where(p => p.Name == "groups"))
        {
            if (path.Steps is [var group, ..] && !IsMethod(group)) AddMembers(digest, group, place);
            else if (path.Steps.IsEmpty && path.ComputedKey is { } key && Literals(key, place) is { } names) AddMembers(digest, names, place);
            else AddEveryGroup(digest, at, place);
        }
    }

    private void AddMembers(InputDigest digest, IEnumerable<string> groups, TaskPlace place)
    {
        foreach (var group in groups) AddMembers(digest, group, place);
    }

    /// <summary>The members of every group.</summary>
    public void AddEveryGroup(InputDigest digest, Location at, TaskPlace place)
    {
        Assume(at, "which group is meant is not known", "every group");
        AddMembers(digest, world.Groups().Select(g => g.Group), place);
    }

    private static bool IsMethod(string step) => step is "keys" or "items" or "values" or "get";

    /// <summary>`hostvars[host].name`: what the inventory gives the host.</summary>
    private void AddHostVariables(InputDigest digest, JinjaReferences references, Location at, TaskPlace place)
    {
        var extracted = references.Filters.Select(Extracted).OfType<(Span Span, string Key)>().ToList();
        foreach (var (_, key) in extracted) digest.Text(key).Digest(EveryHost(key, place));
        foreach (var path in references.Paths.Where(p => p.Name == "hostvars" && !extracted.Exists(e => e.Span.Start <= p.Span.Start && p.Span.End <= e.Span.End)))
        {
            var (hosts, name) = path switch
            {
                { Steps: [var host, var first, ..] } when !IsMethod(host) => ([host], first),
                { Steps: [], ComputedKey: { } key, StepsBehind: [var first, ..] } => (Literals(key, place), first),
                _ => (null, null),
            };
            if (name is null || name is "get") AddEveryHost(digest, at, place);
            else if (hosts is null) digest.Text(name).Digest(EveryHost(name, place));
            else AddHosts(digest, hosts, name, place);
        }
    }

    /// <summary>`map('extract', hostvars, 'name')`: the variable of every host, and where its arguments stand.</summary>
    private static (Span Span, string Key)? Extracted(JinjaExpression.Filter filter) =>
        filter is { FilterName: "map", Arguments.Positional: [JinjaExpression.Text { Value: "extract" }, JinjaExpression.Name { Value: "hostvars" } hosts, var keys, ..] }
            ? keys switch
            {
                JinjaExpression.Text { Value: var key } => (hosts.Span, key),
                JinjaExpression.List { Items: [JinjaExpression.Text { Value: var key }, ..] } => (hosts.Span, key),
                _ => null,
            }
            : null;

    private void AddHosts(InputDigest digest, IEnumerable<string> hosts, string name, TaskPlace place)
    {
        foreach (var host in hosts) digest.Text(host).Text(name).Digest(OfHost(host, name, place));
    }

    /// <summary>A variable of one host: the inventory's, and what tasks set for it.</summary>
    public Fingerprint OfHost(string host, string name, TaskPlace place) => Name(name, place with { Variables = HostScope(host, place) });

    private VariableScope HostScope(string host, TaskPlace place)
    {
        world.Trace?.Break();
        var key = (host, place.Playbook);
        if (hostScopes.TryGetValue(key, out var known)) return known;
        var play = place.Variables.Play;
        var variables = new PlayVariables
        {
            Extra = play.Extra,
            Inventory = world.Inventory.Variables(host, [place.Playbook]),
            Facts = play.Facts,
            Knowledge = play.Knowledge,
            Index = -1,
            MergesMappings = play.MergesMappings,
        };
        return hostScopes[key] = new(variables, null, [], []);
    }

    private Fingerprint EveryHost(string name, TaskPlace place)
    {
        world.Trace?.Break();
        if (everyHost.TryGetValue((name, place.Playbook), out var known)) return known;
        everyHost[(name, place.Playbook)] = default;
        using var digest = new InputDigest();
        foreach (var host in world.Inventory.Hosts) digest.Text(host).Digest(OfHost(host, name, place));
        return everyHost[(name, place.Playbook)] = digest.Finish();
    }

    private void AddEveryHost(InputDigest digest, Location at, TaskPlace place)
    {
        Assume(at, "which variable of which host is meant is not known", "the inventory");
        AddEverything(digest, place, at, "variables of the image host are used by no name");
    }

    /// <summary>The inventory as it is, with the folders of variables beside it and beside the playbook.</summary>
    public void AddInventory(InputDigest digest, TaskPlace place)
    {
        var folders = world.Inventory.Folders.Append(place.Playbook)
            .SelectMany(f => (SourcePath[])[f with { Path = f.Path.Child("group_vars") }, f with { Path = f.Path.Child("host_vars") }]);
        foreach (var path in world.Run.Inventory.Concat(folders).Distinct()) world.AddEntry(digest, path, place.Way);
    }

    /// <summary>`vars[name]`.</summary>
    private void AddByName(InputDigest digest, JinjaReferences references, Location at, TaskPlace place)
    {
        foreach (var path in references.Paths.Where(p => p.Name == "vars"))
        {
            if (path.Steps is [var name, ..] && !IsMethod(name)) digest.Text(name).Digest(Name(name, place));
            else if (path.Steps.IsEmpty && path.ComputedKey is { } key) AddNamed(digest, Patterns(key, place), at, place);
            else AddEverything(digest, place, at, "`vars` is used as a whole");
        }
    }

    /// <summary>The variables whose names are these texts.</summary>
    public void AddNamed(InputDigest digest, IReadOnlyCollection<TextPattern> names, Location at, TaskPlace place)
    {
        foreach (var name in names)
        {
            if (name.Literal is { } literal) digest.Text(literal).Digest(Name(literal, place));
            else if (name.IsAny) AddEverything(digest, place, at, "the name of a variable is not known");
            else AddMatching(digest, name, at, place);
        }
    }

    private void AddMatching(InputDigest digest, TextPattern pattern, Location at, TaskPlace place)
    {
        Assume(at, "of the name of a variable only a part is known", $"the variables `{pattern}`");
        foreach (var name in place.Variables.Names().Where(pattern.Matches)) digest.Text(name).Digest(Name(name, place));
    }

    /// <summary>The texts that an expression can be.</summary>
    public IReadOnlyCollection<TextPattern> Patterns(JinjaExpression expression, TaskPlace place) =>
        [.. values.Of(expression, place).Select(v => v.Print()).Distinct()];

    /// <summary>The texts that an expression can be, where all are known.</summary>
    private IReadOnlyCollection<string>? Literals(JinjaExpression expression, TaskPlace place)
    {
        var patterns = Patterns(expression, place);
        return patterns.All(p => p.Literal is not null) ? [.. patterns.Select(p => p.Literal!)] : null;
    }

    private void AddCall(InputDigest digest, JinjaExpression.Call call, Location at, TaskPlace place)
    {
        if (call.Callee is not JinjaExpression.Name { Value: "lookup" or "query" or "q" }) return;
        if (call.Arguments.Positional is [JinjaExpression.Text plugin, ..]) OnLookup?.Invoke(digest, call, plugin.Value, place, at);
        else OnUnknownLookup?.Invoke(digest, call, place, at);
    }

    private static IEnumerable<Value> Flat(Value value) => value is Value.List list ? list.Items.SelectMany(Flat) : [value];

    /// <summary>
    /// A file or folder that a test or filter looks for on the build machine: what is there, and of a pattern what its folder holds.
    /// </summary>
    private void AddLookedAt(InputDigest digest, JinjaExpression? operand, TaskPlace place)
    {
        foreach (var pattern in operand is null ? [TextPattern.Any] : values.Of(operand, place).SelectMany(Flat).Select(v => v.Print()).Distinct())
        {
            var isWhole = pattern.Literal is { } literal && !literal.AsSpan().ContainsAny("*?[");
            var known = isWhole ? pattern.Literal! : pattern.Prefix[..(pattern.Prefix.AsSpan().IndexOfAny("*?[") is var mark and >= 0 ? mark : pattern.Prefix.Length)];
            if (!isWhole) known = known[..(known.LastIndexOf('/') + 1)];
            if (AnsibleContent.Join(world.Run.Root, known) is not { } path) continue;
            world.Sink.Watch(path);
            if (!isWhole) world.AddEntry(digest, path, place.Way);
            else if (world.Content.Find(path) is { } found) digest.Integer((int)found.Entry.Kind).Text(found.Path.ToString());
            else digest.Absent();
        }
    }
}
