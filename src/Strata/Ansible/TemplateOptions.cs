using Strata.Jinja;

namespace Strata.Ansible;

/// <summary>The settings of Jinja2 by the names that a task of the module `template` and the first line of a template give them.</summary>
internal static class TemplateOptions
{
    /// <summary>The options with a setting; null where no setting that a reader of templates looks at has that name.</summary>
    /// <param name="options">The options before.</param>
    /// <param name="name">The setting.</param>
    /// <param name="text">Its value as text; null for none, which only the settings of lines may have.</param>
    /// <param name="isOn">Its value as yes or no.</param>
    public static JinjaOptions? With(JinjaOptions options, string name, string? text, bool isOn) => name switch
    {
        "block_start_string" => options with { BlockStart = text! },
        "block_end_string" => options with { BlockEnd = text! },
        "variable_start_string" => options with { VariableStart = text! },
        "variable_end_string" => options with { VariableEnd = text! },
        "comment_start_string" => options with { CommentStart = text! },
        "comment_end_string" => options with { CommentEnd = text! },
        "line_statement_prefix" => options with { LineStatementPrefix = text },
        "line_comment_prefix" => options with { LineCommentPrefix = text },
        "newline_sequence" => options with { NewlineSequence = text! },
        "trim_blocks" => options with { TrimsBlocks = isOn },
        "lstrip_blocks" => options with { StripsBeforeBlocks = isOn },
        "keep_trailing_newline" => options with { KeepsTrailingNewline = isOn },
        _ => null,
    };
}
