namespace Strata.Jinja;

/// <summary>How messages name what stands in a template.</summary>
internal static class JinjaWording
{
    /// <summary>A token as it is written, or what it is.</summary>
    public static string Describe(JinjaTokens tokens, JinjaToken token) => token.Kind switch
    {
        JinjaTokenKind.End or JinjaTokenKind.Fault => "end of the text",
        JinjaTokenKind.Data => "text",
        JinjaTokenKind.VariableEnd or JinjaTokenKind.BlockEnd or JinjaTokenKind.VariableBegin or JinjaTokenKind.BlockBegin =>
            Describe(tokens.Options, token.Kind),
        _ => $"`{tokens.TextOf(token)}`",
    };

    /// <summary>A kind of token.</summary>
    public static string Describe(JinjaOptions options, JinjaTokenKind kind) => kind switch
    {
        JinjaTokenKind.VariableBegin => $"`{options.VariableStart}`",
        JinjaTokenKind.VariableEnd => $"`{options.VariableEnd}`",
        JinjaTokenKind.BlockBegin => $"`{options.BlockStart}`",
        JinjaTokenKind.BlockEnd => $"`{options.BlockEnd}`",
        JinjaTokenKind.Name => "a name",
        JinjaTokenKind.Comma => "`,`",
        JinjaTokenKind.Colon => "`:`",
        JinjaTokenKind.Assign => "`=`",
        JinjaTokenKind.LeftParenthesis => "`(`",
        JinjaTokenKind.RightParenthesis => "`)`",
        JinjaTokenKind.RightBracket => "`]`",
        JinjaTokenKind.RightBrace => "`}`",
        _ => "something else",
    };

    /// <summary>`a`, `a` or `b`, `a`, `b` or `c`.</summary>
    public static string AnyOf(ReadOnlySpan<string> words)
    {
        var text = $"`{words[0]}`";
        for (var i = 1; i < words.Length; i++) text += (i == words.Length - 1 ? " or `" : ", `") + words[i] + "`";
        return text;
    }
}
