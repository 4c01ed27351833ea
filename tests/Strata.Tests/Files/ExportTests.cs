using Strata.Engine.Files;
using Strata.Sources;
using Strata.Tests.Support;
using Strata.Text;
using static Strata.Tests.Support.RealPrograms;

namespace Strata.Tests.Files;

public sealed class ExportTests : IDisposable
{
    private readonly GitSandbox git = new();

    public void Dispose() => git.Dispose();

    [Fact]
    public async Task Sources_stand_side_by_side_with_fixed_modes_and_times()
    {
        git.Commit("one", ("site.yml", "- hosts: all\n"), ("roles/a/files/run.sh", "#!/bin/sh\n"), ("private", "x\n"));
        File.SetUnixFileMode(git["one/roles/a/files/run.sh"], (UnixFileMode)0b111_000_000);
        File.SetUnixFileMode(git["one/private"], (UnixFileMode)0b110_000_000);
        File.CreateSymbolicLink(git["one/link"], "roles/a");
        git.Commit("two", ("b", "2\n"));
        Directory.CreateDirectory(git["export"]);
        var warnings = Export.Write(new([await Source("self", "one"), await Source("shared", "two")]), git["export"]);
        Assert.Empty(warnings);
        Assert.Equal(
            """
            0644 0 f self/private
            0644 0 f self/site.yml
            0644 0 f shared/b
            0755 0 d self
            0755 0 d self/roles
            0755 0 d self/roles/a
            0755 0 d self/roles/a/files
            0755 0 d shared
            0755 0 f self/roles/a/files/run.sh
            0777 0 l self/link

            """,
            await TextOf(Shell(@"cd ""$0"" && find . -mindepth 1 -printf '%#m %Ts %y %P\n' | LC_ALL=C sort", git["export"])));
        Assert.Equal("- hosts: all\n", File.ReadAllText(git["export/self/site.yml"]));
        Assert.Equal("roles/a", new FileInfo(git["export/self/link"]).LinkTarget);
    }

    [Fact]
    public async Task Submodules_LFS_pointers_and_links_that_leave_are_said()
    {
        git.Commit("lib", ("x", "1\n"));
        git.Commit("r", ("big.iso", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n"), ("d/x", "1\n"));
        git.RunGit("r", "submodule", "--quiet", "add", git["lib"], "lib");
        File.CreateSymbolicLink(git["r/passwd"], "/etc/passwd");
        File.CreateSymbolicLink(git["r/d/up"], "../../other");
        File.CreateSymbolicLink(git["r/d/inside"], "../big.iso");
        Directory.CreateDirectory(git["export"]);
        var warnings = Export.Write(new([await Source("hsn-config", "r")]), git["export"]);
        Assert.Equal(
            """
            [submodule-left-empty] `hsn-config:lib` is a submodule, which is not read: its folder is empty in a build
            [lfs-pointer] `hsn-config:big.iso` is kept in Git LFS: a build gets the pointer, not the file
            [link-leaves-source] `hsn-config:d/up` is a link to `../../other`, which is outside its source: it is not there in a build
            [link-leaves-source] `hsn-config:passwd` is a link to `/etc/passwd`, which is outside its source: it is not there in a build
            """,
            string.Join('\n', warnings.Select(w => $"[{w.Id}] {w.Message}")));
        Assert.All(warnings, w => Assert.Equal(Severity.Warning, w.Severity));
        Assert.Empty(Directory.EnumerateFileSystemEntries(git["export/hsn-config/lib"]));
        Assert.False(Path.Exists(git["export/hsn-config/passwd"]) || new FileInfo(git["export/hsn-config/passwd"]).LinkTarget is not null);
    }

    [Fact]
    public async Task Names_that_are_no_utf8_keep_their_bytes()
    {
        git.Commit("r");
        await TextOf(new(Host.Require("touch"), [git["r"] + "/x\udcff"]));
        Directory.CreateDirectory(git["export"]);
        Export.Write(new([await Source("self", "r")]), git["export"]);
        Assert.Equal("0000000   x 377  \\n\n0000003\n", await TextOf(Shell(@"ls ""$0"" | od -c", git["export/self"])));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_a_failure_and_nothing_is_overwritten()
    {
        git.Commit("r", ("a", "1\n"));
        git.Write("export/self/a", "mine\n");
        var source = await Source("self", "r");
        var failure = Assert.Throws<IOException>(() => Export.Write(new([source]), git["export"]));
        Assert.Equal($"cannot make the folder {git["export/self"]}: File exists", failure.Message);
        Assert.Equal("mine\n", File.ReadAllText(git["export/self/a"]));
    }

    private async Task<SourceTree> Source(string name, string repository)
    {
        var opened = await git.Open(repository);
        return new(new(name), await opened.ReadWorkTreeAsync([], TestContext.Current.CancellationToken), null);
    }
}
