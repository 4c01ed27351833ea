using Strata.Tests.Support;

namespace Strata.Tests.Cli;

public sealed class GraphCommandTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("strata.yaml")]
    [InlineData("./x/../strata.yaml")]
    [InlineData("link.yaml")]
    public void The_picture_is_not_written_over_the_layer_file(string output)
    {
        shell.Run("init");
        File.CreateSymbolicLink(Path.Combine(shell.Folder, "link.yaml"), Path.Combine(shell.Folder, "strata.yaml"));
        var before = shell.Read("strata.yaml");
        var ran = shell.Run("graph", "--output", output);
        Assert.Equal(
            (2, "", $"error: `--output` is `{output}`, the layer file itself\nhint: name another file, as in `--output layers.svg`\n"), (ran.Code, ran.Out, ran.Err));
        Assert.Equal(before, shell.Read("strata.yaml"));
    }

    [Fact]
    public void Another_file_is_written()
    {
        shell.Run("init");
        Assert.Equal((0, "", ""), shell.Run("graph", "--format", "dot", "--output", "layers.dot") is var ran ? (ran.Code, ran.Out, ran.Err) : default);
        Assert.StartsWith("digraph", shell.Read("layers.dot"), StringComparison.Ordinal);
    }
}
