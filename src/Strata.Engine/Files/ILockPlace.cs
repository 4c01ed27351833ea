namespace Strata.Engine.Files;

/// <summary>Gives out locks by name that hold between the runs of a user.</summary>
public interface ILockPlace
{
    /// <summary>Waits for a lock; disposing, or the end of the process, gives it back.</summary>
    Task<IDisposable> AcquireAsync(string name, CancellationToken cancellation);
}
