using System.Text.RegularExpressions;
using Strata.Layers;

namespace Strata.Tests.Layers;

public sealed partial class NamePatternTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("my-fav_os.9")]
    [InlineData("a--b")]
    [InlineData("-a")]
    [InlineData("a.")]
    [InlineData("A")]
    [InlineData("")]
    [InlineData("ä")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void The_pattern_of_names_that_editors_get_says_what_the_rule_says(string text) =>
        Assert.Equal(NameRule.Fits(text), Pattern().IsMatch(text));

    [GeneratedRegex(NameRule.Pattern, RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
