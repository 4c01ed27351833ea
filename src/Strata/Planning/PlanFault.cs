using System.Collections.Immutable;
using System.Diagnostics;
using Strata.Inputs;
using Strata.Layers;
using Strata.Text;

namespace Strata.Planning;

/// <summary>What was asked cannot be done: found before any work.</summary>
public abstract record PlanFault
{
    private PlanFault()
    {
    }

    /// <summary>A target of that name does not exist.</summary>
    /// <param name="Asked">What was asked for.</param>
    /// <param name="Nearest">The target or layer that is likely meant; null when none is close.</param>
    public sealed record UnknownTarget(string Asked, string? Nearest) : PlanFault;

    /// <summary>With `--only`: the parent has no image to start from, or one that is itself stale.</summary>
    /// <param name="Target">The target asked for.</param>
    /// <param name="Parent">Its parent.</param>
    /// <param name="Why">Why the parent would have to be built.</param>
    public sealed record ParentNotReady(TargetName Target, TargetName Parent, PlanReason Why) : PlanFault;

    /// <summary>The target's fingerprint is not the one that was planned.</summary>
    /// <param name="Target">The target.</param>
    /// <param name="Expected">The fingerprint of `--expect`.</param>
    /// <param name="Actual">The fingerprint that these sources give.</param>
    public sealed record UnexpectedFingerprint(TargetName Target, Fingerprint Expected, Fingerprint Actual) : PlanFault;

    /// <summary>The image that the target starts from is not the one that was planned.</summary>
    /// <param name="Target">The target.</param>
    /// <param name="Expected">The digest of `--expect-parent`.</param>
    /// <param name="Actual">The digest of the parent's image; null where there is none, or the target starts from scratch.</param>
    public sealed record UnexpectedParent(TargetName Target, string Expected, string? Actual) : PlanFault;

    /// <summary>`--expect` or `--only` without the targets it is about.</summary>
    /// <param name="Option">The option.</param>
    /// <param name="Needs">What it needs: `one target`.</param>
    public sealed record NeedsTargets(string Option, string Needs) : PlanFault;

    /// <summary>What is wrong, as one sentence.</summary>
    public string Message => this switch
    {
        UnknownTarget fault => $"there is no target {Wording.Quote(fault.Asked)}",
        ParentNotReady fault => $"`{fault.Target}` cannot be built by itself: its parent `{fault.Parent}` is stale ({fault.Why})",
        UnexpectedFingerprint fault =>
            $"`{fault.Target}` has the fingerprint {fault.Actual}, expected {fault.Expected}: the sources are not those that were planned",
        UnexpectedParent { Actual: null } fault => $"`{fault.Target}` has no parent's image to start from, expected {fault.Expected}",
        UnexpectedParent fault => $"`{fault.Target}` would start from {fault.Actual}, expected {fault.Expected}: its parent's image is not the one that was planned with",
        NeedsTargets fault => $"`{fault.Option}` needs {fault.Needs}",
        _ => throw new UnreachableException(),
    };

    /// <summary>What to do about it.</summary>
    public string Hint => this switch
    {
        UnknownTarget { Nearest: { } nearest } => $"did you mean `{nearest}`?",
        UnknownTarget => "`strata targets` lists them",
        ParentNotReady fault => $"build `{fault.Parent}` first, or leave out `--only`",
        UnexpectedFingerprint => "check out the revisions that the plan was made from, or plan again",
        UnexpectedParent => "somebody has built the parent anew since: plan again",
        NeedsTargets => "name it on the command line, as `layer/type`",
        _ => throw new UnreachableException(),
    };
}

/// <summary>Target names as a person gives them on the command line.</summary>
/// <param name="Names">The targets that were found, in the order asked, each once.</param>
/// <param name="Faults">The names that no target has.</param>
public sealed record TargetSelection(ImmutableArray<TargetName> Names, ImmutableArray<PlanFault> Faults)
{
    /// <summary>
    /// Finds targets by name. `layer/type` means that target in every system that has it, `layer/type@system` the one, and
    /// `layer` all its types.
    /// </summary>
    public static TargetSelection Of(ImmutableArray<Target> targets, IEnumerable<string> asked)
    {
        var names = new List<TargetName>();
        var faults = ImmutableArray.CreateBuilder<PlanFault>();
        foreach (var text in asked)
        {
            var found = targets.Select(t => t.Name).Where(n => IsMeant(n, text)).ToList();
            names.AddRange(found);
            if (found.Count == 0)
                faults.Add(new PlanFault.UnknownTarget(text, Nearest(targets, text)));
        }

        return new([.. names.Distinct()], faults.ToImmutable());
    }

    /// <summary>The target, or the layer, that a word without a match is nearest to; a type alone means its first target.</summary>
    private static string? Nearest(ImmutableArray<Target> targets, string text) =>
        Wording.Nearest(text, targets.Select(t => t.Name.Layer.Value).Distinct().Concat(targets.Select(t => t.Name.ToString())))
        ?? targets.Where(t => t.Name.Type.Value == text).Select(t => t.Name.ToString()).FirstOrDefault();

    private static bool IsMeant(TargetName name, string text) =>
        text == name.ToString() || text == $"{name.Layer}/{name.Type}" || text == name.Layer.Value;
}
