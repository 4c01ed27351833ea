using Strata.Ansible.Inventories;
using Strata.Sources;
using Strata.Text;

namespace Strata.Ansible;

/// <summary>What the inventory of a run says of groups: which there are, and which the image host is in.</summary>
internal sealed class GroupKnowledge
{
    private readonly Inventory inventory;

    private GroupKnowledge(Inventory inventory, IReadOnlyCollection<string> known, bool isWhole) =>
        (this.inventory, Joined, Known, IsWhole) = (inventory, [.. inventory.GroupNames(Inventory.ImageHost), "all"], known, isWhole);

    /// <summary>The groups that the image host is in: those it is given, and all above them.</summary>
    public IReadOnlyCollection<string> Joined { get; }

    /// <summary>The groups that the site's own inventory names.</summary>
    public IReadOnlyCollection<string> Known { get; }

    /// <summary>Whether the text of the inventory shows every group there is when a run begins.</summary>
    public bool IsWhole { get; }

    /// <summary>What the inventory of a run says.</summary>
    public static GroupKnowledge Of(AnsibleContent content, AnsibleRun run)
    {
        var settings = InventorySettings.Of(AnsibleConfig.Of(content, run));
        var whole = Inventory.Read(content, run.Inventory, [.. run.Groups.Select(g => g.Value)], settings);
        var own = Inventory.Read(content, run.Inventory, [], settings);
        return new(whole, [.. own.Groups], own.Opaque.IsEmpty && own.Fault is null && !run.Inventory.Any(path => HasIni(content, path)));
    }

    /// <summary>Whether a play is for the image host, wherever in the run it stands; null where that is not known.</summary>
    public bool? Matches(IEnumerable<Located<string>> patterns) => Matches(patterns, hasOthers: true);

    /// <summary>Whether a play can be for the image host while nothing has run that could add it to groups.</summary>
    public bool CanMatchAtTheBeginning(IEnumerable<Located<string>> patterns) => Matches(patterns, hasOthers: !IsWhole) != false;

    private bool? Matches(IEnumerable<Located<string>> patterns, bool hasOthers) =>
        new HostMatch(inventory) { IsOpen = !IsWhole, HasOthers = hasOthers }.Matches(patterns.Select(p => p.Value));

    /// <summary>In a folder `.ini` is among `INVENTORY_IGNORE_EXTS` of ansible-core 2.14, and no longer of 2.19.</summary>
    private static bool HasIni(AnsibleContent content, SourcePath path) =>
        content.IsFolder(path) && content.Names(path).Any(n => n.EndsWith(".ini", StringComparison.Ordinal));
}
