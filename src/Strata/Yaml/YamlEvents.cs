using Strata.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Strata.Yaml;

/// <summary>The events of a text, one after the other, from YamlDotNet's parser.</summary>
internal sealed class YamlEvents
{
    private readonly SourceFile file;
    private readonly Parser parser;

    public YamlEvents(SourceFile file)
    {
        this.file = file;
        parser = new(new Scanner(new StringReader(file.Content)));
    }

    /// <summary>The next event; after a fault or the end of the stream nothing may be asked.</summary>
    public YamlEvent Next()
    {
        try
        {
            while (parser.MoveNext())
            {
                if (parser.Current is not (StreamStart or null)) return Convert(parser.Current);
            }

            return new(YamlEventKind.StreamEnd, default);
        }
        catch (YamlException fault)
        {
            return Fault(Offset(fault.Start), fault.Message);
        }
        catch (InvalidOperationException)
        {
            return Fault(0, "the text cannot be read");
        }
    }

    private YamlEvent Fault(int offset, string problem) =>
        new(YamlEventKind.Fault, default, Fault: YamlFaults.Syntax(new(file, new(offset, 0)), problem));

    private static YamlEvent Convert(ParsingEvent current) => current switch
    {
        DocumentStart => new(YamlEventKind.DocumentStart, SpanOf(current)),
        DocumentEnd => new(YamlEventKind.DocumentEnd, SpanOf(current)),
        StreamEnd => new(YamlEventKind.StreamEnd, SpanOf(current)),
        AnchorAlias alias => new(YamlEventKind.Alias, SpanOf(current), alias.Value.Value),
        Scalar scalar => new(YamlEventKind.Scalar, SpanOf(current), AnchorOf(scalar), TagOf(scalar), scalar.Value, StyleOf(scalar.Style)),
        SequenceStart start => new(YamlEventKind.SequenceStart, SpanOf(current), AnchorOf(start), TagOf(start)),
        MappingStart start => new(YamlEventKind.MappingStart, SpanOf(current), AnchorOf(start), TagOf(start)),
        SequenceEnd => new(YamlEventKind.SequenceEnd, SpanOf(current)),
        MappingEnd => new(YamlEventKind.MappingEnd, SpanOf(current)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string? AnchorOf(NodeEvent node) => node.Anchor.IsEmpty ? null : node.Anchor.Value;

    private static string? TagOf(NodeEvent node) => node.Tag.IsEmpty ? null : node.Tag.Value;

    private static ScalarStyle StyleOf(YamlDotNet.Core.ScalarStyle style) => style switch
    {
        YamlDotNet.Core.ScalarStyle.SingleQuoted => ScalarStyle.SingleQuoted,
        YamlDotNet.Core.ScalarStyle.DoubleQuoted => ScalarStyle.DoubleQuoted,
        YamlDotNet.Core.ScalarStyle.Literal => ScalarStyle.Literal,
        YamlDotNet.Core.ScalarStyle.Folded => ScalarStyle.Folded,
        _ => ScalarStyle.Plain,
    };

    private static Span SpanOf(ParsingEvent current) => Span.Between(Offset(current.Start), Offset(current.End));

    private static int Offset(Mark mark) => (int)mark.Index;
}
