using System.Text.Json;
using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Machines;

/// <summary>What `strata doctor` tries, says and remembers.</summary>
[Collection(UserMachineCollection.Name)]
public sealed class DoctorTests(UserMachine user)
{
    [Fact]
    public async Task Everything_works_for_an_ordinary_user_and_what_works_is_remembered()
    {
        var site = user.NewSite(StubbedBootstrap);
        File.SetUnixFileMode(Path.Combine(site.Folder, "bin", "mmdebstrap"), (UnixFileMode)0b111_101_101);
        var run = (await user.ExecAsync("env", ["-u", "STORAGE_DRIVER", $"PATH={site.Folder}/bin:{Machine.SearchPath}", user.StrataPath, "doctor"], site.Folder)).Ended(0);
        foreach (var line in (string[])["isolation namespaces", "isolation shared-proc", "ansible in an image", "squashfs", "apt from scratch", "git tree", "skopeo image"])
            Assert.Matches($"(?m)^works    {line} ", run.Output);
        Assert.Matches("(?m)^warning  storage +overlay in .*Strata's choice.*\n +cure: .*storage.conf", run.Output);
        Assert.EndsWith("this machine can build; builds use `--isolation namespaces` and overlay storage\n", run.Output, StringComparison.Ordinal);

        var remembered = JsonDocument.Parse(File.ReadAllText(Path.Combine(user.State, "machine.json"))).RootElement;
        Assert.Equal("namespaces", remembered.GetProperty("isolation").GetString());
        Assert.Equal("overlay", remembered.GetProperty("storageDriver").GetString());
        Assert.Empty(await user.ContainersAsync());
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(user.State, "runs")));
    }

    [Fact]
    [Trait("Part", "long")]
    public async Task A_dry_run_from_the_machines_own_sources_is_among_the_trials()
    {
        var run = (await user.StrataAsync(user.Folder, "doctor", "--json")).Ended(0);
        var check = JsonDocument.Parse(run.Output).RootElement.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("check").GetString() == "apt from scratch");
        Assert.Equal("works", check.GetProperty("state").GetString());
        Assert.StartsWith("a dry run of ", check.GetProperty("found").GetString(), StringComparison.Ordinal);
        Prove.Record("1 dry run");
    }

    [Fact]
    public async Task A_tool_that_is_missing_or_broken_is_a_line_with_its_cure()
    {
        var site = user.NewSite(
            """
            --- bin/ansible
            #!/bin/sh
            echo "the connection plugin 'containers.podman.buildah' was not found" >&2
            exit 4
            --- bin/skopeo
            #!/bin/sh
            exit 1
            """ + "\n" + StubbedBootstrap);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(site.Folder, "bin"))) File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
        var run = (await user.ExecAsync("env", ["-u", "STORAGE_DRIVER", $"PATH={site.Folder}/bin:{Machine.SearchPath}", user.StrataPath, "doctor"], site.Folder)).Ended(0);
        Assert.Matches("(?m)^warning  skopeo +`skopeo` ended with exit code 1 \\(needed for registries\\)", run.Output);
        Assert.Matches("(?m)^warning  ansible in an image .*\n +cure: .*ansible-galaxy collection install containers.podman", run.Output);
    }

    /// <summary>A dry run that needs no network.</summary>
    private const string StubbedBootstrap =
        """
        --- bin/mmdebstrap
        #!/bin/sh
        echo "mmdebstrap 1.0"
        """;
}
