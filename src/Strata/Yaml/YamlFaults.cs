using Strata.Text;

namespace Strata.Yaml;

/// <summary>Every fault that reading YAML can find, worded once: first those of syntax, then those of meaning, then the limits.</summary>
internal static class YamlFaults
{
    /// <summary>The id of a text that is no YAML.</summary>
    public const string SyntaxId = "yaml-syntax";

    private const string TooDeepId = "yaml-too-deep";
    private const string TooLargeId = "yaml-too-large";

    private const string QuoteIt = "put quotes around it when it is meant as a text";

    /// <summary>Whether reading ends at such a fault, so that what follows in the text is not known.</summary>
    public static bool EndsReading(string id) => id is SyntaxId or TooDeepId or TooLargeId;

    public static Diagnostic ForbiddenCharacter(Location at) =>
        Error(
            at,
            string.Create(null, $"character U+{(int)at.File.Content[at.Span.Start]:X4} may not stand in YAML"),
            hint: "remove it, or write it as an escape in double quotes, such as `\"\\x07\"`");

    public static Diagnostic CannotBegin(Location at, bool inBrackets)
    {
        var character = at.File.Content[at.Span.Start];
        if (character == '\t') return Tab(at);
        return inBrackets && character is '|' or '>'
            ? Error(at, $"a block text (`{character}`) cannot stand in brackets", hint: QuoteIt)
            : Error(
                at,
                $"a text cannot begin with {(character == '`' ? "a backtick" : Wording.Quote(character.ToString()))}",
                hint: SyntaxHints.Cause(at) ?? "put quotes around the whole of it");
    }

    public static Diagnostic Tab(Location at) =>
        SyntaxHints.IsIndentation(at)
            ? Error(at, "a tab indents this line; YAML takes spaces only", hint: "replace the tab by spaces")
            : Error(at, "a tab stands here, where YAML takes spaces only", hint: "replace the tab by a space");

    public static Diagnostic ListInLine(Location at) =>
        Error(at, "a list cannot begin in the middle of a line", "this `-` begins one", "put the list on lines of its own, or quotes around the text");

    public static Diagnostic KeyInLine(Location at) =>
        Error(at, "a key (`? `) cannot begin in the middle of a line", hint: "put quotes around the text when none is meant");

    public static Diagnostic SecondColon(Location at, Location lastScalar)
    {
        if (at.File.Position(lastScalar.Span.End).Line == at.Line && lastScalar.Line < at.Line) return KeyInText(at, lastScalar);
        return Error(
            at,
            "`:` makes a key of the text before it, and no key can stand there",
            hint: SyntaxHints.Cause(at) ?? "put quotes around a value that has `: ` in it");
    }

    public static Diagnostic NoColon(Location at)
    {
        var line = SyntaxHints.RestOfLine(at);
        return Error(
            line,
            "a key with `:` was expected in this line",
            hint: SyntaxHints.MissingColon(line) ?? SyntaxHints.Cause(at) ?? "a value that goes on in a second line is indented more than its key");
    }

    public static Diagnostic ColonInBrackets(Location at) =>
        Error(at, "`:` cannot stand here", hint: "put quotes around the text, or a space after the `:` of a key");

    public static Diagnostic OpenQuote(Location at, char quote) =>
        Error(
            at,
            "this quote is not closed",
            "",
            quote == '\'' ? "in single quotes a quote itself is written twice: `''`" : "in double quotes a quote itself is written `\\\"`");

    public static Diagnostic MarkerInQuotes(Location at, Location quote) =>
        Error(at, "a document ends here in the middle of a quoted text").With(quote, "the quote that is not closed");

    public static Diagnostic UnknownEscape(Location at) =>
        Error(
            at,
            $"{Wording.Quote(at.File.Content.Substring(at.Span.Start, at.Span.Length))} is no escape of a text in double quotes",
            hint: "write `\\\\` for a backslash, or use single quotes, in which it needs no escape");

    public static Diagnostic ShortEscape(Location at, int digits) =>
        Error(at, string.Create(null, $"this escape takes {digits} hexadecimal digits"), hint: "write `\\\\` for a backslash");

    public static Diagnostic NoCharacter(Location at) => Error(at, "this escape names no character");

    public static Diagnostic BlockHeader(Location at) =>
        Error(
            at,
            "after `|` or `>` only `+` or `-`, an indentation from 1 to 9, and a comment may stand",
            hint: "begin the text in the next line, or put quotes around it");

    public static Diagnostic AnchorName(Location at, YamlTokenKind kind) =>
        kind == YamlTokenKind.Alias
            ? Error(at, "`*` begins an alias, and no name of letters, digits, `-` and `_` follows", hint: "put quotes around a text that starts with `*`")
            : Error(at, "`&` begins an anchor, and no name of letters, digits, `-` and `_` follows", hint: "put quotes around a text that starts with `&`");

