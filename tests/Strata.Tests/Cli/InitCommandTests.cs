using Strata.Tests.Support;

namespace Strata.Tests.Cli;

public sealed class InitCommandTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public void It_writes_the_smallest_example_to_the_byte()
    {
        var ran = shell.Run("init", "new");
        Assert.Equal((0, ""), (ran.Code, ran.Out));
        var example = Repository.Path("examples/minimal");
        var expected = Directory.EnumerateFiles(example, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(example, f))
            .Where(f => f != "README.md" && !f.StartsWith("expected/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToList();
        Assert.Contains("strata.yaml", expected);
        Assert.Equal(expected.Select(f => "new/" + f), shell.Files());
        Assert.All(expected, f => Assert.Equal(File.ReadAllBytes(Path.Combine(example, f)), File.ReadAllBytes(Path.Combine(shell.Folder, "new", f))));
    }

    [Fact]
    public void It_says_what_was_written_and_what_comes_next()
    {
        var lines = shell.Run("init", "new").Err.Split('\n');
        Assert.Contains("wrote new/strata.yaml", lines);
        Assert.Equal(
            ["Next:", "  cd new", "  git init            Strata reads what git sees", "  strata targets      what is built, and from what", "  strata check        whether everything fits together", ""],
            lines[Array.IndexOf(lines, "Next:")..]);
    }

    [Fact]
    public void Nothing_is_overwritten_and_nothing_else_written()
    {
        shell.With("--- strata.yaml\nmine\n--- site.yml\nmine too\n");
        var ran = shell.Run("init");
        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Expected.Text("""
            error: nothing was written, because `site.yml` and `strata.yaml` are there already
            hint: `strata init FOLDER` writes into another folder
            """, ran.Err);
        Assert.Equal(["site.yml", "strata.yaml"], shell.Files());
        Assert.Equal("mine\n", shell.Read("strata.yaml"));
    }

    [Fact]
    public void A_file_is_no_folder_to_write_into() =>
        Assert.Equal("error: `FOLDER/file` is a file, and a folder is needed\n", shell.With("--- file\nx\n").Run("init", "file").Err.Replace(shell.Folder, "FOLDER", StringComparison.Ordinal));

    [Fact]
    public void What_it_wrote_is_read_back_without_a_fault()
    {
        shell.Run("init");
        var ran = shell.Run("targets");
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        Assert.StartsWith("TARGET", ran.Out, StringComparison.Ordinal);
    }
}
