using System.Collections.Frozen;
using Strata.Text;

namespace Strata.Layers;

/// <summary>
/// Variables of `ansible: environment:` that say by which way something is fetched, and not what: no inputs of an image. Source: curl(1),
/// "ENVIRONMENT".
/// </summary>
public static class ProxyVariables
{
    private static readonly FrozenSet<string> Names =
        new[] { "http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a variable is one; capital letters or small ones.</summary>
    public static bool Contains(string name) => Names.Contains(name);

    /// <summary>Those that a target declares, as written.</summary>
    public static IEnumerable<(string Name, Located<string> Value)> Of(Target target) => target.Ansible.Environment.Where(v => Contains(v.Name));

    /// <summary>A proxy's address without the login that may stand in it.</summary>
    public static string WithoutLogin(string value) => LoginIn(value) is var (start, end) ? value.Remove(start, end + 1 - start) : value;

    /// <summary>The password in a proxy's address, or a lone user, which is a token; null where there is none.</summary>
    public static string? SecretIn(string value)
    {
        if (LoginIn(value) is not var (start, end)) return null;
        var login = value[start..end];
        return login[(login.IndexOf(':', StringComparison.Ordinal) + 1)..] is { Length: > 0 } secret ? secret : null;
    }

    /// <summary>Where `USER:PASSWORD` stands; the `@` is at the end.</summary>
    private static (int Start, int End)? LoginIn(string value)
    {
        var start = value.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0;
        var authority = value.AsSpan(start);
        if (authority.IndexOfAny('/', '?', '#') is var end and >= 0) authority = authority[..end];
        return authority.LastIndexOf('@') is var at and >= 0 ? (start, start + at) : null;
    }
}
