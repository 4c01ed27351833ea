using System.Globalization;
using System.Numerics;
using Strata.Sources;
using Strata.Text;

namespace Strata.Ansible.Inventories;

/// <summary>An inventory in INI: `plugins/inventory/ini.py` of ansible-core 2.14, line by line.</summary>
/// <param name="builder">What is added to.</param>
/// <param name="file">The text.</param>
/// <param name="path">The file.</param>
internal sealed class IniSource(InventoryBuilder builder, SourceFile file, SourcePath path)
{
    /// <summary>Groups that were named and not yet declared, in the order in which they were named.</summary>
    private readonly Dictionary<string, Pending> pending = new(StringComparer.Ordinal);

    private readonly List<Pending> pendingOrder = [];
    private readonly List<ShellWord> words = [];
    private readonly List<string> hosts = [];
    private string group = "ungrouped";
    private string kind = "hosts";
    private int lineNumber;

    /// <summary>Reads the text; what is wrong with it, otherwise null. What was read before a fault stands.</summary>
    public string? Read()
    {
        foreach (var line in PythonText.Lines(file.Content))
        {
            lineNumber++;
            if (line.Length == 0 || file.Content[line.Start] is '#' or ';') continue;
            if (ReadLine(line) is { } fault) return At(lineNumber, fault);
        }

        foreach (var declared in pendingOrder)
        {
            if (!pending.ContainsValue(declared)) continue;
            return At(declared.Line, declared.IsVariables ? $"[{declared.Name}:vars] is of a group that nothing declares" : $"[{declared.Parents[^1]}:children] names {declared.Name}, which nothing declares");
        }

        return null;
    }

    private static string At(int line, string fault) => string.Create(CultureInfo.InvariantCulture, $"line {line}: {fault}");

    private string? ReadLine(Span at)
    {
        var line = file.Content.Substring(at.Start, at.Length);
        if (IniLine.Section(line) is var (name, tag)) return OpenSection(name, tag);
        if (line is ['[', .., ']']) return "a section's name has no blanks and no other such characters";
        return kind switch
        {
            "hosts" => ReadHosts(line, at.Start),
            "vars" => ReadVariable(line, at.Start),
            _ => ReadChild(line),
        };
    }

    private string? OpenSection(string name, string tag)
    {
        group = builder.SafeGroupName(name);
        kind = tag.Length == 0 ? "hosts" : tag;
        if (kind is not ("hosts" or "children" or "vars")) return $"section [{name}:{kind}] is none of hosts, children and vars";
        if (builder.Group(group) is null)
        {
            if (kind == "vars" && !pending.ContainsKey(group)) Await(new(group, lineNumber, IsVariables: true, []));
            builder.AddGroup(group);
        }

        if (kind == "vars" || !pending.TryGetValue(group, out var waiting)) return null;
        if (!waiting.IsVariables) return AddWaiting(group, 0);
        pending.Remove(group);
        return null;
    }

    private void Await(Pending group)
    {
        pending.Add(group.Name, group);
        pendingOrder.Add(group);
    }

    private string? AddWaiting(string child, int depth)
    {
        if (depth > 100 || !pending.TryGetValue(child, out var waiting)) return "groups are children of each other";
        foreach (var parent in waiting.Parents)
        {
            if (builder.AddChild(parent, child) is { } fault) return fault;
            if (pending.TryGetValue(parent, out var above) && !above.IsVariables && AddWaiting(parent, depth + 1) is { } further) return further;
        }

        return pending.Remove(child) ? null : "groups are children of each other";
    }

    private string? ReadChild(string line)
    {
        if (IniLine.GroupName(line) is not { } child) return $"{line} is no name of a group";
        if (builder.Group(child) is not null) return builder.AddChild(group, child);
        if (pending.TryGetValue(child, out var waiting)) waiting.Parents.Add(group);
        else Await(new(child, lineNumber, IsVariables: false, [group]));
        return null;
    }

