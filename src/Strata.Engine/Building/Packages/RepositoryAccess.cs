using System.Collections.Frozen;
using System.Collections.Immutable;
using Strata.Layers;

namespace Strata.Engine.Building.Packages;

/// <summary>How a list's repositories are reached.</summary>
/// <param name="Logins">Who asks.</param>
/// <param name="Proxies">Variables of the programs that reach them.</param>
internal sealed record RepositoryAccess(RepositoryLogins Logins, ImmutableSortedDictionary<string, string> Proxies)
{
    private static readonly FrozenSet<string> ProxyNames =
        new[] { "http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The proxies that a target declares, under `ansible: environment:`; those of Strata's own environment do not count.</summary>
    public static ImmutableSortedDictionary<string, string> DeclaredProxies(Target target) =>
        target.Ansible.Environment.Where(v => ProxyNames.Contains(v.Name))
            .ToImmutableSortedDictionary(v => v.Name, v => EnvironmentText.Expand(v.Value.Value, target, PlaceInBuild.Sources + "/" + target.Source.Value), StringComparer.Ordinal);
}
