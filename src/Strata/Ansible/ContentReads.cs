using Strata.Sources;
using Strata.Text;

namespace Strata.Ansible;

/// <summary>
/// What was asked of the sources and what was there: as long as that is there again, whoever asked would get the same answers. Nothing
/// is kept of what a folder that counts as a whole holds.
/// </summary>
internal sealed class ContentReads
{
    private readonly Dictionary<SourcePath, (ContentEntry? Entry, bool IsWhole)> reads = [];
    private readonly HashSet<SourcePath> wholes = [];

    /// <summary>Whether something was asked whose answer is not kept, so that nobody can tell whether it is still the same.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Notes a question and its answer.</summary>
    /// <param name="path">What was looked at.</param>
    /// <param name="entry">What is there, links followed; null for nothing.</param>
    /// <param name="isWhole">Whether the content may matter, and not only what kind of thing it is.</param>
    public void Add(SourcePath path, ContentEntry? entry, bool isWhole)
    {
        if (!reads.TryGetValue(path, out var known) || (isWhole && !known.IsWhole)) reads[path] = (entry, isWhole);
    }

    /// <summary>Notes that a folder matters with all that is in it.</summary>
    public void AddWhole(SourcePath folder) => wholes.Add(folder);

    /// <summary>Notes that something was asked whose answer is not kept.</summary>
    public void Break() => IsBroken = true;

    /// <summary>
    /// Leaves out what follows from the folders that count as a whole: what is in them, and that something is not, unless a link that
    /// leads nowhere is why.
    /// </summary>
    public ContentAnswers Finish(AnsibleContent content)
    {
        var folders = wholes.Where(f => content.Peek(f) is { Entry.Kind: EntryKind.Folder } entry && entry.Path == f).ToList();
        foreach (var folder in folders) Add(folder, content.Peek(folder), isWhole: true);
        return new([.. reads.Where(r => !folders.Exists(f => Follows(r.Key, r.Value.Entry, f, content))).Select(r => new ContentAnswer(r.Key, r.Value.Entry, r.Value.IsWhole))]);
    }

    private static bool Follows(SourcePath path, ContentEntry? entry, SourcePath folder, AnsibleContent content)
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
