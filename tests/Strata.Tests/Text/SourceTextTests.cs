using System.Text;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Text;

public sealed class SourceTextTests
{
    [Fact]
    public void UTF8_is_read() => Reads("a: é😀\n", Encoding.UTF8.GetBytes("a: é😀\n"));

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text() => Reads("a: 1\n", [0xEF, 0xBB, 0xBF, .. "a: 1\n"u8]);

    [Fact]
    public void Line_breaks_of_Windows_stay_and_count_once()
    {
        var file = Reads("a\r\nb\r\n", "a\r\nb\r\n"u8.ToArray());

        Assert.Equal((2, 1), file.Position(3));
        Assert.Equal("b", file.Line(2));
    }

    [Fact]
    public void An_empty_file_is_an_empty_text() => Reads("", []);

    [Fact]
    public void A_file_of_exactly_the_limit_is_read() => Reads("1234", "1234"u8.ToArray(), limitBytes: 4);

    [Fact]
    public void A_file_in_Latin1_is_refused_where_its_first_such_byte_stands() =>
        Refuses(
            [.. "# comment\nname: M"u8, 0xFC, .. "ller\nb: "u8, 0xE9],
            """
            error[not-utf8]: byte 0xFC is not UTF-8
             --> strata.yaml:2:8
              |
            2 | name: M�ller
              |        ^ in Latin-1 this is `ü`
            hint: save the file as UTF-8; from Latin-1, `iconv -f LATIN1 -t UTF-8 OLD > NEW` converts it
            """);

    [Fact]
    public void A_character_that_is_cut_off_is_refused() =>
        Refuses(
            [.. "é: "u8, 0xE2, 0x82],
            """
            error[not-utf8]: byte 0xE2 is not UTF-8
             --> strata.yaml:1:4
              |
            1 | é: �
              |    ^ in Latin-1 this is `â`
            hint: save the file as UTF-8; from Latin-1, `iconv -f LATIN1 -t UTF-8 OLD > NEW` converts it
            """);

    [Theory]
    [InlineData("utf-16", true, "UTF-16", "UTF-16")]
    [InlineData("utf-16BE", true, "UTF-16", "UTF-16")]
    [InlineData("utf-32", true, "UTF-32", "UTF-32")]
    [InlineData("utf-32BE", true, "UTF-32", "UTF-32")]
    [InlineData("utf-16", false, "UTF-16, little endian", "UTF-16LE")]
    [InlineData("utf-16BE", false, "UTF-16, big endian", "UTF-16BE")]
    [InlineData("utf-32", false, "UTF-32, little endian", "UTF-32LE")]
    [InlineData("utf-32BE", false, "UTF-32, big endian", "UTF-32BE")]
    public void A_file_in_wide_characters_is_refused_by_name(string encodingName, bool hasMark, string named, string iconv)
    {
        var encoding = Encoding.GetEncoding(encodingName);
        byte[] mark = hasMark ? encoding.GetPreamble() : [];

        Refuses(
            [.. mark, .. encoding.GetBytes("version: 1\n")],
            $"""
            error[not-utf8]: the file is encoded as {named}; UTF-8 is read
              --> strata.yaml
            hint: convert it: `iconv -f {iconv} -t UTF-8 OLD > NEW`
            """);
    }

    [Fact]
    public void A_binary_file_is_refused() =>
        Refuses(
            [0x7F, .. "ELF"u8, 2, 1, 1, 0, 0, 9],
            """
            error[binary-file]: this is no text: byte 8 is NUL
              --> strata.yaml
            hint: name a text file
            """);

    [Fact]
    public void A_file_over_the_limit_is_refused() =>
        Refuses(
            new byte[3 * 1024 * 1024 / 2],
            """
            error[file-too-large]: the file has 1.5 MiB; at most 1 MiB are read
              --> strata.yaml
            hint: is this the right file? split it when all of it is needed
            """);

    private static SourceFile Reads(string expected, byte[] bytes, long limitBytes = SourceText.LayerFileLimitBytes)
    {
        var file = SourceText.Decode("strata.yaml", bytes, limitBytes, out var fault);
        Assert.Null(fault);
        Assert.Equal(expected, file.Content);
        return file;
    }

    private static void Refuses(byte[] bytes, string expected)
    {
        SourceText.Decode("strata.yaml", bytes, SourceText.LayerFileLimitBytes, out var fault);
        Expected.Diagnostics(expected, [fault!]);
    }
}
