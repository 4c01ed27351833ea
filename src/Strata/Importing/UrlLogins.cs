using Strata.Layers;
using Strata.Text;

namespace Strata.Importing;

/// <summary>Logins that stand in URLs of other programs' configurations: kept out of what is shown, and never written.</summary>
internal static class UrlLogins
{
    private const string Mask = "***";

    /// <summary>Hides every login in a URL of a file from all messages: they quote lines, whatever they are about.</summary>
    public static void Hide(SourceFile file, Faults faults)
    {
        foreach (var login in In(file.Content)) faults.Hide(new(file, login));
    }

    /// <summary>Hides a login in a value, which may be an address without a scheme.</summary>
    public static void Hide(Located<string> value, Faults faults)
    {
        if (!EndsInDigest(value.Value)) UrlReading.HideSecret(value, faults);
    }

    /// <summary>Says of a value that is written nowhere that there is a login in it; false where there is none.</summary>
    public static bool Refuse(Located<string> value, string subject, string hint, Faults faults) => UrlReading.RefuseSecret(value, subject, hint, faults);

    /// <summary>A text as it may be shown.</summary>
    public static string Masked(string text)
    {
        foreach (var login in In(text).AsEnumerable().Reverse()) text = text[..login.Start] + Mask + text[(login.Start + login.Length)..];
        return !text.Contains("://", StringComparison.Ordinal) && UrlReading.HasSecret(text) && !EndsInDigest(text) ? Mask + text[text.LastIndexOf('@')..] : text;
    }

    /// <summary>An address without a login.</summary>
    public static string Without(string address)
    {
        foreach (var login in In(address).AsEnumerable().Reverse()) address = address.Remove(login.Start, login.Length + 1);
        return address;
    }

    private static List<Span> In(string text)
    {
        var logins = new List<Span>();
        for (var at = text.IndexOf("://", StringComparison.Ordinal); at >= 0; at = text.IndexOf("://", at + 3, StringComparison.Ordinal))
        {
            var (from, to) = (at, at + 3);
            while (from > 0 && char.IsAsciiLetter(text[from - 1])) from--;
            while (to < text.Length && !char.IsWhiteSpace(text[to]) && text[to] is not ('/' or '"' or '\'' or '?' or '#')) to++;
            var length = text.AsSpan((at + 3)..to).LastIndexOf('@');
            if (length >= 0 && UrlReading.HasSecret(text[from..to])) logins.Add(Span.Between(at + 3, at + 3 + length));
        }

        return logins;
    }

    /// <summary>`NAME:TAG@sha256:…` looks like a login and is none.</summary>
    private static bool EndsInDigest(string text) => text[(text.LastIndexOf('@') + 1)..].StartsWith("sha256:", StringComparison.Ordinal);
}
