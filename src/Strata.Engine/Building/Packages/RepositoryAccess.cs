using System.Collections.Immutable;
using Strata.Engine.Processes;
using Strata.Layers;

namespace Strata.Engine.Building.Packages;

/// <summary>How a list's repositories are reached.</summary>
/// <param name="Logins">Who asks.</param>
/// <param name="Proxies">Variables of the programs that reach them.</param>
internal sealed record RepositoryAccess(RepositoryLogins Logins, ImmutableSortedDictionary<string, string> Proxies)
{
    /// <summary>The proxies that a target declares, under `ansible: environment:`; those of Strata's own environment do not count.</summary>
    public static ImmutableSortedDictionary<string, string> DeclaredProxies(Target target) =>
        ProxyVariables.Of(target).ToImmutableSortedDictionary(v => v.Name, v => EnvironmentText.Expand(v.Value.Value, target, PlaceInBuild.Sources + "/" + target.Source.Value), StringComparer.Ordinal);

    /// <summary>Has the passwords that stand in addresses of proxies masked from then on, on their own too.</summary>
    public static void HidePasswords(IEnumerable<Target> targets, Redactor redactor)
    {
        foreach (var secret in targets.SelectMany(ProxyVariables.Of).Select(v => ProxyVariables.SecretIn(v.Value.Value)).OfType<string>()) redactor.Declare(secret);
    }
}
