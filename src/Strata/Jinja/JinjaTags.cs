using System.Runtime.CompilerServices;

namespace Strata.Jinja;

/// <summary>What begins at a place of a template outside of tags.</summary>
internal enum JinjaTagKind : byte
{
    None,
    Raw,
    Variable,
    Block,
    Comment,
    LineStatement,
    LineComment,
}

/// <summary>A tag's beginning.</summary>
/// <param name="Kind">What begins.</param>
/// <param name="Start">Offset of its first character; for a line statement that of the space before it.</param>
/// <param name="End">Offset of the first character behind the delimiter and its sign.</param>
/// <param name="Sign">The `-` or `+` behind the delimiter; NUL for none.</param>
internal readonly record struct JinjaTag(JinjaTagKind Kind, int Start, int End, char Sign);

/// <summary>
/// Finds where tags begin. Where several delimiters fit the longest wins; of equal ones a variable's, then a line statement's, a
/// line comment's, a comment's, a block's, as `compile_rules` of Jinja2's `lexer.py` sorts them.
/// </summary>
internal sealed class JinjaTags
{
    private static readonly ConditionalWeakTable<JinjaOptions, JinjaTags> Known = [];
    private readonly JinjaOptions options;
    private readonly (JinjaTagKind Kind, string Start)[] rules;
    private readonly bool hasLineRules;

    private JinjaTags(JinjaOptions options)
    {
        this.options = options;
        var all = new List<(JinjaTagKind Kind, string Start)> { (JinjaTagKind.Variable, options.VariableStart) };
        if (options.LineStatementPrefix is { Length: > 0 } statement) all.Add((JinjaTagKind.LineStatement, statement));
        if (options.LineCommentPrefix is { Length: > 0 } comment) all.Add((JinjaTagKind.LineComment, comment));
        all.Add((JinjaTagKind.Comment, options.CommentStart));
        all.Add((JinjaTagKind.Block, options.BlockStart));
        hasLineRules = all.Count > 3;
        rules = [.. all.OrderByDescending(r => r.Start.Length)];
    }

    /// <summary>Those of options, which are made once.</summary>
    public static JinjaTags Of(JinjaOptions options) => Known.GetValue(options, o => new(o));

    /// <summary>The first tag that begins at <paramref name="from"/> or behind it.</summary>
    public JinjaTag Find(ReadOnlySpan<char> text, int from)
    {
        for (var at = from; ; at++)
        {
            if (!hasLineRules)
            {
                var next = text[at..].IndexOfAny(options.VariableStart[0], options.BlockStart[0], options.CommentStart[0]);
                if (next < 0) return default;
                at += next;
            }
            else if (at >= text.Length)
            {
                return default;
            }

            if (At(text, at) is { Kind: not JinjaTagKind.None } tag) return tag;
        }
    }

    private JinjaTag At(ReadOnlySpan<char> text, int at)
    {
        if (RawAt(text, at) is { Kind: not JinjaTagKind.None } raw) return raw;
        foreach (var (kind, start) in rules)
        {
            var begin = kind switch
            {
                JinjaTagKind.LineStatement => PassLineStatementSpace(text, at),
                JinjaTagKind.LineComment => PassLineCommentSpace(text, at),
                _ => at,
            };
            if (begin < 0 || !text[begin..].StartsWith(start)) continue;
            var end = begin + start.Length;
            var sign = SignAt(text, end);
            return new(kind, at, sign == 0 ? end : end + 1, sign);
        }

        return default;
    }

    private JinjaTag RawAt(ReadOnlySpan<char> text, int at)
    {
        if (!text[at..].StartsWith(options.BlockStart)) return default;
        var end = at + options.BlockStart.Length;
        var sign = SignAt(text, end);
        end = PassSpace(text, sign == 0 ? end : end + 1);
        if (!text[end..].StartsWith("raw")) return default;
        end = PassSpace(text, end + 3);
        if (text[end..].StartsWith(options.BlockEnd)) return new(JinjaTagKind.Raw, at, end + options.BlockEnd.Length, sign);
        if (end == text.Length || text[end] != '-' || !text[(end + 1)..].StartsWith(options.BlockEnd)) return default;
        return new(JinjaTagKind.Raw, at, PassSpace(text, end + 1 + options.BlockEnd.Length), sign);
    }

    private static char SignAt(ReadOnlySpan<char> text, int at) => at < text.Length && text[at] is '-' or '+' ? text[at] : '\0';

    private static int PassSpace(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && JinjaCharacters.IsSpace(text[at])) at++;
        return at;
    }

    private static int PassLineStatementSpace(ReadOnlySpan<char> text, int at)
    {
        if (!IsLineStart(text, at)) return -1;
        while (at < text.Length && text[at] is ' ' or '\t' or '\v') at++;
        return at;
    }

    private static int PassLineCommentSpace(ReadOnlySpan<char> text, int at)
    {
        if (!IsLineStart(text, at) && JinjaCharacters.IsSpace(text[at - 1])) return -1;
        while (at < text.Length && JinjaCharacters.IsSpace(text[at]) && !JinjaCharacters.IsLineBreak(text[at])) at++;
        return at;
    }

    private static bool IsLineStart(ReadOnlySpan<char> text, int at) =>
        at == 0 || text[at - 1] == '\n' || (text[at - 1] == '\r' && (at == text.Length || text[at] != '\n'));
}
