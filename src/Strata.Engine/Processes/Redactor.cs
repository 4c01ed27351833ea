using System.Buffers;
using System.Collections.Concurrent;

namespace Strata.Engine.Processes;

/// <summary>
/// Replaces declared secrets by `***` in whatever is shown or logged: lines of programs, messages, commands. Safe to
/// use from several threads.
/// </summary>
public sealed class Redactor
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mask = "***";

    /// <summary>Shorter texts are no secrets worth hiding: masking every `a` would make a log unreadable.</summary>
    private const int ShortestSecret = 4;

    private static readonly SearchValues<char> AuthorityEnds = SearchValues.Create("/?# \t\n\"'");

    private readonly ConcurrentDictionary<string, bool> secrets = new(StringComparer.Ordinal);
    private volatile string[] longestFirst = [];

    /// <summary>Declares a secret, and with it each of its lines and its percent-encoded and decoded forms.</summary>
    public void Declare(string secret)
    {
        foreach (var form in Forms(secret).Where(f => f.Length >= ShortestSecret)) secrets.TryAdd(form, true);
        longestFirst = [.. secrets.Keys.OrderByDescending(s => s.Length).ThenBy(s => s, StringComparer.Ordinal)];
    }

    /// <summary>Declares the password in a URL such as `https://user:password@host/`, if there is one.</summary>
    public void DeclareUrl(string url)
    {
        if (PasswordOf(url) is { } password) Declare(password);
    }

    /// <summary>The text with every declared secret masked, and with any password in a URL masked.</summary>
    public string Redact(string text)
    {
        foreach (var secret in longestFirst) text = text.Replace(secret, Mask, StringComparison.Ordinal);
        return RedactUrls(text);
    }

    /// <summary>A text with the passwords of the URLs in it masked: `https://user:***@host/`.</summary>
    public static string RedactUrls(string text)
    {
        for (var at = text.IndexOf("://", StringComparison.Ordinal); at >= 0; at = text.IndexOf("://", at + 3, StringComparison.Ordinal))
        {
            if (Password(text, at + 3) is var (start, end)) text = text[..start] + Mask + text[end..];
        }

        return text;
    }

    private static string? PasswordOf(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        return scheme >= 0 && Password(url, scheme + 3) is var (start, end) ? url[start..end] : null;
    }

    /// <summary>
    /// Where the password stands in the `user:password@` that begins at an index. A lone user of http is a token; of
    /// other schemes (`ssh://git@host`) it is a name.
    /// </summary>
    private static (int Start, int End)? Password(string text, int start)
    {
        var end = text.AsSpan(start).IndexOfAny(AuthorityEnds) is var length and >= 0 ? start + length : text.Length;
        var at = text.LastIndexOf('@', end - 1, end - start);
        if (at < 0) return null;
        var colon = text.IndexOf(':', start, at - start);
        if (colon >= 0) return colon + 1 == at ? null : (colon + 1, at);
        return IsHttp(text, start) && at > start ? (start, at) : null;
    }

    private static bool IsHttp(string text, int start) =>
        text.AsSpan(0, start).EndsWith("http://", StringComparison.OrdinalIgnoreCase)
        || text.AsSpan(0, start).EndsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Forms(string secret)
    {
        var lines = secret.Split('\n').Select(l => l.TrimEnd('\r'));
        return lines.SelectMany(l => new[] { l, Uri.EscapeDataString(l), Uri.UnescapeDataString(l) }).Append(secret);
    }
}
