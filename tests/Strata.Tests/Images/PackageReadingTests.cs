using Strata.Images;

namespace Strata.Tests.Images;

/// <summary>What package managers say of an image, read.</summary>
public sealed class PackageReadingTests
{
    [Fact]
    public void Paragraphs_of_dpkg_with_what_is_removed_left_out()
    {
        const string status =
            """
            Package: bash
            Status: install ok installed
            Architecture: amd64
            Version: 5.2.15-2+b8
            Description: a shell
             Version: 9 is no field here
            Conffiles:
             /etc/bash.bashrc 89269e1298235f1b12b4c16e4065ad0d

            Package: removed
            Status: deinstall ok config-files
            Version: 1

            Package: half
            Status: install reinstreq half-installed
            Version: 2
            Architecture: all

            Package: without-version
            Status: install ok installed

            Package: two words
            Version: 1

            no paragraph
            """;
        Assert.Equal(
            [new(PackageSystem.Deb, "bash", "5.2.15-2+b8", "amd64"), new(PackageSystem.Deb, "half", "2", "all")],
            DpkgStatus.Read(status.ReplaceLineEndings("\n")));
        Assert.Empty(DpkgStatus.Read(""));
        Assert.Equal("a", Assert.Single(DpkgStatus.Read("Package: a\r\nVersion: 1\r\n\r\n")).Name);
    }

    [Fact]
    public void Lines_of_rpm_with_its_keys_left_out()
    {
        const string answer = "bash\t0\t5.1.8-9.el9\tx86_64\tGPLv3+\nshadow-utils\t2\t4.9-8.el9\tx86_64\t(none)\ngpg-pubkey\t0\t350d275d-6279464b\t(none)\tpubkey\n\n";
        Assert.Equal(
            [new(PackageSystem.Rpm, "bash", "5.1.8-9.el9", "x86_64") { License = "GPLv3+" }, new(PackageSystem.Rpm, "shadow-utils", "2:4.9-8.el9", "x86_64")],
            RpmListing.ReadPackages(answer));
        Assert.Equal([("/etc/a file", "bash"), ("/b", "bash")], RpmListing.ReadFiles("bash\t/etc/a file\nbash\t/b\ngpg-pubkey\t/c\nempty\t(contains no files)\n"));
    }

    [Theory]
    [InlineData("NAME=\"Rocky Linux\"\nID=\"rocky\"\nVERSION_ID=\"9.4\"\n", "rocky", "9.4")]
    [InlineData("ID=arch\n#VERSION_ID=1\n", "arch", null)]
    public void What_an_image_says_of_its_distribution(string text, string id, string? version) => Assert.Equal(new(id, version), OsRelease.Read(text));

    [Fact]
    public void A_file_that_names_no_distribution_is_none() => Assert.Null(OsRelease.Read("NAME=x\n"));

    [Fact]
    public void Equal_sets_have_equal_digests_in_whatever_order_they_come()
    {
        InstalledPackage one = new(PackageSystem.Rpm, "kernel", "5.14-1", "x86_64"), other = new(PackageSystem.Rpm, "kernel", "5.14-2", "x86_64"), deb = new(PackageSystem.Deb, "a", "1", "all");
        var set = new PackageSet([other, one, deb, one]);
        Assert.Equal("deb a 1 all\nrpm kernel 5.14-1 x86_64\nrpm kernel 5.14-2 x86_64\n", set.CanonicalText);
        Assert.Equal(set.Digest, new PackageSet([deb, one, other]).Digest);
        Assert.Equal("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", new PackageSet([]).Digest);
    }

    [Theory]
    [InlineData(PackageSystem.Rpm, "gcc-c++", "2:11.4.1-3.el9", "pkg:rpm/rocky/gcc-c%2B%2B@11.4.1-3.el9?arch=x86_64&distro=rocky-9.4&epoch=2")]
    [InlineData(PackageSystem.Deb, "apt", "1:2.6~rc1+b1", "pkg:deb/rocky/apt@1:2.6~rc1%2Bb1?arch=x86_64&distro=rocky-9.4")]
    public void Package_URLs_encode_what_their_specification_says(PackageSystem system, string name, string version, string url) =>
        Assert.Equal(url, PackageUrl.Of(new(system, name, version, "x86_64"), new("rocky", "9.4")));
}
