namespace Strata.Text;

/// <summary>
/// A path inside a source: relative, `/` between its parts, no `.` or `..` part, no leading or trailing slash.
/// The root of a source is <see cref="Root"/>, whose text is empty. Compared byte for byte.
/// </summary>
public readonly record struct RepoPath : IComparable<RepoPath>
{
    private readonly string? value;

    private RepoPath(string value) => this.value = value.Length == 0 ? null : value;

    /// <summary>The top folder of a source.</summary>
    public static RepoPath Root => default;

    /// <summary>The path's text; empty for <see cref="Root"/>.</summary>
    public string Value => value ?? "";

    /// <summary>The last part of the path; empty for <see cref="Root"/>.</summary>
    public string Name => Value[(Value.LastIndexOf('/') + 1)..];

    /// <summary>The folder that holds this path; <see cref="Root"/> for a path of one part and for the root itself.</summary>
    public RepoPath Parent => Value.LastIndexOf('/') is var slash and > 0 ? new(Value[..slash]) : Root;

    /// <summary>Whether this is the top folder.</summary>
    public bool IsRoot => Value.Length == 0;

    /// <summary>
    /// Reads a path as a site writes it: `./`, doubled and trailing slashes are dropped and `..` is resolved.
    /// Null when the text is absolute, holds a NUL, or leaves its source.
    /// </summary>
    public static RepoPath? TryParse(string text)
    {
        if (text.StartsWith('/') || text.Contains('\0', StringComparison.Ordinal)) return null;
        var parts = new List<string>();
        foreach (var part in text.Split('/'))
        {
            if (part is "" or ".") continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count == 0)
                return null;
            else
                parts.RemoveAt(parts.Count - 1);
        }

        return new(string.Join('/', parts));
    }

    /// <summary>A path that the program itself names.</summary>
    /// <exception cref="ArgumentException">The text is no path inside a source.</exception>
    public static RepoPath Of(string text) =>
        TryParse(text) ?? throw new ArgumentException($"`{text}` is no path inside a source", nameof(text));

    /// <summary>The path <paramref name="relative"/> as seen from this folder; null when it leaves the source.</summary>
    public RepoPath? TryAppend(string relative)
    {
        if (relative.StartsWith('/')) return null;
        var whole = IsRoot ? relative : Value + "/" + relative;
        return IsPlain(relative) ? new(whole) : TryParse(whole);
    }

    /// <summary>The entry called <paramref name="name"/> in this folder.</summary>
    public RepoPath Child(string name) => new(IsRoot ? name : Value + "/" + name);

    /// <summary>Whether this path is <paramref name="folder"/> or lies below it.</summary>
    public bool IsWithin(RepoPath folder) =>
        folder.IsRoot
        || Value == folder.Value
        || (Value.StartsWith(folder.Value, StringComparison.Ordinal) && Value[folder.Value.Length] == '/');

    /// <summary>Whether a relative path has nothing to resolve: no part is empty, `.` or `..`.</summary>
    private static bool IsPlain(string path)
    {
        var start = 0;
        for (var i = 0; i <= path.Length; i++)
        {
            if (i < path.Length && path[i] == '\0') return false;
            if (i < path.Length && path[i] != '/') continue;
            if (i == start || (path[start] == '.' && i - start <= 2)) return false;
            start = i + 1;
        }

        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(RepoPath other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The path's text, `.` for the root.</summary>
    public override string ToString() => IsRoot ? "." : Value;

    /// <summary>Whether <paramref name="left"/> sorts before <paramref name="right"/>.</summary>
    public static bool operator <(RepoPath left, RepoPath right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> sorts after <paramref name="right"/>.</summary>
    public static bool operator >(RepoPath left, RepoPath right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not sort after <paramref name="right"/>.</summary>
    public static bool operator <=(RepoPath left, RepoPath right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not sort before <paramref name="right"/>.</summary>
    public static bool operator >=(RepoPath left, RepoPath right) => left.CompareTo(right) >= 0;
}
