using System.Text;
using Strata.Text;

namespace Strata.Layers;

/// <summary>Where following a path in a tree, link by link, ends.</summary>
public abstract record PathEnd
{
    private PathEnd()
    {
    }

    /// <summary>At a file or folder.</summary>
    public sealed record Entry(TreeEntry Found) : PathEnd;

    /// <summary>Nowhere.</summary>
    public sealed record Missing : PathEnd;

    /// <summary>At a link whose target is outside the source.</summary>
    public sealed record Outside(RepoPath Link, string LinkTarget) : PathEnd;

    /// <summary>In a submodule, whose content is another repository's.</summary>
    public sealed record Submodule(RepoPath At) : PathEnd;
}

/// <summary>Follows paths in a tree.</summary>
public static class PathWalk
{
    /// <summary>As many links as Linux follows in one path.</summary>
    private const int MostLinks = 40;

    /// <summary>Where a path ends when every link in it is followed.</summary>
    public static PathEnd Follow(IFileTree tree, RepoPath path)
    {
        var at = RepoPath.Root;
        var left = new Stack<string>(PartsReversed(path.Value));
        var links = 0;
        while (left.TryPop(out var part))
        {
            at = at.Child(part);
            if (tree.Find(at) is not { } entry) return new PathEnd.Missing();
            if (entry.Kind == EntryKind.Gitlink) return new PathEnd.Submodule(at);
            if (entry.Kind != EntryKind.Link) continue;
            var target = Encoding.UTF8.GetString(tree.Read(entry).Span);
            if (at.Parent.TryAppend(target) is not { } next) return new PathEnd.Outside(at, target);
            if (++links > MostLinks) return new PathEnd.Missing();
            foreach (var step in PartsReversed(next.Value)) left.Push(step);
            at = RepoPath.Root;
        }

        return tree.Find(at) is { } found ? new PathEnd.Entry(found) : new PathEnd.Missing();
    }

    private static IEnumerable<string> PartsReversed(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse();
}

/// <summary>Looks for the path that was likely meant.</summary>
internal static class NearestPath
{
    /// <summary>The most entries of a tree that are looked at.</summary>
    private const int MostEntries = 20_000;

    /// <summary>
    /// The path of a tree nearest to one that is not there: the same name in another folder, otherwise the path with the
    /// fewest edits; null when none is near.
    /// </summary>
    public static RepoPath? Of(IFileTree tree, RepoPath missing)
    {
        var paths = Paths(tree).Select(p => p.Value).ToList();
        var sameName = paths.Where(p => RepoPath.Of(p).Name == missing.Name).MinBy(p => p.Length);
        return (sameName ?? Wording.Nearest(missing.Value, paths)) is { } near ? RepoPath.Of(near) : null;
    }

    private static IEnumerable<RepoPath> Paths(IFileTree tree)
    {
        var open = new Queue<RepoPath>([RepoPath.Root]);
        for (var count = 0; open.TryDequeue(out var folder);)
        {
            foreach (var entry in tree.List(folder))
            {
                if (++count > MostEntries) yield break;
                yield return entry.Path;
                if (entry.Kind == EntryKind.Folder) open.Enqueue(entry.Path);
            }
        }
    }
}
