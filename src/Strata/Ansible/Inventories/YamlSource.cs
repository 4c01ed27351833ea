using System.Collections.Immutable;
using Strata.Sources;
using Strata.Yaml;

namespace Strata.Ansible.Inventories;

/// <summary>An inventory in YAML or JSON: `plugins/inventory/yaml.py` of ansible-core 2.14.</summary>
/// <param name="builder">What is added to.</param>
/// <param name="path">The file; null for the source that Strata adds.</param>
internal sealed class YamlSource(InventoryBuilder builder, SourcePath? path)
{
    private const int MaxDepth = 100;

    /// <summary>Reads a document; what is wrong with it, otherwise null. What was read before a fault stands.</summary>
    public string? Read(YamlNode? root)
    {
        if (PythonTruth.IsFalse(root)) return "it is empty";
        if (root is not YamlNode.Mapping groups) return "it is not a mapping of groups";
        if (!PythonTruth.IsFalse(groups.Find("plugin"))) return "it configures an inventory plugin";
        foreach (var entry in groups.Entries)
        {
            if (ReadGroup(entry, 0, out _) is { } fault) return fault;
        }

        return null;
    }

    /// <summary>Reads one group with what is below it. What is no mapping is passed over, and its name stays what it is.</summary>
    private string? ReadGroup(YamlEntry entry, int depth, out YamlNode.Scalar name)
    {
        name = (YamlNode.Scalar)entry.Key;
        if (entry.Value is not YamlNode.Mapping && !IsNull(entry.Value)) return null;
        if (name.Value is not ScalarValue.Text { Value: { Length: > 0 } text }) return Fault(name, "a group's name is a text");
        var group = builder.AddGroup(text);
        name = name with { Value = new ScalarValue.Text(group) };
        if (entry.Value is not YamlNode.Mapping parts) return null;
        if (depth > MaxDepth) return Fault(name, "groups are too deep in each other");
        if (FaultOfShape(parts) is { } fault) return fault;
        foreach (var part in parts.Entries)
        {
            if (ReadPart(group, part, depth) is { } inner) return inner;
        }

        return null;
    }

    private static string? FaultOfShape(YamlNode.Mapping parts)
    {
        foreach (var key in (ReadOnlySpan<string>)["vars", "children", "hosts"])
        {
            if (parts.Find(key) is { } part && part is not YamlNode.Mapping && !IsNull(part) && !IsText(part)) return Fault(part, $"{key} is a mapping");
        }

        return null;
    }

    private string? ReadPart(string group, YamlEntry part, int depth)
    {
        if (part.Key is not YamlNode.Scalar { Value: ScalarValue.Text { Value: "vars" or "children" or "hosts" } key }) return null;
        foreach (var entry in EntriesOf(part.Value))
        {
            var fault = key.Value switch
            {
                "vars" => ReadVariable(group, entry),
                "children" => ReadChild(group, entry, depth),
                _ => ReadHosts(group, entry),
            };
            if (fault is not null) return fault;
        }

        return null;
    }

    /// <summary>A text stands for a mapping of that one key.</summary>
    private static ImmutableArray<YamlEntry> EntriesOf(YamlNode part) => part switch
    {
        YamlNode.Mapping mapping => mapping.Entries,
        YamlNode.Scalar { Value: ScalarValue.Text } text => [new(text, new YamlNode.Scalar(text.At, null, ScalarValue.Null.Instance, "", IsPlain: true))],
        _ => [],
    };

    private string? ReadVariable(string entity, YamlEntry entry) =>
        entry.Key is YamlNode.Scalar { Value: ScalarValue.Text name }
            ? builder.SetVariable(entity, new(name.Value, entry.Value, path, entry.Key.At))
            : null;

    private string? ReadChild(string group, YamlEntry entry, int depth)
    {
        if (ReadGroup(entry, depth + 1, out var name) is { } fault) return fault;
        return name.Value is ScalarValue.Text child
            ? At(name, builder.AddChild(group, child.Value))
            : Fault(name, "a group's name is a text");
    }

    private string? ReadHosts(string group, YamlEntry entry)
    {
        if (entry.Key is not YamlNode.Scalar { Value: ScalarValue.Text pattern }) return Fault(entry.Key, "a host's name is a text");
        var (name, port) = HostAddress.Split(pattern.Value);
        var hosts = new List<string>();
        if (HostRange.Expand(name, hosts) is { } fault) return Fault(entry.Key, fault);
        var variables = entry.Value as YamlNode.Mapping;
        if (variables is null && !PythonTruth.IsFalse(entry.Value)) return Fault(entry.Value, "a host's variables are a mapping");
        var naming = new Naming(path, entry.Key.At);
        foreach (var host in hosts)
        {
            if (builder.AddHost(host, group, port, naming) is { } unnamed) return Fault(entry.Key, unnamed);
            if (variables is not null && ReadVariables(host, variables) is { } further) return further;
        }

        return null;
    }

    private string? ReadVariables(string host, YamlNode.Mapping variables)
    {
        foreach (var variable in variables.Entries)
        {
            if (ReadVariable(host, variable) is { } fault) return At(variable.Key, fault);
        }

        return null;
    }

    private static bool IsNull(YamlNode node) => node is YamlNode.Scalar { Value: ScalarValue.Null };

    private static bool IsText(YamlNode node) => node is YamlNode.Scalar { Value: ScalarValue.Text, Tag: null or "!unsafe" };

    private static string? At(YamlNode node, string? fault) => fault is null ? null : Fault(node, fault);

    private static string Fault(YamlNode node, string text) => string.Create(null, $"line {node.At.Line}: {text}");
}
