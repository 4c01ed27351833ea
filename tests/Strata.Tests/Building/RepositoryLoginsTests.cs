using Strata.Engine.Building.Packages;
using Strata.Engine.Execution;
using Strata.Engine.Processes;
using Strata.Layers;

namespace Strata.Tests.Building;

public sealed class RepositoryLoginsTests
{
    [Theory]
    [InlineData("builder:secret", "https://example.org/x", "builder secret")]
    [InlineData(" builder:se:c ret\n", "http://example.org:8080/x", "builder se:c ret")]
    [InlineData("builder:secret", "file:///srv/x", null)]
    [InlineData("machine a.example.org login u password p\nmachine b.example.org:8080\n  login v password q\n", "https://b.example.org:8080/x", "v q")]
    [InlineData("machine a.example.org login u password p", "https://b.example.org/", null)]
    [InlineData("machine a.example.org login u password p default login d password e", "https://b.example.org/", "d e")]
    public void A_login_is_for_its_host(string text, string url, string? login)
    {
        var found = RepositoryLogins.Parse(text)!.For(url);
        Assert.Equal(login, found is null ? null : $"{found.User} {found.Password}");
    }

    [Theory]
    [InlineData("secret")]
    [InlineData(":secret")]
    [InlineData("builder:")]
    [InlineData("builder:secret\nother:secret")]
    [InlineData("machine a login u")]
    public void Other_texts_are_no_credentials(string text) => Assert.Null(RepositoryLogins.Parse(text));

    [Fact]
    public void A_password_is_masked_from_when_it_is_read()
    {
        var redactor = new Redactor();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SITE_LOGIN"] = "builder:open-sesame" };
        var logins = RepositoryLogins.Read(new CredentialSource.Environment("SITE_LOGIN"), environment, redactor);
        Assert.Equal("the password is ***", redactor.Redact("the password is open-sesame"));
        Assert.DoesNotContain("open-sesame", logins.For("https://example.org/")!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "the credentials of the package repositories are not there: the variable SITE_LOGIN is empty")]
    [InlineData("nothing", "the variable SITE_LOGIN holds no credentials of package repositories")]
    [InlineData(null, "the credentials of the package repositories are not there: the variable SITE_LOGIN is not there")]
    public void What_cannot_be_used_is_said_without_its_text(string? text, string message)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (text is not null) environment["SITE_LOGIN"] = text;
        var failure = Assert.Throws<BuildFailedException>(() => RepositoryLogins.Read(new CredentialSource.Environment("SITE_LOGIN"), environment, new()));
        Assert.Equal(message, failure.Message);
        Assert.Equal("write `USER:PASSWORD` in one line, or netrc lines, `machine HOST login USER password PASSWORD`", failure.Hint);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said() => Assert.Equal(
        "the credentials of the package repositories are not there: the file `/nowhere/credentials` is not there",
        Assert.Throws<BuildFailedException>(() => RepositoryLogins.Read(new CredentialSource.File("/nowhere/credentials"), new Dictionary<string, string>(StringComparer.Ordinal), new())).Message);

    [Fact]
    public void A_file_without_end_is_said() => Assert.Equal(
        "`/dev/zero` holds no credentials of package repositories: this is a device, and no ordinary file",
        Assert.Throws<BuildFailedException>(() => RepositoryLogins.Read(new CredentialSource.File("/dev/zero"), new Dictionary<string, string>(StringComparer.Ordinal), new())).Message);

    [Fact]
    public void Apt_is_given_the_scheme_with_the_host()
    {
        var stanzas = AptSources.ReadStanzas("Types: deb\nURIs: http://example.org/debian\nSuites: a\n\nTypes: deb\nURIs: file:///srv\nSuites: a\n");
        Assert.Equal("machine http://example.org/debian login u password p\n", AptSources.Logins(stanzas, RepositoryLogins.Parse("u:p")!));
        Assert.Throws<BuildFailedException>(() => AptSources.Logins(stanzas, RepositoryLogins.Parse("u:p q")!));
    }
}
