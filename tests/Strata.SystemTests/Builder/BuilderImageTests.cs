using System.Diagnostics;
using System.Text.Json;
using Strata.SystemTests.Support;

namespace Strata.SystemTests.Builder;

/// <summary>
/// Strata in a container that is not privileged, as a user who is not root: with which rights it builds, and what is missing without
/// one. docs/guide/builder-image.md says the same.
/// </summary>
[Collection(BuilderCollection.Name)]
[Trait("Part", "long")]
public sealed class BuilderImageTests(BuilderMachines machines)
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Machine.Root, "docs/guide/builder-image.md"));

    [Fact]
    public async Task It_is_ready_with_root_and_without_and_nobody_becomes_root_in_it()
    {
        foreach (var machine in new[] { machines.Root, machines.User })
        {
            var doctor = (await machines.RunAsync(machine, BuilderMachines.LeastRights)).Ended(0).Output;
            Assert.EndsWith("\nthis machine can build; builds use `--isolation shared-proc`\n", doctor, StringComparison.Ordinal);
            Assert.Matches("(?m)^works    storage +overlay in /home/builder/.local/share/containers/storage, 0 images", doctor);
        }

        Assert.Equal("builder\n", (await machines.RunAsync(machines.User, [], "id", "-un")).Ended(0).Output);
        Assert.Equal("", (await machines.RunAsync(machines.User, ["--user", "root"], "find", "/", "-xdev", "-type", "f", "-perm", "/6000")).Ended(0).Output);
        Assert.Equal(
            "/usr/bin/newgidmap cap_setgid=ep\n/usr/bin/newuidmap cap_setuid=ep\n",
            (await machines.RunAsync(machines.User, ["--user", "root"], "getcap", "/usr/bin/newgidmap", "/usr/bin/newuidmap")).Ended(0).Output);
    }

    [Fact]
    public async Task What_it_builds_without_root_and_pushes_is_what_root_builds_outside()
    {
        var repository = machines.NewRepository();
        var (ofRoot, ofUser) = (BuilderMachines.NewSite(machines.Root, repository), BuilderMachines.NewSite(machines.User, repository));
        (await ofRoot.StrataAsync("build")).Ended(0);

        string[] options = [.. BuilderMachines.LeastRights, "--userns", "keep-id:uid=1000,gid=1000", "--volume", ofUser.Folder + ":/site", "--workdir", "/site"];
        (await machines.RunAsync(machines.User, options, "strata", "build", "--push")).Ended(0);
        foreach (var target in new[] { "os/base", "node/compute" })
        {
            Assert.Equal("built", ofUser.State(target));
            Assert.Equal(ofRoot.Digest(target), ofUser.Digest(target));
            Assert.Equal(ofRoot.Digest(target), await DigestAsync(ofRoot.Image(target)));
        }

        Assert.Equal(ofRoot.Read("out/node-compute/SHA256SUMS"), ofUser.Read("out/node-compute/SHA256SUMS"));
        Assert.Equal(machines.User.Name, (await UserMachine.AsRootAsync("stat", "-c", "%U", Path.Combine(ofUser.Folder, "out/node-compute/rootfs.squashfs"))).Trim());
        Assert.DoesNotContain("/etc/apt/sources.list", await FilesAsync(ofRoot.Image("node/compute")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_by_root_it_builds_as_its_own_user_and_the_pod_does_the_same()
    {
        var (first, second) = (machines.NewRepository(), machines.NewRepository());
        var site = BuilderMachines.NewSite(machines.Root, first);
        string[] options = [.. BuilderMachines.LeastRights, "--volume", site.Folder + ":/site:ro", "--workdir", "/site"];
        var built = (await machines.RunAsync(machines.Root, options, "strata", "build", "--push", "--output", "/home/builder/out", "--json")).Ended(0);
        var images = Images(built.Output);
        Assert.Equal(2, images.Count);
        foreach (var (reference, digest) in images) Assert.Equal(digest, await DigestAsync(reference));

        var served = BuilderMachines.NewSite(machines.User, second);
        await served.CommitAsync();
        (await machines.User.ExecAsync("git", ["branch", "--move", "main"], served.Folder)).Ended(0);
        var port = Registry.FreePort();
        string[] serve = ["-c", "safe.directory=*", "daemon", "--export-all", "--listen=127.0.0.1", $"--port={port}", "--base-path=" + Path.GetDirectoryName(served.Folder)!];
        using var daemon = Process.Start(new ProcessStartInfo("git", serve) { UseShellExecute = false })!;
        try
        {
            var pod = (await machines.PlayPodAsync($"git://127.0.0.1:{port}/{Path.GetFileName(served.Folder)}/.git")).Ended(0);
            Assert.Contains("2 built", pod.Errors + pod.Output, StringComparison.Ordinal);
        }
        finally
        {
            daemon.Kill(entireProcessTree: true);
            await daemon.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        // The repository's name is in an image's labels, so that its digest is another: its OCI layers are not.
        foreach (var (reference, _) in images)
            Assert.Equal(await LayersAsync(reference), await LayersAsync(reference.Replace(first, second, StringComparison.Ordinal)));
    }

    /// <summary>What fails without each right, in the words that the guide has.</summary>
    [Theory]
    [InlineData("newuidmap and newgidmap do not give this user the ids", "--cap-drop", "all")]
    [InlineData("newuidmap and newgidmap do not give this user the ids", "--security-opt", "no-new-privileges")]
    [InlineData("cannot change root directory to '/': Operation not permitted", "--cap-drop", "all", "--cap-add", "setuid,setgid")]
    [InlineData("'overlay' is not supported over overlayfs", "--image-volume", "ignore")]
    [InlineData("this container has only 1024 ids", "--userns", "auto:size=1024")]
    [InlineData("`buildah unshare` makes no user namespace", "--security-opt", "seccomp=WITHOUT_UNSHARE")]
    public async Task Without_a_right_doctor_says_which(string said, params string[] options)
    {
        var profile = Path.Combine(machines.User.Folder, "seccomp.json");
        var ours = File.ReadAllText(Path.Combine(Machine.Root, "packaging/kubernetes/seccomp.json"));
        File.WriteAllText(profile, ours.Replace("\"unshare\", ", "", StringComparison.Ordinal));
        machines.User.Own(profile);
        var run = await machines.RunAsync(machines.User, [.. options.Select(o => o.Replace("WITHOUT_UNSHARE", profile, StringComparison.Ordinal))]);
        Assert.Contains(said, run.Output, StringComparison.Ordinal);
        Assert.Contains(said, Guide, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_profile_for_Kubernetes_lets_a_build_through_without_SYS_CHROOT()
    {
        var profile = Path.Combine(machines.User.Folder, "strata-builder.json");
        File.Copy(Path.Combine(Machine.Root, "packaging/kubernetes/seccomp.json"), profile, overwrite: true);
        machines.User.Own(profile);
        (await machines.RunAsync(machines.User, ["--security-opt", "seccomp=" + profile, "--cap-drop", "all", "--cap-add", "setuid,setgid"])).Ended(0);
    }

    [Fact]
    public async Task Without_package_sources_doctor_and_build_say_so()
    {
        var site = BuilderMachines.NewSite(machines.User, machines.NewRepository());
        string[] run = ["run", "--rm", "--network", "host", "--userns", "keep-id:uid=1000,gid=1000", "--volume", site.Folder + ":/site", "--workdir", "/site", BuilderMachines.Image];
        Assert.Matches("(?m)^warning  apt from scratch +/etc/apt has no package sources of bookworm", (await machines.User.ExecAsync("podman", run)).Ended(0).Output);

        const string said = "`repositories: host` takes the build machine's own package sources, and none of them is for the release `bookworm`";
        Assert.Contains(said, (await machines.User.ExecAsync("podman", [.. run, "strata", "build"])).Ended(1).Errors, StringComparison.Ordinal);
        Assert.Contains(said, Guide, StringComparison.Ordinal);
    }

    private async Task<string> DigestAsync(string reference) => await InspectAsync(reference, "{{.Digest}}");

    private async Task<string> LayersAsync(string reference) => await InspectAsync(reference, "{{.Layers}}");

    private async Task<string> InspectAsync(string reference, string format) =>
        (await machines.Root.ExecAsync("skopeo", ["inspect", "--no-tags", "--tls-verify=false", "--format", format, "docker://" + reference])).Ended(0).Output.Trim();

    private async Task<string> FilesAsync(string image) => await machines.Root.InImageAsync(image, "find", "/etc/apt", "-type", "f");

    private static List<(string Reference, string Digest)> Images(string record) =>
    [
        .. JsonDocument.Parse(record).RootElement.GetProperty("targets").EnumerateArray()
            .Select(t => t.GetProperty("image")).Select(i => (i.GetProperty("reference").GetString()!, i.GetProperty("digest").GetString()!)),
    ];
}
