using Strata.Engine.Files;
using Strata.Tests.Support;

namespace Strata.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_device_is_written_to_and_stays_one()
    {
        await AtomicFile.WriteAsync("/dev/null", new byte[] { 1 }, TestContext.Current.CancellationToken);
        Assert.Equal(0, new FileInfo("/dev/null").Length);
        Assert.False(Directory.EnumerateFiles("/dev", ".null.*").Any());
    }

    [Fact]
    public void A_file_gets_its_name_when_it_is_complete()
    {
        folder.Write("out/image", "old");
        using (var file = new AtomicFile(folder["out/image"], "0123456789ab"))
        {
            File.WriteAllText(file.PartialPath, "new");
            Assert.Equal("old", File.ReadAllText(folder["out/image"]));
            Assert.Equal([folder["out/.image.0123456789ab.partial"]], AtomicFile.Leftovers(folder["out"], "0123456789ab"));
            Assert.Empty(AtomicFile.Leftovers(folder["out"], "ba9876543210"));
            file.Complete();
        }

        Assert.Equal("new", File.ReadAllText(folder["out/image"]));
        Assert.Single(Directory.GetFiles(folder["out"]));
    }

    [Fact]
    public void What_is_not_complete_is_removed()
    {
        using (var file = new AtomicFile(folder["image"], "0123456789ab")) File.WriteAllText(file.PartialPath, "half");
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_whole_file_is_written_at_once()
    {
        await AtomicFile.WriteAsync(folder["a/b.json"], "{}"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal(["b.json"], Directory.GetFiles(folder["a"]).Select(Path.GetFileName));
        Assert.Equal("{}", await File.ReadAllTextAsync(folder["a/b.json"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Completing_what_was_never_written_fails()
    {
        using var file = new AtomicFile(folder["image"], "0123456789ab");
        Assert.Equal($"cannot open {file.PartialPath}: No such file or directory", Assert.Throws<IOException>(file.Complete).Message);
    }
}
