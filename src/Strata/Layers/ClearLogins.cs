using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Layers;

/// <summary>Logins that cross a network without TLS. What they are is known only where something is built; that they would, the layer file says.</summary>
public static class ClearLogins
{
    private const string LoginWithoutTlsId = "login-without-tls";
    private const string Scheme = "http://";

    /// <summary>The ids of these warnings.</summary>
    internal static ImmutableArray<string> Ids { get; } = [LoginWithoutTlsId];

    /// <summary>
    /// A warning for each address of package repositories that a target's credentials are for, and for registries, in the order of the text. What
    /// does not leave the machine is left out.
    /// </summary>
    /// <param name="file">The layer file, package files resolved.</param>
    public static ImmutableArray<Diagnostic> Of(LayerFile file)
    {
        var faults = new Faults();
        if (Registries(file) is { } registries) faults.Add(registries);
        var lists = file.Targets.Select(t => PackageSources.Effective(file, t)?.List).OfType<PackageList>().Where(l => l.Credentials is not null);
        var repositories = lists.Select(l => l.Repositories).OfType<RepositorySource.Listed>().SelectMany(l => l.Repositories);
        faults.AddRange(repositories.SelectMany(r => r.Addresses).Where(a => a.Value.StartsWith(Scheme, StringComparison.Ordinal) && !IsLoopback(a.Value)).Select(Repository));
        return faults.InOrder(file.File.Path);
    }

    private static Diagnostic Repository(Located<string> address) => Diagnostic.Warning(
        LoginWithoutTlsId,
        $"the list's `credentials` go to {Wording.Quote(address.Value)} unencrypted, for everybody on the way to read",
        address.At,
        "`https://` is expected",
        "reach it by `https://`, or move it to a list without `credentials` where it asks for none");

    private static Diagnostic? Registries(LayerFile file)
    {
        var hosts = new[] { file.Repository, file.UntrustedRepository }.OfType<string>().Select(r => r.Split('/')[0])
            .Where(h => !IsLoopback(Scheme + h)).Distinct(StringComparer.Ordinal).ToList();
        return file.PlainHttpAt is not { } at || hosts.Count == 0 ? null : Diagnostic.Warning(
            LoginWithoutTlsId,
            $"`plain-http` lets a login for {Wording.List(hosts, "and")} go unencrypted, for everybody on the way to read",
            at,
            "",
            "give the registry a certificate, and name its authority's with `--cert-dir`, or in /etc/containers/certs.d");
    }

    private static bool IsLoopback(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.IsLoopback;
}
