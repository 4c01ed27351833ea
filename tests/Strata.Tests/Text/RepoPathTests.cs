using Strata.Text;

namespace Strata.Tests.Text;

/// <summary>Paths inside a source.</summary>
public sealed class RepoPathTests
{
    [Fact]
    public void The_root_is_one_value_however_it_is_reached()
    {
        Assert.Equal(RepoPath.Root, RepoPath.TryParse("."));
        Assert.Equal(RepoPath.Root, RepoPath.Of("a").TryAppend(".."));
        Assert.Equal(RepoPath.Root, RepoPath.Root.TryAppend("."));
    }

    [Theory]
    [InlineData("a", "b/c", "a/b/c")]
    [InlineData("a", "./.b", "a/.b")]
    [InlineData("a", "b//c/", "a/b/c")]
    [InlineData("a/b", "../c", "a/c")]
    [InlineData("", ".b", ".b")]
    [InlineData("a", "..b/...c", "a/..b/...c")]
    public void A_path_is_seen_from_a_folder(string folder, string relative, string expected) =>
        Assert.Equal(expected, RepoPath.Of(folder).TryAppend(relative)?.Value);

    [Theory]
    [InlineData("../../b")]
    [InlineData("/b")]
    [InlineData("b\0c")]
    public void A_path_that_leaves_its_source_or_is_none_is_refused(string relative) => Assert.Null(RepoPath.Of("a").TryAppend(relative));
}
