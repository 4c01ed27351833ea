using Strata.Engine.Processes;

namespace Strata.Tests.Processes;

public sealed class RedactorTests
{
    [Theory]
    [InlineData("clone https://me:s3cr3t@git.example.org/x.git now", "clone https://me:***@git.example.org/x.git now")]
    [InlineData("https://token123@git.example.org/x.git", "https://***@git.example.org/x.git")]
    [InlineData("ssh://git@git.example.org/x.git", "ssh://git@git.example.org/x.git")]
    [InlineData("https://a:p@x/ https://b:q@y/", "https://a:***@x/ https://b:***@y/")]
    [InlineData("https://git.example.org/user@example.org", "https://git.example.org/user@example.org")]
    [InlineData("https://", "https://")]
    [InlineData("a://b:c", "a://b:c")]
    public void Passwords_in_urls_are_masked(string text, string expected) => Assert.Equal(expected, new Redactor().Redact(text));

    [Fact]
    public void A_declared_secret_is_masked_in_every_spelling()
    {
        var redactor = new Redactor();
        redactor.Declare("p@ss/word\nsecond line");
        Assert.Equal("*** and *** and ***", redactor.Redact("p@ss/word and p%40ss%2Fword and second line"));
    }

    [Fact]
    public void The_password_of_a_declared_url_is_masked_elsewhere_too()
    {
        var redactor = new Redactor();
        redactor.DeclareUrl("https://me:s3cr3t@git.example.org/x.git");
        Assert.Equal("the password *** is wrong for me", redactor.Redact("the password s3cr3t is wrong for me"));
    }

    [Fact]
    public void The_longer_of_two_secrets_goes_first_and_short_ones_stay()
    {
        var redactor = new Redactor();
        redactor.Declare("secret");
        redactor.Declare("secret-long");
        redactor.Declare("abc");
        Assert.Equal("*** *** abc", redactor.Redact("secret-long secret abc"));
    }

    [Fact]
    public void A_command_is_shown_so_that_it_can_be_pasted()
    {
        var command = new Command("/usr/bin/git", ["clone", "https://u:pw@x/", "a b", "it's", "", "--x=1", "tab\there", "\udc80"]);
        Assert.Equal(@"git clone https://u:***@x/ 'a b' 'it'\''s' '' --x=1 $'tab\there' $'\x80'", CommandText.Show(command, new()));
    }

    [Fact]
    public void A_command_that_only_leads_to_another_is_shown_as_that_one()
    {
        var command = new Command("/opt/strata", ["internal", "/usr/bin/apt-get", "update"]) { ShownAs = ["/usr/bin/apt-get", "update"] };
        Assert.Equal("/usr/bin/apt-get update", CommandText.Show(command, new()));
        Assert.Equal("`apt-get` ended with exit code 100", CommandRunning.Failure(new(command, 100, default, [])).Message);
    }
}
