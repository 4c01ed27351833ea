using System.Collections.Immutable;

namespace Strata.Ansible;

/// <summary>
/// `--tags` and `--skip-tags`: whether a task with given tags runs, as `Taggable.evaluate_tags` of ansible-core 2.14 says.
/// </summary>
/// <param name="Only">`--tags`; empty means `all`.</param>
/// <param name="Skip">`--skip-tags`.</param>
public sealed record TagSelection(ImmutableArray<string> Only, ImmutableArray<string> Skip)
{
    /// <summary>Neither is given.</summary>
    public static readonly TagSelection All = new([], []);

    /// <summary>Whether a task with these tags can run; one whose tags are templates can.</summary>
    public bool Selects(IReadOnlyCollection<string> tags)
    {
        if (tags.Count == 0 && Only.IsEmpty && Skip.IsEmpty) return true;
        if (tags.Any(Scalars.IsTemplate)) return true;
        IReadOnlyCollection<string> effective = tags.Count == 0 ? ["untagged"] : tags;
        return IsWanted(effective) && !IsSkipped(effective);
    }

    private bool IsWanted(IReadOnlyCollection<string> tags)
    {
        if (tags.Contains("always")) return true;
        if (Only.IsEmpty || Only.Contains("all")) return !tags.Contains("never") || Only.Any(tags.Contains);
        return Only.Any(tags.Contains) || (Only.Contains("tagged") && !tags.Contains("untagged") && !tags.Contains("never"));
    }

    private bool IsSkipped(IReadOnlyCollection<string> tags)
    {
        if (Skip.Contains("all")) return !tags.Contains("always") || Skip.Contains("always");
        return Skip.Any(tags.Contains) || (Skip.Contains("tagged") && !tags.Contains("untagged"));
    }
}
