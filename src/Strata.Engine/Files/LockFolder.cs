using System.Security.Cryptography;
using System.Text;

namespace Strata.Engine.Files;

/// <summary>
/// Locks between processes, as files in a folder that `flock` holds: the kernel gives one back when its process ends,
/// however it ends. The files stay; they are empty. On NFS they hold between machines where the server has a lock daemon.
/// </summary>
/// <param name="folder">Absolute path; made when needed.</param>
public sealed class LockFolder(string folder) : ILockPlace
{
    /// <inheritdoc/>
    public async Task<IDisposable> AcquireAsync(string name, CancellationToken cancellation) =>
        await LockFile.TakeAsync(PathOf(name), cancellation);

    /// <summary>Takes a lock if it is free; null when somebody has it.</summary>
    public IDisposable? TryAcquire(string name) => LockFile.TryTake(PathOf(name));

    /// <summary>Names with other characters than a file name's are told apart by their digest.</summary>
    private string PathOf(string name)
    {
        Directory.CreateDirectory(folder);
        var isPlain = name.Length is > 0 and < 200 && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@');
        return Path.Combine(folder, isPlain ? name + ".lock" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))) + ".lock");
    }
}
