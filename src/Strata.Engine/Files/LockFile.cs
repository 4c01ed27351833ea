using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Strata.Engine.Files;

/// <summary>A file that this process holds by `flock`, until disposed or until the process ends.</summary>
internal sealed class LockFile : IDisposable
{
    private readonly SafeFileHandle file;

    private LockFile(SafeFileHandle file) => this.file = file;

    /// <summary>Takes the lock if it is free; null when somebody has it.</summary>
    public static LockFile? TryTake(string path)
    {
        var opened = Open(path);
        if (Lock(opened, path, Native.LockExclusive | Native.LockWithoutWaiting)) return new(opened);
        opened.Dispose();
        return null;
    }

    /// <summary>Takes the lock, waiting for whoever has it. For locks that are held for moments.</summary>
    public static LockFile Take(string path)
    {
        var opened = Open(path);
        Lock(opened, path, Native.LockExclusive);
        return new(opened);
    }

    /// <summary>Takes the lock, waiting for whoever has it.</summary>
    public static async Task<LockFile> TakeAsync(string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (TryTake(path) is { } free) return free;

        // A thread waits in flock, which nothing interrupts: when cancelled it is left to itself and gives back what it gets.
        var waiting = new TaskCompletionSource<LockFile>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Wait(path, waiting)) { IsBackground = true, Name = "lock " + path }.Start();
        await using var registration = cancellation.Register(() => waiting.TrySetCanceled(cancellation));
        return await waiting.Task;
    }

    /// <summary>
    /// Gives the lock back. By name and not by closing the file alone: a program that is being started at this moment has the file open,
    /// too, until it becomes another.
    /// </summary>
    public void Dispose()
    {
        if (!file.IsClosed) Native.Lock((int)file.DangerousGetHandle(), Native.LockRelease);
        file.Dispose();
    }

    private static void Wait(string path, TaskCompletionSource<LockFile> waiting)
    {
        try
        {
            var taken = Take(path);
            if (!waiting.TrySetResult(taken)) taken.Dispose();
        }
        catch (IOException failure)
        {
            waiting.TrySetException(failure);
        }
    }

    /// <summary>Not by <see cref="File.OpenHandle"/>, which takes a shared flock of its own.</summary>
    private static SafeFileHandle Open(string path) => new(Native.OpenOrCreate(path), ownsHandle: true);

    /// <summary>Whether the lock is ours; false only when it was not to be waited for.</summary>
    private static bool Lock(SafeFileHandle file, string path, int operation)
    {
        while (Native.Lock((int)file.DangerousGetHandle(), operation) < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == Native.WouldBlock) return false;
            if (error != Native.Interrupted) throw new IOException($"cannot lock {path}: {Marshal.GetPInvokeErrorMessage(error)}");
        }

        return true;
    }
}
