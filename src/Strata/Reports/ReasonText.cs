using Strata.Impact;
using Strata.Inputs;
using Strata.Sources;
using Strata.Text;

namespace Strata.Reports;

/// <summary>Inputs and reasons as lines: what it is and where, then the way to the playbook.</summary>
internal static class ReasonText
{
    /// <summary>How a way is drawn from one link to the next.</summary>
    private const string Arrow = " → ";

    /// <summary>`modified  inventory/group_vars/Compute.yml:3 slurm_version → roles/slurm/templates/slurm.conf.j2:12 → role slurm → slurm.yml:1`.</summary>
    public static string Line(Reason reason, Paint paint)
    {
        if (reason.Kind == InputKind.Parent) return $"follows   {reason.Name}";
        if (reason is { Kind: InputKind.Assumption, Path: null }) return $"assumed   {Wording.Escape(reason.Name)}: {Wording.Escape(reason.Because ?? "")}";
        var word = reason.Kind == InputKind.Assumption ? "assumed" : reason.Change.Name();
        var because = reason.Because is { } why ? $" ({Wording.Escape(why)})" : "";
        return $"{word,-8}  {Way(reason.Kind, reason.Name, new(reason.Path, reason.Line), [.. reason.Chain], paint)}{because}";
    }

    /// <summary>The thing, its place, and the way from it.</summary>
    public static string Way(InputKind kind, string name, TextPlace place, IReadOnlyList<string> chain, Paint paint) =>
        string.Join(paint(Tone.Frame, Arrow), Links(kind, name, place, chain).Select(Wording.Escape).Prepend(Thing(kind, name, place)));

    /// <summary>The way without what only repeats the thing or its place.</summary>
    public static IEnumerable<string> Links(InputKind kind, string name, TextPlace place, IEnumerable<string> chain) =>
        chain.SkipWhile(link => IsSaid(link, kind, name, place));

    /// <summary>What it is, without its place: `variable slurm_version`.</summary>
    public static string Short(Reason reason) =>
        reason.Kind is InputKind.Assumption ? $"assumed: {Wording.Escape(reason.Because ?? reason.Name)}" : $"{Word(reason.Kind)} {Wording.Escape(reason.Name)}";

    /// <summary>
    /// A variable is shown as `PATH:LINE NAME`, a file by its path alone, anything else as `KIND NAME` with its place behind.
    /// </summary>
    public static string Thing(InputKind kind, string name, TextPlace place)
    {
        var shown = Wording.Escape(name);
        if (place.Path is not { } path) return $"{Word(kind)} {shown}";
        if (kind == InputKind.Variable) return $"{place} {shown}";
        if (kind == InputKind.File) return path.ToString() == name || path.Path.Value == name ? place.ToString() : $"{place} {shown}";
        var isPath = path.ToString() == name || path.Path.Value == name;

        // Of an assumption the word before it says that it is one.
        var word = kind == InputKind.Assumption ? "" : Word(kind) + " ";
        return isPath ? $"{word}{place}" : $"{word}{shown} ({place})";
    }

    /// <summary>Whether a link at the start of a way only repeats the thing or its place.</summary>
    private static bool IsSaid(string link, InputKind kind, string name, TextPlace place) => kind switch
    {
        InputKind.Variable => link == InputKinds.VariableStep(name),
        InputKind.Role or InputKind.Play => link == place.Plain || link == $"{Word(kind)} {name}",
        _ => false,
    };

    private static string Word(InputKind kind) => kind switch
    {
        InputKind.PackageList => "package list",
        InputKind.Listing => "folder",
        InputKind.Membership => "group membership",
        _ => kind.Name(),
    };
}

/// <summary>A place in a source as text: `PATH`, `SOURCE:PATH` or either with `:LINE`.</summary>
/// <param name="Path">The file; null where there is none.</param>
/// <param name="Line">The line, from 1; null for the whole file.</param>
internal readonly record struct TextPlace(SourcePath? Path, int? Line)
{
    /// <summary>The text as it is.</summary>
    public string Plain => Line is { } line ? string.Create(null, $"{Path}:{line}") : $"{Path}";

    /// <inheritdoc/>
    public override string ToString() => Wording.Escape(Plain);
}
