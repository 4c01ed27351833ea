using System.Collections.Immutable;
using Strata.Impact;
using Strata.Layers;

namespace Strata.Reports;

/// <summary>One difference between two locks.</summary>
/// <param name="Name">Which thing, as a person knows it.</param>
/// <param name="Before">Its entry before; null where it is new.</param>
/// <param name="After">Its entry now; null where it is gone.</param>
public sealed record LockChange(string Name, LockEntry? Before, LockEntry? After)
{
    /// <summary>The entry that there is.</summary>
    public LockEntry Entry => After ?? Before!;

    /// <summary>What happened to it.</summary>
    public ReasonChange Change => Before is null ? ReasonChange.Added : After is null ? ReasonChange.Removed : ReasonChange.Modified;
}

/// <summary>What `strata refresh` found.</summary>
/// <param name="Path">The lock, as a person is shown it.</param>
/// <param name="After">The lock as it is to be.</param>
/// <param name="Changes">What differs from the lock before.</param>
/// <param name="Affected">What that does to the targets.</param>
public sealed record RefreshReport(string Path, InputLock After, ImmutableArray<LockChange> Changes, AffectedReport Affected)
{
    /// <summary>What differs between two locks, in the order of the later, then what is gone.</summary>
    /// <param name="before">The lock before.</param>
    /// <param name="after">The lock after.</param>
    /// <param name="nameOf">What a person knows an entry by.</param>
    public static ImmutableArray<LockChange> Between(InputLock before, InputLock after, Func<LockEntry, string> nameOf) =>
    [
        .. after.Entries.Select(e => new LockChange(nameOf(e), before.Find(e.Kind, e.Address), e)).Where(c => (c.Before?.State, c.Before?.Made) != (c.After?.State, c.After?.Made)),
        .. before.Entries.Where(e => after.Find(e.Kind, e.Address) is null).Select(e => new LockChange(nameOf(e), e, null)),
    ];
}

/// <summary>What `strata refresh` found, as text: what moved, then what that does to the targets.</summary>
public static class RefreshText
{
    /// <summary>The whole text; each line ends with `\n`.</summary>
    public static string Render(RefreshReport report, Paint paint)
    {
        var count = Text.Wording.Count(report.After.Entries.Length, "entry", "entries");
        if (report.Changes.IsEmpty) return $"{Text.Wording.Escape(report.Path)} is current: {count}\n";
        var lines = report.Changes.Select(c => Line(c, paint));
        return string.Concat(lines) + $"\n{AffectedText.Render(report.Affected, paint)}";
    }

    /// <summary>`modified  baseos  2026-11-29T04:12:07Z → 2026-11-30T04:12:07Z  https://…/repomd.xml`.</summary>
    private static string Line(LockChange change, Paint paint)
    {
        var states = new[] { change.Before, change.After }.OfType<LockEntry>().Select(Short).ToList();
        if (states is [var one, var other] && one == other) states = [.. new[] { change.Before!, change.After! }.Select(e => Digits(e.State))];
        return $"{change.Change.Name(),-8}  {paint(Tone.Strong, Text.Wording.Escape(change.Name))}  {Text.Wording.Escape(string.Join(" → ", states))}  {Text.Wording.Escape(change.Entry.Address)}\n";
    }

    private static string Short(LockEntry entry) => entry.Made ?? Digits(entry.State);

    private static string Digits(string state) => state[(state.IndexOf(':', StringComparison.Ordinal) + 1)..][..12];
}

/// <summary>What `strata refresh` found as `strata/refresh/1`; docs/reference/json.md says what each field means.</summary>
public static class RefreshJson
{
    /// <summary>The report as indented JSON with a final line break.</summary>
    public static string Render(RefreshReport report) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "strata/refresh/1");
        json.WriteString("lock", report.Path);
        json.WriteBoolean("current", report.Changes.IsEmpty);
        json.WriteStartArray("changes");
        foreach (var change in report.Changes)
        {
            json.WriteStartObject();
            json.WriteString("kind", LockText.Section(change.Entry.Kind));
            json.WriteString("name", change.Name);
            json.WriteString("address", change.Entry.Address);
            json.WriteString("change", change.Change.Name());
            json.WriteText("from", change.Before?.State);
            json.WriteText("to", change.After?.State);
            json.WriteText("made", change.After?.Made);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("targets");
        foreach (var target in report.Affected.Impact.Targets) AffectedJson.WriteTarget(json, target);
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
