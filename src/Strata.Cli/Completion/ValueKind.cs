using System.Collections.Frozen;
using System.CommandLine;
using Strata.Cli.Commands;

namespace Strata.Cli.Completion;

/// <summary>What the value of an option, or an argument, is a name of.</summary>
internal enum ValueKind
{
    /// <summary>Nothing that is known before it is typed.</summary>
    Free,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A revision of the layer file's repository.</summary>
    Revision,

    /// <summary>A revision, or `NAME=` with one of another source.</summary>
    SourceRevision,

    /// <summary>`NAME=PATH[@REV]`.</summary>
    SourcePlace,

    /// <summary>The name of a source.</summary>
    SourceName,

    /// <summary>The id of a package repository.</summary>
    PackageRepository,

    /// <summary>A target.</summary>
    Target,

    /// <summary>A target, or a layer for all of its types.</summary>
    TargetOrLayer,

    /// <summary>A target, or one at a revision: `slurm/compute@v2.1`.</summary>
    Image,
}

/// <summary>
/// What is completed where: the word that the help shows for a value says it, so that a command declares nothing twice. A word that is not here is
/// <see cref="ValueKind.Free"/>, and a test asks that each is.
/// </summary>
internal static class ValueKinds
{
    private static readonly FrozenDictionary<string, ValueKind> OfOptions = new Dictionary<string, ValueKind>
    {
        ["PATH"] = ValueKind.File,
        ["FILE"] = ValueKind.File,
        ["DIR"] = ValueKind.Folder,
        ["REV"] = ValueKind.Revision,
        ["[NAME=]REV"] = ValueKind.SourceRevision,
        ["NAME=PATH[@REV]"] = ValueKind.SourcePlace,
        ["SOURCE"] = ValueKind.SourceName,
        ["ID"] = ValueKind.PackageRepository,
        ["DIGEST"] = ValueKind.Free,
        ["FINGERPRINT"] = ValueKind.Free,
        ["N"] = ValueKind.Free,
        ["PROJECT"] = ValueKind.Free,
        ["REPOSITORY"] = ValueKind.Free,
        ["TAG"] = ValueKind.Free,
        ["TIME"] = ValueKind.Free,
        ["TYPE"] = ValueKind.Free,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ValueKind> OfArguments = new Dictionary<string, ValueKind>
    {
        ["FILE"] = ValueKind.File,
        ["FOLDER"] = ValueKind.Folder,
        ["FROM"] = ValueKind.Image,
        ["TO"] = ValueKind.Image,
        ["TARGET"] = ValueKind.Target,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What an option's value is; null where nobody has said it.</summary>
    public static ValueKind? Of(Option option) => option is IChoice ? ValueKind.Choice : Find(OfOptions, option.HelpName ?? "");

    /// <summary>What an argument is; null where nobody has said it. Where several targets can stand, so can a layer.</summary>
    public static ValueKind? Of(Argument argument)
    {
        if (argument is IChoice) return ValueKind.Choice;
        var kind = Find(OfArguments, argument.Name);
        return kind is ValueKind.Target && argument.Arity.MaximumNumberOfValues > 1 ? ValueKind.TargetOrLayer : kind;
    }

    private static ValueKind? Find(FrozenDictionary<string, ValueKind> kinds, string word) => kinds.TryGetValue(word, out var kind) ? kind : null;
}
