using System.Collections.Immutable;
using System.Globalization;
using Strata.Engine.Building;
using Strata.Engine.Building.Buildah;
using Strata.Inputs;

namespace Strata.Tests.Building;

/// <summary>Which images nothing needs. An image is written `NAME TARGET AGE [PARENT] [tag=TAG | nameless]`; the younger, the smaller its age.</summary>
public sealed class CleanupTests
{
    [Fact]
    public void The_latest_of_each_target_stay() => Check(2, "a1 os/base 1\na2 os/base 2\na3 os/base 3\nb1 site/x 9", "a3");

    [Fact]
    public void What_a_kept_image_was_built_from_stays_with_all_above_it() => Check(1, "p1 os/base 5\np2 os/base 1\nm1 mid/x 4 p1\nc1 site/x 3 m1\nc2 site/x 6 p1", "c2");

    [Fact]
    public void A_release_tag_keeps_an_image_and_its_parents() => Check(0, "p os/base 5\nc site/x 4 p tag=v1\nd site/x 1 p", "d");

    [Fact]
    public void An_image_that_lost_its_name_goes_unless_it_is_a_parent_of_one_that_stays() => Check(3, "p os/base 1 nameless\nq os/base 2 nameless\nc site/x 3 p", "q");

    private static void Check(int keep, string images, string expected)
    {
        var all = images.Split('\n').Select(Read).ToImmutableArray();
        Assert.Equal(expected, string.Join(' ', Cleanup.Unneeded(all, keep).Select(i => i.Id)));
    }

    private static KnownImage Read(string line)
    {
        var words = line.Split(' ');
        var fingerprint = Fingerprint.TryParse("sha256:" + string.Concat(words[0].Select(c => ((int)c).ToString("x2", CultureInfo.InvariantCulture))).PadRight(64, '0'))!.Value;
        var tags = words.Where(w => w.StartsWith("tag=", StringComparison.Ordinal)).Select(w => "localhost/release:" + w[4..]);
        ImmutableArray<string> names = words.Contains("nameless") ? [] : [$"localhost/strata/{words[1]}:{fingerprint.Tag}", .. tags];
        var parent = words.Skip(3).FirstOrDefault(w => w != "nameless" && !w.StartsWith("tag=", StringComparison.Ordinal));
        return new(new(words[0], words[0], names), fingerprint, words[1], parent, 1, DateTime.UnixEpoch.AddDays(100 - int.Parse(words[2], CultureInfo.InvariantCulture)));
    }
}
