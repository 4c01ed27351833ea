using Strata.Engine.Processes;
using Strata.Tests.Support;
using static Strata.Tests.Support.RealPrograms;

namespace Strata.Tests.RepositoryTests;

/// <summary>`make install` and `make uninstall` of a copy of what they need, with the program that these tests are built with.</summary>
public sealed class InstallTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public InstallTests()
    {
        foreach (var path in (string[])["Makefile", "packaging/install", "docs/man/strata.1", "docs/man/strata-build.1"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder["copy/" + path])!);
            File.Copy(Repository.Path(path), folder["copy/" + path]);
        }

        Directory.CreateDirectory(folder["copy/dist"]);
        File.CreateSymbolicLink(folder["copy/dist/strata"], RealPrograms.Strata);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_installed_is_removed_with_pages_of_older_versions_and_a_link_that_leads_nowhere()
    {
        var installed = await MakeAsync("install", "PREFIX=" + folder["an y"]);
        Assert.Equal(0, installed.ExitCode);
        Assert.Equal(6, Installed().Length);
        File.WriteAllText(folder["an y/share/man/man1/strata-older.1"], "");
        File.WriteAllText(folder["an y/share/man/man1/other.1"], "");
        File.Delete(folder["an y/bin/strata"]);
        File.CreateSymbolicLink(folder["an y/bin/strata"], "/no/such/strata");
        Assert.Equal(0, (await MakeAsync("uninstall", "PREFIX=" + folder["an y"])).ExitCode);
        Assert.Equal(["other.1"], Installed());
        Assert.False(new FileInfo(folder["an y/bin/strata"]).LinkTarget is not null);
    }

    [Theory]
    [InlineData("install")]
    [InlineData("uninstall")]
    public async Task What_cannot_be_done_fails_with_a_cure(string target)
    {
        Directory.CreateDirectory(folder["there/bin/strata/own"]);
        var ran = await MakeAsync(target, "PREFIX=" + folder["there"]);
        Assert.NotEqual(0, ran.ExitCode);
        var cure = target == "install"
            ? $"install: {folder["there/bin/strata"]} is a folder, and a file goes there: remove it, or name another PREFIX"
            : "install: not everything could be removed: run it as root, or for a folder of yours, PREFIX=$HOME/.local";
        Assert.Contains(cure, ran.LastLines);
        Assert.True(Directory.Exists(folder["there/bin/strata/own"]));
    }

    [Fact]
    public async Task Where_nothing_can_be_written_the_cure_is_said() => Assert.Contains(
        "install: /proc/strata/bin/strata could not be written: run it as root, or for a folder of yours, PREFIX=$HOME/.local", (await MakeAsync("install", "PREFIX=/proc/strata")).LastLines);

    [Fact]
    public async Task A_program_that_does_not_run_is_not_put_anywhere()
    {
        File.Delete(folder["copy/dist/strata"]);
        File.Copy(Host.Require("false"), folder["copy/dist/strata"]);
        var ran = await MakeAsync("install", "PREFIX=" + folder["there"]);
        Assert.Contains("install: dist/strata does not run on this machine; `make build` makes one that does", ran.LastLines);
        Assert.False(Directory.Exists(folder["there"]));
    }

    [Theory]
    [InlineData("PREFIX=usr", "install: PREFIX is `usr`; name an absolute folder, as in PREFIX=/usr/local")]
    [InlineData("PREFIX=", "install: PREFIX is ``; name an absolute folder, as in PREFIX=/usr/local")]
    [InlineData("PREFIX=/a';touch ran;'", "install: PREFIX and DESTDIR are folders without quotes and line breaks in their names")]
    [InlineData("DESTDIR=/a\"b", "install: PREFIX and DESTDIR are folders without quotes and line breaks in their names")]
    public async Task A_prefix_that_is_none_is_an_error_in_a_sentence(string setting, string message)
    {
        foreach (var target in (string[])["install", "uninstall"])
        {
            var ran = await MakeAsync(target, setting);
            Assert.NotEqual(0, ran.ExitCode);
            Assert.Contains(message, ran.LastLines);
        }

        Assert.False(File.Exists(folder["copy/ran"]));
    }

    private Task<CommandResult> MakeAsync(string target, string setting) => Runner().RunAsync(
        new(Host.Require("make"), ["--no-print-directory", target, setting]) { WorkingDirectory = folder["copy"], Environment = BareEnvironment.SetItem("HOME", folder["copy"]) },
        null, TestContext.Current.CancellationToken);

    private string[] Installed() => [.. Directory.EnumerateFiles(folder["an y"], "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
}
