using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>What reading a YAML text gave: the root where there is one, and every fault that was found.</summary>
/// <param name="File">The text that was read.</param>
/// <param name="Root">The root node; null for an empty document and for one that cannot be read at all.</param>
/// <param name="Diagnostics">Faults in the order of the file.</param>
public sealed record YamlDocument(SourceFile File, YamlNode? Root, ImmutableArray<Diagnostic> Diagnostics);
