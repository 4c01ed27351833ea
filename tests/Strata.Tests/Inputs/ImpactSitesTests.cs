using System.Collections.Immutable;
using Strata.Impact;
using Strata.Inputs;
using Strata.Tests.Support;

namespace Strata.Tests.Inputs;

/// <summary>What Strata says of the sites in `tests/impact`, of which the real Ansible has said what each change changes.</summary>
public sealed class ImpactSitesTests
{
    private const string WiderPath = "tests/impact/wider";

    private static IEnumerable<ReadEdit> Edits => ImpactReading.All.SelectMany(reading => reading.Site.Edits.Zip(reading.After, (edit, after) => new ReadEdit(
        reading.Site, edit, [.. reading.Changed(after).Select(t => t.After.Target.Name.ToString()).Order(StringComparer.Ordinal)])));

    [Fact]
    [Trait("Part", "long")]
    public void No_change_that_Ansible_sees_is_missed()
    {
        var edits = Edits.ToList();
        var missed = edits.SelectMany(Missed).ToList();
        Assert.True(missed.Count == 0, string.Join('\n', missed));
        Prove.Record($"{ImpactReading.All.Length} sites with {edits.Count} changes: {missed.Count} missed");
    }

    /// <summary>Answers wider than needed are known, each by name: a new one is a loss of precision that somebody has to accept.</summary>
    [Fact]
    [Trait("Part", "long")]
    public void The_answers_that_are_wider_than_needed_are_those_that_are_known()
    {
        var wider = Edits.SelectMany(Wider).ToList();
        Expected.File(WiderPath, string.Concat(wider.Select(line => line + "\n")));
        Prove.Record($"{wider.Count} answers");
    }

    /// <summary>
    /// A reader that has seen other snapshots, and has kept readings of them, says what one says that has not: fingerprints, inputs,
    /// their places and ways.
    /// </summary>
    [Fact]
    [Trait("Part", "long")]
    public void What_was_read_before_makes_no_difference()
    {
        var different = new List<string>();
        foreach (var reading in ImpactReading.All)
        {
            var (site, kept) = (reading.Site, new InputReader());
            var before = Describe(reading.Before);
            foreach (var (edit, after) in site.Edits.Zip(reading.After))
            {
                Compare("before " + edit.Title, before, Describe(ImpactReading.Read(kept, site.Files)));
                Compare(edit.Title, Describe(after), Describe(ImpactReading.Read(kept, edit.Files)));
            }

            void Compare(string title, string first, string then)
            {
                if (first != then) different.Add($"{site.Name}: {title}\n{first}\n---\n{then}");
            }
        }

        Assert.True(different.Count == 0, different.Count + " differ, the first:\n" + different.FirstOrDefault());
    }

    private static string Describe(SiteState site) => string.Join('\n', site.Inputs.Targets.SelectMany(t =>
        t.Inputs.Select(i => $"  {i.Kind} {i.Name} {i.Path}:{i.Line} {i.Digest} {string.Join(" < ", i.Chain)}")
            .Concat(t.Assumptions.Select(a => "  " + a)).Concat(t.External.Select(e => "  " + e))
            .Prepend($"{t.Target.Name} {t.Own}")));

    private static IEnumerable<string> Missed(ReadEdit read) =>
        read.Edit.Answers.Where(a => a.Value is "differs" && !read.Changed.Contains(a.Key)).Select(a => $"{read.Site.Name}: {read.Edit.Title}: {a.Key}");

    private static IEnumerable<string> Wider(ReadEdit read) =>
        read.Changed.Where(t => !read.Edit.Answers.ContainsKey(t)).Select(t => $"{read.Site.Name}: {read.Edit.Title}: {t}");

    /// <param name="Site">The site.</param>
    /// <param name="Edit">A change of it.</param>
    /// <param name="Changed">The targets whose own inputs differ; of those that only one of the two has nothing is said.</param>
    private sealed record ReadEdit(ImpactSite Site, ImpactEdit Edit, ImmutableArray<string> Changed);
}
