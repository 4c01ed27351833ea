using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>A path whose source may be left open: null means the source of the layer it is used for.</summary>
/// <param name="Source">The source; null for the layer's own.</param>
/// <param name="Path">Where in it.</param>
internal readonly record struct OpenPath(SourceName? Source, RepoPath Path)
{
    /// <summary>The path for a layer whose source is <paramref name="layerSource"/>.</summary>
    public SourcePath In(SourceName layerSource) => new(Source ?? layerSource, Path);
}

/// <summary>Checks paths in sources, in images and on the build machine.</summary>
internal static class PathReading
{
    /// <summary>A file or folder of a source, not the source itself.</summary>
    public static Located<RepoPath>? Inside(Located<string> path, Faults faults)
    {
        if (InsideOrRoot(path, faults) is not { } read) return null;
        if (!read.Value.IsRoot) return read;
        faults.Add(NameFaults.BadPath(path, "is the source itself; expected something in it"));
        return null;
    }

    /// <summary>A file or folder of a source, or the source itself.</summary>
    public static Located<RepoPath>? InsideOrRoot(Located<string> path, Faults faults)
    {
        if (Refusal(path.Value) is { } refusal)
        {
            faults.Add(NameFaults.BadPath(path, refusal.Reason, refusal.Hint));
            return null;
        }

        return new(RepoPath.Of(path.Value), path.At);
    }

    /// <summary>A text, or `{source: NAME, path: PATH}`.</summary>
    /// <param name="node">What is written.</param>
    /// <param name="subject">What it is, in words.</param>
    /// <param name="separator">A character that would end the path where it is used; refused.</param>
    /// <param name="sources">The sources there are.</param>
    /// <param name="faults">Where faults go.</param>
    public static Located<OpenPath>? Open(YamlNode node, string subject, char separator, KnownSources sources, Faults faults) =>
        node is YamlNode.Mapping
            ? InNamedSource(node, separator, sources, faults)
            : Expect.Text(node, subject, faults) is { } text && Separated(text, separator, faults) is { } path
                ? new(new(null, path.Value), path.At)
                : null;

    /// <summary>An absolute path on the build machine.</summary>
    public static string? OnBuildMachine(Located<string> path, string subject, Faults faults)
    {
        var fits = path.Value.StartsWith('/') && !path.Value.Any(char.IsControl) && !path.Value.Split('/').Contains("..", StringComparer.Ordinal);
        if (!fits) faults.Add(NameFaults.BadHostPath(subject, path));
        return fits ? path.Value : null;
    }

    /// <summary>`{source: NAME, path: PATH}`; without `source` as a text alone, without `path` the source itself.</summary>
    private static Located<OpenPath>? InNamedSource(YamlNode node, char separator, KnownSources sources, Faults faults)
    {
        if (Fields.Open(node, KeySet.PathInSource, node.At, faults) is not { } fields) return null;
        if (!fields.Has("source"))
            return fields.RequiredText("path") is { } own && Separated(own, separator, faults) is { } inOwn ? new(new(null, inOwn.Value), inOwn.At) : null;
        var source = fields.Text("source") is { } name ? sources.Find(name, faults) : null;
        var written = fields.Has("path") ? fields.Text("path") : new Located<string>(".", fields.KeyAt("source"));
        var path = written is { } text ? Separated(text, separator, faults) : null;
        return source is { } s && path is { } p ? new(new(s, p.Value), p.At) : null;
    }

    private static Located<RepoPath>? Separated(Located<string> path, char separator, Faults faults)
    {
        if (!path.Value.Contains(separator, StringComparison.Ordinal)) return InsideOrRoot(path, faults);
        faults.Add(NameFaults.BadPath(path, $"has a `{separator}`, at which Ansible would split it"));
        return null;
    }

    private static (string Reason, string? Hint)? Refusal(string path)
    {
        if (path.StartsWith('/'))
            return ("is absolute; expected a path inside its source", "write it from the root of the source, without the leading `/`");
        if (path.StartsWith('~'))
            return ("starts with `~`; expected a path inside its source", Literal.Hint(path));
        if (path.Any(char.IsControl))
            return ("has a control character", null);
        if (RepoPath.TryParse(path) is not { } parsed)
            return ("leaves its source", "a path of another source is written `{source: NAME, path: PATH}` where the reference allows it");
        return parsed.Value.StartsWith('-') ? ("starts with `-`, which programs take for an option", "give the file or folder another name") : null;
    }
}

/// <summary>The sources that a layer file names, for looking them up.</summary>
internal sealed class KnownSources
{
    private readonly HashSet<string> names = new(StringComparer.Ordinal) { SourceName.Self.Value };
    private readonly HashSet<string> broken = new(StringComparer.Ordinal);

    /// <summary>The names in the order they were added, `self` first.</summary>
    public IEnumerable<string> Names => names;

    /// <summary>Adds a source.</summary>
    public void Add(SourceName name) => names.Add(name.Value);

    /// <summary>Notes a name that has a fault already: naming it is not a second one.</summary>
    public void AddBroken(string name) => broken.Add(name);

    /// <summary>The source of that name; null when there is none, with a fault unless it has one already.</summary>
    public SourceName? Find(Located<string> name, Faults faults)
    {
        if (names.Contains(name.Value)) return new(name.Value);
        if (!broken.Contains(name.Value)) faults.Add(TargetFaults.UnknownSource(name, names));
        return null;
    }
}
