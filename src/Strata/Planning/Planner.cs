using System.Collections.Immutable;
using Strata.Inputs;
using Strata.Layers;

namespace Strata.Planning;

/// <summary>
/// Decides what is built. Staleness runs down from parents to children, need runs up from a target that is built to a
/// parent that has no image, and what an upward step adds runs down once more.
/// </summary>
internal sealed class Planner(PlanBasis basis, PlanOptions options)
{
    private readonly Dictionary<TargetName, Target> targets = basis.Targets.ToDictionary(t => t.Name);
    private readonly HashSet<TargetName> asked =
        [.. (options.Selected.IsEmpty ? basis.Targets.Select(t => t.Name) : options.Selected).Where(n => IsInChange(options, n))];

    private readonly HashSet<Fingerprint> askedPrints = [];
    private readonly HashSet<TargetName> considered = [];
    private readonly HashSet<Fingerprint> built = [];
    private readonly Dictionary<Fingerprint, TargetName> builders = [];
    private readonly List<PlanFault> faults = [];

    /// <summary>The plan.</summary>
    public BuildPlan Plan()
    {
        FindUnknown();
        Consider();
        BuildStale();
        BuildNeededParents();
        BuildFollowers();
        FindFaults();
        FindBuilders();
        return new([.. basis.Targets.Select(Describe)], [.. faults], basis.Revisions);
    }

    /// <summary>A name that no target has is kept: it is a fault.</summary>
    private static bool IsInChange(PlanOptions options, TargetName name) => options.Impact?.Find(name)?.IsAffected ?? true;

    private void FindUnknown()
    {
        foreach (var name in asked.Where(n => !targets.ContainsKey(n)).ToList())
        {
            faults.Add(new PlanFault.UnknownTarget(name.ToString(), null));
            asked.Remove(name);
        }
    }

    /// <summary>What is asked for, and everything that it starts from.</summary>
    private void Consider()
    {
        foreach (var name in asked)
        {
            askedPrints.Add(PrintOf(name));
            considered.Add(name);
            if (options.Only) continue;
            for (var parent = targets[name].Parent; parent is { } p && considered.Add(p); parent = targets[p].Parent)
            {
            }
        }
    }

    /// <summary>Parents come first in the basis, so that one pass sees every parent's decision.</summary>
    private void BuildStale()
    {
        foreach (var target in Considered())
        {
            var isWanted = ImageOf(target.Name) is not null || IsAsked(target.Name);
            if (isWanted && OwnReason(target) is not null) built.Add(PrintOf(target.Name));
            if (IsParentBuilt(target)) built.Add(PrintOf(target.Name));
        }
    }

    /// <summary>A parent that nobody asked for is built only when something that is built starts from it.</summary>
    private void BuildNeededParents()
    {
        foreach (var target in Considered().Reverse().Where(IsBuilt))
        {
            if (target.Parent is { } parent && considered.Contains(parent) && ImageOf(parent) is null)
                built.Add(PrintOf(parent));
        }
    }

    private void BuildFollowers()
    {
        foreach (var target in Considered().Where(IsParentBuilt))
            built.Add(PrintOf(target.Name));
    }

    private IEnumerable<Target> Considered() => basis.Targets.Where(t => considered.Contains(t.Name));

    private Fingerprint PrintOf(TargetName name) => basis.Fingerprints[name];

    private bool IsBuilt(Target target) => built.Contains(PrintOf(target.Name));

    private bool IsParentBuilt(Target target) => target.Parent is { } parent && built.Contains(PrintOf(parent));

    /// <summary>Whether the image is asked for, be it under another system's name.</summary>
    private bool IsAsked(TargetName name) => askedPrints.Contains(PrintOf(name));

    /// <summary>Why a target is stale whatever is built with it; null when it is not.</summary>
    private PlanReason? OwnReason(Target target)
    {
        if (ImageOf(target.Name) is not { } image) return Absence(target.Name);
        if (options.Rebuild && IsAsked(target.Name)) return new PlanReason.Asked();
        if (target.Parent is not { } parent || ImageOf(parent) is not { } now || image.ParentDigest == now.Digest) return null;
        return new PlanReason.ParentRebuilt(parent, image.ParentDigest, now.Digest);
    }

    private PlanReason Absence(TargetName name) => basis.Strangers.Contains(PrintOf(name)) ? new PlanReason.OtherImage() : new PlanReason.NoImage();

    private StoredImage? ImageOf(TargetName name) => basis.Images.GetValueOrDefault(basis.Fingerprints[name]);

