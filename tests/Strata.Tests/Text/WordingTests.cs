using Strata.Text;

namespace Strata.Tests.Text;

public sealed class WordingTests
{
    /// <summary>Of a word and a name that have no character alike nobody means the one by the other.</summary>
    [Theory]
    [InlineData("x", "a", null)]
    [InlineData("x", "xa", "xa")]
    [InlineData("A", "a", "a")]
    [InlineData("xy", "x", "x")]
    [InlineData("ba", "ab", "ab")]
    [InlineData("compte", "compute", "compute")]
    public void The_nearest_name_has_a_resemblance(string word, string candidate, string? nearest) => Assert.Equal(nearest, Wording.Nearest(word, [candidate]));
}
