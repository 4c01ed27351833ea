using Strata.Inputs;
using Strata.Layers;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Inputs;

/// <summary>
/// Files that `ansible.cfg` names. The recorder cannot tell of `plugin_filters_cfg`: Ansible reads it when it is loaded, once for all sites.
/// </summary>
public sealed class SettingFileTests
{
    private const string Site = """
        --- inventory/hosts
        [Compute]
        node1
        --- site.yml
        - hosts: Compute
          tasks: [{ping: {}}]
        --- conf/filters.yml
        module_blacklist: [easy_install]
        --- conf/other.yml
        a: 1
        --- ansible.cfg
        [defaults]

        """;

    [Theory]
    [InlineData("plugin_filters_cfg = conf/filters.yml", true)]
    [InlineData("plugin_filters_cfg = ./conf/filters.yml", true)]
    [InlineData("nowhere = conf/nothing.yml", false)]
    [InlineData("log_path = conf/filters.yml", false)]
    public void A_file_that_a_setting_names_counts(string setting, bool counts)
    {
        Assert.Equal(counts, Differs(setting, "[easy_install]", "[ping]"));
        Assert.False(Differs(setting, "a: 1", "a: 2"));
    }

    private static bool Differs(string setting, string before, string after) =>
        Read(Site + setting).Fingerprint != Read((Site + setting).Replace(before, after, StringComparison.Ordinal)).Fingerprint;

    private static TargetInputs Read(string site)
    {
        var (file, _) = LayerFileReader.Read(new SourceFile("strata.yaml", SmallSite.Layers));
        return new InputReader().Read(file!, MemoryTree.Snapshot(site + "\n")).Targets[^1];
    }
}
