using Strata.Cli;
using Strata.Cli.Commands;

namespace Strata.Tests.Cli;

public sealed class SourceArgumentTests
{
    [Theory]
    [InlineData("hsn=../hsn", "hsn", "../hsn", null)]
    [InlineData("hsn=../hsn@main", "hsn", "../hsn", "main")]
    [InlineData("hsn=../hsn@feature/new", "hsn", "../hsn", "feature/new")]
    [InlineData("hsn=a@b/repo@v1", "hsn", "a@b/repo", "v1")]
    [InlineData("hsn=repo@HEAD@{1}", "hsn", "repo", "HEAD@{1}")]
    [InlineData("hsn=repo@", "hsn", "repo@", null)]
    [InlineData("self=https://gitlab.example.org/hpc/images.git", "self", "https://gitlab.example.org/hpc/images.git", null)]
    [InlineData("self=https://gitlab.example.org/hpc/images.git@main", "self", "https://gitlab.example.org/hpc/images.git", "main")]
    [InlineData("self=ssh://git@gitlab.example.org/images.git", "self", "ssh://git@gitlab.example.org/images.git", null)]
    [InlineData("self=ssh://git@gitlab.example.org/images.git@v1", "self", "ssh://git@gitlab.example.org/images.git", "v1")]
    [InlineData("self=.", "self", ".", null)]
    [InlineData("self=@v1", "self", null, "v1")]
    [InlineData("self=@HEAD@{1}", "self", null, "HEAD@{1}")]
    public void A_source_is_a_name_a_path_and_perhaps_a_revision(string text, string name, string? path, string? revision) =>
        Assert.Equal(new SourceArgument(new(name), path, revision), SourceArgument.Parse(text));

    [Theory]
    [InlineData("hsn")]
    [InlineData("=path")]
    [InlineData("hsn=")]
    [InlineData("")]
    public void Anything_else_is_refused_with_the_form(string text) =>
        Assert.EndsWith("has the form `NAME=PATH`, `NAME=PATH@REV` or `NAME=@REV`", Assert.Throws<UsageException>(() => SourceArgument.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("self=https://user:secret@gitlab.example.org/x.git", "`--source self` holds credentials, which every process list would show")]
    [InlineData("self=https://", "`--source self` is no URL that git clones from")]
    [InlineData("self=ftp://gitlab.example.org/x", "`--source self` is no URL that git clones from")]
    public void A_URL_that_cannot_be_used_is_refused_and_not_shown(string text, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => SourceArgument.Parse(text)).Message);
}
