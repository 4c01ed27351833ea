using Strata.Text;
using Strata.Yaml;

namespace Strata.Importing;

/// <summary>What is said of a configuration of another program: nothing of it is left out in silence.</summary>
internal static class ImportFaults
{
    private const string LeftOutId = "import-left-out";
    private const string OtherMeaningId = "import-other-meaning";
    private const string UnknownKeyId = "import-unknown-key";
    private const string WrongKindId = "import-wrong-kind";
    private const string UnknownFileId = "import-unknown-file";
    private const string TemplateId = "import-template";
    private const string UnknownParentId = "import-unknown-parent";

    /// <summary>What cannot be said in a layer file.</summary>
    public static Diagnostic LeftOut(string key, Location at, string why, string? hint) =>
        Diagnostic.Warning(LeftOutId, $"{Shown(key)} is not carried over: {why}", at, "", hint);

    /// <summary>What is carried over and does not mean quite the same.</summary>
    public static Diagnostic OtherMeaning(string key, Location at, string how, string? hint) =>
        Diagnostic.Warning(OtherMeaningId, $"{Shown(key)} is carried over and means something else: {how}", at, "", hint);

    /// <summary>What the other program does not know either.</summary>
    public static Diagnostic UnknownKey(string key, Location at, string what, string? nearest) =>
        Diagnostic.Warning(UnknownKeyId, $"{Wording.Quote(key)} is no key of {what} that is known, and is not carried over", at, "", nearest is null ? null : $"did you mean {Wording.Quote(nearest)}?");

    /// <summary>A value that the other program could not use.</summary>
    public static Diagnostic WrongKind(string what, YamlNode node, string expected) =>
        Diagnostic.Error(WrongKindId, $"{what} is {Describe(node)}; expected {expected}", node.At);

    /// <summary>A file of another kind.</summary>
    public static Diagnostic UnknownFile(string path) => Diagnostic.OfFile(
        UnknownFileId, "the file is no configuration that can be imported", path,
        "image-builder's have `options`, image-thrillhouse's `meta` and `layer`, its manifests a list `layers`");

    /// <summary>A template that only the other program can fill in.</summary>
    public static Diagnostic Template(string text, Location at, bool isVariable) => isVariable
        ? Diagnostic.Error(TemplateId, $"the variable in {Wording.Quote(text)} has no value", at, "", "import the manifest, whose `var_files` say it, or write the value itself")
        : Diagnostic.Error(TemplateId, $"{Wording.Quote(text)} is more than a variable", at, "", "let `image-thrillhouse render` write the configuration, and import that");

    /// <summary>A parent that is not imported too.</summary>
    public static Diagnostic UnknownParent(string parent, Location at) => Diagnostic.Error(
        UnknownParentId, $"the parent {Shown(parent)} is not among the imported files: a target starts from another target or from scratch", at, "",
        "import its configuration together with this one, or write a layer for it and name that in `from`");

    private static string Shown(string text) => Wording.Quote(UrlLogins.Masked(text));

    private static string Describe(YamlNode node) => node switch
    {
        YamlNode.Mapping => "a mapping",
        YamlNode.Sequence => "a list",
        YamlNode.Scalar scalar => scalar.Value.Describe(),
        _ => "something else",
    };
}
