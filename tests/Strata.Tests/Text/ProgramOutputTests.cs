using CsCheck;
using Strata.Text;

namespace Strata.Tests.Text;

public sealed class ProgramOutputTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("", "")]
    [InlineData("Käse 你好", "Käse 你好")]
    [InlineData("\u001b[1;31mfatal\u001b[0m: no", "fatal: no")]
    [InlineData("\u001b[2K\u001b[1Gdone", "done")]
    [InlineData("\u001b]0;title\u0007text", "text")]
    [InlineData("\u001b]8;;http://example.org\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001bPq#0;2\u001b\\after", "after")]
    [InlineData("\u001b(Btext\u001b=", "text")]
    [InlineData("\u009b31mred", "red")]
    [InlineData("\u009d0;title\u009ctext", "text")]
    [InlineData("open \u001b]0;never closed", "open ")]
    [InlineData("cut \u001b", "cut ")]
    [InlineData("cut \u001b[31", "cut ")]
    [InlineData("10%\r20%\r100%", "100%")]
    [InlineData("100%\r", "100%")]
    [InlineData("windows\r\n", "windows")]
    [InlineData("bo\bo\bold", "bold")]
    [InlineData("a\tb", "a       b")]
    [InlineData("bell\u0007 nul\0", "bell\\u0007 nul\\u0000")]
    [InlineData("evil \u202egnp.exe", "evil \\u202egnp.exe")]
    public void A_line_is_shown_as_it_would_stand_at_last(string line, string expected) => Assert.Equal(expected, ProgramOutput.Plain(line));

    [Fact]
    public void Nothing_that_a_terminal_acts_on_is_left_of_any_line() =>
        Gen.Char.Array[0, 40].Select(c => new string(c)).Sample(line => Assert.DoesNotContain(ProgramOutput.Plain(line), char.IsControl));

    [Fact]
    public void What_is_safe_stays_as_it_is() =>
        Gen.Char[' ', '~'].Array[0, 40].Select(c => new string(c)).Sample(line => Assert.Equal(line, ProgramOutput.Plain(line)));
}
