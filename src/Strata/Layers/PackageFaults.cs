using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Layers;

/// <summary>Faults of package lists.</summary>
internal static class PackageFaults
{
    private const string BadPackageNameId = "bad-package-name";
    private const string BadRepositoryIdId = "bad-repository-id";
    private const string WrongManagerId = "wrong-manager";
    private const string MissingReleaseId = "missing-release";
    private const string MissingRepositoriesId = "missing-repositories";

    /// <summary>The ids of these faults.</summary>
    public static ImmutableArray<string> Ids { get; } =
        [BadPackageNameId, BadRepositoryIdId, WrongManagerId, MissingReleaseId, MissingRepositoriesId];

    public static Diagnostic BadPackageName(string what, Located<string> name, string reason, string? hint) =>
        Diagnostic.Error(BadPackageNameId, $"{Wording.Quote(name.Value)} is no name of {what}", name.At, reason, Literal.Hint(name.Value) ?? hint);

    public static Diagnostic BadRepositoryId(Located<string> id) =>
        Diagnostic.Error(
            BadRepositoryIdId, $"{Wording.Quote(id.Value)} is no id of a repository", id.At, "letters, digits, `.`, `_`, `:` and `-` are expected");

    public static Diagnostic WrongManager(string key, Location at, string belongsTo, string manager) =>
        Diagnostic.Error(
            WrongManagerId, $"{Wording.Quote(key)} is for {belongsTo}, this list is for {Wording.Quote(manager)}", at);

    public static Diagnostic MissingRelease(string target, Location list) =>
        Diagnostic.Error(
            MissingReleaseId,
            $"`release` is missing: {Wording.Quote(target)} starts from scratch",
            list,
            "",
            "say which release of the distribution, in quotes, as in `release: \"9\"`");

    public static Diagnostic MissingRepositories(string target, Location list) =>
        Diagnostic.Error(
            MissingRepositoriesId,
            $"`repositories` is missing: {Wording.Quote(target)} starts from scratch",
            list,
            "",
            "list them, or say `repositories: host` for those of the build machine");
}
