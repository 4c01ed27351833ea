using Strata.Ansible;
using Strata.Ansible.Templating;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs.Playbooks;

/// <summary>Adds to a digest what filters and tests of the sources read that open files on the build machine.</summary>
/// <param name="world">The run.</param>
/// <param name="values">What expressions can come to.</param>
/// <param name="plugins">Finds plugins in the sources.</param>
internal sealed class FilterReading(RunWorld world, ValueReading values, PluginReading plugins)
{
    private readonly Dictionary<string, List<SourceFile>> openers = new(StringComparer.Ordinal);
    private List<SourceFile>? opening;
    private Dictionary<string, List<SourcePath>>? byName;

    /// <summary>
    /// A filter or test of the sources that opens files: those that its arguments or its own text name, where it opens just these; every
    /// file, where an argument is not known, or what is opened is put together.
    /// </summary>
    /// <returns>Whether a collection of the sources has it.</returns>
    public bool Add(InputDigest digest, FilterUse use, TaskPlace place)
    {
        var name = use.Name;
        var isInCollection = plugins.AddFilter(digest, name, place.Way);
        world.Trace?.AddFilter(name);
        foreach (var plugin in OpenersOf(name))
        {
            world.Trace?.Break();
            foreach (var path in PythonText.Constants(plugin.Content).SelectMany(FilesNamed)) world.AddEntry(digest, path, place.Way);
            if (use.IsOpen || !PythonText.OpensPlainly(PythonText.OfFilter(plugin.Content, PluginReading.LastOf(name))))
            {
                plugins.AddSources(digest, world.PathOf(plugin), place.Way);
                continue;
            }

            foreach (var argument in use.Told.SelectMany(told => values.Of(told, place)))
            {
                if (argument is Value.Text { Pattern.Literal: { } text }) AddNamedFile(digest, text, place);
                else if (argument is Value.Unknown or Value.Text or Value.List or Value.Mapping) plugins.AddSources(digest, world.PathOf(plugin), place.Way);
            }
        }

        return isInCollection;
    }

    /// <summary>Python opens a file as seen from where Ansible is run; a plugin can ask for the playbook's folder.</summary>
    private void AddNamedFile(InputDigest digest, string name, TaskPlace place)
    {
        foreach (var folder in (SourcePath[])[place.Playbook, world.Run.Root])
        {
            if (AnsibleContent.Join(folder, name) is { } path) world.AddEntry(digest, path, place.Way);
        }
    }

    /// <summary>The plugins in which a filter or test of that name is written, and which open files.</summary>
    public IReadOnlyList<SourceFile> OpenersOf(string name)
    {
        if (openers.TryGetValue(name, out var known)) return known;
        var bare = PluginReading.LastOf(name);
        opening ??= world.Apart(Opening);
        return openers[name] = [.. opening
            .Where(f => PythonText.MayName(f.Content, bare))
            .Where(f => PythonText.Opens(PythonText.OfFilter(f.Content, bare)))];
    }

    /// <summary>The filters and tests of the sources that open files.</summary>
    private List<SourceFile> Opening() =>
        [.. plugins.FilterFolders
            .SelectMany(folder => world.Content.Names(folder).Select(n => folder with { Path = folder.Path.Child(n) }))
            .Where(world.MayReadFiles)
            .Select(p => world.Content.Text(p, out _))
            .OfType<SourceFile>()];

    private IEnumerable<SourcePath> FilesNamed(string constant)
    {
        byName ??= Index();
        return byName.TryGetValue(constant[(constant.LastIndexOf('/') + 1)..], out var paths) ? paths : [];
    }

    private Dictionary<string, List<SourcePath>> Index()
    {
        var index = new Dictionary<string, List<SourcePath>>(StringComparer.Ordinal);
        foreach (var root in world.Content.Roots) Collect(root, index, 0);
        return index;
    }

    private void Collect(SourcePath folder, Dictionary<string, List<SourcePath>> index, int depth)
    {
        foreach (var name in world.Content.Names(folder))
        {
            var path = folder with { Path = folder.Path.Child(name) };
            if (depth < 20 && world.Content.IsFolder(path)) Collect(path, index, depth + 1);
            else if (index.TryGetValue(name, out var known)) known.Add(path);
            else index[name] = [path];
        }
    }
}
