using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Faults of names, paths and other texts that have a rule of their own.</summary>
internal static class NameFaults
{
    private const string BadNameId = "bad-name";
    private const string ReservedNameId = "reserved-name";
    private const string BadReferenceId = "bad-reference";
    private const string BadGroupId = "bad-group";
    private const string BadPathId = "bad-path";
    private const string BadDestinationId = "bad-destination";
    private const string BadHostPathId = "bad-host-path";
    private const string BadModeId = "bad-mode";
    private const string BadOwnerId = "bad-owner";
    private const string BadUserId = "bad-user";
    private const string BadContainerPathId = "bad-container-path";
    private const string BadUrlId = "bad-url";
    private const string SecretInUrlId = "secret-in-url";
    private const string BadRefId = "bad-ref";
    private const string BadImageRepositoryId = "bad-image-repository";
    private const string BadVariableNameId = "bad-variable-name";
    private const string BadFactNameId = "bad-fact-name";
    private const string BadEnvironmentNameId = "bad-environment-name";
    private const string BadEnvironmentValueId = "bad-environment-value";
    private const string UnknownPlaceholderId = "unknown-placeholder";
    private const string BadVersionRangeId = "bad-version-range";
    private const string BadHostId = "bad-host";
    private const string BadTagId = "bad-tag";
    private const string BadCommandId = "bad-command";

    /// <summary>The ids of these faults.</summary>
    public static ImmutableArray<string> Ids { get; } =
    [
        BadNameId, ReservedNameId, BadReferenceId, BadGroupId, BadPathId, BadDestinationId, BadHostPathId, BadModeId, BadOwnerId, BadUserId, BadContainerPathId,
        BadUrlId, SecretInUrlId, BadRefId, BadImageRepositoryId, BadVariableNameId, BadFactNameId, BadEnvironmentNameId, BadEnvironmentValueId,
        UnknownPlaceholderId, BadVersionRangeId, BadHostId, BadTagId, BadCommandId,
    ];

    public static Diagnostic BadName(string what, Located<string> name, string rule, string? suggestion) =>
        Diagnostic.Error(
            BadNameId,
            $"{Wording.Quote(name.Value)} is no name for {what}",
            name.At,
            $"a name is {rule}",
            Literal.Hint(name.Value) ?? (suggestion is null ? null : $"{Wording.Quote(suggestion)} would do"));

    public static Diagnostic ReservedName(Located<string> name, string meaning, string hint) =>
        Diagnostic.Error(ReservedNameId, $"{Wording.Quote(name.Value)} is taken: it is {meaning}", name.At, "", hint);

    public static Diagnostic BadReference(string subject, Located<string> reference, string expected, string? hint) =>
        Diagnostic.Error(BadReferenceId, $"{subject} is {Wording.Quote(reference.Value)}; expected {expected}", reference.At, "", Literal.Hint(reference.Value) ?? hint);

    public static Diagnostic BadGroup(Located<string> group) =>
        Diagnostic.Error(
            BadGroupId,
            $"{Wording.Quote(group.Value)} is no name of an inventory group",
            group.At,
            "letters, digits, `_`, `-` and `.` are expected, a letter, a digit or `_` first",
            Literal.Hint(group.Value));

    public static Diagnostic BadPath(Located<string> path, string reason, string? hint = null) =>
        Diagnostic.Error(BadPathId, $"the path {Wording.Quote(path.Value)} {reason}", path.At, "", hint ?? Literal.Hint(path.Value));

    public static Diagnostic BadDestination(Located<string> path, string reason, string? hint = null) =>
        Diagnostic.Error(BadDestinationId, $"the destination {Wording.Quote(path.Value)} {reason}", path.At, "", hint);

    public static Diagnostic BadHostPath(string subject, Located<string> path) =>
        Diagnostic.Error(
            BadHostPathId, $"{subject} is {Wording.Quote(path.Value)}; expected an absolute path on the build machine", path.At);

    public static Diagnostic BadMode(string subject, Located<string> mode) =>
        Diagnostic.Error(
            BadModeId,
            $"{subject} is {Wording.Quote(mode.Value)}; expected three or four octal digits",
            mode.At,
            NotOctal(mode.Value),
            "write it as in `\"0644\"`");

    /// <summary>A mode without quotes, which YAML reads as a number of another value.</summary>
    public static Diagnostic UnquotedMode(string subject, YamlNode.Scalar mode)
    {
        var number = (mode.Value as ScalarValue.Integer)?.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var label = number is null ? "" : $"YAML reads {Wording.Quote(mode.Raw)} as the number {number}";
        var quoted = mode.Raw.All(char.IsAsciiDigit) && mode.Raw.Length is > 0 and <= 4 ? mode.Raw.PadLeft(4, '0') : "0644";
        return Diagnostic.Error(
            BadModeId, $"{subject} is not in quotes; expected octal digits in quotes", mode.At, label, $"write `\"{quoted}\"`");
    }

