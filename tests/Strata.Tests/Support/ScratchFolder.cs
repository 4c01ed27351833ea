namespace Strata.Tests.Support;

/// <summary>An empty folder for one test, gone with it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("strata-test-").FullName;

    /// <summary>A path in the folder.</summary>
    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public string Write(string relative, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[relative])!);
        File.WriteAllText(this[relative], content);
        return this[relative];
    }

    /// <summary>By `rm`, since .NET does not delete names that are no UTF-8.</summary>
    public void Dispose() => RealPrograms.TextOf(new(RealPrograms.Host.Require("rm"), ["-rf", "--", Path])).GetAwaiter().GetResult();
}
