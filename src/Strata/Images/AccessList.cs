using System.Buffers.Binary;
using System.Globalization;

namespace Strata.Images;

/// <summary>
/// What `system.posix_acl_access` and `system.posix_acl_default` say, in the short words that `setfacl` takes. Source:
/// linux/posix_acl_xattr.h.
/// </summary>
internal static class AccessList
{
    private const uint Version = 2;
    private const int EntryBytes = 8;

    /// <summary>`u::rw-,u:1000:r--,g::r--,m::r--,o::r--`, owners by number; null where the bytes are no list.</summary>
    public static string? Words(ReadOnlySpan<byte> value)
    {
        if (value.Length % EntryBytes != 4 || BinaryPrimitives.ReadUInt32LittleEndian(value) != Version) return null;
        var words = new List<string>();
        for (var entry = value[4..]; !entry.IsEmpty; entry = entry[EntryBytes..])
        {
            var number = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]).ToString(CultureInfo.InvariantCulture);
            var whose = BinaryPrimitives.ReadUInt16LittleEndian(entry) switch { 1 => "u:", 2 => "u:" + number, 4 => "g:", 8 => "g:" + number, 16 => "m:", 32 => "o:", _ => null };
            if (whose is null) return null;
            var rights = BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]);
            words.Add($"{whose}:{((rights & 4) != 0 ? 'r' : '-')}{((rights & 2) != 0 ? 'w' : '-')}{((rights & 1) != 0 ? 'x' : '-')}");
        }

        return string.Join(',', words);
    }
}