    public static Diagnostic BadOwner(Located<string> owner, string? suggestion) =>
        Diagnostic.Error(
            BadOwnerId,
            $"`owner` is {Wording.Quote(owner.Value)}; expected `USER:GROUP` by name or number",
            owner.At,
            "",
            suggestion is null ? null : $"write {Wording.Quote("\"" + suggestion + "\"")}");

    public static Diagnostic BadUser(Located<string> user) =>
        Diagnostic.Error(BadUserId, $"`user` is {Wording.Quote(user.Value)}; expected `USER` or `USER:GROUP` by name or number", user.At, "", Literal.Hint(user.Value));

    /// <summary>A path of `container:`.</summary>
    /// <param name="subject">What it is, in words.</param>
    /// <param name="path">The path.</param>
    /// <param name="manner">What is expected of an absolute path; the empty text where it is not absolute.</param>
    public static Diagnostic BadContainerPath(string subject, Located<string> path, string manner) =>
        Diagnostic.Error(
            BadContainerPathId,
            $"{subject} is {Wording.Quote(path.Value)}; expected an absolute path in the image{(manner.Length == 0 ? "" : " " + manner)}",
            path.At,
            "",
            Literal.Hint(path.Value));

    public static Diagnostic BadUrl(string subject, Located<string> url, string expected, string? hint = null) =>
        Diagnostic.Error(BadUrlId, $"{subject} is {Wording.Quote(url.Value)}; expected {expected}", url.At, "", hint);

    /// <summary>A URL with a user name or password in it. The URL itself is not repeated.</summary>
    public static Diagnostic SecretInUrl(string subject, Location at, string hint) =>
        Diagnostic.Error(SecretInUrlId, $"{subject} has credentials in it; expected a URL without them", at, "the part before `@`", hint);

    public static Diagnostic BadRef(Located<string> reference) =>
        Diagnostic.Error(BadRefId, $"`ref` is {Wording.Quote(reference.Value)}; expected the name of a branch or a tag", reference.At, "", Literal.Hint(reference.Value));

    public static Diagnostic BadImageRepository(string subject, Located<string> repository, string reason, string? suggestion) =>
        Diagnostic.Error(
            BadImageRepositoryId,
            $"{subject} is {Wording.Quote(repository.Value)}; expected a repository as in `registry.example.org/hpc`",
            repository.At,
            reason,
            suggestion is null ? null : $"write {Wording.Quote(suggestion)}");

    public static Diagnostic BadVariableName(Located<string> name) =>
        Diagnostic.Error(
            BadVariableNameId,
            $"{Wording.Quote(name.Value)} is no name of an Ansible variable",
            name.At,
            "letters, digits and `_` are expected, no digit first");

    public static Diagnostic BadFactName(Located<string> name, string? suggestion) =>
        Diagnostic.Error(
            BadFactNameId,
            $"{Wording.Quote(name.Value)} is no name of a fact",
            name.At,
            suggestion is null ? "letters, digits and `_` are expected, no digit first" : "facts are named without `ansible_` here",
            suggestion is null ? null : $"write {Wording.Quote(suggestion)}");

    public static Diagnostic BadEnvironmentName(Located<string> name) =>
        Diagnostic.Error(
            BadEnvironmentNameId,
            $"{Wording.Quote(name.Value)} is no name of an environment variable",
            name.At,
            "letters, digits and `_` are expected, no digit first");

    /// <summary>A value that an image's configuration cannot hold as it is written.</summary>
    public static Diagnostic BadEnvironmentValue(string name, Located<string> value) =>
        Diagnostic.Error(
            BadEnvironmentValueId,
            $"the value of {Wording.Quote(name)} has a {(value.Value.Contains('$', StringComparison.Ordinal) ? "`$`" : "NUL character")}; expected a text without one",
            value.At,
            "nothing is replaced in it",
            Literal.Hint(value.Value));

    public static Diagnostic UnknownPlaceholder(string placeholder, Located<string> value, IEnumerable<string> known) =>
        Diagnostic.Error(
            UnknownPlaceholderId,
            $"{Wording.Quote(placeholder)} stands for nothing; expected {Wording.List(known)}",
            value.At);

    public static Diagnostic BadVersionRange(Located<string> range) =>
        Diagnostic.Error(
            BadVersionRangeId,
            $"`version` is {Wording.Quote(range.Value)}; expected a range of versions as in `>=2.16,<2.17`",
            range.At,
            "",
            "compare with `==`, `!=`, `>=`, `<=`, `>` or `<`, separated by commas");

    public static Diagnostic BadHost(Located<string> host) =>
        Diagnostic.Error(BadHostId, $"{Wording.Quote(host.Value)} is no name of a host", host.At, "", Literal.Hint(host.Value));

    public static Diagnostic BadTag(Located<string> tag) =>
        Diagnostic.Error(BadTagId, $"{Wording.Quote(tag.Value)} is no tag", tag.At, "a letter, a digit or `_` is expected first, then no blanks and no commas");

    public static Diagnostic BadCommand(Location at, string reason, string? hint = null) =>
        Diagnostic.Error(BadCommandId, $"the command {reason}", at, "", hint);

    private static string NotOctal(string mode) => mode.FirstOrDefault(c => c is '8' or '9') switch
    {
        '\0' => "",
        var digit => $"`{digit}` is no octal digit: they are 0 to 7",
    };
}
