namespace Strata.SystemTests.Support;

/// <summary>Makes repositories of small packages in a folder of its own, signed by a key of its own.</summary>
/// <param name="machine">Runs the tools.</param>
internal abstract class PackageWorkshop(Machine machine) : IAsyncDisposable
{
    /// <summary>Whose key repositories are signed with.</summary>
    protected const string Signer = "Test packages";

    /// <summary>The folder with the repositories; its path is short, since gpg makes sockets below it.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("strata-pkg-").FullName;

    /// <summary>The public key that the repositories are signed with.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The public key of somebody else.</summary>
    public string OtherKey { get; private set; } = "";

    /// <summary>Runs the tools.</summary>
    protected Machine Machine => machine;

    /// <summary>The signing keys.</summary>
    protected SigningKeys Keys => new(machine, Path.Combine(Folder, "gpg"));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Keys.Folder)) await Keys.EndAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The workshop with its keys and repositories made; nothing is left of one that cannot be.</summary>
    protected static async Task<T> OpenAsync<T>(T workshop)
        where T : PackageWorkshop
    {
        try
        {
            workshop.Key = await workshop.Keys.MakeAsync(Signer);
            workshop.OtherKey = await workshop.Keys.MakeAsync("Somebody else");
            await workshop.MakeAsync();
            return workshop;
        }
        catch
        {
            await workshop.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the repositories.</summary>
    protected abstract Task MakeAsync();
}
