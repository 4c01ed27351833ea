using System.Collections.Frozen;
using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Ansible.Inventories;
using Strata.Ansible.Templating;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>
/// Adds to a digest what code that no source holds may read of the sources: the roles and modules that requirements bring. Their text is
/// not there to be followed, so everything that they are given counts: see design section 5, "Sound before precise".
/// </summary>
/// <param name="world">The run.</param>
/// <param name="tools">The readers.</param>
internal sealed class ElsewhereReading(RunWorld world, ReadingTools tools)
{
    private readonly Dictionary<WideKey, Fingerprint> named = [];

    /// <summary>The folders beside a playbook in which a role from elsewhere finds files by a bare name.</summary>
    private static readonly string[] Parts = ["files", "templates", "vars", "tasks"];

    /// <summary>The parts of a role in which a plugin looks for what it is told.</summary>
    private static readonly string[] Told = ["files", "templates"];

    /// <summary>Whose collections are for everybody, and so do not read the variables of one site.</summary>
    private static readonly FrozenSet<string> KnownSpaces = new[]
    {
        "amazon", "ansible", "arista", "awx", "azure", "chocolatey", "cisco", "cloud", "cloudscale_ch", "community", "containers", "dellemc",
        "freeipa", "google", "hetzner", "hpe", "ibm", "junipernetworks", "kubernetes", "lenovo", "mellanox", "microsoft", "netapp", "nvidia",
        "openstack", "prometheus", "purestorage", "theforeman", "vmware",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Of those, whose collections hold no roles.</summary>
    private static readonly FrozenSet<string> SpacesWithoutRoles = new[]
    {
        "amazon", "ansible", "arista", "awx", "azure", "chocolatey", "community", "containers", "kubernetes", "openstack", "vmware",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Collections of those that do.</summary>
    private static readonly FrozenSet<string> CollectionsWithRoles =
        new[] { "community.mongodb", "community.proxysql", "community.sops", "community.zabbix" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// A role: it sees every variable and the inventory, and the searches of its tasks end beside the playbook. Other files of the site
    /// it can only know from a variable.
    /// </summary>
    /// <param name="digest">Takes what is read.</param>
    /// <param name="name">Its name.</param>
    /// <param name="at">Where it is named.</param>
    /// <param name="place">From where it is brought.</param>
    public void AddRole(InputDigest digest, string name, Location at, TaskPlace place) => AddCode(digest, $"the role `{name}` from elsewhere", at, place);

    /// <summary>Whether one of these collections, in which bare names of roles are looked up first, is in no source and may have a role of any name.</summary>
    public bool MayHide(ImmutableArray<string> collections) =>
        collections.Any(c => (!SpacesWithoutRoles.Contains(c.Split('.')[0]) || CollectionsWithRoles.Contains(c)) && !tools.Plugins.HasCollection(c));

    /// <summary>A playbook of a collection.</summary>
    public void AddPlaybook(InputDigest digest, string name, Location at, TaskPlace place) => AddCode(digest, $"the playbook `{name}` from elsewhere", at, place);

    /// <summary>Tasks that are written in the sources, and cannot be read.</summary>
    public void AddEncrypted(InputDigest digest, SourcePath file, TaskPlace place) => AddCode(digest, "the encrypted file", new(new(file.ToString(), ""), default), place);

    private void AddCode(InputDigest digest, string what, Location at, TaskPlace place)
    {
        LearnAny();
        if (world.IsDraft) return;
        world.Trace?.Break();
        AddGiven(digest, place, at, $"which variables {what} uses is not known");
        tools.Uses.Assume(at, $"which variables {what} sets is not known", "any value of a variable that names a file");
        tools.Uses.Assume(at, $"which files {what} opens is not known", "what variables name, and `files/`, `templates/`, `vars/` and `tasks/` beside the playbook");
        foreach (var part in Parts) AddIfThere(digest, place.Playbook with { Path = place.Playbook.Path.Child(part) }, place);
    }

    /// <summary>What is given every variable may use it, and open the files that they name, whatever else they come to.</summary>
    private void AddGiven(InputDigest digest, TaskPlace place, Location at, string because)
    {
        if (world.IsDraft) return;
        tools.Uses.AddEverything(digest, place, at, because);
        AddNamed(digest, place.Variables.Around.SelectMany(vars => Texts(vars, place)), Parts, place);
        var bare = place with { Variables = place.Variables.OfRole };
        var key = WideKey.Of(bare);
        if (!named.TryGetValue(key, out var known))
        {
            using var all = new InputDigest();
            var definitions = bare.Variables.Names().SelectMany(n => bare.Variables.Of(n)).Select(c => c.Definition).OfType<Definition>();
            AddNamed(all, definitions.SelectMany(d => Texts(d.Value, bare)), Parts, bare);
            named[key] = known = all.Finish();
        }

        digest.Digest(known);
    }

    /// <summary>Whatever a run can learn: it may set any variable, and add hosts and groups.</summary>
    private void LearnAny()
    {
        world.Learned.AddName(TextPattern.Any);
        world.Learned.AddHosts();
    }

    /// <summary>
    /// Whether a module may be of a collection of which nothing is known: one that no source holds and that is not for everybody, by
    /// the module's name or since bare names are looked up in it.
    /// </summary>
    public bool IsUnknown(Module module, TaskPlace place)
    {
        if (module.Written.Contains('.', StringComparison.Ordinal))
            return IsOfUnknown(module.Written) && module.Written.Split('.') is [var space, var collection, ..] && !tools.Plugins.HasCollection($"{space}.{collection}");
        return !place.Collections.IsEmpty && module.Name != "meta" && place.Collections.Any(c => IsOfUnknown($"{c}.{module.Written}") && !tools.Plugins.HasCollection(c));
    }

    /// <summary>What a run learns by a module of which nothing is known.</summary>
    public void Learn(Module module, TaskPlace place)
    {
        if (IsUnknown(module, place)) LearnAny();
    }

    /// <summary>A module of a collection: an argument of it can name a file of the sources, if an action of that collection reads it.</summary>
    public void AddModule(InputDigest digest, TaskEntry.Task task, TaskPlace place)
    {
        foreach (var argument in task.Arguments.Named) AddNamed(digest, Texts(argument.Value, place), Told, place.At(argument.Value.At));
        if (IsUnknown(task.Module, place))
            AddGiven(digest, place, task.Module.At, $"`{task.Module.Written}` may be an action from elsewhere, which is given every variable and can set any");
    }

    /// <summary>A lookup of a collection: what it is told can name a file, and it is given every variable.</summary>
    /// <param name="digest">Takes what is read.</param>
    /// <param name="name">Its name.</param>
    /// <param name="told">What it is told.</param>
    /// <param name="place">From where it is called.</param>
    /// <param name="at">Where it is named.</param>
    public void AddLookup(InputDigest digest, string name, IEnumerable<TextPattern> told, TaskPlace place, Location at)
    {
        AddNamed(digest, told, Told, place);
        if (IsOfUnknown(name)) AddGiven(digest, place, at, $"the lookup `{name}` from elsewhere is given every variable");
    }

    /// <summary>A filter or test of a collection: what it is told can name a file.</summary>
    public void AddFilter(InputDigest digest, FilterUse use, TaskPlace place)
    {
        if (IsOfUnknown(use.Name)) AddNamed(digest, use.Told.SelectMany(told => tools.Uses.Patterns(told, place)), Told, place);
    }

    /// <summary>Whether a name is of a collection of which it is not known that its plugins read no variables by themselves.</summary>
    private static bool IsOfUnknown(string name) =>
        name.Split('.') is [var space, _, _, ..] && (!KnownSpaces.Contains(space) || name == "community.general.dependent");

    /// <summary>The texts that the scalars of a value can come to.</summary>
    private IEnumerable<TextPattern> Texts(YamlNode node, TaskPlace place) => node switch
    {
        YamlNode.Sequence list => list.Items.SelectMany(item => Texts(item, place)),
        YamlNode.Mapping mapping => mapping.Entries.SelectMany(entry => Texts(entry.Value, place)),
        YamlNode.Scalar => tools.Values.Texts(node, place),
        _ => [],
    };

    /// <summary>The files that texts can name, in the parts of a role.</summary>
    private void AddNamed(InputDigest digest, IEnumerable<TextPattern> texts, string[] parts, TaskPlace place)
    {
        foreach (var text in texts.Distinct().Where(t => !t.IsAny))
        {
            if (text.Literal is { } literal) AddLiteral(digest, literal, parts, place);
            else AddMatching(digest, text, parts, place);
        }
    }

    /// <summary>Most texts are words, which are the name of nothing.</summary>
    private void AddLiteral(InputDigest digest, string name, string[] parts, TaskPlace place)
    {
        if (!tools.Files.MayBeThere(name)) return;
        foreach (var entry in parts.Select(part => tools.Files.Search(name, part, place)).OfType<ContentEntry>().Where(e => IsNamed(e, name, place)).Distinct())
            AddFound(digest, entry, place);
    }

    /// <summary>
    /// The files that a text can name of which only a part is known. One without a slash is a bare name, as `{{ ansible_distribution }}.yml` is:
    /// it is beside the playbook, or in a folder of the search.
    /// </summary>
    private void AddMatching(InputDigest digest, TextPattern text, string[] parts, TaskPlace place)
    {
        if (text.ToString().Contains('/', StringComparison.Ordinal))
        {
            foreach (var entry in tools.Files.Matching(text, parts, place).Values) AddFound(digest, entry, place);
            return;
        }

        foreach (var folder in parts.Select(part => place.Playbook with { Path = place.Playbook.Path.Child(part) }).Prepend(place.Playbook))
        {
            foreach (var name in world.Content.Names(folder).Where(text.Matches))
            {
                if (world.Content.Find(folder with { Path = folder.Path.Child(name) }) is { Entry.IsFile: true } entry) AddFound(digest, entry, place);
            }
        }
    }

    /// <summary>A word that is by chance the name of a folder, and `.`, are no paths.</summary>
    private static bool IsNamed(ContentEntry entry, string text, TaskPlace place) =>
        entry.Entry.IsFile
        || (text.Contains('/', StringComparison.Ordinal) && !(entry.Path.Source == place.Playbook.Source && place.Playbook.Path.IsWithin(entry.Path.Path)));

    /// <summary>A file may be read as a template: those that it includes count, too.</summary>
    private void AddFound(InputDigest digest, ContentEntry entry, TaskPlace place)
    {
        digest.Text(entry.Path.ToString());
        tools.Files.AddContent(digest, entry, place, countsMode: true);
        if (entry.Entry.IsFile && world.Content.Text(entry.Path, out _) is { Content: var text } && (text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal)))
            tools.Files.AddTemplate(digest, entry, place, FileReading.OfTemplates);
    }

    private void AddIfThere(InputDigest digest, SourcePath folder, TaskPlace place)
    {
        if (world.Content.Find(folder) is { } entry) tools.Files.AddContent(digest, entry, place, countsMode: true);
    }
}
