using System.Collections.Immutable;
using Strata.Engine.Building.Packages;
using Strata.Engine.Execution;
using Strata.Tests.Support;

namespace Strata.Tests.Building;

public sealed class RpmRepositoriesTests
{
    [Fact]
    public void The_machines_files_are_read_in_order_with_its_variables_and_without_what_is_disabled()
    {
        var folder = Directory.CreateTempSubdirectory("strata-repos-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "b.repo"), "[epel]\nname = EPEL $releasever\nbaseurl=https://example.org/$contentdir/${contentdir}/$basearch\n");
            File.WriteAllText(
                Path.Combine(folder, "a.repo"),
                "# a comment\n[baseos]\nbaseurl=https://example.org/a\n  https://mirror.example.org/a\nenabled=1\n\n[debug]\nbaseurl=https://example.org/d\nenabled = 0\n");
            File.WriteAllText(Path.Combine(folder, "notes.txt"), "[no]\n");
            var variables = ImmutableDictionary<string, string>.Empty.Add("contentdir", "pub/rocky");
            Expected.Text(
                """
                [baseos]
                baseurl=https://example.org/a https://mirror.example.org/a
                enabled=1

                [epel]
                name=EPEL $releasever
                baseurl=https://example.org/pub/rocky/pub/rocky/$basearch
                """,
                RpmRepositories.Text(RpmRepositories.OfMachine([folder, folder + "/none"], variables)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_setting_is_replaced()
    {
        var repository = Assert.Single(RpmRepositories.Read("[a]\nbaseurl=x\ngpgkey=y\n"));
        Assert.Equal("[a]\nbaseurl=x\ngpgkey=z\n", repository.With("gpgkey", "z").ToString());
        Assert.Equal("[a]\nbaseurl=x\n", repository.With("gpgkey", null).ToString());
    }

    [Theory]
    [InlineData("8", "/var/lib/rpm")]
    [InlineData("9.4", "/var/lib/rpm")]
    [InlineData("10", "/usr/lib/sysimage/rpm")]
    [InlineData("35", "/var/lib/rpm")]
    [InlineData("41", "/usr/lib/sysimage/rpm")]
    [InlineData("rawhide", "/usr/lib/sysimage/rpm")]
    public void The_database_is_where_the_release_has_it(string release, string folder) => Assert.Equal(folder, RpmDatabase.OfFedora(release).Folder);

    [Theory]
    [InlineData("/usr/lib/sysimage/rpm|ndb\n", "/usr/lib/sysimage/rpm", "ndb")]
    [InlineData("/var/lib/rpm|%{_db_backend}", "/var/lib/rpm", null)]
    public void What_an_images_rpm_says_is_understood(string answer, string folder, string? backend) =>
        Assert.Equal(new RpmDatabase(folder, backend), RpmDatabase.Parse(answer));

    [Fact]
    public void What_is_no_answer_is_none() => Assert.Null(RpmDatabase.Parse("%{_dbpath}|x"));

    [Theory]
    [InlineData("9", "el9")]
    [InlineData("8.10", "el8")]
    [InlineData("41", "f41")]
    [InlineData("rawhide", null)]
    public void A_release_has_a_platform_of_modules(string release, string? platform) => Assert.Equal(platform, Dnf.Platform(release));

    [Theory]
    [InlineData("9", true)]
    [InlineData("9.4", true)]
    [InlineData("9.5", false)]
    [InlineData("94", false)]
    public void The_machines_release_has_to_be_the_one_that_is_named(string release, bool isRight)
    {
        var machine = MachineRelease.Read("NAME=\"Rocky Linux\"\nVERSION_ID=\"9.4\"\nPRETTY_NAME='Rocky Linux 9.4 (Blue Onyx)'\n");
        Assert.Equal(isRight, machine.Is(release));
        machine.Require("9", "dnf", hasRepositories: true);
        machine.Require(null, "dnf", hasRepositories: true);
        if (isRight) return;
        Assert.Equal(
            $"`repositories: host` takes the build machine's own repositories, and this machine (Rocky Linux 9.4 (Blue Onyx)) is not of the release `{release}`",
            Assert.Throws<BuildFailedException>(() => machine.Require(release, "dnf", hasRepositories: true)).Message);
    }

    [Fact]
    public void A_machine_without_repositories_is_told_so()
    {
        var failure = Assert.Throws<BuildFailedException>(() => MachineRelease.Read("PRETTY_NAME=\"Debian GNU/Linux 12\"\n").Require("9", "dnf", hasRepositories: false));
        Assert.Equal("`repositories: host` takes the build machine's own repositories, and this machine (Debian GNU/Linux 12) has none of dnf", failure.Message);
        Assert.Equal("build on a machine of that release, or list the `repositories`", failure.Hint);
    }
}
