using Strata.Text;

namespace Strata.Yaml;

/// <summary>Every fault that reading YAML can find, worded once.</summary>
internal static class YamlFaults
{
    private const string JinjaHint = "a value that starts with `{{` needs quotes: `\"{{ ... }}\"`";

    public static Diagnostic Syntax(Location at, string message, string? hint = null) =>
        Diagnostic.Error("yaml-syntax", message, at, "", hint ?? SyntaxHints.For(at));

    public static Diagnostic RepeatedKey(Severity severity, YamlNode.Scalar first, YamlNode.Scalar second) =>
        Diagnostic.Error("duplicate-key", $"key {Wording.Quote(second.Raw)} is given twice in one mapping", second.At, "again here")
            .With(first.At, "first here") with
        {
            Severity = severity,
            Hint = "keep one of them",
        };

    public static Diagnostic CollectionAsKey(YamlNode key) =>
        IsJinja(key)
            ? Diagnostic.Error("yaml-key", "`{{` begins a mapping here, not a template", key.At, "", JinjaHint)
            : Diagnostic.Error(
                "yaml-key",
                $"a key is a single value, not {(key is YamlNode.Sequence ? "a list" : "a mapping")}",
                key.At,
                "",
                "put quotes around it when it is meant as a text");

    public static Diagnostic TooDeep(Location at, int limit) =>
        Diagnostic.Error("yaml-too-deep", $"more than {Wording.Count(limit, "collection")} stand in each other", at);

    public static Diagnostic TooLarge(Location at, int limit) =>
        Diagnostic.Error(
            "yaml-too-large",
            string.Create(null, $"the text has more than {limit} values"),
            at,
            "the limit is passed here",
            "values that aliases (`*name`) repeat are counted each time");

    public static Diagnostic Recursive(Location alias, string name, Location anchored) =>
        Diagnostic.Error("yaml-recursive", $"alias {Wording.Quote("*" + name)} stands inside the value that it repeats", alias)
            .With(anchored, $"the value of {Wording.Quote("&" + name)}");

    public static Diagnostic UnknownAlias(Location at, string name, IEnumerable<string> known) =>
        Diagnostic.Error(
            "yaml-alias",
            $"no anchor {Wording.Quote("&" + name)} stands before this alias",
            at,
            "",
            Wording.Nearest(name, known) is { } nearest
                ? $"did you mean {Wording.Quote("*" + nearest)}?"
                : "a text that starts with `*` needs quotes");

    public static Diagnostic RepeatedAnchor(Location at, string name, Location first) =>
        Diagnostic.Error("yaml-alias", $"anchor {Wording.Quote("&" + name)} is set twice", at, "again here").With(first, "first here");

    public static Diagnostic UnknownTag(Location at, string tag, IEnumerable<string> known) =>
        Diagnostic.Error(
            "yaml-tag",
            $"tag {Wording.Quote(tag)} is not known",
            at,
            "",
            Wording.Nearest(tag, known) is { } nearest
                ? $"did you mean {Wording.Quote(nearest)}?"
                : "a text that starts with `!` needs quotes");

    public static Diagnostic WrongValue(Location at, string raw, string expected) =>
        Diagnostic.Error("yaml-value", $"{Wording.Quote(raw)} is not {expected}", at, "", "put quotes around it when it is meant as a text");

    public static Diagnostic WrongKind(Location at, string tag, string expected) =>
        Diagnostic.Error("yaml-value", $"{Wording.Quote(tag)} stands before {expected} only", at);

    public static Diagnostic MergeOf(YamlNode value) =>
        Diagnostic.Error("yaml-merge", "`<<` takes a mapping or a list of mappings", value.At, "", "an alias such as `<<: *defaults` is usual");

    public static Diagnostic SecondDocument(Location at) =>
        Diagnostic.Error("yaml-documents", "a second document starts here; one is read", at, "", "remove what follows, or the `---`");

    private static bool IsJinja(YamlNode key) =>
        key.At.Span.Start > 0 && key.At.File.Content[key.At.Span.Start - 1] == '{' && key.At.File.Content[key.At.Span.Start] == '{';
}
