using System.Diagnostics;
using Strata.Layers;

namespace Strata.Planning;

/// <summary>Why a target is built or exported.</summary>
public abstract record PlanReason
{
    private PlanReason()
    {
    }

    /// <summary>No image with the wanted fingerprint is there.</summary>
    public sealed record NoImage : PlanReason;

    /// <summary>What is under its tag in the registry is another image: its label has another fingerprint, or none.</summary>
    public sealed record OtherImage : PlanReason;

    /// <summary>Its image is in the local storage alone.</summary>
    public sealed record NotPublished : PlanReason;

    /// <summary>Its image is there, but the parent's is built in this plan, and may come out different.</summary>
    /// <param name="Parent">The parent.</param>
    public sealed record ParentIsBuilt(TargetName Parent) : PlanReason;

    /// <summary>Its image was built from another image than the one that is now under the parent's fingerprint.</summary>
    /// <param name="Parent">The parent.</param>
    /// <param name="Recorded">The digest of the image it was built from; null where its label is missing.</param>
    /// <param name="Now">The digest of the parent's image now.</param>
    public sealed record ParentRebuilt(TargetName Parent, string? Recorded, string Now) : PlanReason;

    /// <summary>`--rebuild` asks for it.</summary>
    public sealed record Asked : PlanReason;

    /// <summary>Another target of the plan has the same fingerprint: one image, built once.</summary>
    /// <param name="Other">The target that it is built as.</param>
    public sealed record SameImage(TargetName Other) : PlanReason;

    /// <summary>An output is not where it should be.</summary>
    /// <param name="Kind">`squashfs`, `kernel`.</param>
    public sealed record OutputMissing(string Kind) : PlanReason;

    /// <summary>An output was made from another image or with other options.</summary>
    /// <param name="Kind">`squashfs`, `kernel`.</param>
    public sealed record OutputDifferent(string Kind) : PlanReason;

    /// <summary>An output is not in the object store.</summary>
    /// <param name="Kind">`squashfs`, `kernel`.</param>
    public sealed record OutputNotStored(string Kind) : PlanReason;

    /// <summary>Whether it is about an output, which is made or sent without building.</summary>
    public bool IsOfOutput => this is OutputMissing or OutputDifferent or OutputNotStored;

    /// <summary>The reason's name in JSON.</summary>
    public string Id => this switch
    {
        NoImage => "no-image",
        OtherImage => "other-image",
        NotPublished => "not-published",
        ParentIsBuilt => "parent-is-built",
        ParentRebuilt => "parent-rebuilt",
        Asked => "asked",
        SameImage => "same-image",
        OutputMissing => "output-missing",
        OutputDifferent => "output-different",
        OutputNotStored => "output-not-stored",
        _ => throw new UnreachableException(),
    };

    /// <summary>The reason in words, to stand after the target's name.</summary>
    public sealed override string ToString() => this switch
    {
        NoImage => "no image with this fingerprint",
        OtherImage => "what is under its tag is no image with this fingerprint",
        NotPublished => "in the local storage alone",
        ParentIsBuilt reason => $"follows {reason.Parent}, which is built",
        ParentRebuilt reason => $"{reason.Parent} was rebuilt since",
        Asked => "asked by --rebuild",
        SameImage reason => $"same image as {reason.Other}",
        OutputMissing reason => $"{reason.Kind} is missing",
        OutputDifferent reason => $"{reason.Kind} is of another image or other options",
        OutputNotStored reason => $"{reason.Kind} is not in the object store",
        _ => throw new UnreachableException(),
    };
}
