using System.Collections.Immutable;

namespace Strata.Engine.Processes;

/// <summary>A folder or file that a sandboxed program sees at another place.</summary>
/// <param name="Source">Absolute path on the machine.</param>
/// <param name="Destination">Absolute path it is seen at; made when it is not there.</param>
/// <param name="IsReadOnly">Whether the program can only read it there. Mounts below the source are not bound then.</param>
public sealed record BindMount(string Source, string Destination, bool IsReadOnly);

/// <summary>
/// A private mount and process namespace: the binds are seen by the program alone, its mounts leave with it, and when
/// it ends, or Strata is killed, every process it started is killed by the kernel, whatever session it moved to.
/// Needs root, or to be inside `buildah unshare`.
/// </summary>
/// <param name="Binds">Mounted in this order.</param>
public sealed record Sandbox(ImmutableArray<BindMount> Binds);
