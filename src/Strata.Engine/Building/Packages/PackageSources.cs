using Strata.Layers;
using Strata.Sources;

namespace Strata.Engine.Building.Packages;

/// <summary>Which package list's repositories a target's playbooks and commands can use.</summary>
internal static class PackageSources
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
}
