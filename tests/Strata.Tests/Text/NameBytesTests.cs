using CsCheck;
using Strata.Text;

namespace Strata.Tests.Text;

public sealed class NameBytesTests
{
    [Fact]
    public void Bytes_that_are_no_utf8_become_lone_surrogates_as_in_Python() =>
        Assert.Equal("aü\udcff\udc80\udced\udca0\udc80😀", NameBytes.Decode([(byte)'a', 0xc3, 0xbc, 0xff, 0x80, 0xed, 0xa0, 0x80, 0xf0, 0x9f, 0x98, 0x80]));

    [Fact]
    public void Any_bytes_come_back_as_they_were() =>
        Gen.Byte.Array[0, 40].Sample(bytes => NameBytes.Encode(NameBytes.Decode(bytes)).AsSpan().SequenceEqual(bytes));

    [Fact]
    public void A_person_sees_the_bytes()
    {
        Assert.Equal("plain ü 😀", NameBytes.Show("plain ü 😀"));
        Assert.Equal("\\xff😀\\x80", NameBytes.Show("\udcff😀\udc80"));
    }
}
