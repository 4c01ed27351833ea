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
        shell.Git("", "clone", "--quiet", "--filter=blob:none", $"file://{shell.Folder}/origin", "clone");
        shell.With("--- program\n#!/bin/sh\ntouch \"$(dirname \"$0\")/ran\"\n");
        File.SetUnixFileMode(Path.Combine(shell.Folder, "program"), (UnixFileMode)0b111_101_101);
        shell.Git("clone", "config", "remote.origin.uploadpack", Path.Combine(shell.Folder, "program"));
    }

    private bool HasRun => File.Exists(Path.Combine(shell.Folder, "ran"));

    public void Dispose() => shell.Dispose();

    [Fact]
    public void What_the_clone_has_is_read_as_in_any_other()
    {
        Assert.Equal(0, shell.RunIn("clone", "check").Code);
        Assert.Contains("none of 1 target affected", shell.RunIn("clone", "affected", "--from", "HEAD").Out, StringComparison.Ordinal);
        Assert.False(HasRun);
    }

    [Fact]
    public void What_it_does_not_have_is_an_error_with_its_cure_and_runs_no_program_of_the_clone()
    {
        var ran = shell.RunIn("clone", "affected", "--from", "HEAD~1");
        Assert.Equal(1, ran.Code);
        Assert.Matches("^error: (object [0-9a-f]{40} is not in the repository|`git cat-file` ended early in .*: an object that it was asked for may not be there)", ran.Err);
        Assert.EndsWith("\nhint: fetch what is missing with `git fetch --refetch --no-filter`, or clone without `--filter`; `git fsck` says whether it is damaged\n", ran.Err, StringComparison.Ordinal);
        Assert.False(HasRun);
        shell.Git("clone", "config", "--unset", "remote.origin.uploadpack");
        shell.Git("clone", "fetch", "--quiet", "--refetch", "--no-filter");
        Assert.Contains("1 of 1 target affected", shell.RunIn("clone", "affected", "--from", "HEAD~1").Out, StringComparison.Ordinal);
    }

    private void Write(string value) => shell.With($$"""
        --- origin/strata.yaml
        version: 1
        layers:
          os:
            types:
              base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: host, install: [bash]}, playbooks: [play.yaml]}
        --- origin/play.yaml
        - hosts: all
          tasks:
            - command: echo {{value}}
        """);
}
