using Strata.Text;

namespace Strata.Yaml;

/// <summary>
/// Makes nodes of tokens, one method for each kind of collection: aliases expanded, keys and scalars resolved, merge
/// keys applied, within the limits. After a fault of meaning it goes on; a fault of syntax ends the text, and the
/// collections that are open there end with it.
/// </summary>
internal sealed class Composer
{
    private readonly SourceFile file;
    private readonly YamlOptions options;
    private readonly YamlScanner scanner;
    private readonly FaultList faults;
    private readonly TagHandles handles = new();
    private readonly TagMeaning meaning;
    private readonly Dictionary<string, Anchored> anchors = new(StringComparer.Ordinal);
    private readonly Stack<OpenCollection> open = [];
    private YamlToken token;
    private int readTo;
    private int nodes;

    public Composer(SourceFile file, YamlOptions options, FaultList faults)
    {
        this.file = file;
        this.options = options;
        this.faults = faults;
        scanner = new(file);
        meaning = new(options, faults);
        Advance();
    }

    /// <summary>Whether nothing more can be read.</summary>
    public bool IsAtEnd => token.Kind is YamlTokenKind.StreamEnd or YamlTokenKind.Fault;

    /// <summary>Whether the text could not be read to its end.</summary>
    private bool IsStopped => token.Kind == YamlTokenKind.Fault;

    /// <summary>The root of the next document; null when it cannot be read.</summary>
    /// <param name="isFirst">Whether it may begin without `---`.</param>
    public YamlNode? NextDocument(bool isFirst)
    {
        anchors.Clear();
        handles.Clear();
        while (token.Kind is YamlTokenKind.VersionDirective or YamlTokenKind.TagDirective) Directive();
        var isMarked = token.Kind == YamlTokenKind.DocumentStart;
        if (isMarked) Take();
        else if (!isFirst || handles.HasDirective) Stop(YamlFaults.ExpectedDocument(Here));

        var isEmpty = isMarked && token.Kind is YamlTokenKind.VersionDirective or YamlTokenKind.TagDirective
            or YamlTokenKind.DocumentStart or YamlTokenKind.DocumentEnd or YamlTokenKind.StreamEnd;
        return isEmpty ? Empty() : Node(Place.Block);
    }

    /// <summary>Passes the end of a document, so that the next one or the end of the text is there.</summary>
    public void EndDocument(YamlNode? root)
    {
        if (!IsAtEnd && token.Kind is not (YamlTokenKind.DocumentEnd or YamlTokenKind.DocumentStart or YamlTokenKind.VersionDirective or YamlTokenKind.TagDirective))
            Stop(YamlFaults.AfterDocument(Here, root));
        while (token.Kind == YamlTokenKind.DocumentEnd) Take();
    }

    /// <summary>Makes a further document a fault.</summary>
    public void ExpectEnd()
    {
        if (!IsAtEnd) Stop(YamlFaults.SecondDocument(Here));
    }

    private Location Here => new(file, token.Span);

    private void Advance()
    {
        token = scanner.Next();
        if (IsStopped) faults.AddLast(scanner.Fault!);
    }

    private YamlToken Take()
    {
        var it = token;
        if (IsStopped) return it;
        if (it.Span.Length > 0) readTo = it.Span.End;
        Advance();
        return it;
    }

    private bool TakeIf(YamlTokenKind kind)
    {
        if (token.Kind != kind) return false;
        Take();
        return true;
    }

    /// <summary>Ends the reading with a fault, as if the text broke off here.</summary>
    private void Stop(Diagnostic fault)
    {
        if (IsStopped) return;
        faults.AddLast(fault);
        token = new(YamlTokenKind.Fault, new(token.Span.Start, 0));
    }

    private void Directive()
    {
        var at = Here;
        if (!handles.Add(Take())) Stop(YamlFaults.Directive(at));
    }

    private YamlNode? Node(Place place, bool isKey = false)
    {
        if (++nodes > options.MaxNodes) Stop(YamlFaults.TooLarge(Here, options.MaxNodes));
        if (IsStopped) return null;
        if (token.Kind == YamlTokenKind.Alias) return Repeat();

        var before = nodes;
        var at = Here;
        var properties = Properties();
        var anchored = properties.Anchor is null ? null : Register(properties.Anchor, at);
        var node = Content(place, properties, isKey);
        if (anchored is not null) (anchored.Node, anchored.Weight, anchored.IsOpen) = (node, nodes - before + 1, false);
        return node;
    }

    /// <summary>An anchor and a tag, in either order.</summary>
    private NodeProperties Properties()
    {
        var properties = default(NodeProperties);
        while (true)
        {
            if (token.Kind == YamlTokenKind.Anchor && properties.Anchor is null) properties = properties with { Anchor = Take().Text };
            else if (token.Kind == YamlTokenKind.Tag && properties.Tag is null) properties = properties with { Tag = Tag() };
            else return properties;
        }
    }

