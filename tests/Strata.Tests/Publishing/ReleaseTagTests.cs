using Strata.Layers;

namespace Strata.Tests.Publishing;

public sealed class ReleaseTagTests
{
    private static readonly DateTimeOffset Noon = new(2025, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "1 to 100 characters are expected")]
    [InlineData("v 1", "letters, digits, `_`, `.` and `-` are expected, no `.` or `-` first")]
    [InlineData("-v1", "letters, digits, `_`, `.` and `-` are expected, no `.` or `-` first")]
    [InlineData("0123456789abcdef0123456789abcdef", "it looks like the tag of a fingerprint, which is written by builds alone")]
    [InlineData("v1.promoted-20250131T120000Z", "tags with `.promoted-` say when something was promoted")]
    public void What_cannot_be_a_release_tag_is_refused(string text, string expected)
    {
        Assert.Null(ReleaseTag.TryParse(text, out var reason));
        Assert.Equal(expected, reason);
    }

    [Fact]
    public void A_record_says_which_tag_and_when()
    {
        var tag = ReleaseTag.TryParse("v1.2_rc-3", out _)!.Value;
        Assert.Equal("v1.2_rc-3.promoted-20250131T120000Z", tag.Record(Noon));
        Assert.Equal(("v1.2_rc-3", Noon), ReleaseTag.TryReadRecord(tag.Record(Noon)));
    }

    [Theory]
    [InlineData("v1")]
    [InlineData(".promoted-20250131T120000Z")]
    [InlineData("v1.promoted-yesterday")]
    public void Other_tags_record_nothing(string tag) => Assert.Null(ReleaseTag.TryReadRecord(tag));
}
