using Strata.Inputs;
using Strata.Layers;

namespace Strata.Planning;

/// <summary>Where a build's images live: a registry with a path, or the local container storage.</summary>
/// <param name="Name">The repository without a trailing slash, such as `registry.example.org/hpc`.</param>
public readonly record struct ImageRepository(string Name)
{
    /// <summary>The local container storage that Buildah and Podman share: `localhost/strata`.</summary>
    public static ImageRepository Local => new("localhost/strata");

    /// <summary>The repository that a layer file names; the local storage where it names none.</summary>
    public static ImageRepository Of(LayerFile file) =>
        file.Repository is { } name ? new(name.TrimEnd('/')) : Local;

    /// <summary>Where pipelines that are not trusted publish; null where the layer file does not say.</summary>
    public static ImageRepository? UntrustedOf(LayerFile file) =>
        file.UntrustedRepository is { } name ? new(name.TrimEnd('/')) : null;

    /// <summary>A repository as a person writes it; null where the text is none.</summary>
    public static ImageRepository? TryParse(string text) => ImagesReader.IsRepository(text) ? new(text) : null;

    /// <summary>The registry that it is in, `HOST` or `HOST:PORT`.</summary>
    public string Registry => Name.Split('/')[0];

    /// <summary>Whether nothing is published: images stay in the local storage.</summary>
    public bool IsLocal => this == Local;

    /// <summary>
    /// `REPOSITORY/layer/type:TAG`, the tag being the first 32 hex digits of the fingerprint. It carries no system:
    /// systems that agree on the fingerprint share the image.
    /// </summary>
    public string Reference(TargetName target, Fingerprint fingerprint) =>
        $"{Of(target)}:{fingerprint.Tag}";

    /// <summary>Where a target's images are, whatever their fingerprint: `REPOSITORY/layer/type`.</summary>
    public string Of(TargetName target) => $"{Name}/{target.Layer}/{target.Type}";

    /// <summary>A reference without its tag.</summary>
    public static string WithoutTag(string reference) => reference[..reference.LastIndexOf(':')];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
