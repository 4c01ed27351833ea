using Strata.Tests.Support;

namespace Strata.Tests.Cli;

/// <summary>What ends a command before a registry is asked.</summary>
public sealed class PublishingOptionsTests : IDisposable
{
    private readonly Shell shell = new Shell().With("""
        --- strata.yaml
        version: 1
        layers: {os: {types: {base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}}}}}
        --- registry.yaml
        version: 1
        images: {repository: registry.example.org/hpc}
        layers: {os: {types: {base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}}}}}
        """);

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("plan --push", "`--push` needs a repository, and the layer file names none", "say `images: {repository: registry.example.org/hpc}` in it")]
    [InlineData("promote os/base --tag v1", "`promote` needs a repository, and the layer file names none", "say `images: {repository: registry.example.org/hpc}` in it")]
    [InlineData("plan --untrusted --file registry.yaml", "`--untrusted` needs a repository of its own, and the layer file names none", "say `images: {repository: …, untrusted: registry.example.org/hpc-untrusted}` in it")]
    [InlineData("plan --authfile nowhere", "`--authfile` is `nowhere`: there is no such file", null)]
    [InlineData("plan --cert-dir strata.yaml", "`--cert-dir` is `strata.yaml`: there is no such folder", null)]
    [InlineData("promote os/base", "`--tag` is missing: it says what the image is released as", "`strata promote TARGET --tag TAG`, or `--list` for what was promoted")]
    [InlineData("promote os/base --tag v1/2", "`--tag` is `v1/2`, which is no release tag: letters, digits, `_`, `.` and `-` are expected, no `.` or `-` first", null)]
    [InlineData("promote os/base --tag v1 --list", "`--tag` and `--list` do not go together", "leave one of them out")]
    [InlineData("promote os/base --tag v1 --to https://x", "`--to` is `https://x`; expected a repository as in `registry.example.org/production`", "a host, with a port where needed, and a path; no scheme, no tag, no credentials")]
    [InlineData("promote os/base --tag v1 --expect 1234", "`--expect` is `1234`, and takes `sha256:` and 64 lower-case hex digits", null)]
    [InlineData("promote os/bas --tag v1 --file registry.yaml", "there is no target `os/bas`", "did you mean `os/base`?")]
    public void Wrong_usage_is_said(string line, string message, string? hint)
    {
        var ran = shell.Run(line.Split(' '));
        Assert.Equal((2, "", $"error: {message}\n" + (hint is null ? "" : $"hint: {hint}\n")), (ran.Code, ran.Out, ran.Err));
    }
}
