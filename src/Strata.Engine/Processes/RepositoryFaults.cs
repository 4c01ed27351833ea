using System.Collections.Immutable;

namespace Strata.Engine.Processes;

/// <summary>What a fault of package repositories looks like in the last lines of a package manager, and what to do about it.</summary>
public static class RepositoryFaults
{
    /// <summary>What to do where a repository does not answer.</summary>
    public const string SeeThatItIsReached =
        "see that the repository's `url` is right and can be reached from this machine; a proxy is declared under `ansible: environment:`";

    /// <summary>What to do where a repository takes no credentials, or not those that it got.</summary>
    public const string CorrectCredentials = "name the right credentials in the list: `credentials: {file: PATH}` or `{environment: NAME}`";

    private const string NameTheRightKey = "let `gpgkey` of the repository name the key that signs it; one file may hold several keys";
    private const string SignTheMetadata = "sign the metadata (`gpg --armor --detach-sign repodata/repomd.xml`), or leave out `signed-metadata`";
    private const string SignThem = "sign the packages (`rpmsign --addsign`): packages without a signature are not installed";
    private const string ExportItAnew = "the file that `gpgkey` names holds no key that can be read: export it anew, `gpg --armor --export`";
    private const string CorrectTheName = "correct the name, or add the repository that has it";

    /// <summary>Texts of which all stand in one line, and the cure; the first that fits is said.</summary>
    private static readonly ImmutableArray<(ImmutableArray<string> Texts, string Cure)> Known =
    [
        (["returned error: 401"], CorrectCredentials),
        (["Status code: 401"], CorrectCredentials),
        (["HTTP response: 401"], CorrectCredentials),
        (["401", "Unauthorized"], CorrectCredentials),
        (["Authentication required"], CorrectCredentials),
        (["SSL certificate problem"], "install the certificate of the server's authority on the build machine"),
        (["The repository", "is not signed"], NameTheRightKey),
        (["is not signed"], SignThem),
        (["File is unsigned"], SignThem),
        (["NO_PUBKEY"], NameTheRightKey),
        (["EXPKEYSIG"], "the repository's key has expired: get its new one"),
        (["GPG verification is enabled, but GPG signature is not available"], SignTheMetadata),
        (["from repository", "is unsigned"], SignTheMetadata),
        (["Bad GPG signature"], NameTheRightKey),
        (["signed with an unknown key"], NameTheRightKey),
        (["Signature verification failed"], NameTheRightKey),
        (["are not correct for this package"], NameTheRightKey),
        (["Public key for", "is not installed"], NameTheRightKey),
        (["public key is unavailable"], NameTheRightKey),
        (["import failed"], ExportItAnew),
        (["import read failed"], ExportItAnew),
        (["not an armored public key"], ExportItAnew),
        (["using dummy database"], "this machine's rpm does not know the way in which the image has its database: build on the image's distribution, or give the parent its own package manager"),
        (["Module or Group", "is not available"], "correct the group's id, or add the repository that has it; `dnf group list --ids` shows them"),
        (["Unable to find a match"], CorrectTheName),
        (["Unable to resolve argument"], CorrectTheName),
        (["missing groups or modules"], CorrectTheName),
        (["No provider of"], CorrectTheName),
        (["Unable to locate package"], CorrectTheName),
        (["has no installation candidate"], CorrectTheName),
        (["Failed to download metadata"], SeeThatItIsReached),
        (["Valid metadata not found"], SeeThatItIsReached),
        (["Failed to fetch"], SeeThatItIsReached),
        (["Could not resolve host"], SeeThatItIsReached),
        (["Failed to connect to"], SeeThatItIsReached),
        (["Couldn't connect to server"], SeeThatItIsReached),
    ];

    /// <summary>What to do about a program that ended with these lines; null where they tell of no fault that is known.</summary>
    public static string? CureOf(IEnumerable<string> lastLines) => MachineFaults.CureOf(lastLines, Known);
}
