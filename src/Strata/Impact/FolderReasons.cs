using System.Collections.Immutable;
using Strata.Inputs;
using Strata.Sources;

namespace Strata.Impact;

/// <summary>
/// Names the files behind a reason that is a whole folder: a folder counts where a task takes all of it, or where what runs may read
/// anything, and then a person wants to know what in it has changed.
/// </summary>
/// <param name="before">The earlier sources.</param>
/// <param name="after">The later ones.</param>
internal sealed class FolderReasons(Snapshot before, Snapshot after)
{
    private const int Shown = 3;

    private readonly Lazy<ImmutableArray<ChangedFile>> changed = new(() => [.. ChangedFiles.Between(before, after)]);

    /// <summary>The same with the changed files said.</summary>
    public ChangeImpact Of(ChangeImpact impact) => impact.Targets.Any(t => t.Reasons.Any(IsFolder))
        ? new(impact.Precision, impact.Targets.Select(t => t with { Reasons = [.. t.Reasons.Select(Of)] }))
        : impact;

    private static bool IsFolder(Reason reason) => reason is { Kind: InputKind.Listing or InputKind.Assumption, Change: ReasonChange.Modified, Path: not null, Because: null };

    private Reason Of(Reason reason)
    {
        if (!IsFolder(reason)) return reason;
        var path = reason.Path!.Value;
        var all = changed.Value.Where(f => f.Path.Source == path.Source).Select(f => f.Path.Path).ToList();

        // What is assumed of a text is as wide as its source; where the text itself differs, that is what changed.
        var here = reason.Kind == InputKind.Assumption && !all.Contains(path.Path) ? all : all.FindAll(f => f.IsWithin(path.Path) && f != path.Path);
        if (here.Count == 0) return reason;
        var more = here.Count > Shown ? string.Create(null, $" and {here.Count - Shown} more") : "";
        return reason with { Because = "changed: " + string.Join(", ", here.Take(Shown).Select(f => f.Value)) + more };
    }
}
