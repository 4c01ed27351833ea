using Strata.Images;
using Strata.Text;

namespace Strata.Tests.Images;

/// <summary>Extended attributes in words. The bytes of capabilities are what setcap 2.66 wrote, the words what `getcap -n` said of them.</summary>
public sealed class FileAttributeTests
{
    [Theory]
    [InlineData("0100000200200000000000000000000000000000", "cap_net_raw=ep")]
    [InlineData("0000000200200000000000000000000000000000", "cap_net_raw=p")]
    [InlineData("0100000201200000012000000000000000000000", "cap_chown,cap_net_raw=eip")]
    [InlineData("01000002ffffffff00000000ff01000000000000", "=ep")]
    [InlineData("01000002dfffffff00000000ff01000000000000", "=ep cap_kill-ep")]
    [InlineData("0000000200000000000000000000000000000000", "=")]
    [InlineData("01000002ffffffffdfffffffff010000ff010000", "=eip cap_kill-i")]
    [InlineData("0000000221000000010000000000000000000000", "cap_chown=ip cap_kill+p")]
    [InlineData("0100000200000000000000008000000000000000", "cap_bpf=ep")]
    [InlineData("0100000300200000000000000000000000000000e8030000", "cap_net_raw=ep [rootid=1000]")]
    [InlineData("010000010020000000000000", "cap_net_raw=ep")]
    [InlineData("0100000200000000000000000000008000000000", "63=ep")]
    [InlineData("010000090020000000000000", "0x010000090020000000000000")]
    [InlineData("01", "0x01")]
    [InlineData("", "")]
    public void Capabilities_are_as_getcap_says_them(string bytes, string words) => Assert.Equal(words, Words("security.capability", Convert.FromHexString(bytes)));

    [Theory]
    [InlineData("02000000" + "01000600ffffffff" + "02000400e8030000" + "04000500ffffffff" + "0800070064000000" + "10000700ffffffff" + "20000000ffffffff", "u::rw-,u:1000:r--,g::r-x,g:100:rwx,m::rwx,o::---")]
    [InlineData("02000000" + "40000600ffffffff", "0x0200000040000600ffffffff")]
    [InlineData("03000000", "0x03000000")]
    [InlineData("0200000001", "0x0200000001")]
    public void Access_lists_are_as_setfacl_takes_them(string bytes, string words)
    {
        Assert.Equal(words, Words("system.posix_acl_access", Convert.FromHexString(bytes)));
        Assert.Equal(words, Words("system.posix_acl_default", Convert.FromHexString(bytes)));
    }

    [Theory]
    [InlineData("system_u:object_r:bin_t:s0\0", "system_u:object_r:bin_t:s0")]
    [InlineData("plain é", "plain é")]
    [InlineData("two\nlines", "0x74776f0a6c696e6573")]
    [InlineData("", "")]
    public void Others_are_text_or_bytes(string value, string words) => Assert.Equal(words, Words("security.selinux", System.Text.Encoding.UTF8.GetBytes(value)));

    [Fact]
    public void Bytes_that_are_no_text_are_shown_in_hexadecimal() => Assert.Equal("0xff41", Words("user.x", [0xff, 0x41]));

    private static string Words(string name, byte[] value) => FileAttribute.Words(name, NameBytes.Decode(value));
}
