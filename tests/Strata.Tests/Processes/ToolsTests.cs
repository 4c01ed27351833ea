using Strata.Engine.Processes;
using Strata.Tests.Support;

namespace Strata.Tests.Processes;

public sealed class ToolsTests
{
    [Fact]
    public void Only_absolute_folders_of_PATH_count_then_the_systems() =>
        Assert.Equal(["/usr/bin", "/sbin", "/usr/local/sbin", "/usr/sbin"], new Tools(":.:bin:/usr/bin:/sbin").Folders);

    [Fact]
    public void The_first_that_can_be_executed_is_found()
    {
        using var folder = new ScratchFolder();
        folder.Write("a/tool", "no program");
        File.SetUnixFileMode(folder.Write("b/tool", "#!/bin/sh"), (UnixFileMode)0b111_101_101);
        Assert.Equal(folder["b/tool"], new Tools($"{folder["a"]}:{folder["b"]}").Require("tool"));
        Assert.Null(new Tools(folder["a"]).Find("tool"));
    }

    [Fact]
    public void A_missing_program_names_the_package_that_has_it()
    {
        var missing = Assert.Throws<ToolMissingException>(() => new Tools("/nowhere").Require("mksquashfs"));
        Assert.Equal("the program `mksquashfs` is not on this machine: neither in PATH nor in /usr/sbin", missing.Message);
        Assert.Equal(
            "install it: `apt install squashfs-tools` (Debian, Ubuntu), `dnf install squashfs-tools` (Enterprise Linux), `zypper install squashfs` (SUSE)",
            missing.Hint);
    }
}
