using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Reads a layer file, in either spelling.</summary>
public static class LayerFileReader
{
    /// <summary>
    /// The layer file that a text is, and what is wrong with it, in the order of the text and at most 50 at once. The file is
    /// null exactly when there is an error. Never throws for what the text says.
    /// </summary>
    public static (LayerFile? File, ImmutableArray<Diagnostic> Diagnostics) Read(SourceFile file)
    {
        var faults = new Faults();
        var document = YamlReader.Read(file, YamlOptions.LayerFile);
        faults.AddRange(document.Diagnostics);

        // What is read before such a fault is not what was meant: to say that a key is missing there would mislead.
        if (document.Diagnostics.Any(d => YamlFaults.EndsReading(d.Id))) return (null, faults.InOrder(file.Path));
        var read = ReadRoot(document, faults);
        return (faults.HasErrors ? null : read, faults.InOrder(file.Path));
    }

    /// <summary>
    /// As <see cref="Read(SourceFile)"/>, from the bytes of a file that is shown as <paramref name="path"/>: UTF-8, with or
    /// without a byte order mark, at most 1 MiB.
    /// </summary>
    public static (LayerFile? File, ImmutableArray<Diagnostic> Diagnostics) Read(string path, ReadOnlySpan<byte> bytes)
    {
        var file = SourceText.Decode(path, bytes, SourceText.LayerFileLimitBytes, out var fault);
        return fault is null ? Read(file) : (null, [fault]);
    }

    private static LayerFile? ReadRoot(YamlDocument document, Faults faults)
    {
        if (document.Root is not { } root)
        {
            if (!faults.HasErrors) faults.Add(ShapeFaults.EmptyLayerFile(document.File.Path));
            return null;
        }

        if (Expect.IsNothing(root) || root is YamlNode.Mapping { Entries.IsEmpty: true })
        {
            faults.Add(ShapeFaults.EmptyLayerFile(document.File.Path));
            return null;
        }

        if (root is YamlNode.Mapping mapping) return ReadSpelling(document.File, mapping, faults);
        faults.Add(ShapeFaults.WrongKind("a layer file", root, "a mapping", "start the file with `version: 1`"));
        return null;
    }

    private static LayerFile? ReadSpelling(SourceFile file, YamlNode.Mapping root, Faults faults)
    {
        if (Spellings.IsOwn(root) is not { } isOwn)
        {
            faults.Add(ShapeFaults.MissingVersion(root.Entries[0].Key.At));
            return null;
        }

        var declared = isOwn ? OwnSpelling.Read(root, faults) : PaperSpelling.Read(root, faults);
        return declared is null ? null : Resolve(file, declared, isOwn, faults);
    }

    private static LayerFile Resolve(SourceFile file, DeclaredFile declared, bool isOwn, Faults faults)
    {
        var targets = TargetAssembly.Assemble(declared, Lineage.Of(declared, isOwn, faults), faults);
        if (!faults.HasErrors) PipelineReader.Check(declared.Pipeline, targets, faults);
        return Resolved(file, declared, targets);
    }

    private static LayerFile Resolved(SourceFile file, DeclaredFile declared, ImmutableArray<Target> targets) => new()
    {
        File = file,
        Sources = declared.Sources,
        Repository = declared.Images.Repository,
        UntrustedRepository = declared.Images.Untrusted,
        PlainHttpAt = declared.Images.PlainHttpAt,
        Store = declared.Images.Store,
        Epoch = declared.Images.Epoch,
        Pipeline = declared.Pipeline,
        Targets = targets,
    };
}
