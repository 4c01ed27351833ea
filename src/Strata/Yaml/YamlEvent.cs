using Strata.Text;

namespace Strata.Yaml;

/// <summary>What a YAML text says next, before nodes are made of it.</summary>
internal enum YamlEventKind
{
    DocumentStart,
    DocumentEnd,
    StreamEnd,
    Scalar,
    SequenceStart,
    SequenceEnd,
    MappingStart,
    MappingEnd,
    Alias,

    /// <summary>The text cannot be read further; it is the last event.</summary>
    Fault,
}

/// <summary>One step of reading a YAML text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where: a scalar's text with its quotes, a bracket, an alias; of block collections the point of their start.</param>
/// <param name="Anchor">The anchor before a node, or the name of an alias.</param>
/// <param name="Tag">The node's tag with its handle resolved (`tag:yaml.org,2002:str`, `!vault`); null for none.</param>
/// <param name="Value">A scalar's text.</param>
/// <param name="Style">How a scalar is written.</param>
/// <param name="Fault">Of <see cref="YamlEventKind.Fault"/>: what is wrong.</param>
internal readonly record struct YamlEvent(
    YamlEventKind Kind,
    Span Span,
    string? Anchor = null,
    string? Tag = null,
    string Value = "",
    ScalarStyle Style = ScalarStyle.Plain,
    Diagnostic? Fault = null);

/// <summary>How a scalar is written.</summary>
internal enum ScalarStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}
