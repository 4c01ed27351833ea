using System.Collections.Immutable;

namespace Strata.Engine.Building.Packages;

/// <summary>One repository of a `.repo` file, as dnf and zypper have them.</summary>
/// <param name="Id">Its id: the section's name.</param>
/// <param name="Fields">The section's settings, in their order.</param>
internal sealed record RpmRepository(string Id, ImmutableArray<(string Name, string Value)> Fields)
{
    /// <summary>The value of a setting; null where it is not set.</summary>
    public string? this[string name] => Fields.FirstOrDefault(f => f.Name == name) is { Name: not null } field ? field.Value : null;

    /// <summary>Whether it is used when nothing else is said.</summary>
    public bool IsEnabled => this["enabled"]?.ToLowerInvariant() is not ("0" or "no" or "false" or "off");

    /// <summary>The repository with a setting set to a value, or without it.</summary>
    public RpmRepository With(string name, string? value) =>
        this with { Fields = [.. Fields.Where(f => f.Name != name), .. value is null ? [] : new[] { (name, value) }] };

    /// <summary>The section as text, with a final line break.</summary>
    public override string ToString() => $"[{Id}]\n" + string.Concat(Fields.Select(f => $"{f.Name}={f.Value}\n"));
}

/// <summary>Reads and writes `.repo` files.</summary>
internal static class RpmRepositories
{
    /// <summary>The repositories of a machine's folders that are enabled, in the order of files and sections.</summary>
    /// <param name="folders">Such as `/etc/yum.repos.d`; one that is not there holds none.</param>
    /// <param name="variables">The machine's own variables, which are replaced by their values.</param>
    public static ImmutableArray<RpmRepository> OfMachine(IEnumerable<string> folders, IReadOnlyDictionary<string, string> variables) =>
    [
        .. folders.Where(Directory.Exists)
            .SelectMany(f => Directory.GetFiles(f, "*.repo").Order(StringComparer.Ordinal))
            .SelectMany(f => Read(Expand(File.ReadAllText(f), variables)))
            .Where(r => r.IsEnabled),
    ];

    /// <summary>The repositories of a `.repo` file; a value goes on in lines that begin with a blank.</summary>
    public static IEnumerable<RpmRepository> Read(string text)
    {
        string? id = null;
        var fields = new List<(string Name, string Value)>();
        foreach (var line in text.Split('\n').Select(l => l.TrimEnd()))
        {
            if (line.Length == 0 || line[0] is '#' or ';') continue;
            if (line.StartsWith('[') && line.EndsWith(']'))
            {
                if (id is not null) yield return new(id, [.. fields]);
                id = line[1..^1];
                fields.Clear();
            }
            else if (char.IsWhiteSpace(line[0]) && fields.Count > 0)
            {
                fields[^1] = (fields[^1].Name, fields[^1].Value + " " + line.Trim());
            }
            else if (line.Split('=', 2) is [var name, var value])
            {
                fields.Add((name.Trim(), value.Trim()));
            }
        }

        if (id is not null) yield return new(id, [.. fields]);
    }

    /// <summary>A `.repo` file of repositories.</summary>
    public static string Text(IEnumerable<RpmRepository> repositories) => string.Join('\n', repositories);

    /// <summary>The variables of a machine's folders: a file each, its first line the value. The first folder wins.</summary>
    public static ImmutableDictionary<string, string> Variables(IEnumerable<string> folders)
    {
        var variables = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var file in folders.Where(Directory.Exists).SelectMany(f => Directory.GetFiles(f).Order(StringComparer.Ordinal)))
            variables.TryAdd(Path.GetFileName(file), File.ReadLines(file).FirstOrDefault() ?? "");
        return variables.ToImmutable();
    }

    /// <summary>Replaces `$name` and `${name}`, longer names first, since they may begin with a shorter one.</summary>
    private static string Expand(string text, IReadOnlyDictionary<string, string> variables)
    {
        foreach (var (name, value) in variables.OrderByDescending(v => v.Key.Length).ThenBy(v => v.Key, StringComparer.Ordinal))
            text = text.Replace("${" + name + "}", value, StringComparison.Ordinal).Replace("$" + name, value, StringComparison.Ordinal);
        return text;
    }
}
