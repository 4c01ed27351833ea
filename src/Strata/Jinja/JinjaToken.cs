namespace Strata.Jinja;

/// <summary>What a stretch of a template is, before nodes are made of it.</summary>
internal enum JinjaTokenKind : byte
{
    /// <summary>The end of the text; given again and again.</summary>
    End,

    /// <summary>The text cannot be read further; the lexer's fault says why. Given again and again.</summary>
    Fault,

    /// <summary>Text outside of tags.</summary>
    Data,
    VariableBegin,
    VariableEnd,
    BlockBegin,
    BlockEnd,
    Name,
    Text,
    Integer,
    Real,
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
    Tilde,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Assign,
    Dot,
    Colon,
    Pipe,
    Comma,
    Semicolon,
    LeftBracket,
    RightBracket,
    LeftParenthesis,
    RightParenthesis,
    LeftBrace,
    RightBrace,
}

/// <summary>One token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset of the first character behind it.</param>
/// <param name="IsLiteral">Whether the backslashes of a <see cref="JinjaTokenKind.Text"/> stand for themselves.</param>
internal readonly record struct JinjaToken(JinjaTokenKind Kind, int Start, int End, bool IsLiteral = false);
