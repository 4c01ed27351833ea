using System.Collections.Immutable;
using Strata.Layers;
using Strata.Text;

namespace Strata.Engine.Building.Packages;

/// <summary>What a layer file may say and this version cannot build yet: said before any work, not in the middle of it.</summary>
public static class BuildSupport
{
    private const string NotYetId = "not-yet";

    /// <summary>A diagnostic for each thing of the targets that would otherwise be ignored, or fail in the middle of a build.</summary>
    /// <param name="targets">The targets, package files resolved.</param>
    /// <param name="severity">An error where they are to be built, a warning where they are looked at.</param>
    public static ImmutableArray<Diagnostic> Of(IEnumerable<Target> targets, Severity severity) =>
        [.. targets.SelectMany(NotYet).DistinctBy(d => (d.At, d.Message)).Select(d => d with { Severity = severity })];

    private static IEnumerable<Diagnostic> NotYet(Target target)
    {
        foreach (var requirements in target.Ansible.Requirements)
            yield return Of(requirements.At, "`requirements` are not installed by this version", "commit the roles and collections, or install them on the build machine");
    }

    private static Diagnostic Of(Location at, string message, string hint) =>
        Diagnostic.Error(NotYetId, message, at, "checked, shown and planned only", hint);
}
