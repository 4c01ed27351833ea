using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Strata.Inputs;
using Strata.Inputs.Playbooks;
using Strata.Sources;
using Strata.Text;

namespace Strata.Tests.Support;

/// <summary>
/// The inputs of a site as text: a target a line (`NAME [&lt; PARENT]`), below it, indented, an input a line:
/// `KIND NAME = VALUE [@ PATH[:LINE]] [&lt; LINK &lt; LINK ...]`. A line `bound VALUE` stands for how inputs are bound to each other: in
/// the digest and in no input; so is whether a target starts from scratch. Digests are over kinds, names and values in order, not over places, as those of Strata are.
/// </summary>
public static class InputSketch
{
    /// <summary>Reads a site.</summary>
    public static SiteInputs Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var layers = TargetLines.Parse(string.Join('\n', lines.Where(l => !IsIndented(l))));
        var targets = new List<TargetInputs>();
        foreach (var target in layers.Targets)
        {
            var own = lines.SkipWhile(l => IsIndented(l) || TargetLines.Name(l.Split(' ')[0]) != target.Name).Skip(1).TakeWhile(IsIndented).Select(l => l.Trim()).ToList();
            var inputs = own.Where(l => !l.StartsWith("bound ", StringComparison.Ordinal)).Select(Read).ToImmutableArray();
            var digest = Digest(string.Join('\n', own.Select(l => l.Split(" @ ")[0].Split(" < ")[0])) + (target.Parent is null ? "\nscratch" : ""));
            var parent = target.Parent is { } name ? targets.Find(t => t.Target.Name == name)!.Fingerprint.Hex : "";
            targets.Add(new() { Target = target, Own = digest, Fingerprint = Digest(digest.Hex + parent), List = new([.. inputs.Select(i => new InputPart(i))]) });
        }

        return new(layers, [.. targets]);
    }

    private static bool IsIndented(string line) => line.StartsWith(' ');

    private static Input Read(string line)
    {
        var links = line.Split(" < ");
        var (definition, place) = links[0].Split(" @ ") is [var left, var right] ? (left, right) : (links[0], null);
        var (words, value) = definition.Split(" = ") is [var names, var said] ? (names, said) : (definition, "");
        var (kind, name) = (words[..words.IndexOf(' ')], words[(words.IndexOf(' ') + 1)..]);
        var (path, number) = place?.Split(':') switch
        {
            [var p, var n] => (p, int.Parse(n, CultureInfo.InvariantCulture)),
            [var p] => (p, (int?)null),
            _ => (null, null),
        };
        return new(
            Enum.GetValues<InputKind>().Single(k => k.Name() == kind),
            name,
            Digest(value),
            path is null ? null : new SourcePath(SourceName.Self, RepoPath.Of(path)),
            number is { } at ? new(new(path!, new string('\n', at)), new(at - 1, 0)) : null,
            links.Skip(1).Reverse().Aggregate((Way?)null, (way, step) => way is null ? Way.From(step) : way.To(step)) ?? Way.None);
    }

    private static Fingerprint Digest(string text) => Fingerprint.Of(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
