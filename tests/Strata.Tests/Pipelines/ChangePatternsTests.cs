using CsCheck;
using Strata.Pipelines;
using Strata.Sources;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Pipelines;

/// <summary>The paths that start the jobs of static pipelines.</summary>
public sealed class ChangePatternsTests
{
    [Theory]
    [InlineData("roles/a/**/*", "roles/a/tasks/main.yml", true)]
    [InlineData("roles/a/**/*", "roles/a/x", true)]
    [InlineData("roles/a/**/*", "roles/ab/x", false)]
    [InlineData("roles/a/**/*", "roles/a", false)]
    [InlineData("a?b", "a*b", true)]
    [InlineData("a?b", "a/b", false)]
    [InlineData("**/*", "any/thing", true)]
    [InlineData("site.yml", "site.yml", true)]
    [InlineData("site.yml", "x/site.yml", false)]
    public void A_pattern_matches_as_GitLab_matches(string pattern, string path, bool matches) => Assert.Equal(matches, Matches(pattern, path));

    [Theory]
    [InlineData("files/motd", "files/motd")]
    [InlineData("files/a[1]*{b}$HOME?", "files/a?1???b??HOME?")]
    public void What_a_pattern_or_a_variable_could_be_made_of_is_any_character(string path, string pattern) => Assert.Equal(pattern, ChangePatterns.Literal(path));

    [Fact]
    public void Too_many_patterns_become_those_of_folders_the_deepest_first()
    {
        string[] patterns = ["a/b/1", "a/b/2", "a/b/3", "c/1", "site.yml"];
        Assert.Equal(patterns, ChangePatterns.AtMost(patterns, 5));
        Assert.Equal(["a/b/**/*", "c/1", "site.yml"], ChangePatterns.AtMost(patterns, 4));
        Assert.Equal(["a/b/**/*", "a/x", "c/1", "site.yml"], ChangePatterns.AtMost([.. patterns, "a/x"], 4));
        Assert.Equal(["a/b/**/*", "c/1"], ChangePatterns.AtMost(["a/b/1", "a/b/2", "c/1"], 2).Order(StringComparer.Ordinal));
        Assert.Equal(["a/**/*", "site.yml"], ChangePatterns.AtMost(["a/b/1", "a/b/2", "a/c/1", "site.yml"], 2));
        Assert.Equal(["**/*"], ChangePatterns.AtMost(patterns, 1));
    }

    [Fact]
    public void Fewer_patterns_match_all_that_more_of_them_match() =>
        Gen.Select(Gen.String["ab/"].Array[1, 12], Gen.Int[1, 6]).Sample((texts, most) =>
        {
            var paths = texts.Select(RepoPath.TryParse).OfType<RepoPath>().Where(p => !p.IsRoot).Select(p => p.Value).ToList();
            var kept = ChangePatterns.AtMost(paths, most);
            return kept.Length <= most && paths.TrueForAll(p => kept.Any(k => Matches(k, p)));
        });

    /// <summary>
    /// A job's patterns are in the pipeline's file, and that file starts every job: a change is missed only where the patterns before and after are the same
    /// and match nothing of it.
    /// </summary>
    [Fact]
    [Trait("Part", "long")]
    public void No_change_that_makes_a_target_another_is_missed_by_its_patterns()
    {
        var (missed, changes) = (new List<string>(), 0);
        foreach (var reading in ImpactReading.All)
        {
            foreach (var (edit, after) in reading.Site.Edits.Zip(reading.After))
            {
                var paths = Changed(reading.Site.Files, edit.Files);
                foreach (var (old, now) in reading.Changed(after))
                {
                    changes++;
                    var patterns = ChangePatterns.Of(now, SourceName.Self, after.Snapshot);
                    var isSeen = !ChangePatterns.Of(old, SourceName.Self, reading.Before.Snapshot).SequenceEqual(patterns)
                        || paths.Exists(p => p == "strata.yaml" || patterns.Any(k => Matches(k, p)));
                    if (!isSeen) missed.Add($"{reading.Site.Name}: {edit.Title}: {now.Target.Name}: {string.Join(' ', paths)} by {string.Join(' ', patterns)}");
                }
            }
        }

        Assert.True(missed.Count == 0, string.Join('\n', missed));
        Prove.Record($"{changes} changed targets: {missed.Count} missed");
    }

    /// <summary>As GitLab: Ruby's `File.fnmatch` with path names and dots, for the patterns that Strata writes.</summary>
    private static bool Matches(string pattern, string path)
    {
        const string all = "**/*";
        if (pattern == all) return true;
        var isFolder = pattern.EndsWith("/" + all, StringComparison.Ordinal);
        var text = isFolder ? pattern[..^all.Length] : pattern;
        if (isFolder ? path.Length <= text.Length : path.Length != text.Length) return false;
        return !text.Where((c, i) => c != path[i] && (c != '?' || path[i] == '/')).Any();
    }

    private static List<string> Changed(IEnumerable<MemoryFile> before, IEnumerable<MemoryFile> after)
    {
        var (old, now) = (before.ToDictionary(f => f.Path.Value), after.ToDictionary(f => f.Path.Value));
        return [.. old.Keys.Union(now.Keys).Where(p => !old.TryGetValue(p, out var o) || !now.TryGetValue(p, out var n) || o.Kind != n.Kind || !o.Content.SequenceEqual(n.Content))];
    }
}
