using System.Globalization;
using System.Text;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>Reads tags, anchors, aliases and the lines that begin with `%`.</summary>
internal static class TagText
{
    /// <summary>`&amp;name` or `*name`.</summary>
    public static YamlToken Anchor(YamlCursor cursor)
    {
        var start = cursor.Offset;
        var kind = cursor.Current == '*' ? YamlTokenKind.Alias : YamlTokenKind.Anchor;
        cursor.Skip();
        var name = cursor.TakeWhile(IsWordCharacter);
        if (name.Length == 0 || !(cursor.IsBlankBreakOrEnd() || cursor.Current is '?' or ':' or ',' or ']' or '}' or '%' or '@' or '`'))
            cursor.Fail(YamlFaults.AnchorName(cursor.At(Span.Between(start, Math.Max(cursor.Offset, start + 1))), kind));
        return new(kind, cursor.SpanFrom(start), name);
    }

    /// <summary>`!suffix`, `!!suffix`, `!handle!suffix` or `!&lt;uri>`.</summary>
    public static YamlToken Tag(YamlCursor cursor, bool inBrackets)
    {
        var start = cursor.Offset;
        var (handle, suffix) = cursor.Peek(1) == '<' ? ("", Verbatim(cursor)) : Shorthand(cursor);
        if (!cursor.IsBlankBreakOrEnd() && !(inBrackets && cursor.Current == ','))
            cursor.Fail(YamlFaults.TagEnd(cursor.At(cursor.SpanFrom(start))));
        return new(YamlTokenKind.Tag, cursor.SpanFrom(start), handle, suffix);
    }

    /// <summary>A line that begins with `%`.</summary>
    public static YamlToken Directive(YamlCursor cursor)
    {
        var start = cursor.Offset;
        cursor.Skip();
        var name = cursor.TakeWhile(IsWordCharacter);
        var directive = name switch
        {
            "YAML" when cursor.IsBlank() => Version(cursor, start),
            "TAG" when cursor.IsBlank() => Prefix(cursor, start),
            _ => default,
        };
        cursor.SkipBlanks();
        if (cursor.Current == '#') cursor.SkipToBreak();
        if (directive.Kind == default || !cursor.IsBreakOrEnd()) cursor.Fail(YamlFaults.Directive(cursor.At(cursor.SpanFrom(start))));
        cursor.TakeBreak();
        return directive;
    }

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private static YamlToken Version(YamlCursor cursor, int start)
    {
        cursor.SkipBlanks();
        var version = cursor.TakeWhile(c => char.IsAsciiDigit(c) || c == '.');
        var isNumber = version.Split('.') is [{ Length: > 0 and <= 9 }, { Length: > 0 and <= 9 }];
        return isNumber ? new(YamlTokenKind.VersionDirective, cursor.SpanFrom(start), version) : default;
    }

    private static YamlToken Prefix(YamlCursor cursor, int start)
    {
        cursor.SkipBlanks();
        var handle = Handle(cursor);
        if ((handle.Length > 1 && handle[^1] != '!') || !cursor.IsBlank()) return default;
        cursor.SkipBlanks();
        var prefix = Uri(cursor, isVerbatim: true);
        if (prefix.Length == 0 || !cursor.IsBlankBreakOrEnd()) return default;
        return new(YamlTokenKind.TagDirective, cursor.SpanFrom(start), handle, prefix);
    }

    private static string Verbatim(YamlCursor cursor)
    {
        var start = cursor.Offset;
        cursor.Skip(2);
        var uri = Uri(cursor, isVerbatim: true);
        if (uri.Length == 0 || cursor.Current != '>') cursor.Fail(YamlFaults.TagEnd(cursor.At(cursor.SpanFrom(start))));
        cursor.Skip();
        return uri;
    }

    private static (string Handle, string Suffix) Shorthand(YamlCursor cursor)
    {
        var start = cursor.Offset;
        var handle = Handle(cursor);
        var isNamed = handle.Length > 1 && handle[^1] == '!';
        var suffix = (isNamed ? "" : handle[1..]) + Uri(cursor, isVerbatim: false);
        if (isNamed && suffix.Length == 0) cursor.Fail(YamlFaults.TagEnd(cursor.At(cursor.SpanFrom(start))));
        if (isNamed) return (handle, suffix);
        return suffix.Length == 0 ? ("", "!") : ("!", suffix);
    }

    private static string Handle(YamlCursor cursor)
    {
        if (cursor.Current != '!') return "??";
        var start = cursor.Offset;
        cursor.Skip();
        cursor.TakeWhile(IsWordCharacter);
        if (cursor.Current == '!') cursor.Skip();
        return cursor.TextFrom(start);
    }

    private static string Uri(YamlCursor cursor, bool isVerbatim)
    {
        var uri = new StringBuilder();
        while (!cursor.IsAtEnd)
        {
            if (cursor.Current == '%') Octets(cursor, uri);
            else if (IsWordCharacter(cursor.Current) || ";/?:@&=+$.!~*'()".Contains(cursor.Current, StringComparison.Ordinal)) cursor.Copy(uri);
            else if (isVerbatim && cursor.Current is ',' or '[' or ']') cursor.Copy(uri);
            else break;
        }

        return uri.ToString();
    }

    /// <summary>The bytes of one character, each as `%XX`.</summary>
    private static void Octets(YamlCursor cursor, StringBuilder uri)
    {
        var start = cursor.Offset;
        var octets = new List<byte>();
        while (cursor.Current == '%' && char.IsAsciiHexDigit(cursor.Peek(1)) && char.IsAsciiHexDigit(cursor.Peek(2)))
        {
            octets.Add((byte)int.Parse([cursor.Peek(1), cursor.Peek(2)], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            cursor.Skip(3);
        }

        var bytes = octets.ToArray();
        if (bytes.Length == 0 || !System.Text.Unicode.Utf8.IsValid(bytes))
            cursor.Fail(YamlFaults.TagEnd(cursor.At(new(start, Math.Max(1, cursor.SpanFrom(start).Length)))));
        else
            uri.Append(Encoding.UTF8.GetString(bytes));
    }
}
