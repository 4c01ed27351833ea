using System.Globalization;
using System.Text.RegularExpressions;

namespace Strata.Engine.Publishing;

/// <summary>What a registry's refusal means.</summary>
internal enum RegistryAnswer
{
    /// <summary>What was asked for is not there.</summary>
    Missing,

    /// <summary>The credentials are missing, wrong, or not enough.</summary>
    Refused,

    /// <summary>The registry speaks plain HTTP, and TLS was expected.</summary>
    PlainHttp,

    /// <summary>Nobody who is trusted vouches for the registry's certificate.</summary>
    Certificate,

    /// <summary>It may pass: the connection was cut, the registry is overloaded or restarts.</summary>
    Passing,

    /// <summary>Anything else: it will not pass by itself.</summary>
    Other,
}

/// <summary>
/// Reads what skopeo says of a registry's answer. skopeo ends with 1 whatever happened, so that its words are all there is; they are
/// those of the library containers/image 5.21 to 5.36, which has them from the status code or from the code of the distribution
/// specification (`MANIFEST_UNKNOWN`, …). What is not known is <see cref="RegistryAnswer.Other"/> and is not tried again.
/// </summary>
internal static partial class RegistryAnswers
{
    private static readonly (string Words, RegistryAnswer Answer)[] Known =
    [
        ("manifest unknown", RegistryAnswer.Missing),
        ("name unknown", RegistryAnswer.Missing),
        ("repository name not known", RegistryAnswer.Missing),
        ("gave http response to https client", RegistryAnswer.PlainHttp),
        ("x509:", RegistryAnswer.Certificate),
        ("tls: failed to verify", RegistryAnswer.Certificate),
        ("unauthorized", RegistryAnswer.Refused),
        ("authentication required", RegistryAnswer.Refused),
        ("invalid username/password", RegistryAnswer.Refused),
        ("access to the resource is denied", RegistryAnswer.Refused),
        ("denied:", RegistryAnswer.Refused),
        ("toomanyrequests", RegistryAnswer.Passing),
        ("too many requests", RegistryAnswer.Passing),
        ("connection refused", RegistryAnswer.Passing),
        ("connection reset", RegistryAnswer.Passing),
        ("broken pipe", RegistryAnswer.Passing),
        ("closed network connection", RegistryAnswer.Passing),
        ("server closed idle connection", RegistryAnswer.Passing),
        ("i/o timeout", RegistryAnswer.Passing),
        ("handshake timeout", RegistryAnswer.Passing),
        ("deadline exceeded", RegistryAnswer.Passing),
        ("temporary failure in name resolution", RegistryAnswer.Passing),
        ("service unavailable", RegistryAnswer.Passing),
        ("internal server error", RegistryAnswer.Passing),
        ("bad gateway", RegistryAnswer.Passing),
        ("gateway timeout", RegistryAnswer.Passing),
    ];

    /// <summary>What the last lines of skopeo mean. Names of images in them, which could be any words, are left out of it.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="names">The references that the command named.</param>
    public static RegistryAnswer Of(IEnumerable<string> lines, IEnumerable<string> names)
    {
        var text = string.Join('\n', lines);
        foreach (var name in names.SelectMany(Parts).OrderByDescending(n => n.Length)) text = text.Replace(name, "", StringComparison.Ordinal);
        if (Status().Match(text) is { Success: true } status && OfStatus(int.Parse(status.Groups["code"].ValueSpan, CultureInfo.InvariantCulture)) is { } answer) return answer;
        foreach (var (words, known) in Known)
        {
            if (text.Contains(words, StringComparison.OrdinalIgnoreCase)) return known;
        }

        // Go's word for a connection that ended early. Names of images have no capital letters.
        return text.Contains("EOF", StringComparison.Ordinal) ? RegistryAnswer.Passing : RegistryAnswer.Other;
    }

    /// <summary>`unexpected HTTP status: 500`, `status code from registry 404`, `StatusCode: 503`, `status 429`.</summary>
    [GeneratedRegex(@"status(?:[ ]?code)?(?:[ ]from[ ]registry)?:?[ ](?:code[ ])?(?<code>[1-5]\d\d)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Status();

    private static RegistryAnswer? OfStatus(int status) => status switch
    {
        404 => RegistryAnswer.Missing,
        401 or 403 => RegistryAnswer.Refused,
        408 or 425 or 429 or >= 500 => RegistryAnswer.Passing,
        _ => null,
    };

    /// <summary>A reference, and its repository as messages and URLs have it: with the registry, and without.</summary>
    private static IEnumerable<string> Parts(string reference)
    {
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        var colon = reference.LastIndexOf(':');
        var repository = at >= 0 ? reference[..at] : colon > reference.LastIndexOf('/') ? reference[..colon] : reference;
        yield return reference;
        yield return repository;
        var path = repository[(repository.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (path.Contains('/', StringComparison.Ordinal)) yield return path;
    }
}
