using System.Collections.Immutable;
using Strata.Sources;

namespace Strata.Engine.Git;

/// <summary>What a command line says about one source: `--source NAME=PATH@REV`.</summary>
/// <param name="Name">The source.</param>
/// <param name="Path">Its repository, absolute; null where only the revision is said.</param>
/// <param name="Revision">The revision; null for the working tree, or HEAD where there is none.</param>
public sealed record SourceChoice(SourceName Name, string? Path, string? Revision)
{
    /// <summary>What it is cloned from, in place of a path; null for none.</summary>
    public string? Url { get; init; }
}

/// <summary>Whether sources that are only known by their URL are fetched.</summary>
public enum FetchPolicy
{
    /// <summary>Take what an earlier run has fetched; a source that none has is a fault.</summary>
    Never,

    /// <summary>Fetch, unless a commit is asked for by its whole id and is there already.</summary>
    WhenNeeded,
}

/// <summary>Where sources are looked for. Paths are absolute.</summary>
public sealed record SourceOptions
{
    /// <summary>The current folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The layer file as given by `--file`; null looks for `strata.yaml` here and above, up to the repository's top.</summary>
    public string? File { get; init; }

    /// <summary>What `--source` says.</summary>
    public ImmutableArray<SourceChoice> Choices { get; init; } = [];

    /// <summary>Folders whose untracked files belong to no source: where outputs are written.</summary>
    public ImmutableArray<string> OutputFolders { get; init; } = [];

    /// <summary>Whether URLs are fetched.</summary>
    public FetchPolicy Fetch { get; init; } = FetchPolicy.WhenNeeded;

    /// <summary>A folder of this run for what reading makes.</summary>
    public required string Scratch { get; init; }

    /// <summary>Where clones are kept between runs: <see cref="Files.UserFolders.Cache"/>.</summary>
    public required string Cache { get; init; }
}
