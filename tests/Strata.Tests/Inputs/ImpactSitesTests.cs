using Strata.Inputs;
using Strata.Layers;
using Strata.Sources;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Inputs;

/// <summary>What Strata says of the sites in `tests/impact`, of which the real Ansible has said what each change changes.</summary>
public sealed class ImpactSitesTests
{
    private const string WiderPath = "tests/impact/wider";

    [Fact]
    public void No_change_that_Ansible_sees_is_missed()
    {
        var sites = ImpactSite.All();
        var missed = sites.SelectMany(site => site.Edits.SelectMany(edit => Missed(site, edit))).ToList();
        Assert.True(missed.Count == 0, string.Join('\n', missed));
        Prove.Record($"{sites.Length} sites with {sites.Sum(s => s.Edits.Length)} changes: {missed.Count} missed");
    }

    /// <summary>Answers wider than needed are known, each by name: a new one is a loss of precision that somebody has to accept.</summary>
    [Fact]
    public void The_answers_that_are_wider_than_needed_are_those_that_are_known()
    {
        var wider = ImpactSite.All().SelectMany(site => site.Edits.SelectMany(edit => Wider(site, edit))).ToList();
        Expected.File(WiderPath, string.Concat(wider.Select(line => line + "\n")));
        Prove.Record($"{wider.Count} answers");
    }

    /// <summary>
    /// A reader that has seen other snapshots, and has kept readings of them, says what one says that has not: fingerprints, inputs,
    /// their places and ways.
    /// </summary>
    [Fact]
    public void What_was_read_before_makes_no_difference()
    {
        var different = new List<string>();
        foreach (var site in ImpactSite.All())
        {
            var kept = new InputReader();
            foreach (var (title, files) in site.Edits.SelectMany(e => new[] { ("before " + e.Title, site.Files), (e.Title, e.Files) }))
            {
                var (first, then) = (Describe(new InputReader(), files), Describe(kept, files));
                if (first != then) different.Add($"{site.Name}: {title}\n{first}\n---\n{then}");
            }
        }

        Assert.True(different.Count == 0, different.Count + " differ, the first:\n" + different.FirstOrDefault());
    }

    private static string Describe(InputReader reader, IEnumerable<MemoryFile> files) => string.Join('\n', Inputs(reader, files).Targets.SelectMany(t =>
        t.Inputs.Select(i => $"  {i.Kind} {i.Name} {i.Path}:{i.Line} {i.Digest} {string.Join(" < ", i.Chain)}")
            .Concat(t.Assumptions.Select(a => "  " + a)).Concat(t.External.Select(e => "  " + e))
            .Prepend($"{t.Target.Name} {t.Own}")));

    private static IEnumerable<string> Missed(ImpactSite site, ImpactEdit edit)
    {
        var changed = Changed(site, edit);
        return edit.Answers.Where(a => a.Value is "differs" && !changed.Contains(a.Key)).Select(a => $"{site.Name}: {edit.Title}: {a.Key}");
    }

    private static IEnumerable<string> Wider(ImpactSite site, ImpactEdit edit) =>
        Changed(site, edit).Where(t => !edit.Answers.ContainsKey(t)).Select(t => $"{site.Name}: {edit.Title}: {t}");

    /// <summary>The targets whose own inputs differ; of those that only one of the two has nothing is said.</summary>
    private static SortedSet<string> Changed(ImpactSite site, ImpactEdit edit)
    {
        var before = Read(site.Files);
        var after = Read(edit.Files);
        return [.. after.Where(t => before.TryGetValue(t.Key, out var own) && own != t.Value).Select(t => t.Key)];
    }

    private static Dictionary<string, Fingerprint> Read(IEnumerable<MemoryFile> files) =>
        Inputs(new(), files).Targets.ToDictionary(t => t.Target.Name.ToString(), t => t.Own);

    private static SiteInputs Inputs(InputReader reader, IEnumerable<MemoryFile> files)
    {
        var tree = MemoryTree.Of(files);
        var snapshot = new Snapshot([new SourceTree(SourceName.Self, tree, null)]);
        var (file, _) = LayerFileReader.Read(new SourceFile("strata.yaml", tree.Text("strata.yaml")));
        var (resolved, _) = LayerContent.Resolve(file! with { PathInSelf = RepoPath.Of("strata.yaml") }, snapshot);
        return reader.Read(resolved, snapshot);
    }
}
