using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;

namespace Strata.Layers;

/// <summary>Faults of a layer file that only the content of its sources shows.</summary>
internal static class ContentFaults
{
    internal const string MissingSourceId = "missing-source";
    private const string MissingPathId = "missing-path";
    private const string WrongPathKindId = "wrong-path-kind";
    private const string LinkLeavesSourceId = "link-leaves-source";
    private const string PathInSubmoduleId = "path-in-submodule";
    private const string LfsPointerId = "lfs-pointer";

    /// <summary>The ids of these faults.</summary>
    public static ImmutableArray<string> Ids { get; } =
        [MissingSourceId, MissingPathId, WrongPathKindId, LinkLeavesSourceId, PathInSubmoduleId, LfsPointerId];

    public static Diagnostic MissingSource(SourceName source, Location at, string neededBy) =>
        Diagnostic.Error(
            MissingSourceId,
            $"the source {Wording.Quote(source.Value)} is not there",
            at,
            $"{neededBy} needs it",
            $"say where it is: `--source {source}=PATH`");

    public static Diagnostic MissingPath(string noun, SourceName source, Located<RepoPath> path, RepoPath? nearest, string? linkTarget, Severity severity)
    {
        var label = linkTarget is null ? "" : $"it is a link to {Wording.Quote(linkTarget)}";
        var hint = Literal.Hint(path.Value.Value) ?? (nearest is { } near ? $"did you mean {Wording.Quote(near.ToString())}?" : null);
        return Diagnostic.Error(MissingPathId, $"{noun} {Wording.Quote(path.Value.ToString())} does not exist in {In(source)}", path.At, label, hint) with
        {
            Severity = severity,
        };
    }

    public static Diagnostic WrongPathKind(string noun, SourceName source, Located<RepoPath> path, string expected)
    {
        var actual = expected == "a file" ? "a folder" : "a file";
        return Diagnostic.Error(
            WrongPathKindId, $"{noun} {Wording.Quote(path.Value.ToString())} is {actual} in {In(source)}; expected {expected}", path.At);
    }

    public static Diagnostic LinkLeavesSource(string noun, Located<RepoPath> path, RepoPath link, string linkTarget) =>
        Diagnostic.Error(
            LinkLeavesSourceId,
            $"{noun} {Wording.Quote(path.Value.ToString())} leads out of its source",
            path.At,
            $"{Wording.Quote(link.Value)} is a link to {Wording.Quote(linkTarget)}",
            "name the other repository under `sources`, or put the file into this one");

    public static Diagnostic PathInSubmodule(string noun, Located<RepoPath> path, RepoPath submodule) =>
        Diagnostic.Error(
            PathInSubmoduleId,
            $"{noun} {Wording.Quote(path.Value.ToString())} is in a submodule, whose content is not read",
            path.At,
            $"{Wording.Quote(submodule.Value)} is a submodule",
            "name the submodule's repository as a source of its own");

    public static Diagnostic LfsPointer(string noun, Located<RepoPath> path) =>
        Diagnostic.Error(
            LfsPointerId,
            $"{noun} {Wording.Quote(path.Value.ToString())} is a Git LFS pointer, its content is not in the repository",
            path.At,
            "",
            "keep it in git itself: `git lfs untrack`, then `git add --renormalize`");

    private static string In(SourceName source) => source == SourceName.Self ? "the layer file's repository" : $"the source {Wording.Quote(source.Value)}";
}
