namespace Strata.Jinja;

/// <summary>
/// Cuts a template into tokens as Jinja2 3.1's `lexer.py` does. Comments, raw markers and spaces in tags give none; what is to be
/// stripped is no part of a <see cref="JinjaTokenKind.Data"/> token. Tokens are made as they are asked for.
/// </summary>
internal sealed class JinjaLexer
{
    private readonly string text;
    private readonly int length;
    private readonly JinjaOptions options;
    private readonly JinjaTags tags;
    private readonly JinjaBrackets brackets = new();
    private State state;
    private JinjaToken pending;
    private int position;
    private bool isAtLineStart = true;

    public JinjaLexer(string text, JinjaOptions options, State state)
    {
        this.text = text;
        this.options = options;
        this.state = state;
        tags = JinjaTags.Of(options);
        length = options.KeepsTrailingNewline ? text.Length : LengthWithoutLastBreak(text);
    }

    /// <summary>Where in a template the lexer stands.</summary>
    public enum State : byte
    {
        Root,
        Variable,
        Block,
        LineStatement,
        Raw,
        Comment,
        LineComment,
    }

    /// <summary>Why there is a <see cref="JinjaTokenKind.Fault"/>; null while there is none.</summary>
    public JinjaFault? Fault { get; private set; }

    private ReadOnlySpan<char> Source => text.AsSpan(0, length);

    /// <summary>The next token.</summary>
    public JinjaToken Next()
    {
        if (pending.Kind != JinjaTokenKind.End) return TakePending();
        while (Fault is null)
        {
            var token = state switch
            {
                State.Root => NextOutside(),
                State.Raw => NextRaw(),
                State.Comment => PassComment(),
                State.LineComment => PassLineComment(),
                _ => NextInside(),
            };
            if (token is { } found) return found;
        }

        return new(JinjaTokenKind.Fault, position, position);
    }

    private static int LengthWithoutLastBreak(string text)
    {
        if (text.EndsWith("\r\n", StringComparison.Ordinal)) return text.Length - 2;
        return text.Length > 0 && JinjaCharacters.IsLineBreak(text[^1]) ? text.Length - 1 : text.Length;
    }

    private JinjaToken TakePending()
    {
        var token = pending;
        pending = default;
        return token;
    }

    private JinjaToken? Fail(string message, int at)
    {
        Fault ??= new(message, new(at, at < text.Length ? 1 : 0));
        return null;
    }

    private JinjaToken? NextOutside()
    {
        if (position >= length) return new(JinjaTokenKind.End, length, length);
        var start = position;
        var tag = tags.Find(Source, start);
        if (tag.Kind == JinjaTagKind.None)
        {
            position = length;
            return new(JinjaTokenKind.Data, start, length);
        }

        var end = StripBefore(start, tag.Start, tag.Sign, isVariable: tag.Kind == JinjaTagKind.Variable);
        Enter(tag);
        if (end == start) return pending.Kind == JinjaTokenKind.End ? null : TakePending();
        return new(JinjaTokenKind.Data, start, end);
    }

    private void Enter(JinjaTag tag)
    {
        MoveTo(tag.End);
        (state, var kind) = tag.Kind switch
        {
            JinjaTagKind.Variable => (State.Variable, JinjaTokenKind.VariableBegin),
            JinjaTagKind.Block => (State.Block, JinjaTokenKind.BlockBegin),
            JinjaTagKind.LineStatement => (State.LineStatement, JinjaTokenKind.BlockBegin),
            JinjaTagKind.Raw => (State.Raw, JinjaTokenKind.End),
            JinjaTagKind.Comment => (State.Comment, JinjaTokenKind.End),
            _ => (State.LineComment, JinjaTokenKind.End),
        };
        pending = kind == JinjaTokenKind.End ? default : new(kind, tag.Start, tag.End);
    }

    /// <summary>Where the text before a tag ends once what the tag strips is gone.</summary>
    private int StripBefore(int start, int end, char sign, bool isVariable)
    {
        var at = end;
        if (sign == '-')
        {
            while (at > start && JinjaCharacters.IsSpace(text[at - 1])) at--;
            return at;
        }

        if (sign == '+' || !options.StripsBeforeBlocks || isVariable) return end;
        while (at > start && JinjaCharacters.IsSpace(text[at - 1]) && !JinjaCharacters.IsLineBreak(text[at - 1])) at--;
        var isWholeLine = at > start ? JinjaCharacters.IsLineBreak(text[at - 1]) : isAtLineStart;
        return isWholeLine ? at : end;
    }

    private JinjaToken? NextRaw()
    {
        var start = position;
        if (start >= length) return new(JinjaTokenKind.End, length, length);
        for (var at = start; ; at++)
        {
            var next = Source[at..].IndexOf(options.BlockStart, StringComparison.Ordinal);
            if (next < 0) return Fail("the end of the raw block is missing: expected `endraw`", start);
            at += next;
            if (EndOfRaw(at + options.BlockStart.Length, out var sign) is not (> 0 and var end)) continue;
            var dataEnd = StripBefore(start, at, sign, isVariable: false);
            MoveTo(end);
            state = State.Root;
            return dataEnd == start ? null : new(JinjaTokenKind.Data, start, dataEnd);
        }
    }

    /// <summary>The end of `endraw %}`; -1 where that does not stand there.</summary>
    private int EndOfRaw(int at, out char sign)
    {
        sign = at < length && text[at] is '-' or '+' ? text[at] : '\0';
        at = PassSpace(sign == 0 ? at : at + 1);
        return Source[at..].StartsWith("endraw") ? EndOfBlock(PassSpace(at + 6)) : -1;
    }

