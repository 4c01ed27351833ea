using Strata.Text;

namespace Strata.Sources;

/// <summary>The name of a git repository that layers or the inventory come from.</summary>
/// <param name="Value">The name as written in the layer file.</param>
public readonly record struct SourceName(string Value)
{
    /// <summary>The layer file's own source.</summary>
    public static SourceName Self => new("self");

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A path in a named source.</summary>
/// <param name="Source">The source.</param>
/// <param name="Path">Where in it.</param>
public readonly record struct SourcePath(SourceName Source, RepoPath Path)
{
    /// <summary>The path alone for `self`, otherwise `SOURCE:PATH`.</summary>
    public override string ToString() => Source == SourceName.Self ? Path.ToString() : $"{Source}:{Path}";
}
