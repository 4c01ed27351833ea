using Strata.Sources;
using Strata.Text;

namespace Strata.Layers;

/// <summary>A named step of an image's life: `hsn`, `compute`, `slurm`.</summary>
/// <param name="Value">The name.</param>
public readonly record struct LayerName(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The kind of computer an image is for: `base`, `compute`, `uan`.</summary>
/// <param name="Value">The name.</param>
public readonly record struct ImageType(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A cluster among several that one layer file builds for.</summary>
/// <param name="Value">The name.</param>
public readonly record struct SystemName(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>One layer for one image type, and one system where there are several: what is built.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Type">The image type.</param>
/// <param name="System">The system; null where the layer file names one cluster.</param>
public readonly record struct TargetName(LayerName Layer, ImageType Type, SystemName? System)
{
    /// <summary>`layer-type`: the name of its output folder and its log, which are kept apart by system.</summary>
    public string FileName => $"{Layer}-{Type}";

    /// <summary>`layer/type`, or `layer/type@system`.</summary>
    public override string ToString() => System is { } system ? $"{Layer}/{Type}@{system}" : $"{Layer}/{Type}";
}

/// <summary>The rule for the names of layers, types, systems and sources.</summary>
public static class NameRule
{
    /// <summary>Most characters a name may have.</summary>
    public const int MaxLength = 63;

    /// <summary>The rule as a regular expression of JSON Schema; <see cref="Fits"/> says the same.</summary>
    public const string Pattern = "^(?=.{1,63}$)[a-z0-9]+([._-][a-z0-9]+)*$";

    /// <summary>The rule in words.</summary>
    public const string Words = "lower-case letters and digits, with single `.`, `_` or `-` between them, at most 63 characters";

    /// <summary>The rule for systems and clusters in words: capital letters are allowed.</summary>
    public const string SystemWords = "letters and digits, with single `.`, `_` or `-` between them, at most 63 characters";

    /// <summary>Whether a text fits the rule for systems and clusters.</summary>
    public static bool FitsSystem(string text) => System.Text.Ascii.IsValid(text) && Fits(text.ToLowerInvariant());

    /// <summary>Whether a text fits `[a-z0-9]+([._-][a-z0-9]+)*` within <see cref="MaxLength"/>.</summary>
    public static bool Fits(string text)
    {
        if (text.Length is 0 or > MaxLength) return false;
        var afterSeparator = true;
        foreach (var c in text)
        {
            var isSeparator = c is '.' or '_' or '-';
            if (isSeparator ? afterSeparator : !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))) return false;
            afterSeparator = isSeparator;
        }

        return !afterSeparator;
    }
}

/// <summary>A git repository named under `sources:`.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where it is cloned from; null for `self` and for a source found beside the layer file.</param>
/// <param name="Ref">The branch or tag that is followed; null for the remote's default.</param>
public sealed record SourceDefinition(SourceName Name, string? Url, string? Ref)
{
    /// <summary>
    /// Whether the source may be absent: `inventory: {path: NAME}` in the paper's spelling names a folder of `self` or a
    /// repository, and does not say which.
    /// </summary>
    public bool IsOptional { get; init; }

    /// <summary>Where the layer file names it; null where it names it in no place of its own.</summary>
    public Location? At { get; init; }
}
