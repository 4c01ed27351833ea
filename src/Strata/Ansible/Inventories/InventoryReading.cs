using System.Collections.Immutable;
using Strata.Sources;

namespace Strata.Ansible.Inventories;

/// <summary>What the files of an inventory came to. It knows nothing of the snapshot that they were read from, and changes no more.</summary>
/// <param name="Content">The groups and hosts.</param>
/// <param name="Fault">Why every run of Ansible with this inventory fails; null where none does.</param>
/// <param name="Opaque">The files that are not, or not fully, known.</param>
internal sealed record InventoryReading(InventoryBuilder Content, string? Fault, ImmutableArray<OpaqueFile> Opaque)
{
    private readonly Dictionary<string, ImmutableArray<string>> members = new(StringComparer.Ordinal);

    /// <summary>The hosts of a group and of all groups below it; empty where there is no such group.</summary>
    public ImmutableArray<string> Members(string group)
    {
        if (members.TryGetValue(group, out var names)) return names;
        return members[group] = Content.Group(group) is { } known ? [.. known.AllHosts().Select(h => h.Name)] : [];
    }

    /// <summary>Reads the sources in order, then the one that adds the image host to its groups.</summary>
    public static InventoryReading Of(AnsibleContent content, IReadOnlyList<SourcePath> sources, IReadOnlyList<string> imageGroups, InventorySettings settings)
    {
        var reader = new SourceReader(content, settings);
        foreach (var source in sources) reader.Read(source);
        reader.AddImageHost(sources, imageGroups);
        return new(reader.Builder, reader.Finish(), reader.Opaque);
    }
}

/// <summary>
/// Readings of inventories, kept for other targets and snapshots: an inventory of which no file is another one is not read again.
/// </summary>
internal sealed class InventoryMemo
{
    private readonly Dictionary<Question, (ContentAnswers Answers, InventoryReading Reading)> known = [];

    /// <summary>What the sources of an inventory come to.</summary>
    public InventoryReading Read(AnsibleContent content, IReadOnlyList<SourcePath> sources, IReadOnlyList<string> imageGroups, InventorySettings settings)
    {
        // Whoever notes what is asked of the sources wants to know what is asked here.
        if (content.Reads is not null) return InventoryReading.Of(content, sources, imageGroups, settings);
        var question = new Question(string.Join('\0', sources), string.Join('\0', imageGroups), settings);
        if (known.TryGetValue(question, out var before) && before.Answers.Hold(content)) return before.Reading;
        var reads = new ContentReads(content);
        content.Reads = reads;
        var reading = InventoryReading.Of(content, sources, imageGroups, settings);
        content.Reads = null;
        if (!reads.IsBroken) known[question] = (reads.Answers, reading);
        return reading;
    }

    private readonly record struct Question(string Sources, string ImageGroups, InventorySettings Settings);
}
