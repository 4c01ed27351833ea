using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Reads `container:`, how a container of the image begins.</summary>
internal static class ContainerReader
{
    /// <summary>The settings; null where the key is not there or holds something else.</summary>
    public static ContainerSettings? Read(Fields owner, Faults faults)
    {
        if (owner.Node("container") is not { } node) return null;
        if (Fields.Open(node, KeySet.Container, owner.KeyAt("container"), faults) is not { } fields) return null;
        return new()
        {
            User = fields.Text("user") is { } user ? User(user, faults) : null,
            Environment = Environment(fields, faults),
            Directory = fields.Text("directory") is { } folder ? Path("`directory`", folder, faults) : null,
            Entrypoint = Words(fields, "entrypoint", faults),
            Command = Words(fields, "command", faults),
            Volumes = Volumes(fields, faults),
        };
    }

    private static string? User(Located<string> user, Faults faults)
    {
        var parts = user.Value.Split(':');
        if (parts.Length <= 2 && parts.All(Characters.IsPrincipal)) return user.Value;
        faults.Add(NameFaults.BadUser(user));
        return null;
    }

    private static ImmutableArray<(string Name, string Value)> Environment(Fields fields, Faults faults)
    {
        if (fields.Node("environment") is not { } node || Expect.Mapping(node, "`environment`", faults) is not { } mapping) return [];
        var variables = ImmutableArray.CreateBuilder<(string Name, string Value)>();
        foreach (var (name, value) in Expect.Entries(mapping, faults))
        {
            if (NameReading.EnvironmentVariable(name, faults) && Value(name.Value, value, faults) is { } text) variables.Add((name.Value, text));
        }

        return variables.ToImmutable();
    }

    /// <summary>A value; the empty text is one. Buildah replaces what begins with `$`, and has no way to leave it as it is.</summary>
    private static string? Value(string name, YamlNode node, Faults faults)
    {
        if (node is YamlNode.Scalar { Value: ScalarValue.Text { Value.Length: 0 } }) return "";
        if (Expect.Text(node, "the value of an environment variable", faults) is not { } text) return null;
        if (text.Value.IndexOfAny(['$', '\0']) < 0) return text.Value;
        faults.Add(NameFaults.BadEnvironmentValue(name, text));
        return null;
    }

    private static ImmutableArray<string>? Words(Fields fields, string key, Faults faults)
    {
        if (!fields.Has(key)) return null;
        if (fields.Node(key) is not { } node || Expect.List(node, Wording.Quote(key), faults) is not { } items) return null;
        var words = items.Select((item, index) => CommandReader.Word(item, index, faults)).ToList();
        return words.Contains(null) ? null : [.. words.OfType<string>()];
    }

    private static ImmutableArray<string> Volumes(Fields fields, Faults faults)
    {
        var seen = new Dictionary<string, Location>(StringComparer.Ordinal);
        var volumes = ImmutableArray.CreateBuilder<string>();
        foreach (var volume in fields.Texts("volumes", _ => true) ?? [])
        {
            if (Path("a volume", volume, faults) is not { } path) continue;
            if (seen.TryAdd(path, volume.At)) volumes.Add(path);
            else faults.Add(ShapeFaults.DuplicateName("the volume", volume, seen[path]));
        }

        return volumes.ToImmutable();
    }

    /// <summary>An absolute path in the image, normalised. A `:` and a `-` at the end mean something else to container tools.</summary>
    private static string? Path(string subject, Located<string> path, Faults faults)
    {
        var parts = path.Value.Split('/');
        var reason = path.Value switch
        {
            ['/', ..] when parts.Contains("..", StringComparer.Ordinal) => "without `..`",
            ['/', ..] when path.Value.Any(char.IsControl) => "without control characters",
            ['/', ..] when path.Value.Contains(':', StringComparison.Ordinal) || path.Value.EndsWith('-') => "without a `:`, and without a `-` at its end",
            ['/', ..] => null,
            _ => "",
        };
        if (reason is null) return "/" + string.Join('/', parts.Where(part => part is not ("" or ".")));
        faults.Add(NameFaults.BadContainerPath(subject, path, reason));
        return null;
    }
}
