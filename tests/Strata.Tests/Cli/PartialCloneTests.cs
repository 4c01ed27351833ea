using Strata.Tests.Support;

namespace Strata.Tests.Cli;

/// <summary>
/// Partial clones, as `git clone --filter` makes them: what is there is read, and nothing is fetched on the way, since from where and by which
/// program is for the repository itself to say.
/// </summary>
public sealed class PartialCloneTests : IDisposable
{
    private readonly Shell shell = new();

    public PartialCloneTests()
    {
        Write("one");
        shell.Commit("origin", "first");
        Write("two");
        shell.Commit("origin", "second");
        shell.Git("origin", "config", "uploadpack.allowFilter", "true");
        shell.With("--- program\n#!/bin/sh\ntouch \"$(dirname \"$0\")/ran\"\n");
        File.SetUnixFileMode(Path.Combine(shell.Folder, "program"), (UnixFileMode)0b111_101_101);
    }

    private bool HasRun => File.Exists(Path.Combine(shell.Folder, "ran"));

    public void Dispose() => shell.Dispose();

    [Fact]
    public void What_the_clone_has_is_read_as_in_any_other()
    {
        Clone("blob:none");
        Assert.Equal(0, shell.RunIn("clone/site", "check").Code);
        Assert.Contains("none of 1 target affected", shell.RunIn("clone/site", "affected", "--from", "HEAD").Out, StringComparison.Ordinal);
        Assert.False(HasRun);
    }

    [Theory]
    [InlineData("blob:none", "site/play.yaml")]
    [InlineData("tree:0", ".")]
    public void What_it_does_not_have_is_named_with_its_cure_and_runs_no_program_of_the_clone(string filter, string path)
    {
        Clone(filter);
        var ran = shell.RunIn("clone/site", "affected", "--from", "HEAD~1");
        var missing = shell.Git("origin", "rev-parse", "HEAD~1:" + (path == "." ? "" : path));
        Assert.Equal(
            $"error: `{path}` (object {missing}) cannot be read from the repository `FOLDER/clone`: it is a partial clone that lacks it, or is damaged\n"
            + "hint: `git -C FOLDER/clone fetch --refetch --no-filter` completes a partial clone; `git -C FOLDER/clone fsck` says whether it is damaged\n",
            ran.Err);
        Assert.Equal(1, ran.Code);
        Assert.False(HasRun);
        shell.Git("clone", "config", "--unset", "remote.origin.uploadpack");
        shell.Git("", "-C", $"{shell.Folder}/clone", "fetch", "--refetch", "--no-filter");
        Assert.Contains("1 of 1 target affected", shell.RunIn("clone/site", "affected", "--from", "HEAD~1").Out, StringComparison.Ordinal);
    }

    private void Clone(string filter)
    {
        shell.Git("", "clone", "--quiet", "--filter=" + filter, $"file://{shell.Folder}/origin", "clone");
        shell.Git("clone", "config", "gc.auto", "0");   // nothing goes on behind the test
        shell.Git("clone", "config", "remote.origin.uploadpack", Path.Combine(shell.Folder, "program"));
    }

    private void Write(string value) => shell.With($$"""
        --- origin/site/strata.yaml
        version: 1
        layers:
          os:
            types:
              base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: host, install: [bash]}, playbooks: [play.yaml]}
        --- origin/site/play.yaml
        - hosts: all
          tasks:
            - command: echo {{value}}
        """);
}
