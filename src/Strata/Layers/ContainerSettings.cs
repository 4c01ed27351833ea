using System.Collections.Immutable;

namespace Strata.Layers;

/// <summary>
/// How a container that is started from an image begins, unless whoever starts it says otherwise: the configuration of the OCI
/// image. What is not said is as the parent's image has it. A build itself is not touched by it: steps run as root, in `/`.
/// </summary>
public sealed record ContainerSettings
{
    /// <summary>`USER` or `USER:GROUP`, by name or number; null is the parent's.</summary>
    public string? User { get; init; }

    /// <summary>Variables in the file's order, added to the parent's.</summary>
    public ImmutableArray<(string Name, string Value)> Environment { get; init; } = [];

    /// <summary>Absolute path of the folder that it begins in; null is the parent's.</summary>
    public string? Directory { get; init; }

    /// <summary>The program before every command, with arguments; empty takes the parent's away, null is the parent's.</summary>
    public ImmutableArray<string>? Entrypoint { get; init; }

    /// <summary>What runs when no command is given; null is the parent's, from scratch `/bin/sh`.</summary>
    public ImmutableArray<string>? Command { get; init; }

    /// <summary>Absolute paths that are volumes, added to the parent's.</summary>
    public ImmutableArray<string> Volumes { get; init; } = [];
}
