using System.Collections.Immutable;
using Strata.Layers;
using Strata.Text;

namespace Strata.Tests.Support;

/// <summary>
/// A layer file as a list of its targets, one a line, parents first: `slurm/compute@a &lt; compute/compute@a source=s
/// groups=G,H playbooks=x.yml,y.yml`. For tests of what comes after reading.
/// </summary>
public static class TargetLines
{
    /// <summary>Reads the lines; every target is for the cluster of that name, or for its own system.</summary>
    public static LayerFile Parse(string text, string? cluster = "clusterA")
    {
        var file = new SourceFile("strata.yaml", text);
        var targets = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => Read(line, file, cluster));
        return new() { File = file, Targets = [.. targets] };
    }

    /// <summary>The name written as `layer/type` or `layer/type@system`.</summary>
    public static TargetName Name(string text)
    {
        var (name, system) = text.Split('@') is [var left, var right] ? (left, right) : (text, null);
        var parts = name.Split('/');
        return new(new(parts[0]), new(parts[1]), system is null ? null : new SystemName(system));
    }

    private static Target Read(string line, SourceFile file, string? cluster)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var at = new Location(file, new(file.Content.IndexOf(line, StringComparison.Ordinal), words[0].Length));
        var name = Name(words[0]);
        var clusterName = name.System?.Value ?? cluster;
        return new()
        {
            Name = name,
            Parent = words is [_, "<", var parent, ..] ? Name(parent) : null,
            Source = new(Values(words, "source").FirstOrDefault() ?? "self"),
            Groups = [.. Values(words, "groups").Select(g => new Located<string>(g, at))],
            Playbooks = [.. Values(words, "playbooks").Select(p => new Located<RepoPath>(RepoPath.Of(p), at))],
            Architecture = "x86_64",
            Cluster = clusterName is null ? null : new(clusterName, null),
            At = at,
        };
    }

    private static ImmutableArray<string> Values(string[] words, string key) =>
        [.. words.Where(w => w.StartsWith(key + "=", StringComparison.Ordinal)).SelectMany(w => w[(key.Length + 1)..].Split(','))];
}
