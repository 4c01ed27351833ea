using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Strata.Inputs;
using Strata.Layers;
using Strata.Planning;
using Strata.Sources;
using Strata.Text;

namespace Strata.Tests.Support;

/// <summary>
/// Targets and what is there of them, from a text with one target a line: `NAME [&lt; PARENT] [: WORDS]`. Words: `image` (built
/// from the parent's image as it is now), `image-of-old-parent`, `published` (the image is in the registry), `stranger` (its tag is another image's), `print=X` (fingerprint; otherwise the target's name),
/// `empty` (from scratch without packages), `squashfs`, `squashfs=missing`, `squashfs=different`,
/// `squashfs=not-stored`.
/// </summary>
public sealed class PlanSketch
{
    private readonly SourceFile file;
    private readonly List<Target> targets = [];
    private readonly Dictionary<TargetName, Fingerprint> prints = [];
    private readonly Dictionary<Fingerprint, StoredImage> images = [];
    private readonly Dictionary<TargetName, ImmutableArray<OutputState>> outputs = [];
    private readonly HashSet<Fingerprint> strangers = [];

    private PlanSketch(string text)
    {
        file = new("strata.yaml", text);
        var start = 0;
        foreach (var line in text.Split('\n'))
        {
            if (line.Trim().Length > 0) Read(line, start);
            start += line.Length + 1;
        }
    }

    /// <summary>What a plan is made from.</summary>
    public static PlanBasis Basis(string text)
    {
        var sketch = new PlanSketch(text);
        return new()
        {
            Targets = [.. sketch.targets],
            Fingerprints = sketch.prints,
            Images = sketch.images,
            Outputs = sketch.outputs,
            Strangers = [.. sketch.strangers],
            Revisions = PlanBasis.RevisionsOf(new([new SourceTree(SourceName.Self, MemoryTree.Empty, new string('c', 40))])),
        };
    }

    /// <summary>The plan of a sketch.</summary>
    public static BuildPlan Plan(string text, PlanOptions? options = null) => BuildPlan.Of(Basis(text), options ?? PlanOptions.Default);

    /// <summary>A target's name from `layer/type` or `layer/type@system`.</summary>
    public static TargetName Name(string text)
    {
        var parts = text.Split('/', '@');
        return new(new(parts[0]), new(parts[1]), parts.Length > 2 ? new SystemName(parts[2]) : null);
    }

    /// <summary>The fingerprint that a word stands for.</summary>
    public static Fingerprint Print(string word) => Fingerprint.Of(SHA256.HashData(Encoding.UTF8.GetBytes(word)));

    /// <summary>The image that a target has under a fingerprint's word.</summary>
    public static StoredImage Image(TargetName name, string print, string? parentDigest) =>
        new($"localhost/strata/{name.Layer}/{name.Type}:{print.Replace('/', '-').Replace('@', '-')}", $"id-{print}", $"sha256:{print}", Print(print), parentDigest);

    private void Read(string line, int start)
    {
        var (edge, words) = Split(line, ':');
        var (nameText, parentText) = Split(edge, '<');
        var name = Name(nameText);
        TargetName? parent = parentText.Length > 0 ? Name(parentText) : null;
        var flags = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var print = flags.Where(f => f.StartsWith("print=", StringComparison.Ordinal)).Select(f => f[6..]).FirstOrDefault() ?? nameText;
        var at = new Location(file, new(start + line.IndexOf(nameText, StringComparison.Ordinal), nameText.Length));
        var squashfs = flags.FirstOrDefault(f => f.StartsWith("squashfs", StringComparison.Ordinal));
        targets.Add(new()
        {
            Name = name,
            Parent = parent,
            Source = SourceName.Self,
            Architecture = "x86_64",
            At = at,
            Packages = parent is null && !flags.Contains("empty") ? new PackageStep.Inline(new() { Manager = PackageManagerKind.Dnf, At = at }) : null,
            Outputs = squashfs is null ? [] : [new OutputRequest.Squashfs("zstd", null, at)],
        });
        prints[name] = Print(print);
        if (flags.Contains("image")) images[Print(print)] = Image(name, print, parent is { } p ? DigestOf(p) : null);
        if (flags.Contains("image-of-old-parent")) images[Print(print)] = Image(name, print, "sha256:old");
        if (flags.Contains("published")) images[Print(print)] = images[Print(print)] with { IsPublished = true };
        if (flags.Contains("stranger")) strangers.Add(Print(print));
        if (squashfs is not null) outputs[name] = [new("squashfs", Condition(squashfs))];
    }

    /// <summary>The digest of the parent's image, or of one that is no longer there.</summary>
    private string DigestOf(TargetName parent) => images.TryGetValue(prints[parent], out var image) ? image.Digest : $"sha256:{parent}";

    private static OutputCondition Condition(string word) => word switch
    {
        "squashfs=missing" => OutputCondition.Missing,
        "squashfs=not-stored" => OutputCondition.NotStored,
        "squashfs=different" => OutputCondition.Different,
        _ => OutputCondition.Current,
    };

    private static (string Left, string Right) Split(string text, char at) =>
        text.IndexOf(at, StringComparison.Ordinal) is >= 0 and var i ? (text[..i].Trim(), text[(i + 1)..].Trim()) : (text.Trim(), "");
}
