using Strata.Sources;
using Strata.Text;

namespace Strata.Ansible;

/// <summary>
/// What was asked of the sources and what was there: as long as that is there again, whoever asked would get the same answers. Of what
/// is in a folder that counts as a whole nothing is kept but the folder itself.
/// </summary>
/// <param name="content">The sources.</param>
internal sealed class ContentReads(AnsibleContent content)
{
    private readonly Dictionary<SourcePath, ContentAnswer> reads = [];
    private readonly List<SourcePath> wholes = [];

    /// <summary>Whether something was asked whose answer is not kept, so that nobody can tell whether it is still the same.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>What was asked, with the answers.</summary>
    public ContentAnswers Answers => new([.. reads.Values], content.Identity);

    /// <summary>Notes a question and its answer.</summary>
    /// <param name="path">What was looked at.</param>
    /// <param name="entry">What is there, links followed; null for nothing.</param>
    /// <param name="isWhole">Whether the content may matter, and not only what kind of thing it is.</param>
    public void Add(SourcePath path, ContentEntry? entry, bool isWhole)
    {
        if (IsBroken) return;
        foreach (var folder in wholes)
        {
            if (Follows(path, entry, folder)) return;
        }

        if (!reads.TryGetValue(path, out var known) || (isWhole && !known.IsWhole)) reads[path] = ContentAnswer.Of(path, entry, isWhole);
    }

    /// <summary>Notes that a folder matters with all that is in it. One that is a link is left to what is asked of it.</summary>
    public void AddWhole(SourcePath folder)
    {
        if (IsBroken || wholes.Contains(folder) || content.Peek(folder) is not { Entry.Kind: EntryKind.Folder } entry || entry.Path != folder) return;
        Add(folder, entry, isWhole: true);
        wholes.Add(folder);
    }

    /// <summary>Notes that something was asked whose answer is not kept.</summary>
    public void Break() => IsBroken = true;

    /// <summary>
    /// Whether an answer follows from a folder's content: what is in it, and that something is not, unless a link that leads nowhere is why.
    /// </summary>
    private bool Follows(SourcePath path, ContentEntry? entry, SourcePath folder)
    {
        if (path == folder || path.Source != folder.Source || !path.Path.IsWithin(folder.Path)) return false;
        return entry is { Path: var real } ? real.Source == folder.Source && real.Path.IsWithin(folder.Path) : !content.IsDangling(path);
    }
}

/// <summary>One answer of the sources.</summary>
/// <param name="Path">What was looked at.</param>
/// <param name="Real">Where it was, links followed.</param>
/// <param name="Entry">What was there, without the tree that held it; null for nothing.</param>
/// <param name="IsWhole">Whether the content may matter, and not only what kind of thing it is.</param>
internal readonly record struct ContentAnswer(SourcePath Path, SourcePath Real, TreeEntry? Entry, bool IsWhole)
{
    /// <summary>What there is at a path, links followed; null for nothing.</summary>
    public static ContentAnswer Of(SourcePath path, ContentEntry? entry, bool isWhole) => new(path, entry?.Path ?? path, entry?.Entry, isWhole);

    /// <summary>Whether it is the answer here, too.</summary>
    public bool Holds(AnsibleContent content)
    {
        var now = content.Peek(Path);
        if (Entry is not { } then || now is not { } found) return Entry is null && now is null;
        if (then.Kind != found.Entry.Kind) return false;
        return !IsWhole || (then.ObjectId == found.Entry.ObjectId && Real == found.Path);
    }
}

/// <summary>What the sources answered.</summary>
/// <param name="answers">The answers.</param>
/// <param name="identity">The <see cref="AnsibleContent.Identity"/> of the sources that gave them.</param>
internal sealed class ContentAnswers(ContentAnswer[] answers, object identity)
{
    /// <summary>The sources that were last found to answer the same: they do not change, and are asked again and again.</summary>
    private object holding = identity;

    /// <summary>Whether these sources would answer the same.</summary>
    public bool Hold(AnsibleContent content)
    {
        if (ReferenceEquals(holding, content.Identity)) return true;
        foreach (var answer in answers)
        {
            if (!answer.Holds(content)) return false;
        }

        holding = content.Identity;
        return true;
    }
}
