using System.Collections.Immutable;
using System.Globalization;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Faults of a layer file's form: keys, kinds of values, spellings.</summary>
internal static class ShapeFaults
{
    private const string EmptyLayerFileId = "empty-layer-file";
    private const string EmptyPackageFileId = "empty-package-file";
    private const string MoreFaultsId = "more-faults";
    private const string UnknownKeyId = "unknown-key";
    private const string KeyNotTextId = "key-not-text";
    private const string MissingKeyId = "missing-key";
    private const string MissingValueId = "missing-value";
    private const string EmptyCollectionId = "empty-collection";
    private const string WrongScalarId = "wrong-scalar";
    private const string WrongKindId = "wrong-kind";
    private const string UnknownValueId = "unknown-value";
    private const string OutOfRangeId = "out-of-range";
    private const string DuplicateNameId = "duplicate-name";
    private const string ExclusiveKeysId = "exclusive-keys";
    private const string MissingVersionId = "missing-version";
    private const string UnknownVersionId = "unknown-version";
    private const string MixedSpellingsId = "mixed-spellings";

    /// <summary>The ids of these faults.</summary>
    public static ImmutableArray<string> Ids { get; } =
    [
        EmptyLayerFileId, EmptyPackageFileId, MoreFaultsId, UnknownKeyId, KeyNotTextId, MissingKeyId, MissingValueId,
        EmptyCollectionId, WrongScalarId, WrongKindId, UnknownValueId, OutOfRangeId, DuplicateNameId, ExclusiveKeysId, MissingVersionId, UnknownVersionId,
        MixedSpellingsId,
    ];

    public static Diagnostic EmptyLayerFile(string path) =>
        Diagnostic.OfFile(EmptyLayerFileId, "the file is empty; expected a layer file", path, "`strata init` writes a small one to start from");

    public static Diagnostic EmptyPackageFile(string path) =>
        Diagnostic.OfFile(EmptyPackageFileId, "the file is empty; expected a package list", path, "say the `manager`, and what to `install`");

    public static Diagnostic MoreFaults(string path, int count) =>
        Diagnostic.OfFile(MoreFaultsId, $"{Wording.Count(count, "further fault")} {(count == 1 ? "is" : "are")} not shown", path, "cure those above and check again");

    public static Diagnostic UnknownKey(string key, Location at, KeySet keys)
    {
        var meant = keys.Meant(key);
        var hint = (meant, key) switch
        {
            ("playbooks", "roles" or "tasks") => "a playbook runs them: name one under `playbooks`",
            (null, _) => $"{keys.Noun} may have {Wording.List(keys.Keys, "and")}",
            _ => $"did you mean {Wording.Quote(meant)}?",
        };
        return Diagnostic.Error(UnknownKeyId, $"{Wording.Quote(key)} is no key of {keys.Noun}", at, "", hint);
    }

    public static Diagnostic KeyNotText(YamlNode key)
    {
        if (key is not YamlNode.Scalar scalar)
            return Diagnostic.Error(KeyNotTextId, "a key is a list or a mapping; expected a text", key.At);
        return Diagnostic.Error(
            KeyNotTextId, $"the key {Wording.Quote(scalar.Raw)} is {Describe(scalar)}; expected a text", key.At, AsYamlReads(scalar), QuoteIt(scalar));
    }

    public static Diagnostic MissingKey(string key, string noun, Location at, string? hint = null) =>
        Diagnostic.Error(MissingKeyId, $"{Wording.Quote(key)} is missing", at, $"{noun} needs it", hint);

    public static Diagnostic MissingValue(string subject, Location at, string? hint = null) =>
        Diagnostic.Error(MissingValueId, $"{subject} has no value", at, "nothing follows", hint);

    public static Diagnostic EmptyText(string subject, Location at) =>
        Diagnostic.Error(MissingValueId, $"{subject} is an empty text", at);

    public static Diagnostic EmptyCollection(string subject, Location at, string? hint = null) =>
        Diagnostic.Error(EmptyCollectionId, $"{subject} is empty", at, "at least one entry is expected", hint);

    /// <summary>A number, date or yes/no value where a text is meant, or the other way round.</summary>
    public static Diagnostic WrongScalar(string subject, YamlNode.Scalar scalar, string expected, string? hint = null) =>
        Diagnostic.Error(WrongScalarId, $"{subject} is {Describe(scalar)}; expected {expected}", scalar.At, AsYamlReads(scalar), hint);

    /// <summary>A scalar where a text is meant.</summary>
    public static Diagnostic NotText(string subject, YamlNode.Scalar scalar) => WrongScalar(subject, scalar, "a text", QuoteIt(scalar));

