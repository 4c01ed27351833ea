namespace Strata.SystemTests.Support;

/// <summary>The repositories of a <see cref="RpmWorkshop"/>, made once for all tests of a class, which leave them as they are.</summary>
/// <param name="machine">Runs the tools.</param>
public sealed class RpmRepositories(Machine machine) : IAsyncLifetime
{
    /// <summary>The workshop that has made them.</summary>
    internal RpmWorkshop Workshop { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Workshop = await RpmWorkshop.OpenAsync(machine);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Workshop.DisposeAsync();
}
