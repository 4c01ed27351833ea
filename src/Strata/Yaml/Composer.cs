using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>
/// Makes nodes of events: aliases expanded, keys and scalars resolved, merge keys applied, within the limits. After a
/// fault of meaning it goes on; a fault of syntax ends the text, and the collections open there end with it.
/// </summary>
internal sealed class Composer
{
    private readonly SourceFile file;
    private readonly YamlOptions options;
    private readonly YamlEvents events;
    private readonly ImmutableArray<Diagnostic>.Builder diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
    private readonly Dictionary<string, Anchored> anchors = new(StringComparer.Ordinal);
    private readonly TagMeaning meaning;
    private YamlEvent next;
    private int depth;
    private int readTo;
    private int nodes;

    public Composer(SourceFile file, YamlOptions options)
    {
        this.file = file;
        this.options = options;
        events = new(file);
        meaning = new(options, diagnostics);
        Advance();
    }

    /// <summary>What was found so far, in the order it was found.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => diagnostics.ToImmutable();

    /// <summary>Whether nothing more can be read.</summary>
    public bool IsAtEnd => next.Kind is YamlEventKind.StreamEnd or YamlEventKind.Fault;

    /// <summary>The root of the next document; null when there is none.</summary>
    public YamlNode? NextDocument()
    {
        if (IsAtEnd) return null;
        anchors.Clear();
        Advance();
        var root = IsAtEnd ? null : Node(isKey: false);
        if (next.Kind == YamlEventKind.DocumentEnd) Advance();
        return root;
    }

    /// <summary>Makes a further document a fault.</summary>
    public void ExpectEnd()
    {
        if (!IsAtEnd) diagnostics.Add(YamlFaults.SecondDocument(Place(next.Span)));
    }

    private void Advance()
    {
        if (IsAtEnd && next.Kind == YamlEventKind.Fault) return;
        next = events.Next();
        if (next.Fault is { } fault) diagnostics.Add(fault);
    }

    private YamlEvent Take()
    {
        var taken = next;
        if (taken.Kind is YamlEventKind.Scalar or YamlEventKind.Alias || taken.Span.Length > 0) readTo = taken.Span.End;
        Advance();
        return taken;
    }

    /// <summary>Ends the reading with a fault, as if the text broke off here.</summary>
    private void Stop(Diagnostic fault)
    {
        diagnostics.Add(fault);
        next = new(YamlEventKind.Fault, default);
    }

    private Location Place(Span span) => new(file, span);

    /// <summary>The node that begins at the next event; null when it is a fault.</summary>
    private YamlNode? Node(bool isKey)
    {
        var start = Take();
        var anchored = start.Kind == YamlEventKind.Alias || start.Anchor is null ? null : Register(start);
        var before = nodes;
        if (++nodes > options.MaxNodes)
        {
            Stop(YamlFaults.TooLarge(Place(start.Span), options.MaxNodes));
            return null;
        }

        var node = start.Kind switch
        {
            YamlEventKind.Scalar => meaning.Scalar(start, Place(start.Span), isKey),
            YamlEventKind.SequenceStart => Nested(start, Sequence),
            YamlEventKind.MappingStart => Nested(start, Mapping),
            YamlEventKind.Alias => Repeat(start),
            _ => null,
        };
        if (anchored is not null) (anchored.Node, anchored.Weight, anchored.IsOpen) = (node, nodes - before, false);
        return node;
    }

    private Anchored Register(YamlEvent start)
    {
        if (anchors.TryGetValue(start.Anchor!, out var first))
            diagnostics.Add(YamlFaults.RepeatedAnchor(Place(start.Span), start.Anchor!, first.At));
        return anchors[start.Anchor!] = new(Place(start.Span));
    }

    private YamlNode? Repeat(YamlEvent alias)
    {
        var at = Place(alias.Span);
        if (!anchors.TryGetValue(alias.Anchor!, out var anchored))
            diagnostics.Add(YamlFaults.UnknownAlias(at, alias.Anchor!, anchors.Keys));
        else if (anchored.IsOpen)
            diagnostics.Add(YamlFaults.Recursive(at, alias.Anchor!, anchored.At));
        else if ((nodes += anchored.Weight - 1) > options.MaxNodes)
            Stop(YamlFaults.TooLarge(at, options.MaxNodes));
        else
            return anchored.Node;
        return null;
    }

    private YamlNode? Nested(YamlEvent start, Func<YamlEvent, YamlNode?> collection)
    {
        if (depth == options.MaxDepth)
        {
            Stop(YamlFaults.TooDeep(Place(start.Span), options.MaxDepth));
            return null;
        }

        depth++;
        var node = collection(start);
        depth--;
        return node;
    }

    private YamlNode? Sequence(YamlEvent start)
    {
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        while (!IsAtEnd && next.Kind != YamlEventKind.SequenceEnd)
        {
            if (Node(isKey: false) is { } item) items.Add(item);
        }

        return meaning.Sequence(start, Place(Extent(start)), items.DrainToImmutable());
    }

    private YamlNode? Mapping(YamlEvent start)
    {
        var entries = new MappingEntries(options.RepeatedKeys, diagnostics);
        while (!IsAtEnd && next.Kind != YamlEventKind.MappingEnd)
        {
            var isMerge = TagMeaning.IsMergeKey(next);
            var key = Node(isKey: true);
            var value = IsAtEnd ? null : Node(isKey: false);
            if (value is null) continue;
            if (isMerge) entries.Merge(value);
            else if (key is not null) entries.Add(key, value);
        }

        return meaning.Mapping(start, Place(Extent(start)), entries.ToImmutable());
    }

    /// <summary>The stretch of a collection: to its closing bracket, or to the end of what was last read in it.</summary>
    private Span Extent(YamlEvent start)
    {
        if (!IsAtEnd) Take();
        return Span.Between(start.Span.Start, Math.Max(start.Span.End, readTo));
    }

    /// <summary>A node with a name; open while it is being read.</summary>
    private sealed class Anchored(Location at)
    {
        public Location At { get; } = at;

        public YamlNode? Node { get; set; }

        public int Weight { get; set; }

        public bool IsOpen { get; set; } = true;
    }
}