    public static Diagnostic WrongKind(string subject, YamlNode node, string expected, string? hint = null) =>
        Diagnostic.Error(WrongKindId, $"{subject} is {DescribeKind(node)}; expected {expected}", node.At, "", hint);

    public static Diagnostic UnknownValue(string subject, Located<string> value, IEnumerable<string> allowed, string? hint = null)
    {
        var known = allowed.ToList();
        return Diagnostic.Error(
            UnknownValueId,
            $"{subject} is {Wording.Quote(value.Value)}; expected {Wording.List(known)}",
            value.At,
            "",
            Literal.Hint(value.Value) ?? hint ?? (Wording.Nearest(value.Value, known) is { } nearest ? $"did you mean {Wording.Quote(nearest)}?" : null));
    }

    public static Diagnostic OutOfRange(string subject, YamlNode.Scalar scalar, string range) =>
        Diagnostic.Error(OutOfRangeId, $"{subject} is {Wording.Quote(scalar.Raw)}; expected {range}", scalar.At);

    public static Diagnostic DuplicateName(string what, Located<string> second, Location first) =>
        Diagnostic.Error(DuplicateNameId, $"{what} {Wording.Quote(second.Value)} is there twice", second.At, "the second").With(first, "the first");

    public static Diagnostic ExclusiveKeys(string key, Location at, string other, Location otherAt, string hint) =>
        Diagnostic.Error(ExclusiveKeysId, $"{Wording.Quote(key)} and {Wording.Quote(other)} exclude each other", at, "", hint)
            .With(otherAt, $"{Wording.Quote(other)} is here");

    public static Diagnostic MissingVersion(Location at) =>
        Diagnostic.Error(
            MissingVersionId,
            "the file has neither `version: 1` nor a layer with `image_types`",
            at,
            "not known as either spelling of a layer file",
            "start the file with `version: 1`");

    public static Diagnostic UnknownVersion(YamlNode.Scalar version) =>
        Diagnostic.Error(
            UnknownVersionId,
            version.Value is ScalarValue.Text { Value: "1" }
                ? "`version` is the text `1`; expected the number 1"
                : $"`version` is {Wording.Quote(version.Raw)}, this Strata reads version 1 of the layer file",
            version.At,
            "",
            version is { IsPlain: false, Value: ScalarValue.Text } ? "write `version: 1`, without quotes" : "write `version: 1`");

    /// <summary>A key of the other spelling.</summary>
    public static Diagnostic MixedSpellings(string key, Location at, bool fileIsOwn, string? counterpart)
    {
        var (belongs, file) = fileIsOwn
            ? ("the spelling with `image_types`", "the file is in the spelling with `version: 1`")
            : ("the spelling with `version: 1`", "the file is in the spelling with `image_types`");
        var hint = counterpart is null ? "keep to one spelling in a file" : $"keep to one spelling in a file: here it is {counterpart}";
        return Diagnostic.Error(MixedSpellingsId, $"{Wording.Quote(key)} belongs to {belongs}", at, file, hint);
    }

    /// <summary>`the number 9.5`, `the yes/no value true`.</summary>
    private static string Describe(YamlNode.Scalar scalar) => scalar.Value switch
    {
        ScalarValue.Null => "nothing",
        ScalarValue.Boolean flag => flag.Value ? "the yes/no value true" : "the yes/no value false",
        ScalarValue.Integer number => $"the number {Shorten(number.Value.ToString(CultureInfo.InvariantCulture))}",
        ScalarValue.Real number => $"the number {number.Value.ToString("R", CultureInfo.InvariantCulture)}",
        ScalarValue.Timestamp => "a date",
        ScalarValue.Binary => "binary data",
        _ => "a text",
    };

    private static string AsYamlReads(YamlNode.Scalar scalar) =>
        scalar.Value is ScalarValue.Text ? "" : $"YAML reads {Wording.Quote(scalar.Raw)} as {Describe(scalar)}";

    private static string? QuoteIt(YamlNode.Scalar scalar) =>
        scalar.Value is ScalarValue.Null or ScalarValue.Binary ? null : $"put it in quotes: {Wording.Quote("\"" + scalar.Raw + "\"")}";

    private static string DescribeKind(YamlNode node) => node switch
    {
        YamlNode.Sequence => "a list",
        YamlNode.Mapping => "a mapping",
        YamlNode.Scalar scalar => Describe(scalar),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Shorten(string digits) => digits.Length > 24 ? digits[..21] + "..." : digits;
}
