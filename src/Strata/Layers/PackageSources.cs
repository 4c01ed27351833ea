using Strata.Sources;

namespace Strata.Layers;

/// <summary>Which repositories a target's steps can use.</summary>
public static class PackageSources
{
    /// <summary>The nearest list that names repositories, from the target upwards, with the source it stands in; null where none does.</summary>
    public static (PackageList List, SourceName Source)? Nearest(LayerFile file, Target target)
    {
        for (var current = target; current is not null; current = current.Parent is { } parent ? file.Find(parent) : null)
        {
            if (current.Packages is PackageStep.Inline { List: { Repositories: not null } list }) return (list, current.Source);
        }

        return null;
    }

    /// <summary>
    /// A target's own list; where it names no repositories, with those of the nearest list above it for the same manager. They
    /// are not in the parent's image, which has no package sources but those that its roles write.
    /// </summary>
    /// <returns>The list, and the source that its repositories' keys are in.</returns>
    public static (PackageList List, SourceName Source)? Effective(LayerFile file, Target target)
    {
        if (target.Packages is not PackageStep.Inline { List: var list }) return null;
        return list.Repositories is null && Nearest(file, target) is var (above, source) && above.Manager == list.Manager
            ? (list with { Repositories = above.Repositories, Release = list.Release ?? above.Release, Credentials = list.Credentials ?? above.Credentials }, source)
            : (list, target.Source);
    }
}
