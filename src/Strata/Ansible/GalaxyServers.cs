using System.Collections.Immutable;
using System.Text;
using Strata.Sources;
using Strata.Text;

namespace Strata.Ansible;

/// <summary>
/// What a site's `ansible.cfg` says of Galaxy servers. The rest of that file is for playbooks: programs and files that it names have no
/// business where requirements are installed.
/// </summary>
public sealed class GalaxyServers
{
    private const string ServerPrefix = "galaxy_server.";

    private static readonly string[] SharedKeys = ["server", "server_list", "ignore_certs"];
    private static readonly string[] SecretKeys = ["token", "password"];

    private readonly ImmutableArray<(string Section, string Key, string Value)> values;

    private GalaxyServers(ImmutableArray<(string Section, string Key, string Value)> values) => this.values = values;

    /// <summary>The names of the servers, in ordinal order.</summary>
    public ImmutableArray<string> Names =>
        [.. values.Where(v => IsServer(v.Section)).Select(v => v.Section[ServerPrefix.Length..]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The servers whose token or password stands in the file, and which of both.</summary>
    public ImmutableArray<(string Server, string Key)> Secrets =>
        [.. values.Where(v => IsServer(v.Section) && SecretKeys.Contains(v.Key) && v.Value.Length > 0).Select(v => (v.Section[ServerPrefix.Length..], v.Key))];

    /// <summary>An `ansible.cfg` with the servers, without their secrets, and nothing else.</summary>
    public string Configuration
    {
        get
        {
            var text = new StringBuilder("[defaults]\n");
            foreach (var section in values.GroupBy(v => v.Section, StringComparer.Ordinal))
            {
                text.Append('[').Append(section.Key).Append("]\n");
                foreach (var (_, key, value) in section.Where(v => !SecretKeys.Contains(v.Key))) text.Append(key).Append(" = ").Append(value.ReplaceLineEndings(" ")).Append('\n');
            }

            return text.ToString();
        }
    }

    /// <summary>What a configuration file says; nothing where it is not there.</summary>
    public static GalaxyServers Of(Snapshot snapshot, SourcePath config)
    {
        var read = AnsibleConfig.Read(new(snapshot), config, config with { Path = RepoPath.Root });
        return new([.. read.Values.Where(v => (v.Section == "galaxy" && SharedKeys.Contains(v.Key)) || IsServer(v.Section))]);
    }

    /// <summary>The environment variable that gives a server's setting: `ANSIBLE_GALAXY_SERVER_HUB_TOKEN`.</summary>
    public static string Variable(string server, string key) => $"ANSIBLE_GALAXY_SERVER_{server.ToUpperInvariant()}_{key.ToUpperInvariant()}";

    private static bool IsServer(string section) => section.StartsWith(ServerPrefix, StringComparison.Ordinal);
}
