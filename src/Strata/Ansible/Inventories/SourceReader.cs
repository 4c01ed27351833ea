using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible.Inventories;

/// <summary>
/// Reads inventory sources one after the other: `parse_source` of `inventory/manager.py`, ansible-core 2.14. Each plugin that is
/// enabled tries a file until one succeeds; what one that fails has read until then stands.
/// </summary>
internal sealed class SourceReader(AnsibleContent content, InventorySettings settings)
{
    private const int MaxDepth = 40;

    /// <summary>More files and folders are links that show the same again and again.</summary>
    private const int MostEntries = 20_000;

    private static readonly string[] IgnoredNames = ["host_vars", "group_vars", "vars_plugins"];

    private readonly List<OpaqueFile> opaque = [];
    private readonly HashSet<SourcePath> open = [];
    private int entries;
    private readonly ImmutableArray<Regex> ignoredPatterns = [.. settings.IgnoredPatterns.Select(PatternOf).OfType<Regex>()];

    /// <summary>What was read.</summary>
    public InventoryBuilder Builder { get; } = new(settings);

    /// <summary>Reads a file, or a folder with all that is in it.</summary>
    public void Read(SourcePath source) => Read(source, 0);

    /// <summary>Adds the image host, as the source does that a build gives Ansible behind the site's.</summary>
    public void AddImageHost(IReadOnlyList<SourcePath> sources, IReadOnlyList<string> groups)
    {
        Builder.Source = (ImageHostSource.File, ImageHostSource.Folder);
        var first = sources.Count == 0 ? ((SourcePath, SourcePath)?)null : Site(sources[0]);
        var text = new SourceFile(ImageHostSource.File, ImageHostSource.Text(groups, first));
        new YamlSource(Builder, null).Read(YamlReader.Read(text, YamlOptions.Ansible).Root);
    }

    /// <summary>The files that are not, or not fully, known.</summary>
    public ImmutableArray<OpaqueFile> Opaque => [.. opaque];

    /// <summary>Applies the rules that hold for the whole; what is wrong where Ansible fails there, otherwise null.</summary>
    public string? Finish()
    {
        var fault = Builder.Reconcile();
        var unparsed = settings.FailsOnUnparsed ? opaque.Find(o => !o.IsUnknown) : null;
        return unparsed is null ? fault : $"{unparsed.Path} is no inventory, and `any_unparsed_is_failed` is set";
    }

    /// <summary>The folder and the file that `inventory_dir` and `inventory_file` are of the hosts of a source, for the image host.</summary>
    private (SourcePath Folder, SourcePath File) Site(SourcePath source)
    {
        if (!content.IsFolder(source)) return (source with { Path = source.Path.Parent }, source);
        foreach (var name in content.Names(source))
        {
            var path = source with { Path = source.Path.Child(name) };
            if (!IsIgnored(name) && content.IsFile(path)) return (source, path);
        }

        return (source, source);
    }

    private void Read(SourcePath path, int depth)
    {
        if (++entries > MostEntries)
        {
            if (entries == MostEntries + 1) opaque.Add(new(path, OpaqueReason.NotRead, $"there are more than {MostEntries} files"));
            return;
        }

        if (content.IsFolder(path) && depth < MaxDepth)
        {
            ReadFolder(path, depth);
        }
        else if (content.Text(path, out var fault) is not { } file)
        {
            opaque.Add(new(path, OpaqueReason.Missing, "there is no such file or folder"));
        }
        else
        {
            ReadFile(path, file, fault);
        }
    }

    private void ReadFolder(SourcePath path, int depth)
    {
        if (content.RealPath(path) is not { } real) return;
        if (!open.Add(real))
        {
            opaque.Add(new(path, OpaqueReason.NotRead, "it is a link to a folder that it is in"));
            return;
        }

        foreach (var name in content.Names(path))
        {
            if (!IsIgnored(name)) Read(path with { Path = path.Path.Child(name) }, depth + 1);
        }

        open.Remove(real);
    }

    private void ReadFile(SourcePath path, SourceFile file, Diagnostic? fault)
    {
        Builder.Source = (AnsibleContent.InBuild(path), AnsibleContent.InBuild(path with { Path = path.Path.Parent }));
        if (file.Content.StartsWith("$ANSIBLE_VAULT", StringComparison.Ordinal))
            opaque.Add(new(path, OpaqueReason.Encrypted, "it is encrypted by Ansible Vault"));
        else if (fault is not null && file.Content.Length == 0)
            opaque.Add(new(path, OpaqueReason.NotRead, fault.Message));
        else if (TryPlugins(path, file) is { } reason)
            opaque.Add(reason);
        else if (fault is not null)
            opaque.Add(new(path, OpaqueReason.NotRead, fault.Message));
    }

