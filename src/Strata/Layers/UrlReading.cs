using Strata.Text;

namespace Strata.Layers;

/// <summary>Checks URLs, and keeps credentials that stand in one out of every message.</summary>
internal static class UrlReading
{
    private static readonly string[] PackageSchemes = ["https", "http", "file"];
    private static readonly string[] GitSchemes = ["https", "http", "ssh", "git", "file"];

    /// <summary>The URL of a package repository or of its key: `https`, `http` or `file`; variables such as `$basearch` are kept.</summary>
    public static string? Packages(Located<string> url, string subject, Faults faults)
    {
        if (RefuseSecret(url, subject, "name the credentials under `credentials` of the package list", faults)) return null;
        if (IsUrl(url.Value, PackageSchemes)) return url.Value;
        faults.Add(NameFaults.BadUrl(subject, url, Blank(url.Value) ?? "a URL that starts with `https://`, `http://` or `file:///`"));
        return null;
    }

    /// <summary>Where git clones from: a URL, or `USER@HOST:PATH` as ssh has it.</summary>
    public static string? Git(Located<string> url, Faults faults)
    {
        if (RefuseSecret(url, "`url`", "let git's credential helper or a CI variable hold them", faults)) return null;
        if (IsUrl(url.Value, GitSchemes) || IsSshPath(url.Value)) return url.Value;
        var isPath = url.Value[0] is '/' or '.' or '~';
        faults.Add(NameFaults.BadUrl(
            "`url`",
            url,
            "a URL that starts with `https://`, `http://`, `ssh://`, `git://` or `file:///`, or `USER@HOST:PATH`",
            isPath ? "a folder of this machine is named on the command line: `--source NAME=PATH`" : null));
        return null;
    }

    /// <summary>Whether a text is a URL that git clones from.</summary>
    internal static bool IsGitUrl(string text) => IsUrl(text, GitSchemes);

    /// <summary>Whether a text is a URL with one of the schemes.</summary>
    private static bool IsUrl(string text, string[] schemes)
    {
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon < 0 || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))) return false;
        var scheme = text[..colon];
        var rest = text[(colon + 3)..];
        return schemes.Contains(scheme, StringComparer.Ordinal)
            && (scheme == "file" ? rest.StartsWith('/') && rest.Length > 1 : rest.Length > 0 && char.IsAsciiLetterOrDigit(HostOf(rest)[0]));
    }

    /// <summary>What is expected of a URL that has a blank or a control character; null for any other.</summary>
    private static string? Blank(string text) =>
        text.Contains("://", StringComparison.Ordinal) && text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) ? "a URL without blanks" : null;

    private static string HostOf(string afterScheme)
    {
        var host = Authority(afterScheme);
        host = host[(host.LastIndexOf('@') + 1)..];
        return host.Length == 0 ? "/" : host.TrimStart('[') is { Length: > 0 } name ? name : "/";
    }

    private static bool IsSshPath(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return at > 0
            && colon > at + 1
            && colon < text.Length - 1
            && char.IsAsciiLetterOrDigit(text[0])
            && char.IsAsciiLetterOrDigit(text[at + 1])
            && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));
    }

    /// <summary>Whether a text holds credentials; if so, a fault is noted and the text is hidden from all messages.</summary>
    public static bool RefuseSecret(Located<string> url, string subject, string hint, Faults faults)
    {
        if (!HasSecret(url.Value)) return false;
        var secret = SecretSpan(url);
        faults.Hide(secret);
        faults.Add(NameFaults.SecretInUrl(subject, secret, hint));
        return true;
    }

    /// <summary>Hides credentials from all messages where a text holds some.</summary>
    public static void HideSecret(Located<string> url, Faults faults)
    {
        if (HasSecret(url.Value)) faults.Hide(SecretSpan(url));
    }

    /// <summary>A password anywhere before the host, or any user at all in a web address (it is a token there).</summary>
    internal static bool HasSecret(string url)
    {
        var colon = url.IndexOf("://", StringComparison.Ordinal);
        var authority = Authority(colon < 0 ? url : url[(colon + 3)..]);
        var at = authority.LastIndexOf('@');
        if (at < 0) return false;
        return authority[..at].Contains(':', StringComparison.Ordinal) || (colon > 0 && url[..colon] is not ("ssh" or "git" or "file"));
    }

    private static string Authority(string afterScheme)
    {
        var end = afterScheme.IndexOfAny(['/', '?', '#']);
        return end < 0 ? afterScheme : afterScheme[..end];
    }

    /// <summary>The stretch of the text from behind the scheme up to the `@`.</summary>
    private static Location SecretSpan(Located<string> url)
    {
        var (file, span) = (url.At.File, url.At.Span);
        var written = file.Content.Substring(span.Start, span.Length);
        var scheme = written.IndexOf("://", StringComparison.Ordinal);
        var start = scheme >= 0 ? scheme + 3 : written.StartsWith('"') || written.StartsWith('\'') ? 1 : 0;
        var end = written.LastIndexOf('@');
        return end <= start ? url.At : new(file, Span.Between(span.Start + start, span.Start + end));
    }
}
