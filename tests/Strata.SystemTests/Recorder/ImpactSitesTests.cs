using System.Collections.Immutable;
using Strata.Tests.Support;

namespace Strata.SystemTests.Recorder;

/// <summary>
/// The answers that stand in `tests/impact` are those of the real Ansible: all of them in the whole proof, a tenth of the sites
/// otherwise. `UPDATE_EXPECTED=1` writes what it says instead.
/// </summary>
public sealed class ImpactSitesTests
{
    private const int AtOnce = 2;

    private static bool Rewrites => Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1";

    [Fact]
    public async Task The_answers_of_the_sites_are_those_of_the_real_Ansible()
    {
        var all = ImpactSite.All();
        var count = Rewrites ? all.Length : Prove.Share(all.Length);
        var chosen = Enumerable.Range(0, count).Select(i => all[i * all.Length / count]).ToList();
        var parts = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(n => DifferencesAsync(chosen.Where((_, i) => i % AtOnce == n), count == all.Length)));
        var differences = parts.SelectMany(p => p).ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Prove.Record($"{count} sites with {chosen.Sum(s => s.Edits.Length)} changes: {differences.Count} other answers");
    }

    private static async Task<List<string>> DifferencesAsync(IEnumerable<ImpactSite> sites, bool isWhole)
    {
        using var recorder = new AnsibleRecorder(withWorkers: isWhole);
        var differences = new List<string>();
        foreach (var site in sites)
        {
            var recorded = await recorder.CompareAsync(site);
            var answers = recorded.Select(r => r.Where(t => t.Value.Answer != "same").ToImmutableSortedDictionary(t => t.Key, t => t.Value.Answer, StringComparer.Ordinal)).ToList();
            if (Rewrites) site.Rewrite(answers);
            else differences.AddRange(site.Edits.Zip(answers, recorded).Where(e => Text(e.First.Answers) != Text(e.Second)).Select(e => Difference(site, e.First, e.Second, e.Third)));
        }

        return differences;
    }

    private static string Difference(ImpactSite site, ImpactEdit edit, ImmutableSortedDictionary<string, string> answers, ImmutableSortedDictionary<string, RecordedAnswer> recorded) =>
        $"tests/impact/{site.Name}.txt, \"{edit.Title}\": expected {Text(edit.Answers)}; Ansible: {Text(answers)}\n"
        + string.Join('\n', recorded.Values.SelectMany(r => r.Difference).Select(l => "    " + l));

    private static string Text(ImmutableSortedDictionary<string, string> answers) =>
        answers.IsEmpty ? "same" : string.Join(", ", answers.Select(a => $"{a.Key} {a.Value}"));
}
