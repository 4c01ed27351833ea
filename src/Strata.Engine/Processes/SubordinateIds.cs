using System.Globalization;

namespace Strata.Engine.Processes;

/// <summary>The ids that an ordinary user may give to the users of an image.</summary>
public static class SubordinateIds
{
    /// <summary>How many a file such as `/etc/subuid` grants to a user.</summary>
    /// <param name="file">Absolute path; it need not exist.</param>
    /// <param name="user">The user's name.</param>
    /// <param name="id">The user's id, which may stand in place of the name.</param>
    public static long Granted(string file, string user, string id) => !File.Exists(file)
        ? 0
        : File.ReadLines(file).Select(l => l.Split(':')).Where(f => f.Length == 3 && (f[0] == user || f[0] == id)).Sum(f => Number(f[2]));

    /// <summary>How many a namespace has, by its `uid_map` or `gid_map`: first id inside, first outside, how many (user_namespaces(7)).</summary>
    public static long Mapped(string file) =>
        File.ReadLines(file).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(f => f.Length == 3).Sum(f => Number(f[2]));

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
