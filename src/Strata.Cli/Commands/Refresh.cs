using System.Collections.Immutable;
using Strata.Engine.Building;
using Strata.Impact;
using Strata.Inputs;
using Strata.Layers;
using Strata.Reports;
using Strata.Sources;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>Makes a new lock from what is there now, and compares it with the one before.</summary>
/// <param name="machine">Asks repositories and servers.</param>
/// <param name="folder">Absolute path of a folder for what that needs.</param>
internal sealed class Refresh(LocalMachine machine, string folder)
{
    /// <summary>The new lock, what differs, and what that does to the targets.</summary>
    /// <param name="site">The site with its present lock.</param>
    /// <param name="only">Ids, names and URLs; where there are none, all is asked for.</param>
    /// <param name="path">The lock, as a person is shown it.</param>
    /// <param name="cancellation">Ends the programs.</param>
    /// <exception cref="UsageException">An id is of nothing that can be locked.</exception>
    /// <exception cref="Engine.FailureException">Something cannot be had.</exception>
    public async Task<RefreshReport> ReadAsync(Site site, string[] only, string path, CancellationToken cancellation)
    {
        var reader = new InputReader();
        var before = reader.Read(site.File, site.Snapshot);
        var subjects = before.Targets.SelectMany(t => t.Lockable.Select(s => (Subject: s, t.Target))).ToList();
        RequireKnown(only, [.. subjects.Select(s => s.Subject)]);
        if (only.Length > 0 && site.File.Lock.Damage is not null) throw new UsageException($"`--only` keeps the other entries, and those of {Wording.Quote(path)} cannot be read", "run `strata refresh` without it");

        var asked = subjects.Where(s => only.Length == 0 || only.Any(id => IsMeant(s.Subject, id))).DistinctBy(s => (s.Subject.Kind, s.Subject.Address)).ToList();
        var states = new ExternalStates(machine, folder);
        var entries = only.Length == 0 ? [] : site.File.Lock.Entries.Where(e => !asked.Any(s => (s.Subject.Kind, s.Subject.Address) == (e.Kind, e.Address))).ToList();
        foreach (var (subject, target) in asked) entries.Add(await states.ReadAsync(site.File, target, subject, cancellation));

        // Read back, so that each entry has its place.
        var after = LockReader.Read(new SourceFile(InputLock.FileName, LockText.Write(InputLock.Of(entries)))).Lock;
        var impact = ChangeImpact.Between(before, reader.Read(site.File with { Lock = after }, site.Snapshot));
        return new(path, after, RefreshReport.Between(site.File.Lock, after, NameOf), new(impact, Named("locked"), Named("refreshed")));

        string NameOf(LockEntry entry) => subjects.Find(s => (s.Subject.Kind, s.Subject.Address) == (entry.Kind, entry.Address)).Subject?.Name ?? entry.Address;
    }

    private static ImmutableSortedDictionary<string, string?> Named(string state) =>
        ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal).Add(SourceName.Self.Value, state);

    private static void RequireKnown(string[] only, ImmutableArray<LockSubject> subjects)
    {
        if (only.FirstOrDefault(id => !subjects.Any(s => IsMeant(s, id))) is not { } unknown) return;
        var known = subjects.Select(s => s.Floating.Name).Distinct(StringComparer.Ordinal).ToList();
        throw new UsageException(
            $"`--only` names {Wording.Quote(unknown)}, which is nothing that can be locked",
            known.Count == 0 ? "no target has package repositories that the layer file lists" : Wording.Nearest(unknown, known) is { } nearest ? $"did you mean `{nearest}`?" : $"there are {Wording.List(known, "and")}");
    }

    private static bool IsMeant(LockSubject subject, string id) => id == subject.Floating.Name || id == subject.Address;
}
