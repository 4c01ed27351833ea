using Strata.Cli.Manual;

namespace Strata.Tests.Manual;

public sealed class RoffTests
{
    [Theory]
    [InlineData("`--file` and a well-known file", @"\fB\-\-file\fP and a well-known file")]
    [InlineData("without --from, or -1", @"without \-\-from, or \-1")]
    [InlineData("the layer's `~/x^2`", @"the layer\(aqs \fB\(ti/x\(ha2\fP")]
    [InlineData(@"a\b `c\d`", @"a\eb \fBc\ed\fP")]
    [InlineData("`sha256:…` → x", @"\fBsha256:\[u2026]\fP \[u2192] x")]
    [InlineData(".hidden first. Second. `Third`.", "\\&.hidden first.\nSecond.\n\\fBThird\\fP.")]
    [InlineData("'quoted", @"\(aqquoted")]
    public void A_text_is_what_it_was_when_it_is_rendered(string text, string roff) => Assert.Equal(roff, Roff.Text(text));

    [Theory]
    [InlineData("NAME=PATH[@REV]", @"\fINAME\fP=\fIPATH\fP[@\fIREV\fP]")]
    [InlineData("[TARGET...]", @"[\fITARGET\fP...]")]
    public void A_placeholder_s_words_are_italic(string text, string roff) => Assert.Equal(roff, Roff.Placeholder(text));

    [Fact]
    public void A_line_of_an_example_is_no_request_and_the_argument_of_a_macro_ends_where_it_ends()
    {
        Assert.Equal(@"\&.x \-\-y \(aqz\(aq \e", Roff.Line(@".x --y 'z' \"));
        Assert.Equal("\"A \\(dqB\\(dq\\-1\"", Roff.Argument("A \"B\"-1"));
    }
}
