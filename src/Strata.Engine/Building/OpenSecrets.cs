using System.Collections.Immutable;
using Strata.Engine.Files;
using Strata.Engine.Processes;
using Strata.Layers;
using Strata.Text;

namespace Strata.Engine.Building;

/// <summary>
/// Files of the build machine that hold a secret and are not their owner's alone. Warnings, since they do what they are for: a runner of
/// GitLab writes the variables of a job that are files for everybody to read.
/// </summary>
public static class OpenSecrets
{
    private const string OpenSecretId = "open-secret";
    private const uint AnyExecute = 0b001_001_001;
    private const uint OfGroup = 0b000_110_000;
    private const uint OfOthers = 0b000_000_110;

    /// <summary>Those that a build reads, as the layer file names them, each once.</summary>
    /// <param name="file">The layer file, package files resolved.</param>
    /// <param name="store">The object store that outputs are sent to; null where none are.</param>
    public static ImmutableArray<Diagnostic> OfBuild(LayerFile file, StoreSettings? store)
    {
        var vaults = file.Targets.Select(t => t.Ansible.VaultPasswordFile).OfType<string>().Where(p => !IsProgram(p)).Select(p => Check(p, "the password of vaults"));
        return [.. OfRepositories(file), .. Once([.. vaults, Check(store?.Credentials, "the credentials of the object store")])];
    }

    /// <summary>Those that package repositories are reached with.</summary>
    public static ImmutableArray<Diagnostic> OfRepositories(LayerFile file) =>
        [.. Once(file.Targets.Select(t => t.Packages).OfType<PackageStep.Inline>().Select(p => Check(p.List.Credentials, "the credentials of package repositories")))];

    /// <summary>A warning where others can read or write a file; null where they cannot, and where there is no such file, which is said when it is read.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="holds">What is in it, as a message names it.</param>
    public static Diagnostic? Check(string path, string holds)
    {
        if (FileStatus.TryRead(path, followsLinks: true) is not { Type: FileStatus.RegularFile, Mode: var mode }) return null;
        if ((mode & (OfGroup | OfOthers)) == 0) return null;
        var whom = (mode & OfOthers) == 0 ? "its group" : "every user of this machine";
        var message = $"{Wording.Quote(path)} holds {holds}, and is open to {whom}: its mode is 0{Convert.ToString(mode, 8)}";
        return Diagnostic.OfFile(OpenSecretId, message, path, $"`chmod 600 {CommandText.Quote(path)}`") with { Severity = Severity.Warning };
    }

    private static Diagnostic? Check(CredentialSource? source, string holds) => source is CredentialSource.File file ? Check(file.Path, holds) : null;

    /// <summary>A program that Ansible asks for the password holds none; others may well read it.</summary>
    private static bool IsProgram(string path) => FileStatus.TryRead(path, followsLinks: true) is { Mode: var mode } && (mode & AnyExecute) != 0;

    private static IEnumerable<Diagnostic> Once(IEnumerable<Diagnostic?> warnings) => warnings.OfType<Diagnostic>().DistinctBy(w => w.Path);
}
