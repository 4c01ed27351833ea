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
    private readonly Dictionary<SourcePath, (ContentEntry? Entry, bool IsWhole)> reads = [];
    private readonly List<SourcePath> wholes = [];

    /// <summary>Whether something was asked whose answer is not kept, so that nobody can tell whether it is still the same.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>What was asked, with the answers.</summary>
    public ContentAnswers Answers => new([.. reads.Select(r => new ContentAnswer(r.Key, r.Value.Entry, r.Value.IsWhole))]);

    /// <summary>Notes a question and its answer.</summary>
    /// <param name="path">What was looked at.</param>
    /// <param name="entry">What is there, links followed; null for nothing.</param>
    /// <param name="isWhole">Whether the content may matter, and not only what kind of thing it is.</param>
    public void Add(SourcePath path, ContentEntry? entry, bool isWhole)
    {
        foreach (var folder in wholes)
        {
            if (Follows(path, entry, folder)) return;
        }

        if (!reads.TryGetValue(path, out var known) || (isWhole && !known.IsWhole)) reads[path] = (entry, isWhole);
    }

    /// <summary>Notes that a folder matters with all that is in it. One that is a link is left to what is asked of it.</summary>
    public void AddWhole(SourcePath folder)
    {
        if (wholes.Contains(folder) || content.Peek(folder) is not { Entry.Kind: EntryKind.Folder } entry || entry.Path != folder) return;
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
/// <param name="Entry">What was there, links followed; null for nothing.</param>
/// <param name="IsWhole">Whether the content may matter, and not only what kind of thing it is.</param>
internal readonly record struct ContentAnswer(SourcePath Path, ContentEntry? Entry, bool IsWhole);

/// <summary>What the sources answered.</summary>
/// <param name="answers">The answers.</param>
internal sealed class ContentAnswers(ContentAnswer[] answers)
{
    /// <summary>Whether these sources would answer the same.</summary>
    public bool Hold(AnsibleContent content)
    {
        foreach (var answer in answers)
        {
            if (!IsSame(answer, content.Peek(answer.Path))) return false;
        }

        return true;
    }

    private static bool IsSame(ContentAnswer answer, ContentEntry? now)
    {
        if (answer.Entry is not { } then || now is not { } found) return answer.Entry is null && now is null;
        if (then.Entry.Kind != found.Entry.Kind) return false;
        return !answer.IsWhole || (then.Entry.ObjectId == found.Entry.ObjectId && then.Path == found.Path);
    }
}
