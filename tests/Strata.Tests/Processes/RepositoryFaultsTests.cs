using Strata.Engine.Processes;

namespace Strata.Tests.Processes;

/// <summary>Lines that the real programs wrote.</summary>
public sealed class RepositoryFaultsTests
{
    [Theory]
    [InlineData("Error: Unable to find a match: nosuch", "correct the name")]
    [InlineData("No provider of 'nosuch' found.", "correct the name")]
    [InlineData("E: Unable to locate package nosuch", "correct the name")]
    [InlineData("Module or Group 'nope' is not available.", "correct the group's id")]
    [InlineData("Package other-1.0.rpm is not signed", "sign the packages")]
    [InlineData("other-1.0-1.noarch (other): Signature verification failed [6-File is unsigned]", "sign the packages")]
    [InlineData("Public key for hello-2.0.rpm is not installed. Failing package is: hello-2.0-1.noarch", "let `gpgkey`")]
    [InlineData("Error: Failed to download metadata for repo 'tiny': repomd.xml GPG signature verification error: Bad GPG signature", "let `gpgkey`")]
    [InlineData("Warning: File 'repomd.xml' from repository 'tiny' is signed with an unknown key 'C8E801E452C2C7C0'.", "let `gpgkey`")]
    [InlineData("W: GPG error: file:/srv site InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 0A1B", "let `gpgkey`")]
    [InlineData("E: The repository 'file:/srv site Release' is not signed.", "let `gpgkey`")]
    [InlineData("error: /run/strata/packages/keys/1-a.asc: key 1 not an armored public key.", "export it anew")]
    [InlineData("Error: Failed to download metadata for repo 'a': Cannot download repomd.xml: Status code: 401 for http://example.org/repodata/repomd.xml", "credentials: {file: PATH}")]
    [InlineData("Error: Failed to download metadata for repo 'a': Cannot download repodata/repomd.xml: All mirrors were tried", "see that the repository's `url`")]
    [InlineData("[down|http://127.0.0.1:9/] Valid metadata not found at specified URL", "see that the repository's `url`")]
    [InlineData("curl: (60) SSL certificate problem: unable to get local issuer certificate", "install the certificate")]
    [InlineData("warning: using dummy database, installs not possible", "build on the image's distribution")]
    public void A_fault_of_a_repository_has_a_cure(string line, string cure) =>
        Assert.Contains(cure, RepositoryFaults.CureOf(["first", line, "last"]), StringComparison.Ordinal);

    [Fact]
    public void Other_faults_have_none() => Assert.Null(RepositoryFaults.CureOf(["Error: Transaction test error"]));

    [Fact]
    public void A_command_that_meets_one_says_the_cure()
    {
        var failure = CommandRunning.Failure(new(new("/usr/bin/dnf", []), 1, default, ["Error: Unable to find a match: nosuch"]));
        Assert.Equal(("`dnf` ended with exit code 1", "correct the name, or add the repository that has it"), (failure.Message, failure.Hint));
    }
}
