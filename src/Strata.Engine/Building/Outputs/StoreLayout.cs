using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Strata.Layers;

namespace Strata.Engine.Building.Outputs;

/// <summary>
/// The names of outputs in an object store, as OpenCHAMI's image-builder lays a bucket out: what firmware loads under `efi-images/`, root file
/// systems beside it (github.com/OpenCHAMI/image-builder, src/publish.py). There a tag is written anew; here each set of files has a folder
/// of its own, `LAYER/TYPE/FINGERPRINT-SUM`, so that no object is ever replaced by another.
/// </summary>
/// <param name="prefix">What every name begins with: empty, or a path with a slash at its end.</param>
/// <param name="target">The target.</param>
/// <param name="record">What is sent.</param>
internal sealed class StoreLayout(string prefix, TargetName target, OutputRecord record)
{
    private const string LoaderFolder = "efi-images/";

    private readonly string folder =
        $"{prefix}{(target.System is { } system ? system.Value + "/" : "")}{target.Layer}/{target.Type}/{Tag(record.Reference)}-{Sum(record.Outputs)}/";

    /// <summary>The name of the record, which is sent last: where it is, all is there.</summary>
    public string OfRecord => folder + OutputFolder.RecordName;

    /// <summary>The name of an output. A kernel and its initramfs have the kernel's version in it.</summary>
    public string Of(RecordedOutput output) => output.Version is { } version
        ? $"{LoaderFolder}{folder}{Path.GetFileNameWithoutExtension(output.File)}-{version}{Path.GetExtension(output.File)}"
        : folder + output.File;

    private static string Tag(string reference) => reference[(reference.LastIndexOf(':') + 1)..];

    /// <summary>Says the bytes of all files in 12 hex digits.</summary>
    private static string Sum(ImmutableArray<RecordedOutput> outputs) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(outputs.Select(o => $"{o.Sha256} {o.File} {o.Version}\n")))))[..12];
}
