using Strata.Ansible;
using Strata.Sources;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Ansible;

public sealed class HostPatternTests
{
    private const string Inventory = """
        --- hosts
        # computers
        [Head]
        head01
        [Compute]
        nid[001:004]   # ranges
        [Nodes:children]
        Compute
        UAN  # comment
        [Nodes:vars]
        x = y
        [UAN]
        --- more.yml
        Slurm:
          children:
            Nodes:
            Login: {hosts: {login01: }}
        """;

    [Theory]
    [InlineData("all")]
    [InlineData("*")]
    [InlineData("Compute")]
    [InlineData("Nodes")]
    [InlineData("Slurm")]
    [InlineData("strata-image")]
    [InlineData("Head:Compute")]
    [InlineData("Head,Compute")]
    [InlineData("Slurm:&Nodes:!Head")]
    [InlineData("!Head")]
    [InlineData("Comp*")]
    [InlineData("~^(Comp|UAN)")]
    [InlineData("~(")]
    [InlineData("Compute[4]")]
    [InlineData("{{ target }}")]
    [InlineData("made_by_group_by")]
    [InlineData("Compute:!{{ without }}")]
    public void A_pattern_that_may_match_is_taken(string pattern) => Assert.True(CanMatch(pattern, Inventory));

    [Theory]
    [InlineData("Head")]
    [InlineData("UAN")]
    [InlineData("Login")]
    [InlineData("Head[0]")]
    [InlineData("Compute[0:3]")]
    [InlineData("all:!Compute")]
    [InlineData("all:!Slurm")]
    [InlineData("Compute:&Head")]
    [InlineData("localhost")]
    [InlineData("Head:localhost")]
    public void A_pattern_that_cannot_match_is_not(string pattern) => Assert.False(CanMatch(pattern, Inventory));

    [Theory]
    [InlineData("--- hosts [executable]\n#!/bin/sh\n")]
    [InlineData("--- more.yml\nplugin: constructed\n")]
    [InlineData("--- more.yml\n[\n")]
    [InlineData("--- other\n[x]\n")]
    public void Where_the_inventory_is_not_known_a_group_may_match(string files) =>
        Assert.True(CanMatch("Head", "--- hosts2\n[Head]\n" + files));

    private static bool CanMatch(string pattern, string inventory)
    {
        var content = new AnsibleContent(MemoryTree.Snapshot(inventory));
        var run = AnsibleCheck.Run() with
        {
            Inventory = [new(SourceName.Self, RepoPath.Of("hosts")), new(SourceName.Self, RepoPath.Of("more.yml"))],
        };
        return GroupKnowledge.Of(content, run).Matches([new(pattern, new(new("x", pattern), new(0, 1)))]) != false;
    }
}
