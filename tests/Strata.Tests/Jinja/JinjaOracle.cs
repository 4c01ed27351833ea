using System.Text.Json;
using Strata.Jinja;

namespace Strata.Tests.Jinja;

/// <summary>A text with what Jinja2 reads in it, one line of what `oracle.py` writes.</summary>
/// <param name="Name">Which text it is.</param>
/// <param name="Text">The text.</param>
/// <param name="As">`template`, `expression` or `condition`.</param>
/// <param name="Options">How it is to be read.</param>
/// <param name="Read">What Jinja2 reads, in the notation of <see cref="JinjaDump"/>.</param>
internal sealed record JinjaOracle(string Name, string Text, string As, JinjaOptions Options, string Read)
{
    /// <summary>The cases of a text of lines.</summary>
    public static IEnumerable<JinjaOracle> Cases(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (!root.TryGetProperty("text", out _)) continue;
            yield return new(String(root, "name"), String(root, "text"), String(root, "as"), OptionsOf(root), String(root, "read"));
        }
    }

    /// <summary>What we read in the text.</summary>
    public string Ours() => JinjaDump.Of(Parse(Text));

    /// <summary>Our reading of another text in the same way.</summary>
    public JinjaTemplate Parse(string text) => As switch
    {
        "expression" => JinjaTemplate.ParseExpression(text, Options),
        "condition" => JinjaTemplate.ParseCondition(text, Options),
        _ => JinjaTemplate.Parse(text, Options),
    };

    private static string String(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static JinjaOptions OptionsOf(JsonElement root)
    {
        if (!root.TryGetProperty("options", out var given)) return JinjaOptions.Default;
        var options = JinjaOptions.Default;
        foreach (var option in given.EnumerateObject())
        {
            var text = option.Value.ValueKind == JsonValueKind.String ? option.Value.GetString()! : "";
            var isOn = option.Value.ValueKind == JsonValueKind.True;
            options = option.Name switch
            {
                "block_start_string" => options with { BlockStart = text },
                "block_end_string" => options with { BlockEnd = text },
                "variable_start_string" => options with { VariableStart = text },
                "variable_end_string" => options with { VariableEnd = text },
                "comment_start_string" => options with { CommentStart = text },
                "comment_end_string" => options with { CommentEnd = text },
                "line_statement_prefix" => options with { LineStatementPrefix = text },
                "line_comment_prefix" => options with { LineCommentPrefix = text },
                "newline_sequence" => options with { NewlineSequence = text },
                "trim_blocks" => options with { TrimsBlocks = isOn },
                "lstrip_blocks" => options with { StripsBeforeBlocks = isOn },
                "keep_trailing_newline" => options with { KeepsTrailingNewline = isOn },
                "literal_backslashes" => options with { TakesBackslashesLiterally = isOn },
                "do" => options with { HasDo = isOn },
                "loopcontrols" => options with { HasLoopControls = isOn },
                "i18n" => options with { HasTranslations = isOn },
                _ => throw new InvalidDataException("unknown option " + option.Name),
            };
        }

        return options;
    }
}
