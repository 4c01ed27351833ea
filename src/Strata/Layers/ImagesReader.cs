using Strata.Text;

namespace Strata.Layers;

/// <summary>Reads `images:`: where images are published, and what their timestamps are clamped to.</summary>
internal static class ImagesReader
{
    /// <summary>The last second of the year 9999.</summary>
    internal const long LastSecond = 253_402_300_799;

    /// <summary>What is said under `images`.</summary>
    public static DeclaredImages Read(Fields file, Faults faults)
    {
        var nothing = DeclaredImages.None;
        if (file.Node("images") is not { } node) return nothing;
        if (Fields.Open(node, KeySet.Images, file.KeyAt("images"), faults) is not { } fields) return nothing;
        var repository = fields.Text("repository");
        var untrusted = fields.Text("untrusted");
        if (fields.Has("untrusted") && !fields.Has("repository"))
            faults.Add(ShapeFaults.MissingKey("repository", "`untrusted`", fields.KeyAt("untrusted"), "say where trusted pipelines publish"));
        else if (fields.Has("plain-http") && !fields.Has("repository"))
            faults.Add(ShapeFaults.MissingKey("repository", "`plain-http`", fields.KeyAt("plain-http"), "say which repository is meant"));
        if (untrusted is { } u && u.Value == repository?.Value)
            faults.Add(NameFaults.BadImageRepository("`untrusted`", u, "it is the trusted one; expected another", null));
        return new(
            repository is { } r ? Repository(r, "`repository`", faults) : null,
            untrusted is { } other ? Repository(other, "`untrusted`", faults) : null,
            fields.Flag("plain-http") is true ? fields.Node("plain-http")!.At : null,
            fields.Number("epoch", 0, LastSecond) ?? 0,
            StoreReader.Read(fields, faults));
    }

    /// <summary>A repository of a registry: a host, with a port where needed, and a path; no scheme, no tag.</summary>
    public static string? Repository(Located<string> repository, string subject, Faults faults)
    {
        if (UrlReading.RefuseSecret(repository, subject, "log in with `buildah login`, or name a file in REGISTRY_AUTH_FILE", faults)) return null;
        if (IsRepository(repository.Value)) return repository.Value;
        var plain = Plain(repository.Value);
        faults.Add(NameFaults.BadImageRepository(
            subject, repository, Reason(repository.Value), plain != repository.Value && IsRepository(plain) ? plain : null));
        return null;
    }

    private static string Reason(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal)) return "no scheme is expected";
        if (text.Any(char.IsAsciiLetterUpper)) return "lower-case letters are expected";
        if (text.LastIndexOf(':') > text.LastIndexOf('/') && text.Contains('/', StringComparison.Ordinal)) return "no tag is expected";
        return "a host, with a port where needed, and a path are expected";
    }

    /// <summary>The text without scheme, tag, trailing slash and capital letters.</summary>
    private static string Plain(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var plain = (scheme < 0 ? text : text[(scheme + 3)..]).TrimEnd('/').ToLowerInvariant();
        var colon = plain.LastIndexOf(':');
        return colon > plain.IndexOf('/', StringComparison.Ordinal) && plain.Contains('/', StringComparison.Ordinal) ? plain[..colon] : plain;
    }

    /// <summary>Whether a text is a repository: a host, with a port where needed, and a path.</summary>
    public static bool IsRepository(string text)
    {
        var parts = text.Split('/');
        return IsHost(parts[0]) && parts.Skip(1).All(IsComponent);
    }

    /// <summary>A host that cannot be mistaken for a path: `localhost`, or a name with a dot or a port.</summary>
    private static bool IsHost(string text)
    {
        var parts = text.Split(':');
        var isName = parts[0].Split('.').All(label => IsComponent(label) && !label.Contains('_', StringComparison.Ordinal));
        var isPort = parts.Length == 2 && parts[1].Length is > 0 and <= 5 && parts[1].All(char.IsAsciiDigit);
        return isName && (parts.Length == 1 ? parts[0] == "localhost" || parts[0].Contains('.', StringComparison.Ordinal) : isPort);
    }

    /// <summary>Lower-case letters and digits, with separators between them, as the distribution specification has it.</summary>
    private static bool IsComponent(string text) =>
        text.Length > 0
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-')
        && char.IsAsciiLetterOrDigit(text[0])
        && char.IsAsciiLetterOrDigit(text[^1])
        && !text.Contains("..", StringComparison.Ordinal)
        && !text.Contains("___", StringComparison.Ordinal);
}
