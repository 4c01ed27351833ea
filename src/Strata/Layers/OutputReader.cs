using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Reads the entries of `outputs:`: a name, or a name with its options.</summary>
internal static class OutputReader
{
    /// <summary>The compressors of squashfs; the first is the default.</summary>
    internal static readonly ImmutableArray<Compressor> OfSquashfs = [new("zstd", 22), new("gzip", 9), new("xz", 0), new("lz4", 0)];

    /// <summary>The compressors of EROFS.</summary>
    internal static readonly ImmutableArray<Compressor> OfErofs = [new("lz4hc", 12), new("lz4", 0), new("none", 0)];

    /// <summary>The compressors of tar archives.</summary>
    internal static readonly ImmutableArray<Compressor> OfTar = [new("zstd", 0), new("gzip", 0), new("xz", 0), new("none", 0)];

    /// <summary>The outputs of a list; an output may be there once.</summary>
    public static ImmutableArray<OutputRequest>? Read(Fields owner, Faults faults)
    {
        var names = new Dictionary<string, Location>(StringComparer.Ordinal);
        return owner.List("outputs", node => ReadOne(node, names, faults));
    }

    private static OutputRequest? ReadOne(YamlNode node, Dictionary<string, Location> names, Faults faults)
    {
        if (NameAndOptions(node, faults) is not ({ } name, var options)) return null;
        if (!names.TryAdd(name.Value, name.At)) faults.Add(ShapeFaults.DuplicateName("the output", name, names[name.Value]));
        if (Keys(name.Value) is not { } keys)
        {
            var isOfKernel = name.Value is "initramfs" or "initrd" or "vmlinuz";
            faults.Add(ShapeFaults.UnknownValue("an output", name, KeySet.Outputs.Keys, isOfKernel ? "write `kernel`: it gives the kernel with its initramfs" : null));
            return null;
        }

        return Options(options, keys, name.At, faults) is { } fields ? ReadOne(name, fields, faults) : null;
    }

    private static KeySet? Keys(string output) => output switch
    {
        "squashfs" => KeySet.Squashfs,
        "erofs" => KeySet.Erofs,
        "tar" => KeySet.Tar,
        "oci" => KeySet.Oci,
        "kernel" => KeySet.Kernel,
        _ => null,
    };

    private static OutputRequest? ReadOne(Located<string> name, Fields options, Faults faults) => name.Value switch
    {
        "squashfs" => Compressed(options, OfSquashfs, faults) is var (compression, level) ? new OutputRequest.Squashfs(compression, level, name.At) : null,
        "erofs" => Compressed(options, OfErofs, faults) is var (compression, level) ? new OutputRequest.Erofs(compression, level, name.At) : null,
        "tar" => Compressed(options, OfTar, faults) is var (compression, _) ? new OutputRequest.Tar(compression, name.At) : null,
        "oci" => new OutputRequest.Oci(name.At),
        _ => Kernel(options, name.At, faults),
    };

    private static (Located<string>? Name, YamlNode? Options) NameAndOptions(YamlNode node, Faults faults)
    {
        if (node is not YamlNode.Mapping mapping) return (Expect.Text(node, "an output", faults), null);
        var entries = Expect.Entries(mapping, faults).ToList();
        if (entries.Count == 1) return (entries[0].Key, entries[0].Value);
        if (mapping.Entries.Length != 1)
            faults.Add(ShapeFaults.WrongKind("an output", node, "a name or a mapping with one key", "write each output as an entry of its own"));
        return (null, null);
    }

    private static Fields? Options(YamlNode? node, KeySet keys, Location owner, Faults faults) =>
        node is null || Expect.IsNothing(node) ? Fields.Empty(keys, owner, faults) : Fields.Open(node, keys, owner, faults);

    private static (string Compression, int? Level)? Compressed(Fields fields, ImmutableArray<Compressor> compressors, Faults faults)
    {
        var compression = fields.Text("compression");
        var chosen = compression is { } c ? compressors.FirstOrDefault(k => k.Name == c.Value) : compressors[0];
        if (chosen is null)
        {
            faults.Add(ShapeFaults.UnknownValue("`compression`", compression!.Value, compressors.Select(k => k.Name)));
            return null;
        }

        if (chosen.MostLevel == 0 && fields.Has("level"))
        {
            faults.Add(ShapeFaults.ExclusiveKeys(
                "level", fields.KeyAt("level"), $"compression: {chosen.Name}", fields.KeyAt("compression"), "leave `level` out: this compressor has none"));
            return null;
        }

        return (chosen.Name, (int?)fields.Number("level", 1, chosen.MostLevel));
    }

    private static OutputRequest.Kernel? Kernel(Fields fields, Location at, Faults faults)
    {
        if (fields.Text("version") is not { } version) return new(null, at);
        return PackageNames.Release(version, faults) ? new(version.Value, at) : null;
    }

    /// <summary>A compressor by its name, and the highest of the levels it takes; 0 where it takes none.</summary>
    internal sealed record Compressor(string Name, int MostLevel);
}