    public static Diagnostic TagEnd(Location at) =>
        Error(at, "`!` begins a tag, and this is no tag's name", hint: "put quotes around a text that starts with `!`");

    public static Diagnostic UnknownHandle(Location at, string handle) =>
        Error(at, $"no `%TAG` line declares {Wording.Quote(handle)}", hint: "put quotes around a text that starts with `!`");

    public static Diagnostic Directive(Location at) =>
        Error(at, "a line that begins with `%` is `%YAML 1.1` or `%TAG HANDLE PREFIX`, each once", hint: "put quotes around a text that starts with `%`");

    public static Diagnostic ExpectedDocument(Location at) =>
        Error(at, "a document begins here without `---`", hint: "put `---` before it, or remove the `...` or `%` line above");

    public static Diagnostic AfterValue(Location at)
    {
        var text = SyntaxHints.RestOfLine(at);
        return Error(text, "this follows a value that is complete", hint: SyntaxHints.AfterQuotes(at) ?? SyntaxHints.Cause(at) ?? SyntaxHints.MissingColon(text));
    }

    public static Diagnostic AfterDocument(Location at, YamlNode? root)
    {
        if (root is null || !SyntaxHints.IsIndentation(at) || at.Column >= root.At.Column) return AfterValue(at);
        return Error(SyntaxHints.RestOfLine(at), "this line is indented less than the first line of the document", hint: "indent the two alike")
            .With(root.At with { Span = root.At.Span with { Length = 1 } }, "the first line");
    }

    public static Diagnostic ExpectedValue(Location at, YamlToken token, IEnumerable<OpenCollection> open) => token.Kind switch
    {
        YamlTokenKind.StreamEnd => NotClosed(at, open),
        YamlTokenKind.FlowSequenceEnd or YamlTokenKind.FlowMappingEnd => Error(at, "this bracket closes none that is open", hint: SyntaxHints.Cause(at)),
        YamlTokenKind.FlowEntry => Error(at, "a value is missing before this `,`", hint: SyntaxHints.Cause(at) ?? "put quotes around a text that starts with `,`"),
        YamlTokenKind.BlockEntry => Error(at, "a list with `- ` cannot stand in brackets", hint: QuoteIt),
        _ => Error(at, "a value was expected here", hint: SyntaxHints.Cause(at)),
    };

    public static Diagnostic ExpectedItem(Location at, YamlToken token, IEnumerable<OpenCollection> open) =>
        Misplaced(at, token, open, "an item (`- `) of the list");

    public static Diagnostic ExpectedKey(Location at, YamlToken token, IEnumerable<OpenCollection> open) =>
        Misplaced(at, token, open, "a key of the mapping");

    public static Diagnostic ExpectedComma(Location at, YamlToken token, OpenCollection brackets)
    {
        var close = brackets.Kind == YamlTokenKind.FlowSequenceStart ? ']' : '}';
        if (token.Kind is YamlTokenKind.StreamEnd or YamlTokenKind.DocumentStart or YamlTokenKind.DocumentEnd) return NotClosed(at, [brackets]);
        return Error(at, $"`,` or `{close}` was expected here", hint: SyntaxHints.Cause(at))
            .With(new(brackets.At.File, brackets.At.Span with { Length = 1 }), "the bracket that is open");
    }

    public static Diagnostic SecondDocument(Location at) =>
        Diagnostic.Error("yaml-documents", "a second document begins here, where the file is one", at, "", "remove it, or the `---` before it");

    public static Diagnostic RepeatedKey(Severity severity, YamlNode.Scalar first, YamlNode.Scalar second) =>
        Diagnostic.Error(
            "duplicate-key",
            first.Raw == second.Raw
                ? $"key {Wording.Quote(second.Raw)} stands twice in one mapping"
                : $"keys {Wording.Quote(first.Raw)} and {Wording.Quote(second.Raw)} in one mapping are the same value",
            second.At,
            "again here",
            "remove one of them")
            .With(first.At, "first here") with
        {
            Severity = severity,
        };

    public static Diagnostic CollectionAsKey(YamlNode key) =>
        Diagnostic.Error(
            "yaml-key",
            SyntaxHints.IsTemplate(key.At)
                ? "`{{` begins a mapping here, not a template"
                : $"a key is a single value, and this is {(key is YamlNode.Sequence ? "a list" : "a mapping")}",
            key.At,
            "",
            SyntaxHints.IsTemplate(key.At) ? SyntaxHints.QuoteTemplate : QuoteIt);

