using Strata.Layers;
using Strata.Text;

namespace Strata.Tests.Layers;

public sealed class RepositoryMetadataTests
{
    private static readonly Location At = new(new SourceFile("strata.yaml", ""), Span.Between(0, 0));

    [Theory]
    [InlineData(PackageManagerKind.Dnf, "9", "https://example.org/$releasever/BaseOS/$basearch/os/", null, "https://example.org/9/BaseOS/x86_64/os/repodata/repomd.xml")]
    [InlineData(PackageManagerKind.Zypper, "15.6", "https://example.org/${releasever_major}/$arch", null, "https://example.org/15/x86_64/repodata/repomd.xml")]
    [InlineData(PackageManagerKind.Dnf, null, "file:///srv/$releasever", null, "file:///srv/$releasever/repodata/repomd.xml")]
    [InlineData(PackageManagerKind.Apt, "bookworm", "http://example.org/debian", null, "http://example.org/debian/dists/bookworm/InRelease")]
    [InlineData(PackageManagerKind.Apt, "bookworm", "http://example.org/debian/", "bookworm-updates", "http://example.org/debian/dists/bookworm-updates/InRelease")]
    [InlineData(PackageManagerKind.Apt, "bookworm", "file:///srv/site", "./", "file:///srv/site/InRelease")]
    [InlineData(PackageManagerKind.Apt, "bookworm", "file:///srv/site", "amd64/", "file:///srv/site/amd64/InRelease")]
    public void The_file_that_stands_for_a_repository(PackageManagerKind manager, string? release, string url, string? suite, string expected)
    {
        var repository = new PackageRepository("a", url, null, suite, ["main"], At);
        var list = new PackageList { Manager = manager, Release = release, Repositories = new RepositorySource.Listed([repository]), At = At };
        Assert.Equal([new RepositoryMetadata("a", expected)], RepositoryMetadata.Of(list, "x86_64"));
    }

    [Fact]
    public void What_the_build_machine_has_is_not_known() =>
        Assert.Empty(RepositoryMetadata.Of(new() { Manager = PackageManagerKind.Dnf, Repositories = RepositorySource.Host.Instance, At = At }, "x86_64"));
}
