namespace Strata.Tests.Support;

/// <summary>The layer file of a site with one target that runs a playbook: `site/compute`, in the group `Compute`.</summary>
internal static class SmallSite
{
    /// <summary>Its text; more keys of the top level may follow.</summary>
    public const string Layers = """
        version: 1
        inventory: inventory
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}
          site:
            types:
              compute: {from: os/base, groups: [Compute], playbooks: [site.yml]}

        """;
}