    public static Diagnostic UnknownAlias(Location at, string name, IEnumerable<string> known) =>
        Diagnostic.Error(
            "yaml-alias",
            $"no anchor {Wording.Quote("&" + name)} stands before this alias",
            at,
            "",
            Wording.Nearest(name, known) is { } nearest
                ? $"did you mean {Wording.Quote("*" + nearest)}?"
                : "put quotes around a text that starts with `*`");

    public static Diagnostic RepeatedAnchor(Location at, string name, Location first) =>
        Diagnostic.Error("yaml-alias", $"anchor {Wording.Quote("&" + name)} is set twice", at, "again here", "give it another name")
            .With(first, "first here");

    public static Diagnostic UnknownTag(Location at, string tag, IEnumerable<string> known) =>
        Diagnostic.Error(
            "yaml-tag",
            $"tag {Wording.Quote(tag)} is not known",
            at,
            "",
            Wording.Nearest(tag, known) is { } nearest
                ? $"did you mean {Wording.Quote(nearest)}?"
                : "put quotes around a text that starts with `!`");

    public static Diagnostic WrongValue(Location at, string raw, string expected) =>
        Diagnostic.Error("yaml-value", $"{Wording.Quote(raw)} is not {expected}", at, "", QuoteIt);

    public static Diagnostic WrongKind(Location at, string tag, string expected) =>
        Diagnostic.Error("yaml-value", $"tag {Wording.Quote(tag)} stands before {expected} only", at, "", "remove the tag");

    public static Diagnostic MergeOf(YamlNode value) =>
        Diagnostic.Error("yaml-merge", "`<<` takes a mapping or a list of mappings", value.At, "", "name an anchored mapping: `<<: *defaults`");

    public static Diagnostic TooDeep(Location at, int limit) =>
        Diagnostic.Error(TooDeepId, $"more than {Wording.Count(limit, "collection")} stand in each other", at, "", "is the text what it should be?");

    public static Diagnostic TooLarge(Location at, int limit) =>
        Diagnostic.Error(
            TooLargeId,
            string.Create(null, $"the text has more than {limit} values"),
            at,
            "the limit is passed here",
            "what aliases (`*name`) repeat is counted each time; split the file, or repeat less");

    public static Diagnostic Recursive(Location alias, string name, Location anchored) =>
        Diagnostic.Error("yaml-recursive", $"alias {Wording.Quote("*" + name)} stands inside the value that it repeats", alias, "", "name another anchor")
            .With(anchored, "that value begins here");

    private static Diagnostic Error(Location at, string message, string label = "", string? hint = null) =>
        Diagnostic.Error(SyntaxId, message, at, label, hint);

    /// <summary>A line that, by its indentation, goes on with the plain text above it, and has a `:`.</summary>
    private static Diagnostic KeyInText(Location colon, Location text)
    {
        var start = colon.Span.Start - SyntaxHints.Before(colon).TrimStart().Length;
        var first = SyntaxHints.RestOfLine(text);
        return Error(
            colon with { Span = Span.Between(start, colon.Span.End) },
            "this line goes on with the text above it, and no key can stand in it",
            hint: SyntaxHints.IsIndentation(text)
                ? SyntaxHints.MissingColon(first) ?? "a key is followed by `:`, also where it has no value"
                : "indent a key as the key above it; put quotes around a text that has `: ` in it")
            .With(first, "the text begins here");
    }

    private static Diagnostic NotClosed(Location end, IEnumerable<OpenCollection> open)
    {
        foreach (var brackets in open)
        {
            if (brackets.Kind is not (YamlTokenKind.FlowSequenceStart or YamlTokenKind.FlowMappingStart)) continue;
            var at = brackets.At with { Span = brackets.At.Span with { Length = 1 } };
            return Error(at, "this bracket is not closed", hint: SyntaxHints.Cause(at));
        }

        return Error(end, "a value was expected here");
    }

    /// <summary>What stands where a block collection should go on: mostly a line whose indentation fits nothing above.</summary>
    private static Diagnostic Misplaced(Location at, YamlToken token, IEnumerable<OpenCollection> open, string expected)
    {
        var isNewLine = SyntaxHints.IsIndentation(at);
        if (!isNewLine && token.Kind == YamlTokenKind.Value) return Error(at, "a key is missing before this `:`", hint: QuoteIt);
        if (!isNewLine) return AfterValue(at);

        var collection = open.First();
        var columns = open.Select(c => c.At.Column - 1).Distinct().Order().ToList();
        var line = SyntaxHints.RestOfLine(at);
        var message = at.Column == collection.At.Column
            ? $"{expected} was expected here"
            : $"this line is indented by {Wording.Count(at.Column - 1, "space")}, and belongs to nothing above it";
        return Error(line, message, $"expected {expected}, indented by {string.Join(" or ", columns)}", SyntaxHints.MissingColon(line) ?? SyntaxHints.Cause(at))
            .With(collection.At, "what it would belong to begins here");
    }
}
