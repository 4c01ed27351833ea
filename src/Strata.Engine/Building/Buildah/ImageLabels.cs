using System.Collections.Immutable;
using Strata.Layers;
using Strata.Planning;

namespace Strata.Engine.Building.Buildah;

/// <summary>The labels by which an image says what it is; see the guide's page on images.</summary>
internal static class ImageLabels
{
    public const string Target = "io.strata.target";
    public const string Fingerprint = "io.strata.fingerprint";
    public const string Parent = "io.strata.parent";
    public const string ParentDigest = "io.strata.parent.digest";
    public const string Revision = "io.strata.revision";
    public const string Versions = "io.strata.versions";

    /// <summary>The digest of what is installed: <see cref="Images.PackageSet.Digest"/>.</summary>
    public const string Packages = "io.strata.packages";

    private const string Oci = "org.opencontainers.image.";

    /// <summary>The labels of a new image. A label whose value is empty takes an inherited one away.</summary>
    /// <param name="target">What was built.</param>
    /// <param name="parent">What it started from; null from scratch.</param>
    /// <param name="revisions">Each source's revision.</param>
    /// <param name="versions">What built it: `strata 1.0`, `buildah 1.28.2`, …</param>
    public static ImmutableSortedDictionary<string, string> Of(
        PlannedTarget target, StoredImage? parent, ImmutableSortedDictionary<string, string> revisions, IEnumerable<string> versions)
    {
        var name = new TargetName(target.Target.Name.Layer, target.Target.Name.Type, null);
        var labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        labels[Target] = name.ToString();
        labels[Fingerprint] = target.Fingerprint.ToString();
        labels[Parent] = target.Target.Parent is { } p ? new TargetName(p.Layer, p.Type, null).ToString() : "scratch";
        labels[ParentDigest] = parent?.Digest ?? "";
        labels[Revision] = string.Join(' ', revisions.Select(r => $"{r.Key}@{r.Value}"));
        labels[Versions] = string.Join(", ", versions);
        labels[Oci + "title"] = name.ToString();
        labels[Oci + "revision"] = revisions.GetValueOrDefault("self", "");
        labels[Oci + "ref.name"] = target.Reference;
        labels[Oci + "base.name"] = parent?.Reference ?? "";
        labels[Oci + "base.digest"] = parent?.Digest ?? "";
        return labels.ToImmutable();
    }

    /// <summary>Whether a label only says what an image was built from, by what, and where it was put.</summary>
    public static bool IsOrigin(string label) =>
        label.StartsWith("io.strata.", StringComparison.Ordinal) || label is Oci + "title" or Oci + "revision" or Oci + "ref.name" or Oci + "base.name" or Oci + "base.digest";

    /// <summary>The revision of each source that <see cref="Revision"/> names.</summary>
    public static ImmutableSortedDictionary<string, string> RevisionsOf(IReadOnlyDictionary<string, string> labels) =>
        (labels.GetValueOrDefault(Revision) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split('@', 2)).Where(r => r.Length == 2)
            .DistinctBy(r => r[0]).ToImmutableSortedDictionary(r => r[0], r => r[1], StringComparer.Ordinal);

    /// <summary>The image that labels describe; null when it is none of Strata's or its tag is not its fingerprint's.</summary>
    public static StoredImage? Read(ListedImage image, string reference, IReadOnlyDictionary<string, string> labels)
    {
        var fingerprint = labels.TryGetValue(Fingerprint, out var text) ? Inputs.Fingerprint.TryParse(text) : null;
        if (fingerprint is not { } whole || !reference.EndsWith(":" + whole.Tag, StringComparison.Ordinal)) return null;
        var parent = labels.TryGetValue(ParentDigest, out var digest) && digest.Length > 0 ? digest : null;
        return new(reference, image.Id, image.Digest, whole, parent);
    }
}
