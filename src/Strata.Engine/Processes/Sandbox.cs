using System.Collections.Immutable;

namespace Strata.Engine.Processes;

/// <summary>A folder or file that a sandboxed program sees at another place.</summary>
/// <param name="Source">Absolute path on the machine.</param>
/// <param name="Destination">Absolute path it is seen at; made when it is not there.</param>
/// <param name="IsReadOnly">Whether the program can only read it there. Mounts below the source are not bound then.</param>
public sealed record BindMount(string Source, string Destination, bool IsReadOnly);

/// <summary>What a sandbox has of its own. What is built does not depend on it.</summary>
public enum Isolation
{
    /// <summary>Mounts and processes, and a `/proc` that shows those processes alone.</summary>
    Namespaces,

    /// <summary>
    /// Mounts and processes, with the machine's `/proc`: for a container, whose masked `/proc` makes the kernel refuse a fresh
    /// one. Process numbers in it are the machine's, not those of the sandbox.
    /// </summary>
    SharedProc,
}

/// <summary>
/// A private mount and process namespace: the binds are seen by the program alone, its mounts leave with it, and when
/// it ends, or Strata is killed, every process it started is killed by the kernel, whatever session it moved to.
/// Needs root, or to be inside `buildah unshare`.
/// </summary>
/// <param name="Binds">Mounted in this order.</param>
public sealed record Sandbox(ImmutableArray<BindMount> Binds)
{
    /// <summary>The host name that programs in a sandbox see: always the same, since it can end up in an image.</summary>
    public const string HostName = "strata-image";

    /// <summary>What it has of its own.</summary>
    public Isolation Isolation { get; init; }

    /// <summary>Whether the program can write to the binds alone: every other mount is one to read from.</summary>
    public bool IsMachineReadOnly { get; init; }

    /// <summary>
    /// A mounted image whose `/proc`, `/sys`, `/dev`, `/run` and `/tmp` get file systems of the sandbox's own, before the
    /// binds are made; null leaves all images alone.
    /// </summary>
    public string? ImageRoot { get; init; }
}