    /// <summary>Tries the plugins in order; why the file is not known, or null where one of them has read it.</summary>
    private OpaqueFile? TryPlugins(SourcePath path, SourceFile file)
    {
        var faults = new List<string>();
        foreach (var plugin in settings.Plugins)
        {
            var name = plugin.StartsWith("ansible.builtin.", StringComparison.Ordinal) ? plugin["ansible.builtin.".Length..] : plugin;
            var attempt = Try(name, path, file);
            if (attempt.Opaque is not null) return attempt.Opaque;
            if (attempt is { Wanted: true, Fault: null }) return null;
            if (attempt.Fault is not null) faults.Add($"as {name}: {attempt.Fault}");
        }

        return new(path, OpaqueReason.Unreadable, faults.Count == 0 ? "no inventory plugin reads such a file" : string.Join("; ", faults));
    }

    private Attempt Try(string plugin, SourcePath path, SourceFile file) => plugin switch
    {
        "host_list" or "advanced_host_list" => Attempt.Declined,
        "script" => TryScript(path, file),
        "auto" => TryAuto(path),
        "yaml" => TryYaml(path),
        "ini" => Attempt.Of(new IniSource(Builder, file, path).Read()),
        "constructed" or "generator" => TryNamed(plugin, path),
        "toml" => path.Path.Name.EndsWith(".toml", StringComparison.Ordinal) ? Unknown(path, OpaqueReason.Toml, "it is TOML") : Attempt.Declined,
        _ => Unknown(path, OpaqueReason.Plugin, $"the inventory plugin {plugin} may read it"),
    };

    /// <summary>
    /// A file with the executable bit and `#!`, or a compiled program, runs. Where either is missing Ansible tries and fails, and
    /// the next plugin is asked.
    /// </summary>
    private Attempt TryScript(SourcePath path, SourceFile file)
    {
        var isExecutable = content.IsExecutable(path);
        var hasInterpreter = file.Content.StartsWith("#!", StringComparison.Ordinal);
        if (isExecutable && hasInterpreter) return Unknown(path, OpaqueReason.Script, "it is run as a program");
        return isExecutable || hasInterpreter ? Attempt.Of("it does not run") : Attempt.Declined;
    }

    private Attempt TryAuto(SourcePath path)
    {
        var name = path.Path.Name;
        if (!name.EndsWith(".yml", StringComparison.Ordinal) && !name.EndsWith(".yaml", StringComparison.Ordinal)) return Attempt.Declined;
        if (content.Yaml(path) is not { } file || YamlFault.Of(file) is not null) return Attempt.Of("it is no YAML");
        return file.Document.Root is YamlNode.Mapping root && !PythonTruth.IsFalse(root.Find("plugin"))
            ? Unknown(path, OpaqueReason.Plugin, $"it configures the inventory plugin {Name(root.Find("plugin")!)}")
            : Attempt.Of("it has no key plugin");
    }

    /// <summary>A plugin that wants to be named by the file that configures it.</summary>
    private Attempt TryNamed(string plugin, SourcePath path) =>
        content.Yaml(path) is { } file && file.Document.Root is YamlNode.Mapping root && root.Find("plugin") is YamlNode.Scalar name && name.Raw.EndsWith(plugin, StringComparison.Ordinal)
            ? Unknown(path, OpaqueReason.Plugin, $"it configures the inventory plugin {plugin}")
            : Attempt.Of("it does not name the plugin");

    private Attempt TryYaml(SourcePath path)
    {
        var dot = path.Path.Name.LastIndexOf('.');
        if (dot > 0 && !settings.YamlEndings.Contains(path.Path.Name[dot..])) return Attempt.Declined;
        if (content.Yaml(path) is not { } file) return Attempt.Declined;
        var fault = YamlFault.Of(file);
        if (fault is { Reason: OpaqueReason.NotRead }) return Unknown(path, fault.Reason, fault.Detail);
        return Attempt.Of(fault is null ? new YamlSource(Builder, path).Read(file.Document.Root) : fault.Detail);
    }

    private static string Name(YamlNode plugin) => plugin is YamlNode.Scalar scalar ? scalar.Raw : "";

    private bool IsIgnored(string name)
    {
        if (name.StartsWith('.') || IgnoredNames.Contains(name)) return true;
        foreach (var ending in settings.IgnoredEndings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal)) return true;
        }

        foreach (var pattern in ignoredPatterns)
        {
            if (pattern.IsMatch(name)) return true;
        }

        return false;
    }

    private static Attempt Unknown(SourcePath path, OpaqueReason reason, string detail) => new(true, null, new(path, reason, detail));

    /// <summary>A pattern of the site; null where it is none, which ends every run of Ansible.</summary>
    private static Regex? PatternOf(string pattern) => SitePattern.TryParse(pattern);

    /// <summary>What a plugin made of a file.</summary>
    private readonly record struct Attempt(bool Wanted, string? Fault, OpaqueFile? Opaque)
    {
        public static readonly Attempt Declined = new(false, null, null);

        public static Attempt Of(string? fault) => new(true, fault, null);
    }
}
