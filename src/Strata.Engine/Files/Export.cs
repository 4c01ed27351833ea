using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;

namespace Strata.Engine.Files;

/// <summary>
/// Writes a snapshot's sources side by side under a folder, one folder a source: what a build is run from. Files are
/// 0644 or 0755, folders 0755, whatever the umask; everything was last changed at 1970-01-01 and belongs to the running
/// user. Contents are git's own: line ends and LFS pointers as they are committed. Links inside their source are
/// written as they are; one that leaves it is left out, since what it leads to belongs to the machine.
/// </summary>
public static class Export
{
    private const uint Plain = 0b110_100_100;
    private const uint Executable = 0b111_101_101;
    private const long Epoch = 0;

    private const string SubmoduleId = "submodule-left-empty";
    private const string LfsPointerId = "lfs-pointer";
    private const string LinkLeavesSourceId = "link-leaves-source";

    /// <summary>Contents that are read ahead of their writing, at most.</summary>
    private const int Ahead = 128;

    /// <summary>Writes every source; returns a warning for each thing that is not wholly there.</summary>
    /// <param name="snapshot">What to write.</param>
    /// <param name="folder">An existing folder that holds none of the sources' names yet.</param>
    /// <exception cref="IOException">The disk is full, or a name is taken.</exception>
    public static ImmutableArray<Diagnostic> Write(Snapshot snapshot, string folder)
    {
        var warnings = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var source in snapshot.Sources)
            new Writing(source, Path.Combine(folder, source.Name.Value), warnings).Run();
        return warnings.ToImmutable();
    }

    /// <summary>One source's way to the disk.</summary>
    private sealed class Writing(SourceTree source, string top, ImmutableArray<Diagnostic>.Builder warnings)
    {
        private readonly List<TreeEntry> contents = [];
        private readonly List<string> folders = [];

        public void Run()
        {
            MakeFolders(RepoPath.Root);
            foreach (var chunk in contents.Chunk(Ahead))
            {
                source.Tree.Prefetch(chunk);
                foreach (var entry in chunk) WriteContent(entry);
            }

            // Last, since writing into a folder changes its time; inner ones first.
            foreach (var folder in Enumerable.Reverse(folders)) Native.SetTime(folder, Epoch);
        }

        private void MakeFolders(RepoPath path)
        {
            Native.MakeFolder(Place(path), Executable);
            folders.Add(Place(path));
            var entries = source.Tree.List(path);
            source.Tree.Prefetch(entries.Where(e => e.Kind == EntryKind.Folder));
            foreach (var entry in entries)
            {
                if (entry.Kind == EntryKind.Folder)
                    MakeFolders(entry.Path);
                else if (entry.Kind == EntryKind.Gitlink)
                    MakeEmpty(entry);
                else
                    contents.Add(entry);
            }
        }

        private void MakeEmpty(TreeEntry gitlink)
        {
            Native.MakeFolder(Place(gitlink.Path), Executable);
            folders.Add(Place(gitlink.Path));
            Warn(gitlink, SubmoduleId, "is a submodule, which is not read: its folder is empty in a build",
                "name the submodule's repository under `sources:`, or commit its files");
        }

        private void WriteContent(TreeEntry entry)
        {
            var content = source.Tree.Read(entry).Span;
            if (entry.Kind == EntryKind.Link)
            {
                WriteLink(entry, content);
                return;
            }

            if (LfsPointer.IsPointer(content))
                Warn(entry, LfsPointerId, "is kept in Git LFS: a build gets the pointer, not the file", "commit the file itself, or let the play fetch it");
            Native.WriteFile(Place(entry.Path), content, entry.Kind == EntryKind.Executable ? Executable : Plain, Epoch);
        }

        private void WriteLink(TreeEntry entry, ReadOnlySpan<byte> target)
        {
            if (entry.Path.Parent.TryAppend(NameBytes.Decode(target)) is null)
            {
                Warn(entry, LinkLeavesSourceId,
                    $"is a link to {Wording.Quote(NameBytes.Show(NameBytes.Decode(target)))}, which is outside its source: it is not there in a build", "commit the file itself");
                return;
            }

            Native.MakeLink(target, Place(entry.Path), Epoch);
        }

        private void Warn(TreeEntry entry, string id, string message, string hint)
        {
            var shown = NameBytes.Show(new SourcePath(source.Name, entry.Path).ToString());
            warnings.Add(new(id, Severity.Warning, $"{Wording.Quote(shown)} {message}", shown, null, "", [], hint));
        }

        private string Place(RepoPath path) => path.IsRoot ? top : top + "/" + path.Value;
    }
}
