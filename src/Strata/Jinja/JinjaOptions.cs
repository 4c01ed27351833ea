namespace Strata.Jinja;

/// <summary>How templates are written: what `jinja2.Environment` takes, with its defaults.</summary>
public sealed record JinjaOptions
{
    /// <summary>Jinja2's own defaults.</summary>
    public static readonly JinjaOptions Default = new();

    /// <summary>What begins a statement.</summary>
    public string BlockStart { get; init; } = "{%";

    /// <summary>What ends a statement.</summary>
    public string BlockEnd { get; init; } = "%}";

    /// <summary>What begins a printed expression.</summary>
    public string VariableStart { get; init; } = "{{";

    /// <summary>What ends a printed expression.</summary>
    public string VariableEnd { get; init; } = "}}";

    /// <summary>What begins a comment.</summary>
    public string CommentStart { get; init; } = "{#";

    /// <summary>What ends a comment.</summary>
    public string CommentEnd { get; init; } = "#}";

    /// <summary>What makes a line that begins with it a statement; null for none.</summary>
    public string? LineStatementPrefix { get; init; }

    /// <summary>What makes the rest of a line a comment; null for none.</summary>
    public string? LineCommentPrefix { get; init; }

    /// <summary>Whether the line break behind a statement is dropped.</summary>
    public bool TrimsBlocks { get; init; }

    /// <summary>Whether spaces between the beginning of a line and a statement are dropped.</summary>
    public bool StripsBeforeBlocks { get; init; }

    /// <summary>What line breaks become: `\n`, `\r\n` or `\r`.</summary>
    public string NewlineSequence { get; init; } = "\n";

    /// <summary>Whether a line break at the end of the text is kept.</summary>
    public bool KeepsTrailingNewline { get; init; }

    /// <summary>
    /// Whether a backslash in a text constant of a printed expression stands for itself (statements keep their escapes): what
    /// Ansible does to all it templates except the files of its `template` module.
    /// </summary>
    public bool TakesBackslashesLiterally { get; init; }

    /// <summary>Whether there is `{% do %}`: `jinja2.ext.do`.</summary>
    public bool HasDo { get; init; }

    /// <summary>Whether there are `{% break %}` and `{% continue %}`: `jinja2.ext.loopcontrols`.</summary>
    public bool HasLoopControls { get; init; }

    /// <summary>Whether there is `{% trans %}`: `jinja2.ext.i18n`.</summary>
    public bool HasTranslations { get; init; }
}
