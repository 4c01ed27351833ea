using Strata.Text;

namespace Strata.Yaml;

/// <summary>What a stretch of a YAML text is, before nodes are made of it.</summary>
internal enum YamlTokenKind
{
    StreamEnd,

    /// <summary>The text cannot be read further; the scanner's fault says why. It is the last token.</summary>
    Fault,
    VersionDirective,
    TagDirective,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,

    /// <summary>`- `.</summary>
    BlockEntry,

    /// <summary>`,` in brackets.</summary>
    FlowEntry,

    /// <summary>`? `, or the place before a key that has no `?`.</summary>
    Key,

    /// <summary>`:`.</summary>
    Value,
    Alias,
    Anchor,
    Tag,
    Scalar,
}

/// <summary>How a scalar is written.</summary>
internal enum ScalarStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}

/// <summary>One token of a YAML text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where; of length 0 for what only follows from the indentation.</param>
/// <param name="Text">A scalar's value, the name of an anchor or alias, a tag's handle, a version.</param>
/// <param name="Suffix">What follows a tag's handle; the prefix that a `%TAG` line sets.</param>
/// <param name="Style">How a scalar is written.</param>
internal readonly record struct YamlToken(
    YamlTokenKind Kind,
    Span Span,
    string Text = "",
    string Suffix = "",
    ScalarStyle Style = ScalarStyle.Plain);
