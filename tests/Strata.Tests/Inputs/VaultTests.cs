using Strata.Inputs;
using Strata.Layers;
using Strata.Tests.Support;

namespace Strata.Tests.Inputs;

/// <summary>Files of variables that are encrypted as a whole are known by their place, so that a build can look into them.</summary>
public sealed class VaultTests
{
    private const string Encrypted = "$ANSIBLE_VAULT;1.1;AES256\n6162\n";

    [Fact]
    public void Vaults_of_the_inventory_and_of_plays_are_named() => Assert.Equal(
        ["self:inventory/group_vars/Compute/vault.yml", "self:secrets.yml"],
        Read($"""
            --- inventory/hosts
            [Compute]
            node1
            --- inventory/group_vars/Compute/vault.yml
            {Encrypted}
            --- inventory/group_vars/Other.yml
            {Encrypted}
            --- secrets.yml
            {Encrypted}
            --- site.yml
            - hosts: Compute
              vars_files: [secrets.yml]
              tasks:
                - copy: {"{content: x, dest: /x}"}
            """).Vaults.Select(v => $"{v.Source}:{v.Path}"));

    [Fact]
    public void A_value_that_is_encrypted_by_itself_makes_no_vault() => Assert.Empty(Read("""
        --- inventory/hosts
        [Compute]
        --- inventory/group_vars/Compute.yml
        secret: !vault |
          $ANSIBLE_VAULT;1.1;AES256
          6162
        --- site.yml
        - hosts: Compute
          tasks: [{command: "echo {{ secret }}"}]
        """).Vaults);

    private static TargetInputs Read(string site)
    {
        var (file, _) = LayerFileReader.Read(new("strata.yaml", SmallSite.Layers));
        return new InputReader().Read(file!, MemoryTree.Snapshot(site)).Targets[^1];
    }
}
