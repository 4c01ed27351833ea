using Strata.Tests.Support;

namespace Strata.Tests.Cli;

/// <summary>Files that are named and have no content of their own: pipes that nobody writes to, devices without end. Nothing waits for them or reads on.</summary>
public sealed class SpecialFileTests : IDisposable
{
    private const string Hint = "hint: name an ordinary file; what a program writes goes into one first\n";

    private readonly Shell shell = new();

    public SpecialFileTests()
    {
        RealPrograms.TextOf(new(RealPrograms.Host.Require("mkfifo"), [Path.Combine(shell.Folder, "pipe.yaml")])).GetAwaiter().GetResult();
        File.CreateSymbolicLink(Path.Combine(shell.Folder, "endless.yaml"), "/dev/zero");
        shell.With("--- site/strata.yaml\nversion: 1\nlayers: {os: {types: {base: {from: scratch, commands: [one]}}}}\n--- real.yaml\n");
        File.CreateSymbolicLink(Path.Combine(shell.Folder, "link.yaml"), "site/strata.yaml");
    }

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("targets")]
    [InlineData("check")]
    public void A_layer_file_that_is_a_pipe_or_a_device_is_refused(string command)
    {
        Assert.StartsWith($"error[special-file]: this is a named pipe, and no ordinary file\n  --> pipe.yaml\n{Hint}", Refused(command, "--file", "pipe.yaml"), StringComparison.Ordinal);
        Assert.StartsWith($"error[special-file]: this is a device, and no ordinary file\n  --> endless.yaml\n{Hint}", Refused(command, "--file", "endless.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_a_layer_file_is_followed() => Assert.Equal(0, shell.Run("targets", "--file", "link.yaml").Code);

    [Fact]
    public void A_layer_file_that_is_too_large_is_not_read_and_its_size_is_said()
    {
        using (var file = File.Create(Path.Combine(shell.Folder, "large.yaml"))) file.SetLength(5L << 30);
        Assert.StartsWith("error[file-too-large]: the file has 5120 MiB; at most 1 MiB are read\n  --> large.yaml\n", Refused("targets", "--file", "large.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_a_configuration_and_a_kept_pipeline_are_refused_alike()
    {
        Assert.Contains("[special-file]: this is a named pipe", Refused("import", "pipe.yaml"), StringComparison.Ordinal);
        shell.Commit("site", "first");
        Assert.Contains("[special-file]: this is a device", shell.RunIn("site", "report", "--from", "HEAD", "--without-images", "--record", "../endless.yaml").Err, StringComparison.Ordinal);
        Assert.Contains("[special-file]: this is a device", shell.RunIn("site", "pipeline", "gitlab", "--static", "--check", "../endless.yaml").Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pipe.yaml")]
    [InlineData("endless.yaml")]
    public void Tab_neither_waits_nor_says_anything(string file)
    {
        var ran = shell.Run("complete", "zsh", "targets", "--file", file, "");
        Assert.Equal((0, ""), (ran.Code, ran.Err));
    }

    private string Refused(params string[] arguments)
    {
        var ran = shell.Run(arguments);
        Assert.Equal(2, ran.Code);
        return ran.Out + ran.Err;
    }
}
