using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs.Playbooks;

/// <summary>Collects the inputs that a reading meets, each once, with the way by which it was first met.</summary>
internal sealed class InputSink
{
    private readonly Dictionary<(InputKind, string, SourcePath?, Location?), Input> inputs = [];
    private readonly List<Input> order = [];
    private readonly Dictionary<(SourcePath, int, string), Assumption> assumptions = [];
    private readonly HashSet<ExternalInput> external = [];

    /// <summary>The inputs in the order in which they were met.</summary>
    public ImmutableArray<Input> Inputs => [.. order];

    /// <summary>The assumptions, by place.</summary>
    public ImmutableArray<Assumption> Assumptions =>
        [.. assumptions.Values.OrderBy(a => a.Path.ToString(), StringComparer.Ordinal).ThenBy(a => a.Line).ThenBy(a => a.Because, StringComparer.Ordinal)];

    /// <summary>What no source shows.</summary>
    public ImmutableArray<ExternalInput> External =>
        [.. external.OrderBy(e => e.Kind, StringComparer.Ordinal).ThenBy(e => e.Name, StringComparer.Ordinal)];

    /// <summary>An input.</summary>
    public void Add(InputKind kind, string name, Fingerprint digest, SourcePath? path, Location? at, Way way)
    {
        var key = (kind, name, path, kind is InputKind.File ? null : at);
        if (inputs.ContainsKey(key)) return;
        var input = new Input(kind, name, digest, path, at, way);
        inputs[key] = input;
        order.Add(input);
    }

    /// <summary>Something that is wider than needed.</summary>
    public void Assume(SourcePath path, Location at, string because, string covers) =>
        assumptions.TryAdd((path, at.Span.Start, because), new(path, at.Line, because, covers));

    /// <summary>Gives everything to another.</summary>
    public void MoveTo(InputSink other)
    {
        foreach (var input in order)
        {
            if (other.inputs.TryAdd((input.Kind, input.Name, input.Path, input.Kind is InputKind.File ? null : input.At), input)) other.order.Add(input);
        }

        foreach (var (key, assumption) in assumptions) other.assumptions.TryAdd(key, assumption);
        other.external.UnionWith(external);
    }

    /// <summary>Something outside of the sources.</summary>
    public void AddExternal(string kind, string name, string? url = null) => external.Add(new(kind, name, url));
}
