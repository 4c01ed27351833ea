using System.Collections.Frozen;
using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs.Playbooks;

/// <summary>Collects the inputs that a reading meets, each once, with the way by which it was first met.</summary>
internal sealed class InputSink
{
    private readonly HashSet<InputKey> known;
    private readonly List<InputPart> parts = [];
    private Dictionary<(SourcePath, int, string), Assumption>? assumptions;
    private HashSet<ExternalInput>? external;
    private HashSet<SourcePath>? watched;
    private HashSet<SourcePath>? vaults;
    private UInt128 marks;
    private bool holdsOthers;

    /// <summary>A sink.</summary>
    public InputSink() => known = [];

    /// <summary>A sink that is one of thousands which collect one after the other.</summary>
    /// <param name="lent">What it works with while it collects.</param>
    public InputSink(HashSet<InputKey> lent)
    {
        lent.Clear();
        known = lent;
    }

    /// <summary>The inputs in the order in which they were met.</summary>
    public IReadOnlyList<InputPart> Parts => parts;

    /// <summary>The assumptions, by place.</summary>
    public ImmutableArray<Assumption> Assumptions =>
        assumptions is null ? [] : [.. assumptions.Values.OrderBy(a => a.Path.ToString(), StringComparer.Ordinal).ThenBy(a => a.Line).ThenBy(a => a.Because, StringComparer.Ordinal)];

    /// <summary>What no source shows.</summary>
    public ImmutableArray<ExternalInput> External =>
        external is null ? [] : [.. external.OrderBy(e => e.Kind, StringComparer.Ordinal).ThenBy(e => e.Name, StringComparer.Ordinal)];

    /// <summary>Places that count without being an input: whether something is there, or that it can be read at all.</summary>
    public IReadOnlySet<SourcePath> Watched => (IReadOnlySet<SourcePath>?)watched ?? FrozenSet<SourcePath>.Empty;

    /// <summary>Files of variables that are encrypted as a whole.</summary>
    public ImmutableArray<SourcePath> Vaults => vaults is null ? [] : [.. vaults.OrderBy(v => v.ToString(), StringComparer.Ordinal)];

    /// <summary>A file of variables that is encrypted as a whole.</summary>
    public void AddVault(SourcePath path) => (vaults ??= []).Add(path);

    /// <summary>A place that counts without being an input.</summary>
    public void Watch(SourcePath place) => (watched ??= []).Add(place);

    /// <summary>An input.</summary>
    public void Add(InputKind kind, string name, Fingerprint digest, SourcePath? path, Location? at, Way way)
    {
        if (!known.Add(InputKey.Of(kind, name, path, at))) return;
        parts.Add(new(new Input(kind, name, digest, path, at, way)));
        marks |= NameMarks.Of(name);
    }

    /// <summary>All that another collected, reached by one way.</summary>
    /// <param name="inner">What it collected; it collects no more.</param>
    /// <param name="way">The way to there.</param>
    public void Add(InputSink inner, Way way)
    {
        if (inner.parts.Count > 0) parts.Add(new(inner, way));
        holdsOthers = true;
        AddNotes(inner);
    }

    /// <summary>All that another collected.</summary>
    public void Add(InputSink other)
    {
        parts.AddRange(other.parts);
        holdsOthers = true;
        AddNotes(other);
    }

    /// <summary>Adds to a set the keys of the inputs that have one of these names.</summary>
    public void AddKeys(NameMarks names, HashSet<InputKey> into)
    {
        if (!holdsOthers && !names.Meet(marks)) return;
        foreach (var part in parts) part.AddKeys(names, into);
    }

    /// <summary>Something that is wider than needed.</summary>
    public void Assume(SourcePath path, Location at, string because, string covers) =>
        (assumptions ??= []).TryAdd((path, at.Span.Start, because), new(path, at.Line, because, covers));

    /// <summary>Something outside of the sources.</summary>
    public void AddExternal(string kind, string name, string? url = null) => (external ??= []).Add(new(kind, name, url));

    private void AddNotes(InputSink other)
    {
        if (other.assumptions is not null)
        {
            assumptions ??= [];
            foreach (var (key, assumption) in other.assumptions) assumptions.TryAdd(key, assumption);
        }

        if (other.external is not null) (external ??= []).UnionWith(other.external);
        if (other.watched is not null) (watched ??= []).UnionWith(other.watched);
        if (other.vaults is not null) (vaults ??= []).UnionWith(other.vaults);
    }
}
