using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Strata.Images;

/// <summary>
/// What `security.capability` of a file says, in the words of `getcap -n`. Source: linux/capability.h (`struct vfs_ns_cap_data`), and
/// `cap_to_text` of libcap 2.66.
/// </summary>
internal static class FileCapabilities
{
    private const int Effective = 1;
    private const int Permitted = 2;
    private const int Inheritable = 4;

    /// <summary>By number; one that is newer than these has its number for a name.</summary>
    private static readonly ImmutableArray<string> Names =
    [
        "cap_chown", "cap_dac_override", "cap_dac_read_search", "cap_fowner", "cap_fsetid", "cap_kill", "cap_setgid", "cap_setuid", "cap_setpcap",
        "cap_linux_immutable", "cap_net_bind_service", "cap_net_broadcast", "cap_net_admin", "cap_net_raw", "cap_ipc_lock", "cap_ipc_owner", "cap_sys_module",
        "cap_sys_rawio", "cap_sys_chroot", "cap_sys_ptrace", "cap_sys_pacct", "cap_sys_admin", "cap_sys_boot", "cap_sys_nice", "cap_sys_resource", "cap_sys_time",
        "cap_sys_tty_config", "cap_mknod", "cap_lease", "cap_audit_write", "cap_audit_control", "cap_setfcap", "cap_mac_override", "cap_mac_admin", "cap_syslog",
        "cap_wake_alarm", "cap_block_suspend", "cap_audit_read", "cap_perfmon", "cap_bpf", "cap_checkpoint_restore",
    ];

    /// <summary>`cap_net_raw=ep`; null where the bytes are of no revision that is known.</summary>
    public static string? Words(ReadOnlySpan<byte> value)
    {
        const int oneWord = 1, twoWords = 2, withRoot = 3;
        if (value.Length < 4) return null;
        var head = BinaryPrimitives.ReadUInt32LittleEndian(value);
        return (head >> 24, value.Length) switch
        {
            (oneWord, 12) => Words(head, Bits(value[4..], 0), 0),
            (twoWords, 20) => Words(head, Bits(value[4..], 8), 0),
            (withRoot, 24) => Words(head, Bits(value[4..], 8), BinaryPrimitives.ReadUInt32LittleEndian(value[20..])),
            _ => null,
        };
    }

    /// <summary>Permitted and inheritable, one bit a capability; the upper 32 of each stand <paramref name="upper"/> bytes further on.</summary>
    private static (ulong Permitted, ulong Inheritable) Bits(ReadOnlySpan<byte> words, int upper)
    {
        ulong permitted = BinaryPrimitives.ReadUInt32LittleEndian(words), inheritable = BinaryPrimitives.ReadUInt32LittleEndian(words[4..]);
        if (upper == 0) return (permitted, inheritable);
        return (permitted | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(words[upper..]) << 32), inheritable | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(words[(upper + 4)..]) << 32));
    }

    /// <summary>The flags that most capabilities have come first, and for those that have others how they differ from it.</summary>
    private static string Words(uint head, (ulong Permitted, ulong Inheritable) bits, uint root)
    {
        var count = Math.Max(Names.Length, 64 - BitOperations.LeadingZeroCount(bits.Permitted | bits.Inheritable));
        var flags = Enumerable.Range(0, count).Select(FlagsOf).ToList();
        var usual = Enumerable.Range(0, 8).OrderByDescending(f => flags.Count(other => other == f)).ThenBy(f => f).First();
        var text = new StringBuilder(usual == 0 ? "" : "=" + Letters(usual));
        foreach (var other in Enumerable.Range(0, 8).Reverse().Where(f => f != usual && flags.Contains(f)))
        {
            var isFirst = text.Length == 0;
            if (!isFirst) text.Append(' ');
            text.AppendJoin(',', from number in Enumerable.Range(0, flags.Count) where flags[number] == other select Name(number));
            if ((other & ~usual) is > 0 and var more) text.Append(isFirst ? '=' : '+').Append(Letters(more));
            if ((usual & ~other) is > 0 and var fewer) text.Append('-').Append(Letters(fewer));
        }

        if (text.Length == 0) text.Append('=');
        return (root == 0 ? text : text.Append(CultureInfo.InvariantCulture, $" [rootid={root}]")).ToString();

        int FlagsOf(int number)
        {
            var (isPermitted, isInheritable) = (((bits.Permitted >> number) & 1) != 0, ((bits.Inheritable >> number) & 1) != 0);
            var isEffective = (head & 1) != 0 && (isPermitted || isInheritable);
            return (isEffective ? Effective : 0) | (isPermitted ? Permitted : 0) | (isInheritable ? Inheritable : 0);
        }
    }

    private static string Name(int number) => number < Names.Length ? Names[number] : number.ToString(CultureInfo.InvariantCulture);

    private static string Letters(int flags) =>
        ((flags & Effective) != 0 ? "e" : "") + ((flags & Inheritable) != 0 ? "i" : "") + ((flags & Permitted) != 0 ? "p" : "");
}