    private void FindFaults()
    {
        if (options.Only && options.Selected.IsEmpty)
            faults.Add(new PlanFault.NeedsTargets("--only", "the targets to build"));
        if (options.Expected is { } expected) FindUnexpected(expected);
        if (options.ExpectedParent is { } digest) FindUnexpectedParent(digest);
        foreach (var target in Considered().Where(t => IsBuilt(t) && !IsParentBuilt(t)))
        {
            if (target.Parent is { } parent && !considered.Contains(parent) && OwnReason(targets[parent]) is { } why)
                faults.Add(new PlanFault.ParentNotReady(target.Name, parent, why));
        }
    }

    private void FindUnexpected(Fingerprint expected)
    {
        if (options.Selected is not [var name])
            faults.Add(new PlanFault.NeedsTargets("--expect", "exactly one target"));
        else if (asked.Contains(name) && PrintOf(name) != expected)
            faults.Add(new PlanFault.UnexpectedFingerprint(name, expected, PrintOf(name)));
    }

    private void FindUnexpectedParent(string expected)
    {
        if (options.Selected is not [var name])
        {
            faults.Add(new PlanFault.NeedsTargets("--expect-parent", "exactly one target"));
            return;
        }

        if (!asked.Contains(name)) return;
        var parent = targets[name].Parent is { } p ? ImageOf(p) : null;
        if (parent?.Digest != expected) faults.Add(new PlanFault.UnexpectedParent(name, expected, parent?.Digest));
    }

    /// <summary>The first of the targets that share a fingerprint builds the image.</summary>
    private void FindBuilders()
    {
        foreach (var target in Considered().Where(IsBuilt))
            builders.TryAdd(PrintOf(target.Name), target.Name);
    }

    private PlannedTarget Describe(Target target)
    {
        var fingerprint = PrintOf(target.Name);
        var image = ImageOf(target.Name);
        var planned = new PlannedTarget
        {
            Target = target,
            Fingerprint = fingerprint,
            Reference = image is { IsPublished: true } && !IsBuilt(target) ? image.Reference : basis.Repository.Reference(target.Name, fingerprint),
            State = PlanState.NotSelected,
            Image = image,
            LacksPublishing = options.Push && image is { IsPublished: false },
            Impact = options.Impact?.Find(target.Name),
            ParentImage = target.Parent is { } parent && !IsParentBuilt(target) ? ImageOf(parent) : null,
            Outputs = asked.Contains(target.Name) ? target.Outputs : [],
        };
        if (!considered.Contains(target.Name)) return planned;
        return IsBuilt(target) ? WithBuild(planned, builders[fingerprint]) : WithoutBuild(planned);
    }

    private PlannedTarget WithBuild(PlannedTarget planned, TargetName builder) => builder == planned.Name
        ? planned with
        {
            State = PlanState.Build,
            Reasons = [.. BuildReasons(planned.Target)],
            WaitsFor = IsParentBuilt(planned.Target) ? builders[PrintOf(planned.Target.Parent!.Value)] : null,
        }
        : planned with
        {
            State = PlanState.Shared,
            Reasons = [new PlanReason.SameImage(builder), .. OutputReasons(planned.Name)],
            WaitsFor = builder,
        };

    private PlannedTarget WithoutBuild(PlannedTarget planned)
    {
        if (planned.Image is null) return planned;
        IEnumerable<PlanReason> notPublished = planned.LacksPublishing ? [new PlanReason.NotPublished()] : [];
        var left = planned with { Reasons = [.. notPublished, .. OutputReasons(planned.Name)] };
        return left with { State = left.LeftWithoutBuild ?? PlanState.Ready };
    }

    private IEnumerable<PlanReason> BuildReasons(Target target)
    {
        if (OwnReason(target) is { } own) yield return own;
        if (ImageOf(target.Name) is null) yield break;
        if (IsParentBuilt(target)) yield return new PlanReason.ParentIsBuilt(target.Parent!.Value);
        foreach (var reason in OutputReasons(target.Name)) yield return reason;
    }

    private IEnumerable<PlanReason> OutputReasons(TargetName name)
    {
        if (!asked.Contains(name) || !basis.Outputs.TryGetValue(name, out var outputs)) yield break;
        foreach (var output in outputs)
        {
            if (output.Condition == OutputCondition.Missing) yield return new PlanReason.OutputMissing(output.Kind);
            if (output.Condition == OutputCondition.Different) yield return new PlanReason.OutputDifferent(output.Kind);
            if (output.Condition == OutputCondition.NotStored && options.Push) yield return new PlanReason.OutputNotStored(output.Kind);
        }
    }
}
