using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Reads the entries of `outputs:`: a name, or a name with its options.</summary>
internal static class OutputReader
{
    /// <summary>The compressors of squashfs, with the levels each takes; 0 where it takes none.</summary>
    private static readonly ImmutableArray<(string Name, int MostLevel)> Compressors = [("zstd", 22), ("gzip", 9), ("xz", 0), ("lz4", 0)];

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
        switch (name.Value)
        {
            case "squashfs":
                return Squashfs(Options(options, KeySet.Squashfs, name.At, faults), name.At, faults);
            case "kernel":
                return Options(options, KeySet.Kernel, name.At, faults) is { } fields ? Kernel(fields, name.At, faults) : null;
            default:
                var isOfKernel = name.Value is "initramfs" or "initrd" or "vmlinuz";
                faults.Add(ShapeFaults.UnknownValue("an output", name, KeySet.Outputs.Keys, isOfKernel ? "write `kernel`: it gives the kernel with its initramfs" : null));
                return null;
        }
    }

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

    private static OutputRequest.Squashfs? Squashfs(Fields? fields, Location at, Faults faults)
    {
        if (fields is null) return null;
        var compression = fields.Text("compression");
        var (name, most) = compression is { } c ? Compressors.FirstOrDefault(k => k.Name == c.Value) : Compressors[0];
        if (name is null)
        {
            faults.Add(ShapeFaults.UnknownValue("`compression`", compression!.Value, Compressors.Select(k => k.Name)));
            return null;
        }

        if (most == 0 && fields.Has("level"))
        {
            faults.Add(ShapeFaults.ExclusiveKeys(
                "level", fields.KeyAt("level"), $"compression: {name}", fields.KeyAt("compression"), "leave `level` out: this compressor has none"));
            return null;
        }

        return new(name, (int?)fields.Number("level", 1, most), at);
    }

    private static OutputRequest.Kernel? Kernel(Fields fields, Location at, Faults faults)
    {
        if (fields.Text("version") is not { } version) return new(null, at);
        return PackageNames.Release(version, faults) ? new(version.Value, at) : null;
    }
}
