using CsCheck;
using Strata.Tests.Support;
using Strata.Yaml;

namespace Strata.Tests.Yaml;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("", "\"\"")]
    [InlineData(" yes ", "\" yes \"")]
    [InlineData("a \"b\" \\ c", "\"a \\\"b\\\" \\\\ c\"")]
    [InlineData("two\nlines\r\n\ttab", "\"two\\nlines\\r\\n\\ttab\"")]
    [InlineData("\0\a\u001b\u007f\u0085\u009f", "\"\\x00\\x07\\x1b\\x7f\\x85\\x9f\"")]
    [InlineData("\u2028\ufeff\u202e\uffff", "\"\\u2028\\ufeff\\u202e\\uffff\"")]
    [InlineData("é 漢 😀", "\"é 漢 😀\"")]
    public void A_text_is_written_in_double_quotes(string text, string expected) => Assert.Equal(expected, YamlText.Quote(text));

    [Fact]
    public void Half_a_surrogate_pair_is_no_character() => Assert.Equal("\"half \ufffd pair\"", YamlText.Quote("half \ud83d pair"));

    [Fact]
    public void Every_text_is_read_back_as_it_was() =>
        Gen.OneOf(Gen.Char, Gen.Char["\n\r\t \"\\':#{}[],&*!|>%@`-?\u0085\u2028\0\u001b\u007f"]).Array[0, 30].Select(characters => new string(characters))
            .Sample(text => Assert.Equal(WithoutHalfPairs(text), ReadBack("key: " + YamlText.Quote(text) + " # comment\n")), iter: Prove.Iterations(5000));

    [Fact]
    public void Every_text_is_read_back_as_a_key_in_brackets() =>
        Gen.String[0, 200].Sample(text => Assert.Equal("x", ReadBack("{" + YamlText.Quote(text) + ": x}")), iter: Prove.Iterations(2000));

    private static string ReadBack(string yaml)
    {
        var document = YamlReader.Read(new("x.yml", yaml), YamlOptions.LayerFile);
        Assert.Empty(document.Diagnostics);
        var value = (YamlNode.Scalar)((YamlNode.Mapping)document.Root!).Entries.Single().Value;
        return ((ScalarValue.Text)value.Value).Value;
    }

    private static string WithoutHalfPairs(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
}