    private NodeTag Tag()
    {
        var at = Here;
        var tag = Take();
        if (handles.Resolve(tag) is { } resolved) return new(resolved, at);
        Stop(YamlFaults.UnknownHandle(at, tag.Text));
        return new("!", at);
    }

    private YamlNode? Content(Place place, NodeProperties properties, bool isKey)
    {
        switch (token.Kind)
        {
            case YamlTokenKind.Scalar:
                var at = Here;
                return meaning.Scalar(Take(), properties.Tag, at, isKey);
            case YamlTokenKind.FlowSequenceStart:
                return Nested(properties, FlowSequence);
            case YamlTokenKind.FlowMappingStart:
                return Nested(properties, FlowMapping);
            case YamlTokenKind.BlockSequenceStart when place != Place.Brackets:
                return Nested(properties, BlockSequence);
            case YamlTokenKind.BlockMappingStart when place != Place.Brackets:
                return Nested(properties, BlockMapping);
            case YamlTokenKind.BlockEntry when place == Place.Value:
                return Nested(properties, IndentlessSequence);
            default:
                if (properties != default) return Empty(properties.Tag is { Name: "!" } tag ? tag with { Name = TagMeaning.Yaml + "str" } : properties.Tag, isKey);
                Stop(YamlFaults.ExpectedValue(Here, token, open));
                return null;
        }
    }

    /// <summary>A scalar that is not written: `key:` without a value.</summary>
    private YamlNode Empty(NodeTag? tag = null, bool isKey = false) =>
        meaning.Scalar(new(YamlTokenKind.Scalar, new(readTo, 0)), tag, new(file, new(readTo, 0)), isKey);

    private YamlNode? EmptyNode(bool isKey = false)
    {
        if (++nodes > options.MaxNodes) Stop(YamlFaults.TooLarge(Here, options.MaxNodes));
        return IsStopped ? null : Empty(isKey: isKey);
    }

    private Anchored Register(string name, Location at)
    {
        if (anchors.TryGetValue(name, out var first)) faults.Add(YamlFaults.RepeatedAnchor(at, name, first.At));
        return anchors[name] = new(at);
    }

    private YamlNode? Repeat()
    {
        var at = Here;
        var name = Take().Text;
        if (!anchors.TryGetValue(name, out var anchored))
            faults.Add(YamlFaults.UnknownAlias(at, name, anchors.Keys));
        else if (anchored.IsOpen)
            faults.Add(YamlFaults.Recursive(at, name, anchored.At));
        else if ((nodes += anchored.Weight - 1) > options.MaxNodes)
            Stop(YamlFaults.TooLarge(at, options.MaxNodes));
        else
            return anchored.Node;
        return null;
    }

    private YamlNode? Nested(NodeProperties properties, Func<NodeProperties, int, YamlNode> collection)
    {
        if (open.Count == options.MaxDepth) Stop(YamlFaults.TooDeep(Here, options.MaxDepth));
        if (IsStopped) return null;
        open.Push(new(token.Kind, Here));
        var node = collection(properties, token.Span.Start);
        open.Pop();
        return node;
    }

    private YamlNode.Sequence BlockSequence(NodeProperties properties, int start)
    {
        var items = new List<YamlNode?>();
        Take();
        while (TakeIf(YamlTokenKind.BlockEntry))
        {
            var isEmpty = token.Kind is YamlTokenKind.BlockEntry or YamlTokenKind.BlockEnd;
            items.Add(isEmpty ? EmptyNode() : Node(Place.Block));
        }

        if (!TakeIf(YamlTokenKind.BlockEnd)) Stop(YamlFaults.ExpectedItem(Here, token, open));
        return meaning.Sequence(properties.Tag, From(start), items);
    }

    /// <summary>A list in the column of the key that it belongs to.</summary>
    private YamlNode.Sequence IndentlessSequence(NodeProperties properties, int start)
    {
        var items = new List<YamlNode?>();
        while (TakeIf(YamlTokenKind.BlockEntry))
        {
            var isEmpty = token.Kind is YamlTokenKind.BlockEntry or YamlTokenKind.Key or YamlTokenKind.Value or YamlTokenKind.BlockEnd;
            items.Add(isEmpty ? EmptyNode() : Node(Place.Block));
        }

        return meaning.Sequence(properties.Tag, From(start), items);
    }

