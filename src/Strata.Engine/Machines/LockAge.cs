using System.Globalization;
using Strata.Layers;
using Strata.Text;

namespace Strata.Engine.Machines;

/// <summary>How old that is which the lock holds on to: security updates since then are not in any image.</summary>
public static class LockAge
{
    /// <summary>Updates of distributions come every few days; a month without them is seldom meant.</summary>
    private const int MostDays = 30;

    private const string Name = "strata.lock";

    /// <summary>
    /// What is to be said of a lock. Its age is that of the newest state in it, by the repositories' own word, since a repository that seldom
    /// changes is old and current; where they say nothing, the time of the commit that changed it last.
    /// </summary>
    /// <param name="locked">The lock.</param>
    /// <param name="committed">When it was changed last; null where no commit has it.</param>
    /// <param name="now">The time.</param>
    public static MachineCheck Check(InputLock locked, DateTimeOffset? committed, DateTimeOffset now)
    {
        if (locked.Damage is not null) return new(Name, CheckState.Warning, "cannot be read; `strata check` says where", "`strata refresh` writes it anew");
        if (locked.Entries.IsEmpty) return MachineCheck.Works(Name, "holds nothing");
        var newest = locked.Entries.Select(e => Time(e.Made)).OfType<DateTimeOffset>().Select(t => (DateTimeOffset?)t).Max();
        if ((newest ?? committed) is not { } at) return MachineCheck.Works(Name, "says nothing of its age, and is in no commit");
        var days = Math.Max(0, (int)(now - at).TotalDays);
        var found = string.Create(
            CultureInfo.InvariantCulture,
            $"{Wording.Count(days, "day")} old: {(newest is null ? "changed last in the commit of" : "the newest of its repositories was made, as it says itself, on")} {at.UtcDateTime:yyyy-MM-dd}");
        return days <= MostDays ? MachineCheck.Works(Name, found) : new(Name, CheckState.Warning, found, "take the updates since: `strata refresh`");
    }

    private static DateTimeOffset? Time(string? made) =>
        DateTimeOffset.TryParseExact(made, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