    private string? ReadVariable(string line, int start)
    {
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) return $"{line} is not NAME=VALUE";
        var name = PythonText.Strip(line, 0, equals);
        var value = PythonText.Strip(line, equals + 1, line.Length);
        var at = new Location(file, new(start + value.Start, value.Length));
        return PythonLiteral.Read(line.Substring(value.Start, value.Length), at) is { } read
            ? builder.SetVariable(group, new(line.Substring(name.Start, name.Length), read, path, new(file, new(start + name.Start, name.Length))))
            : PythonLiteral.Fault;
    }

    private string? ReadHosts(string line, int start)
    {
        words.Clear();
        hosts.Clear();
        if (ShellWords.Split(line, words) is { } unquoted) return unquoted;
        var pattern = words[0].Text;
        var (name, port) = HostAddress.Split(pattern);
        if (HostRange.Expand(name, hosts) is { } fault) return fault;
        if (port is null && PythonText.EndsWithColon(pattern)) return $"{pattern} ends in `:`, which is for a port";
        foreach (var host in hosts)
        {
            if (PythonText.IsDocumentStart(host)) return "`---` begins YAML";
        }

        if (ReadVariables(line, start, out var variables) is { } further) return further;
        return AddHosts(port, variables, new(path, Place(start, words[0].At)));
    }

    private string? ReadVariables(string line, int start, out List<Definition> variables)
    {
        variables = new(words.Count - 1);
        for (var i = 1; i < words.Count; i++)
        {
            var (text, at) = words[i];
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) return $"{text} is not NAME=VALUE";
            // Quotes before the `=` leave no place for the name alone.
            var isBare = string.CompareOrdinal(line, at.Start, text, 0, equals + 1) == 0;
            var (nameAt, valueAt) = isBare ? (at with { Length = equals }, Span.Between(at.Start + equals + 1, at.End)) : (at, at);
            if (PythonLiteral.Read(text[(equals + 1)..], Place(start, valueAt)) is not { } value) return PythonLiteral.Fault;
            variables.Add(new(text[..equals], value, path, Place(start, nameAt)));
        }

        return null;
    }

    private string? AddHosts(BigInteger? port, List<Definition> variables, Naming naming)
    {
        foreach (var host in hosts)
        {
            if (builder.AddHost(host, group, port, naming) is { } fault) return fault;
            foreach (var variable in variables)
            {
                if (builder.SetVariable(host, variable) is { } further) return further;
            }
        }

        return null;
    }

    private Location Place(int start, Span at) => new(file, at with { Start = start + at.Start });

    /// <summary>A group that is named before it is declared.</summary>
    private sealed record Pending(string Name, int Line, bool IsVariables, List<string> Parents);
}

/// <summary>The two kinds of lines of an INI inventory that have a form of their own.</summary>
internal static class IniLine
{
    /// <summary>`[NAME]` or `[NAME:TAG]`, and a comment behind it; null for another line.</summary>
    public static (string Name, string Tag)? Section(string line)
    {
        if (line[0] != '[') return null;
        var close = line.IndexOf(']', StringComparison.Ordinal);
        if (close < 0 || !IsEnd(line, close + 1)) return null;
        var inner = line[1..close];
        var colon = inner.IndexOf(':', StringComparison.Ordinal);
        var (name, tag) = colon < 0 ? (inner, "") : (inner[..colon], inner[(colon + 1)..]);
        if (name.Length == 0 || name.AsSpan().ContainsAny(PythonText.Blanks)) return null;
        return colon >= 0 && (tag.Length == 0 || !IsWord(tag)) ? null : (name, tag);
    }

    /// <summary>A group's name, and a comment behind it. `a#b` is a name; `a#b c` is `a` and a comment.</summary>
    public static string? GroupName(string line)
    {
        var end = 0;
        while (end < line.Length && line[end] is not (':' or ']') && !PythonText.IsBlank(line[end])) end++;
        for (; end > 0; end--)
        {
            if (IsEnd(line, end)) return line[..end];
        }

        return null;
    }

    private static bool IsEnd(string line, int at)
    {
        while (at < line.Length && PythonText.IsBlank(line[at])) at++;
        return at == line.Length || line[at] == '#';
    }

    private static bool IsWord(string text)
    {
        foreach (var c in text)
        {
            if (c != '_' && !char.IsLetterOrDigit(c)) return false;
        }

        return true;
    }
}
