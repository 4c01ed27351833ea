using Strata.Inputs;
using Strata.Layers;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Inputs;

/// <summary>`hash_behaviour = merge`: a definition does not hide those below it.</summary>
public sealed class MergedMappingsTests
{
    private const string Site = """
        --- inventory/hosts
        [Compute]
        node1
        --- site.yml
        - hosts: Compute
          vars: {limits: {memlock: 1}}
          tasks:
            - command: echo {{ limits }}
        --- inventory/group_vars/Compute.yml
        limits: {nofile: 2}

        """;

    [Theory]
    [InlineData("replace", false)]
    [InlineData("merge", true)]
    public void A_mapping_below_that_of_the_play_counts_where_they_are_merged(string behaviour, bool counts)
    {
        var config = $"--- ansible.cfg\n[defaults]\nhash_behaviour = {behaviour}\n";
        var before = Read(Site + config);
        var after = Read(Site.Replace("nofile: 2", "nofile: 3", StringComparison.Ordinal) + config);
        Assert.Equal(counts, before != after);
    }

    private static Fingerprint Read(string site)
    {
        var (file, _) = LayerFileReader.Read(new SourceFile("strata.yaml", SmallSite.Layers));
        return new InputReader().Read(file!, MemoryTree.Snapshot(site)).Targets[^1].Own;
    }
}
