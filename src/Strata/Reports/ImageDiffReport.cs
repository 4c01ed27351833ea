using System.Collections.Immutable;
using Strata.Images;
using Strata.Impact;

namespace Strata.Reports;

/// <summary>What differs between two images, and the inputs whose change explains it.</summary>
/// <param name="From">The first image.</param>
/// <param name="To">The second image.</param>
/// <param name="Comparison">What differs.</param>
/// <param name="Inputs">What explains it.</param>
public sealed record ImageDiffReport(ImageOrigin From, ImageOrigin To, ImageComparison Comparison, InputExplanation Inputs);

/// <summary>An image, and what it was built from.</summary>
/// <param name="Reference">Its name.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Target">Its target; null where it is none of Strata's.</param>
/// <param name="Fingerprint">The fingerprint that it says it has; null where it says none.</param>
/// <param name="Revisions">The revision of each source, by name.</param>
public sealed record ImageOrigin(string Reference, string Digest, string? Target, string? Fingerprint, ImmutableSortedDictionary<string, string> Revisions);

/// <summary>The inputs that differ between what two images were built from.</summary>
public sealed record InputExplanation
{
    /// <summary>The targets above, and the target itself, that differ, parents first.</summary>
    public ImmutableArray<TargetImpact> Targets { get; init; } = [];

    /// <summary>What else is to be said: why the inputs cannot be compared, or what they do not explain.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Nothing but a reason why there is no explanation.</summary>
    public static InputExplanation None(string reason) => new() { Notes = [reason] };
}
