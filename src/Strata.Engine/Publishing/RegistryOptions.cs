using System.Collections.Immutable;
using Strata.Layers;
using Strata.Planning;

namespace Strata.Engine.Publishing;

/// <summary>How registries are reached from this machine, and on whose behalf.</summary>
public sealed record RegistryOptions
{
    /// <summary>Absolute path of the file with the credentials; null leaves it to skopeo, which looks where `buildah login` writes.</summary>
    public string? AuthFile { get; init; }

    /// <summary>Absolute path of a folder with certificates (`*.crt`, `*.cert`, `*.key`); null is `/etc/containers/certs.d/HOST:PORT`.</summary>
    public string? CertificateFolder { get; init; }

    /// <summary>Whether what is built is not trusted: it goes to `images: untrusted`, and what is there counts too.</summary>
    public bool IsUntrusted { get; init; }
}

/// <summary>The repositories of a layer file: where images go, and where they are looked for.</summary>
/// <param name="Destination">Where new images go.</param>
/// <param name="Read">Where images are looked for, the one that counts most first.</param>
public sealed record ImageRepositories(ImageRepository Destination, ImmutableArray<ImageRepository> Read)
{
    /// <summary>The repositories as a layer file has them; without trust its `untrusted` is the destination and read too.</summary>
    /// <exception cref="RegistryException">It names no `untrusted`, and one is needed.</exception>
    public static ImageRepositories Of(LayerFile file, bool isUntrusted)
    {
        var trusted = ImageRepository.Of(file);
        if (!isUntrusted) return new(trusted, [trusted]);
        return ImageRepository.UntrustedOf(file) is { } untrusted
            ? new(untrusted, [trusted, untrusted])
            : throw new RegistryException("the layer file names no repository for what is not trusted", "say `images: {repository: …, untrusted: …}`, or leave out `--untrusted`");
    }

    /// <summary>The registries that may be talked to without TLS.</summary>
    public static ImmutableHashSet<string> PlainHttp(LayerFile file) => !file.IsPlainHttp
        ? []
        : [ImageRepository.Of(file).Registry, .. ImageRepository.UntrustedOf(file) is { } untrusted ? [untrusted.Registry] : Array.Empty<string>()];
}

/// <summary>What is asked of a registry cannot be done, whatever it answers.</summary>
public sealed class RegistryException : FailureException
{
    /// <summary>A failure in words, and what to do about it.</summary>
    public RegistryException(string message, string? hint)
        : base(message, hint)
    {
    }
}
