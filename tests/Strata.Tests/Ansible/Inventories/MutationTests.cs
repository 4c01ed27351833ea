using CsCheck;
using Strata.Ansible;
using Strata.Ansible.Inventories;
using Strata.Tests.Support;

namespace Strata.Tests.Ansible.Inventories;

[Trait("Part", "long")]
public sealed class MutationTests
{
    private static readonly string[] Start =
    [
        "[web]\nh[1:3]:22 a=\"{'b': [1, (2.5, None)]}\" c='x y'\n[web:vars]\nd={1, 0x2}\n[p:children]\nweb\n",
        "web:\n  hosts:\n    h[1:3]: {a: 1}\n  vars: {ansible_group_priority: 2}\n  children: {p: }\n",
        "a: {b: [1, 2]}\nc: !vault x\n",
    ];

    private static readonly string[] Fragments =
        ["[", "]", "{", "}", "(", ")", ":", "=", "'", "\"", "\\", "\n", "#", ",", ";", "-", "+", ".", "1", "0x", "_", "a", "j", "b'", "\\x", "...", "[1:9]", "[a:c]", ":vars]", ":children]", "set()", "\0", "é", "\U0001F600", "{{", "&a ", "*a", "h1", "web", "all"];

    [Fact]
    public void No_mutilated_inventory_makes_the_reader_throw()
    {
        var change = Gen.Select(Gen.Int[0, 90], Gen.Int[0, 5], Gen.Int[0, Fragments.Length - 1].Select(i => Fragments[i]));
        Gen.Select(Gen.Int[0, Start.Length - 1], change.List[1, 8])
            .Sample((start, changes) => ReadsQuietly(changes.Aggregate(Start[start], Mutilated)), iter: Prove.Iterations(20_000));
    }

    private static string Mutilated(string text, (int At, int Length, string Fragment) change)
    {
        var at = Math.Min(change.At, text.Length);
        return text.Remove(at, Math.Min(change.Length, text.Length - at)).Insert(at, change.Fragment);
    }

    private static void ReadsQuietly(string text)
    {
        var tree = MemoryTree.Of(new[] { "inventory/hosts", "inventory/hosts.yml", "inventory/group_vars/web", "inventory/host_vars/h1.yml" }.Select(p => MemoryFile.Of(p, text)));
        var content = new AnsibleContent(new([new(Strata.Sources.SourceName.Self, tree, null)]));
        var inventory = Inventory.Read(content, [InventoryDump.Path("inventory")], ["web"], InventorySettings.Default);
        foreach (var host in inventory.Hosts.ToList()) Assert.NotEmpty(inventory.Variables(host, [InventoryDump.Path(".")]).Names);
        Assert.All(inventory.Groups, group => Assert.Equal(inventory.Members(group).Distinct(StringComparer.Ordinal), inventory.Members(group)));
    }
}
