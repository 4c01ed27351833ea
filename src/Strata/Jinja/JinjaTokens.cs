using Strata.Text;

namespace Strata.Jinja;

/// <summary>
/// The tokens of a text as its parser sees them: the current one, the one behind it when asked for, and the first fault. After a
/// fault there is only <see cref="JinjaTokenKind.Fault"/>, so that whoever reads on comes to an end.
/// </summary>
internal sealed class JinjaTokens
{
    private readonly JinjaLexer lexer;
    private JinjaToken ahead;
    private bool hasAhead;

    public JinjaTokens(string text, JinjaOptions options, JinjaLexer.State state)
    {
        Text = text;
        Options = options;
        lexer = new(text, options, state);
        Advance();
    }

    public string Text { get; }

    public JinjaOptions Options { get; }

    public JinjaToken Current { get; private set; }

    public JinjaTokenKind Kind => Current.Kind;

    /// <summary>Offset behind the token before the current one.</summary>
    public int LastEnd { get; private set; }

    /// <summary>What is wrong; null while nothing is.</summary>
    public JinjaFault? Fault { get; private set; }

    public bool HasFailed => Fault is not null;

    /// <summary>Whether there is nothing more to read.</summary>
    public bool IsAtEnd => Kind is JinjaTokenKind.End or JinjaTokenKind.Fault;

    public ReadOnlySpan<char> CurrentText => TextOf(Current);

    public ReadOnlySpan<char> TextOf(JinjaToken token) => Text.AsSpan(token.Start, token.End - token.Start);

    /// <summary>Goes to the next token and gives the one that was current.</summary>
    public JinjaToken Advance()
    {
        var old = Current;
        LastEnd = old.End;
        if (HasFailed) return old;
        Current = hasAhead ? ahead : lexer.Next();
        hasAhead = false;
        if (Kind == JinjaTokenKind.Fault) Fault = lexer.Fault;
        return old;
    }

    /// <summary>The token behind the current one.</summary>
    public JinjaToken Peek()
    {
        if (HasFailed) return Current;
        if (!hasAhead) ahead = lexer.Next();
        hasAhead = true;
        return ahead;
    }

    /// <summary>Whether the current token is the name <paramref name="word"/>.</summary>
    public bool Is(string word) => Is(Current, word);

    public bool Is(JinjaToken token, string word) => token.Kind == JinjaTokenKind.Name && TextOf(token).SequenceEqual(word);

    public bool IsAny(ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (Is(word)) return true;
        }

        return false;
    }

    public bool SkipIf(JinjaTokenKind kind)
    {
        if (Kind != kind) return false;
        Advance();
        return true;
    }

    public bool SkipIf(string word)
    {
        if (!Is(word)) return false;
        Advance();
        return true;
    }

    public bool Expect(JinjaTokenKind kind)
    {
        if (SkipIf(kind)) return true;
        Fail($"unexpected {JinjaWording.Describe(this, Current)}, expected {JinjaWording.Describe(Options, kind)}");
        return false;
    }

    public bool Expect(string word)
    {
        if (SkipIf(word)) return true;
        Fail($"unexpected {JinjaWording.Describe(this, Current)}, expected `{word}`");
        return false;
    }

    /// <summary>Takes a name; an empty text where there is none, which is a fault.</summary>
    public string ExpectName()
    {
        var name = Kind == JinjaTokenKind.Name ? CurrentText.ToString() : "";
        Expect(JinjaTokenKind.Name);
        return name;
    }

    /// <summary>Ends the reading with a fault at the current token.</summary>
    public void Fail(string message) => Fail(message, new(Current.Start, Current.End - Current.Start));

    /// <summary>Ends the reading with a fault.</summary>
    public void Fail(string message, Span span)
    {
        Fault ??= new(message, span);
        Current = new(JinjaTokenKind.Fault, Current.Start, Current.Start);
    }
}
