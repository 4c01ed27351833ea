using System.Globalization;
using Strata.Engine.Execution;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Engine.Building;

/// <summary>
/// The `files:` step: writes what an entry names from the snapshot into a folder of the run, with the wanted modes, and lets
/// Buildah copy it in, so that owners and links are those of the image.
/// </summary>
/// <param name="snapshot">Holds the target's source.</param>
/// <param name="container">The container.</param>
internal sealed class FileCopies(Snapshot snapshot, BuildContainer container)
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ProgramMode = FileMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Copies every entry, in order.</summary>
    /// <exception cref="Processes.CommandFailedException">Buildah refuses, for example since the image has no such owner.</exception>
    public async Task CopyAsync(Target target, CancellationToken cancellation)
    {
        var tree = snapshot.Find(target.Source)!.Tree;
        foreach (var (index, file) in target.Files.Index())
        {
            if (PathWalk.Follow(tree, file.Source.Value) is not PathEnd.Entry { Found: var entry })
            {
                throw new BuildFailedException(
                    $"{Wording.Quote(file.Source.Value.Value)} leads to nothing in the source {Wording.Quote(target.Source.Value)}",
                    "`strata check` says where it ends");
            }

            var staged = Path.Combine(container.Work, "files", index.ToString(CultureInfo.InvariantCulture), "content");
            Directory.CreateDirectory(Path.GetDirectoryName(staged)!);
            Write(tree, entry, file, staged);
            await container.Machine.Buildah.CopyAsync(container.Name, file.Owner, staged, file.Destination, cancellation);

            // Buildah copies what a folder holds: the folder itself it makes with a mode of its own.
            if (entry.Kind == EntryKind.Folder && file.DirectoryMode is { } mode)
                File.SetUnixFileMode(container.Root.Follow(file.Destination), (UnixFileMode)mode.Bits);
        }
    }

    private static void Write(IFileTree tree, TreeEntry entry, FileStep step, string path)
    {
        switch (entry.Kind)
        {
            case EntryKind.File or EntryKind.Executable:
                File.WriteAllBytes(path, tree.Read(entry).ToArray());
                File.SetUnixFileMode(path, Mode(step.Mode, entry.Kind == EntryKind.Executable ? ProgramMode : FileMode));
                break;
            case EntryKind.Folder:
                Directory.CreateDirectory(path);
                foreach (var child in tree.List(entry.Path)) Write(tree, child, step, Path.Combine(path, child.Path.Name));
                File.SetUnixFileMode(path, Mode(step.DirectoryMode, ProgramMode));
                break;
            case EntryKind.Link:
                File.CreateSymbolicLink(path, System.Text.Encoding.UTF8.GetString(tree.Read(entry).Span));
                break;
            case EntryKind.Gitlink:
                throw new BuildFailedException(
                    $"{Wording.Quote(entry.Path.Value)} is a submodule, whose files are not in this repository",
                    "name the submodule's repository under `sources:` and copy from there");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static UnixFileMode Mode(UnixMode? wanted, UnixFileMode usual) => wanted is { } mode ? (UnixFileMode)mode.Bits : usual;
}
