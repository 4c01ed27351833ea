using System.Collections.Immutable;
using Strata.Engine.Building;
using Strata.Engine.Building.Packages;
using Strata.Engine.Execution;
using Strata.Tests.Support;

namespace Strata.Tests.Building;

/// <summary>Small files of package repositories, by the real curl.</summary>
public sealed class DownloadTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task A_file_is_there_or_it_is_not_whatever_is_in_it()
    {
        scratch.Write("repomd.xml.asc", "404");
        scratch.Write("empty", "");
        Assert.True(await ExistsAsync($"file://{scratch.Path}/repomd.xml.asc"));
        Assert.True(await ExistsAsync($"file://{scratch.Path}/empty"));
        Assert.False(await ExistsAsync($"file://{scratch.Path}/none"));
    }

    [Fact]
    public async Task A_server_that_answers_without_end_is_cut_off_when_it_is_only_asked_whether_a_file_is_there()
    {
        using var server = LoopbackServer.WithoutEnd();
        var failure = await Assert.ThrowsAsync<BuildFailedException>(() => ExistsAsync(server.Url + "/repomd.xml.asc"));
        Assert.Equal($"a file of the repository `base`, {server.Url}/repomd.xml.asc, is larger than 1 MiB", failure.Message);
        Assert.Equal("correct the URL, or see what the server answers there", failure.Hint);
    }

    private Task<bool> ExistsAsync(string url)
    {
        var machine = new LocalMachine
        {
            Runner = RealPrograms.Runner(),
            Tools = RealPrograms.Host,
            Redactor = new(),
            Environment = RealPrograms.BareEnvironment,
            StrataPath = RealPrograms.Strata,
            StrataVersion = "0",
            StateFolder = scratch.Path,
        };
        var access = new RepositoryAccess(RepositoryLogins.None, ImmutableSortedDictionary<string, string>.Empty);
        return new Download(DownloadPlace.Of(machine, scratch.Path), access).ExistsAsync(url, "the repository `base`", TestContext.Current.CancellationToken);
    }
}
