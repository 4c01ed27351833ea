using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Layers;

/// <summary>Which targets something is for: those named by layer, target or type; where none is named, the leaves, which nothing else starts from.</summary>
/// <param name="Targets">Layers and targets.</param>
/// <param name="Types">Image types.</param>
public sealed record JobSubjects(ImmutableArray<Located<LayerOrTarget>> Targets, ImmutableArray<Located<ImageType>> Types)
{
    /// <summary>Whether a target is one of them.</summary>
    /// <param name="target">The target.</param>
    /// <param name="isLeaf">Whether nothing starts from it.</param>
    public bool Holds(TargetName target, bool isLeaf)
    {
        if (Targets.IsEmpty && Types.IsEmpty) return isLeaf;
        return Types.Any(t => t.Value == target.Type)
            || Targets.Any(t => t.Value.Layer == target.Layer && (t.Value.Type is not { } type || type == target.Type));
    }
}

/// <summary>A job of the site's own that a pipeline has behind the targets that it is for: a test of the image, a scan, a pipeline of another project.</summary>
public sealed record ExternalJob
{
    /// <summary>Its name; the job is named `NAME layer/type`.</summary>
    public required Located<string> Name { get; init; }

    /// <summary>Which targets it is for.</summary>
    public required JobSubjects Subjects { get; init; }

    /// <summary>What it does.</summary>
    public required ExternalWork Work { get; init; }

    /// <summary>Whether the image's outputs are made where it runs, before its script.</summary>
    public bool TakesOutputs { get; init; }

    /// <summary>The promotion that waits until it has passed; null for none.</summary>
    public Located<string>? Gate { get; init; }

    /// <summary>The promotion that has to be done first; null where the image is enough.</summary>
    public Located<string>? Follows { get; init; }

    /// <summary>Whether the pipeline goes on where it fails.</summary>
    public bool MayFail { get; init; }

    /// <summary>How it is run.</summary>
    public JobSettings Settings { get; init; } = JobSettings.None;
}

/// <summary>What a site's own job does.</summary>
public abstract record ExternalWork
{
    private ExternalWork()
    {
    }

    /// <summary>Lines of shell, as the runner runs scripts.</summary>
    public sealed record Script(ImmutableArray<string> Lines) : ExternalWork;

    /// <summary>A pipeline of another project, which the job waits for.</summary>
    /// <param name="Project">Its path, as in `hpc/boot-tests`.</param>
    /// <param name="Ref">Its branch; null for its default.</param>
    public sealed record Trigger(string Project, string? Ref) : ExternalWork;
}

/// <summary>A release tag that a pipeline of the protected default branch gives to what was built.</summary>
public sealed record PromotionStage
{
    /// <summary>The tag, which also names the stage: `testbed`, `production`.</summary>
    public required Located<ReleaseTag> Tag { get; init; }

    /// <summary>The repository that gets the image; null for `images: repository`.</summary>
    public string? Repository { get; init; }

    /// <summary>Which targets are promoted.</summary>
    public required JobSubjects Subjects { get; init; }

    /// <summary>Whether a person starts it.</summary>
    public bool IsManual { get; init; }

    /// <summary>The tag that a target gets: where there are several systems, each has its own, `production-clusterA`.</summary>
    public ReleaseTag TagFor(TargetName target) => target.System is { } system && TryTagFor(system, out _) is { } own ? own : Tag.Value;

    /// <summary>A system's own tag; null, and why, where there can be none.</summary>
    internal ReleaseTag? TryTagFor(SystemName system, out string reason) => ReleaseTag.TryParse($"{Tag.Value}-{system}", out reason);
}

/// <summary>The path of a project of GitLab, group first: `hpc/images`.</summary>
public static class ProjectPath
{
    /// <summary>Whether a text is one.</summary>
    public static bool IsOne(string text) =>
        text.Split('/') is { Length: > 1 } parts && parts.All(p => p.Length > 0 && p[0] is not ('-' or '.') && p.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'));

    /// <summary>The project that a repository's URL names; null where it names none.</summary>
    public static string? Of(string url)
    {
        var path = Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.AbsolutePath : url[(url.IndexOf(':', StringComparison.Ordinal) + 1)..];
        path = path.Trim('/');
        if (path.EndsWith(".git", StringComparison.Ordinal)) path = path[..^".git".Length];
        return IsOne(path) ? path : null;
    }
}
