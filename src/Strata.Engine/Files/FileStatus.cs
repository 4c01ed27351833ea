using System.Runtime.InteropServices;
using Strata.Text;

namespace Strata.Engine.Files;

/// <summary>What the kernel says of a name itself, links followed only where that is asked for: statx(2), for names of any bytes.</summary>
/// <param name="Type">The bits of the mode that say the type (`S_IFMT`).</param>
/// <param name="Mode">The permission bits, with those above them.</param>
/// <param name="User">The owner.</param>
/// <param name="Group">The group.</param>
/// <param name="SizeBytes">The size.</param>
/// <param name="Device">A device's numbers: `MAJOR:MINOR`.</param>
internal readonly partial record struct FileStatus(uint Type, uint Mode, uint User, uint Group, long SizeBytes, string Device)
{
    public const uint RegularFile = 0x8000;
    public const uint Folder = 0x4000;
    public const uint Link = 0xA000;
    public const uint CharacterDevice = 0x2000;
    public const uint BlockDevice = 0x6000;
    public const uint Pipe = 0x1000;

    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicFields = 0x7ff;
    private const uint TypeMask = 0xF000;

    /// <summary>The status of a path; null where nothing is there or it cannot be told.</summary>
    /// <param name="path">The path.</param>
    /// <param name="followsLinks">Whether a link stands for what it leads to.</param>
    public static FileStatus? TryRead(string path, bool followsLinks = false)
    {
        Span<byte> answer = stackalloc byte[256];
        if (StatX(CurrentFolder, [.. NameBytes.Encode(path), 0], followsLinks ? 0 : NoFollow, BasicFields, ref MemoryMarshal.GetReference(answer)) != 0) return null;
        var mode = BitConverter.ToUInt16(answer[28..]);
        return new(
            mode & TypeMask, mode & ~TypeMask, BitConverter.ToUInt32(answer[20..]), BitConverter.ToUInt32(answer[24..]), BitConverter.ToInt64(answer[40..]),
            string.Create(null, $"{BitConverter.ToUInt32(answer[128..])}:{BitConverter.ToUInt32(answer[132..])}"));
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int StatX(int folder, byte[] path, int flags, uint mask, ref byte answer);
}
