namespace Strata.Jinja;

/// <summary>The operators of expressions, the longer ones first.</summary>
internal static class JinjaOperators
{
    /// <summary>The operator that a text begins with and its length; <see cref="JinjaTokenKind.End"/> for none.</summary>
    public static JinjaTokenKind At(ReadOnlySpan<char> text, out int size)
    {
        var second = text.Length > 1 ? text[1] : '\0';
        size = 2;
        switch ((text[0], second))
        {
            case ('/', '/'): return JinjaTokenKind.FloorDivide;
            case ('*', '*'): return JinjaTokenKind.Power;
            case ('=', '='): return JinjaTokenKind.Equal;
            case ('!', '='): return JinjaTokenKind.NotEqual;
            case ('>', '='): return JinjaTokenKind.GreaterOrEqual;
            case ('<', '='): return JinjaTokenKind.LessOrEqual;
        }

        size = 1;
        return text[0] switch
        {
            '+' => JinjaTokenKind.Add,
            '-' => JinjaTokenKind.Subtract,
            '*' => JinjaTokenKind.Multiply,
            '/' => JinjaTokenKind.Divide,
            '%' => JinjaTokenKind.Modulo,
            '~' => JinjaTokenKind.Tilde,
            '[' => JinjaTokenKind.LeftBracket,
            ']' => JinjaTokenKind.RightBracket,
            '(' => JinjaTokenKind.LeftParenthesis,
            ')' => JinjaTokenKind.RightParenthesis,
            '{' => JinjaTokenKind.LeftBrace,
            '}' => JinjaTokenKind.RightBrace,
            '>' => JinjaTokenKind.Greater,
            '<' => JinjaTokenKind.Less,
            '=' => JinjaTokenKind.Assign,
            '.' => JinjaTokenKind.Dot,
            ':' => JinjaTokenKind.Colon,
            '|' => JinjaTokenKind.Pipe,
            ',' => JinjaTokenKind.Comma,
            ';' => JinjaTokenKind.Semicolon,
            _ => JinjaTokenKind.End,
        };
    }
}

/// <summary>The brackets that are open.</summary>
internal sealed class JinjaBrackets
{
    private readonly List<char> closing = [];

    public bool IsEmpty => closing.Count == 0;

    /// <summary>Opens or closes a bracket. Null when that is right; else the bracket that was expected, NUL where none is open.</summary>
    public char? Take(char c)
    {
        switch (c)
        {
            case '(': closing.Add(')'); return null;
            case '[': closing.Add(']'); return null;
            case '{': closing.Add('}'); return null;
            case ')' or ']' or '}': return Close(c);
            default: return null;
        }
    }

    private char? Close(char c)
    {
        if (IsEmpty) return '\0';
        var expected = closing[^1];
        closing.RemoveAt(closing.Count - 1);
        return expected == c ? null : expected;
    }
}
