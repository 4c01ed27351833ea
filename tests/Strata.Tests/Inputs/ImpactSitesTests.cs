using System.Collections.Immutable;
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

    private static readonly Lazy<ImmutableArray<ReadEdit>> Edits = new(() => [.. ImpactSite.All().SelectMany(Read)]);

    [Fact]
    public void No_change_that_Ansible_sees_is_missed()
    {
        var missed = Edits.Value.SelectMany(Missed).ToList();
        Assert.True(missed.Count == 0, string.Join('\n', missed));
        Prove.Record($"{ImpactSite.All().Length} sites with {Edits.Value.Length} changes: {missed.Count} missed");
    }

    /// <summary>Answers wider than needed are known, each by name: a new one is a loss of precision that somebody has to accept.</summary>
    [Fact]
    public void The_answers_that_are_wider_than_needed_are_those_that_are_known()
    {
        var wider = Edits.Value.SelectMany(Wider).ToList();
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
            var (kept, before) = (new InputReader(), SiteAt.Of(site.Files));
            var firstBefore = Describe(new(), before);
            foreach (var edit in site.Edits)
            {
                Compare("before " + edit.Title, firstBefore, Describe(kept, before));
                var after = SiteAt.Of(edit.Files);
                Compare(edit.Title, Describe(new(), after), Describe(kept, after));
            }

            void Compare(string title, string first, string then)
            {
                if (first != then) different.Add($"{site.Name}: {title}\n{first}\n---\n{then}");
            }
        }

        Assert.True(different.Count == 0, different.Count + " differ, the first:\n" + different.FirstOrDefault());
    }

    private static string Describe(InputReader reader, SiteAt site) => string.Join('\n', reader.Read(site.File, site.Snapshot).Targets.SelectMany(t =>
        t.Inputs.Select(i => $"  {i.Kind} {i.Name} {i.Path}:{i.Line} {i.Digest} {string.Join(" < ", i.Chain)}")
            .Concat(t.Assumptions.Select(a => "  " + a)).Concat(t.External.Select(e => "  " + e))
            .Prepend($"{t.Target.Name} {t.Own}")));

    private static IEnumerable<string> Missed(ReadEdit read) =>
        read.Edit.Answers.Where(a => a.Value is "differs" && !read.Changed.Contains(a.Key)).Select(a => $"{read.Site.Name}: {read.Edit.Title}: {a.Key}");

    private static IEnumerable<string> Wider(ReadEdit read) =>
        read.Changed.Where(t => !read.Edit.Answers.ContainsKey(t)).Select(t => $"{read.Site.Name}: {read.Edit.Title}: {t}");

    private static IEnumerable<ReadEdit> Read(ImpactSite site)
    {
        var before = Owns(site.Files);
        return site.Edits.Select(edit => new ReadEdit(site, edit, [.. Owns(edit.Files).Where(t => before.TryGetValue(t.Key, out var own) && own != t.Value).Select(t => t.Key).Order(StringComparer.Ordinal)]));
    }

    private static Dictionary<string, Fingerprint> Owns(IEnumerable<MemoryFile> files)
    {
        var site = SiteAt.Of(files);
        return new InputReader().Read(site.File, site.Snapshot).Targets.ToDictionary(t => t.Target.Name.ToString(), t => t.Own);
    }

    /// <param name="Site">The site.</param>
    /// <param name="Edit">A change of it.</param>
    /// <param name="Changed">The targets whose own inputs differ; of those that only one of the two has nothing is said.</param>
    private sealed record ReadEdit(ImpactSite Site, ImpactEdit Edit, ImmutableArray<string> Changed);

    private sealed record SiteAt(LayerFile File, Snapshot Snapshot)
    {
        public static SiteAt Of(IEnumerable<MemoryFile> files)
        {
            var tree = MemoryTree.Of(files);
            var snapshot = new Snapshot([new SourceTree(SourceName.Self, tree, null)]);
            var (file, _) = LayerFileReader.Read(new SourceFile("strata.yaml", tree.Text("strata.yaml")));
            return new(LayerContent.Resolve(file! with { PathInSelf = RepoPath.Of("strata.yaml") }, snapshot).File, snapshot);
        }
    }
}
