using System.Collections.Concurrent;

namespace Strata.SystemTests.Support;

/// <summary>The command lines that anyone on the machine could see while something ran.</summary>
internal sealed class CommandLines
{
    private readonly ConcurrentDictionary<string, bool> seen = new(StringComparer.Ordinal);

    /// <summary>What was seen.</summary>
    public IEnumerable<string> Seen => seen.Keys;

    /// <summary>Looks at every program, again and again, until a task has ended.</summary>
    public async Task<T> WatchAsync<T>(Task<T> task)
    {
        await Task.Run(() =>
        {
            while (!task.IsCompleted) Look();
        });
        return await task;
    }

    private void Look()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(f => char.IsAsciiDigit(f[^1])))
        {
            try
            {
                seen.TryAdd(File.ReadAllText(folder + "/cmdline").Replace('\0', ' '), true);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile.
            }
        }
    }
}
