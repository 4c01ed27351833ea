using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Strata.Engine.Processes;

/// <summary>Becoming another program: execve(2).</summary>
public static unsafe partial class Exec
{
    /// <summary>
    /// Replaces this process by a program. Signals that .NET ignores are put back first, since ignored ones stay ignored.
    /// Returns only when that fails: why, in words.
    /// </summary>
    /// <param name="program">Absolute path.</param>
    /// <param name="arguments">All arguments, the program's name included.</param>
    /// <param name="environment">The whole environment.</param>
    /// <param name="keptDescriptors">What it finds open besides its three standard files.</param>
    public static string Become(
        string program, ImmutableArray<string> arguments, ImmutableSortedDictionary<string, string> environment, params ReadOnlySpan<int> keptDescriptors)
    {
        Native.SetSignal(Native.SigPipe, 0);
        Native.CloseOnExecAll();
        foreach (var descriptor in keptDescriptors) Native.KeepOpen(descriptor);
        var argumentList = ToNative(arguments);
        var environmentList = ToNative([.. environment.Select(e => $"{e.Key}={e.Value}")]);
        _ = Execute(program, argumentList, environmentList);
        return $"cannot run {program}: {Marshal.GetLastPInvokeErrorMessage()}";
    }

    /// <summary>Makes a file the standard input of this process, and of the program that it becomes.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static void ReadFrom(string path)
    {
        var descriptor = Open(path, 0);
        if (descriptor < 0 || Duplicate(descriptor, 0) < 0) throw Native.Failure($"read {path}");
    }

    /// <summary>A list of texts as C has it. Never freed: the process becomes another one, or ends.</summary>
    private static byte** ToNative(ImmutableArray<string> texts)
    {
        var list = (byte**)NativeMemory.AllocZeroed((nuint)(texts.Length + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Length; i++) list[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        return list;
    }

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string program, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int from, int to);
}
