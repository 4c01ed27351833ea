using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Strata.Ansible.Inventories;

/// <summary>Host names and addresses with a port: `parsing/utils/addresses.py` of ansible-core 2.14.</summary>
[SuppressMessage("Security", "MA0009", Justification = "No two parts of these patterns can match the same character, so none backtracks more than once over its text.")]
internal static partial class HostAddress
{
    /// <summary>The host, which may hold ranges, and the port; the whole text and no port where it is no address.</summary>
    public static (string Host, BigInteger? Port) Split(string pattern)
    {
        var colon = pattern.LastIndexOf(':');
        if (colon < 0 || colon + 1 == pattern.Length || pattern.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9')) return (pattern, null);
        var (host, port) = (pattern, (BigInteger?)null);
        if (Bracketed().Match(host) is { Success: true } bracketed) (host, port) = (bracketed.Groups["host"].Value, PythonNumber.Integer(bracketed.Groups["port"].Value));
        if (WithPort().Match(host) is { Success: true } plain) (host, port) = (plain.Groups["host"].Value, PythonNumber.Integer(plain.Groups["port"].Value));
        return IsAddress(host) ? (host, port) : (pattern, null);
    }

    /// <summary>`inventory_hostname_short`: an address as a whole, otherwise what stands before the first dot.</summary>
    public static string ShortName(string host)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 || V4().IsMatch(host) || V6().IsMatch(host) ? host : host[..dot];
    }

    private static bool IsAddress(string host) => V4().IsMatch(host) || V6().IsMatch(host) || Name().IsMatch(host);

    private const string NumberRange = @"\[[0-9]+:[0-9]+(:[0-9]+)?\]";
    private const string HexadecimalRange = @"\[[0-9a-f]+:[0-9a-f]+(:[0-9]+)?\]";
    private const string NameRange = @"\[([a-z]:[a-z]|[0-9]+:[0-9]+)(:[0-9]+)?\]";
    private const string Four = "([01]?[0-9]{1,2}|2[0-4][0-9]|25[0-5]|" + NumberRange + ")";
    private const string Six = "([0-9a-f]{1,4}|" + HexadecimalRange + ")";
    private const string Label = @"(\w|" + NameRange + @")([\w-]|" + NameRange + @")*(?<![_-])";

    [GeneratedRegex(@"^\[(?<host>.+)\]:(?<port>[0-9]+)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"^(?<host>([^:\[\]]|\[[^\]]*\])*):(?<port>[0-9]+)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex WithPort();

    [GeneratedRegex(@"^(" + Four + @"\.){3}" + Four + "$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex V4();

    [GeneratedRegex(
        "^((" + Six + ":){7}" + Six + "|(" + Six + ":){1,6}:|(" + Six + ":)(:" + Six + "){1,6}|(" + Six + ":){2}(:" + Six + "){1,5}|(" + Six + ":){3}(:" + Six + "){1,4}|("
        + Six + ":){4}(:" + Six + "){1,3}|(" + Six + ":){5}(:" + Six + "){1,2}|(" + Six + ":){6}(:" + Six + ")|:(:" + Six + "){1,6}|" + Six + "?::|(0:){6}("
        + Six + @"\.){3}" + Six + "|::(ffff:)?(" + Six + @"\.){3}" + Six + "|(0:){5}ffff:(" + Six + @"\.){3}" + Six + "$)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex V6();

    [GeneratedRegex("^" + Label + @"(\." + Label + ")*$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