    private JinjaToken? PassComment()
    {
        if (position >= length) return new(JinjaTokenKind.End, length, length);
        var next = Source[position..].IndexOf(options.CommentEnd, StringComparison.Ordinal);
        if (next < 0) return Fail("the end of the comment is missing: expected `" + options.CommentEnd + "`", position);
        var at = position + next;
        var sign = at > position ? text[at - 1] : '\0';
        at += options.CommentEnd.Length;
        MoveTo(sign == '-' ? PassSpace(at) : sign == '+' ? at : PassTrimmedBreak(at));
        state = State.Root;
        return null;
    }

    private JinjaToken? PassLineComment()
    {
        var next = Source[position..].IndexOfAny('\n', '\r');
        position = next < 0 ? length : position + next;
        isAtLineStart = false;
        state = State.Root;
        return null;
    }

    private JinjaToken? NextInside()
    {
        if (brackets.IsEmpty && EndOfTag() is >= 0 and var end) return Leave(end);
        position = PassSpace(position);
        if (brackets.IsEmpty && EndOfTag() is >= 0 and var laterEnd) return Leave(laterEnd);
        if (position >= length) return new(JinjaTokenKind.End, length, length);
        var c = text[position];
        if (char.IsAsciiDigit(c)) return Number();
        if (c is '"' or '\'') return TextConstant(c);
        return JinjaCharacters.EndOfName(Source, position) is var nameEnd && nameEnd > position ? Name(nameEnd) : Operator();
    }

    private int EndOfTag() => state switch
    {
        State.Variable => EndOfVariable(),
        State.Block => EndOfBlock(position),
        _ => EndOfLineStatement(),
    };

    private JinjaToken Leave(int end)
    {
        var token = new JinjaToken(state == State.Variable ? JinjaTokenKind.VariableEnd : JinjaTokenKind.BlockEnd, position, end);
        MoveTo(end);
        state = State.Root;
        return token;
    }

    private int EndOfVariable()
    {
        var rest = Source[position..];
        if (rest.StartsWith("-") && rest[1..].StartsWith(options.VariableEnd)) return PassSpace(position + 1 + options.VariableEnd.Length);
        return rest.StartsWith(options.VariableEnd) ? position + options.VariableEnd.Length : -1;
    }

    private int EndOfBlock(int at)
    {
        var rest = Source[at..];
        if (rest.StartsWith(options.BlockEnd)) return PassTrimmedBreak(at + options.BlockEnd.Length);
        if (rest.IsEmpty || rest[0] is not ('+' or '-') || !rest[1..].StartsWith(options.BlockEnd)) return -1;
        return rest[0] == '+' ? at + 1 + options.BlockEnd.Length : PassSpace(at + 1 + options.BlockEnd.Length);
    }

    /// <summary>A line statement ends with the last line break of the spaces that follow, or with the text.</summary>
    private int EndOfLineStatement()
    {
        var end = -1;
        var at = position;
        for (; at < length && JinjaCharacters.IsSpace(text[at]); at++)
        {
            if (JinjaCharacters.IsLineBreak(text[at])) end = at + 1;
        }

        return at == length ? length : end;
    }

    private JinjaToken? Number()
    {
        var end = JinjaNumber.EndOfReal(Source, position);
        var kind = end > position ? JinjaTokenKind.Real : JinjaTokenKind.Integer;
        if (kind == JinjaTokenKind.Integer) end = JinjaNumber.EndOfInteger(Source, position);
        return Take(kind, end);
    }

    private JinjaToken? TextConstant(char quote)
    {
        var end = JinjaText.EndOf(Source, position, TakesBackslashesLiterally);
        if (end < 0) return Fail($"the text has no end: expected `{quote}`", position);
        return Take(JinjaTokenKind.Text, end) with { IsLiteral = TakesBackslashesLiterally };
    }

    /// <summary>Whether backslashes stand for themselves where the lexer is.</summary>
    private bool TakesBackslashesLiterally => options.TakesBackslashesLiterally && state == State.Variable;

    private JinjaToken? Name(int end) => JinjaCharacters.IsIdentifier(Source[position..end])
        ? Take(JinjaTokenKind.Name, end)
        : Fail($"`{text[position..end]}` is no name", position);

    private JinjaToken? Operator()
    {
        var kind = JinjaOperators.At(Source[position..], out var size);
        if (kind == JinjaTokenKind.End) return Fail($"unexpected character `{text[position]}`", position);
        if (brackets.Take(text[position]) is { } expected)
            return Fail(expected == '\0' ? $"unexpected `{text[position]}`" : $"unexpected `{text[position]}`, expected `{expected}`", position);
        return Take(kind, position + size);
    }

    private JinjaToken Take(JinjaTokenKind kind, int end)
    {
        var token = new JinjaToken(kind, position, end);
        position = end;
        return token;
    }

    private int PassSpace(int at)
    {
        while (at < length && JinjaCharacters.IsSpace(text[at])) at++;
        return at;
    }

    private int PassTrimmedBreak(int at)
    {
        if (!options.TrimsBlocks || at >= length) return at;
        if (text[at] == '\n') return at + 1;
        if (text[at] != '\r') return at;
        return at + 1 < length && text[at + 1] == '\n' ? at + 2 : at + 1;
    }

    private void MoveTo(int end)
    {
        isAtLineStart = end > 0 && JinjaCharacters.IsLineBreak(text[end - 1]);
        position = end;
    }
}