    private YamlNode.Mapping BlockMapping(NodeProperties properties, int start)
    {
        var entries = new MappingEntries(options.RepeatedKeys, faults);
        Take();
        while (TakeIf(YamlTokenKind.Key))
        {
            var key = BlockPart(isKey: true);
            entries.Add(key, TakeIf(YamlTokenKind.Value) ? BlockPart(isKey: false) : EmptyNode());
        }

        if (!TakeIf(YamlTokenKind.BlockEnd)) Stop(YamlFaults.ExpectedKey(Here, token, open));
        return meaning.Mapping(properties.Tag, From(start), entries);
    }

    private YamlNode? BlockPart(bool isKey) =>
        token.Kind is YamlTokenKind.Key or YamlTokenKind.Value or YamlTokenKind.BlockEnd ? EmptyNode(isKey) : Node(Place.Value, isKey);

    private YamlNode.Sequence FlowSequence(NodeProperties properties, int start)
    {
        var items = new List<YamlNode?>();
        Take();
        while (!IsStopped && !TakeIf(YamlTokenKind.FlowSequenceEnd))
        {
            items.Add(token.Kind == YamlTokenKind.Key ? Pair() : Node(Place.Brackets));
            if (token.Kind != YamlTokenKind.FlowSequenceEnd && !TakeIf(YamlTokenKind.FlowEntry))
                Stop(YamlFaults.ExpectedComma(Here, token, open.Peek()));
        }

        return meaning.Sequence(properties.Tag, From(start), items);
    }

    /// <summary>
    /// `key: value` as an item of `[...]`: a mapping of one key. As in libyaml, what follows a `?` without a key is
    /// passed over.
    /// </summary>
    private YamlNode.Mapping Pair()
    {
        var start = token.Span.Start;
        Take();
        YamlNode? key;
        if (token.Kind is YamlTokenKind.Value or YamlTokenKind.FlowEntry or YamlTokenKind.FlowSequenceEnd)
        {
            Take();
            key = EmptyNode(isKey: true);
        }
        else
        {
            key = Node(Place.Brackets, isKey: true);
        }

        var entries = new MappingEntries(options.RepeatedKeys, faults);
        entries.Add(key, TakeIf(YamlTokenKind.Value) ? FlowValue(YamlTokenKind.FlowSequenceEnd) : EmptyNode());
        return meaning.Mapping(null, From(start), entries);
    }

    private YamlNode? FlowValue(YamlTokenKind end) =>
        token.Kind == YamlTokenKind.FlowEntry || token.Kind == end ? EmptyNode() : Node(Place.Brackets);

    private YamlNode.Mapping FlowMapping(NodeProperties properties, int start)
    {
        var entries = new MappingEntries(options.RepeatedKeys, faults);
        Take();
        while (!IsStopped && !TakeIf(YamlTokenKind.FlowMappingEnd))
        {
            FlowEntry(entries);
            if (token.Kind != YamlTokenKind.FlowMappingEnd && !TakeIf(YamlTokenKind.FlowEntry))
                Stop(YamlFaults.ExpectedComma(Here, token, open.Peek()));
        }

        return meaning.Mapping(properties.Tag, From(start), entries);
    }

    private void FlowEntry(MappingEntries entries)
    {
        if (!TakeIf(YamlTokenKind.Key))
        {
            entries.Add(Node(Place.Brackets, isKey: true), EmptyNode());
            return;
        }

        var hasKey = token.Kind is not (YamlTokenKind.Value or YamlTokenKind.FlowEntry or YamlTokenKind.FlowMappingEnd);
        var key = hasKey ? Node(Place.Brackets, isKey: true) : EmptyNode(isKey: true);
        entries.Add(key, TakeIf(YamlTokenKind.Value) ? FlowValue(YamlTokenKind.FlowMappingEnd) : EmptyNode());
    }

    private Location From(int start) => new(file, Span.Between(start, readTo));

    /// <summary>Where a node stands, which says what may begin it.</summary>
    private enum Place
    {
        /// <summary>In `[...]` or `{...}`.</summary>
        Brackets,

        /// <summary>A document's root or an item of a list.</summary>
        Block,

        /// <summary>A key or a value of a block mapping, where a list needs no further indentation.</summary>
        Value,
    }

    private readonly record struct NodeProperties(string? Anchor, NodeTag? Tag);

    /// <summary>A node with a name; open while it is being read.</summary>
    private sealed class Anchored(Location at)
    {
        public Location At { get; } = at;

        public YamlNode? Node { get; set; }

        public int Weight { get; set; }

        public bool IsOpen { get; set; } = true;
    }
}

/// <summary>A collection that has begun and not ended.</summary>
/// <param name="Kind">Its opening token.</param>
/// <param name="At">Where that stands; its column is that of the collection's items.</param>
internal readonly record struct OpenCollection(YamlTokenKind Kind, Location At);
