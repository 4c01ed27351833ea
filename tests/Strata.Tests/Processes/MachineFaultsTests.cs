using System.Collections.Immutable;
using Strata.Engine.Processes;

namespace Strata.Tests.Processes;

public sealed class MachineFaultsTests
{
    [Theory]
    [InlineData("write /var/lib/x: No space left on device", "make room there")]
    [InlineData("Error: exec: \"newuidmap\": executable file not found in $PATH", "`apt install uidmap`")]
    [InlineData("newuidmap: write to uid_map failed: Operation not permitted", "chmod u+s /usr/bin/newuidmap")]
    [InlineData("user namespaces are not enabled in /proc/sys/user/max_user_namespaces", "sysctl -w user.max_user_namespaces")]
    [InlineData("this container has only 1024 ids, and /etc/subuid and /etc/subgid give builder more", "give the container 65536 ids")]
    [InlineData("`buildah unshare` makes no user namespace", "a seccomp profile that lets `unshare` and `mount` through")]
    [InlineData("chroot: cannot change root directory to '/': Operation not permitted", "the capability SYS_CHROOT")]
    [InlineData("unshare: mount /proc failed: Operation not permitted", "--isolation shared-proc")]
    [InlineData("'overlay' is not supported over nfs at \"/home/a\"", "driver = \"vfs\"")]
    [InlineData("the connection plugin 'containers.podman.buildah' was not found", "ansible-galaxy collection install containers.podman")]
    public void A_fault_of_the_machine_has_a_cure(string line, string cure) =>
        Assert.Contains(cure, MachineFaults.CureOf(["first", line, "last"]), StringComparison.Ordinal);

    [Fact]
    public void Other_faults_have_none() => Assert.Null(MachineFaults.CureOf(["E: Unable to locate package helo"]));

    [Fact]
    public void A_command_that_meets_one_says_the_cure()
    {
        var failure = CommandRunning.Failure(new(new("/usr/bin/buildah", []), 125, default, ["mkdir /x: No space left on device"]));
        Assert.Equal("`buildah` ended with exit code 125", failure.Message);
        Assert.Equal(MachineFaults.MakeRoom, failure.Hint);
    }

    [Fact]
    public void Ids_are_granted_by_name_or_number_and_summed()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "builder:1:999\n1001:2000:65536\nother:1:7\nbuilder:bad\n");
        Assert.Equal(66535, SubordinateIds.Granted(file, "builder", "1001"));
        Assert.Equal(0, SubordinateIds.Granted(file + ".none", "builder", "1001"));
        File.WriteAllText(file, "         0       1001          1\n         1     100000      65536\n");
        Assert.Equal(65537, SubordinateIds.Mapped(file));
        File.Delete(file);
    }

    [Fact]
    public void With_a_shared_proc_the_sandbox_mounts_none_of_its_own()
    {
        var tools = new Tools("/usr/bin:/bin");
        var command = new Command("/bin/true", []) { Sandbox = new([]) { Isolation = Isolation.SharedProc, ImageRoot = "/m" } };
        var wrapped = new CommandWrapping(tools, "/usr/bin/strata").Wrap(command).Arguments;
        Assert.DoesNotContain("--mount-proc", wrapped);
        Assert.Equal(
            ImmutableArray.Create("--pid", "--fork", "--kill-child=KILL"), wrapped.Where(a => a is "--pid" or "--fork" || a.StartsWith("--kill-child", StringComparison.Ordinal)).ToImmutableArray());
        Assert.Contains("--image-with-shared-proc", wrapped);
    }
}
