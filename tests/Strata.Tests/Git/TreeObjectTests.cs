using System.Text;
using Strata.Engine.Git;
using Strata.Text;

namespace Strata.Tests.Git;

public sealed class TreeObjectTests
{
    [Fact]
    public void Entries_come_in_ordinal_order_with_every_mode()
    {
        var items = TreeObject.Read(Tree(("100644", "b.x"), ("40000", "b"), ("100755", "run"), ("100664", "old"), ("120000", "link"), ("160000", "mod")), 20);
        Assert.Equal(
            [
                new("b", EntryKind.Folder, Id), new("b.x", EntryKind.File, Id), new("link", EntryKind.Link, Id),
                new("mod", EntryKind.Gitlink, Id), new("old", EntryKind.File, Id), new("run", EntryKind.Executable, Id),
            ],
            items);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a/b")]
    public void A_forged_name_is_refused(string name) =>
        Assert.Equal($"a tree object holds the name `{name}`", Assert.Throws<InvalidDataException>(() => TreeObject.Read(Tree(("100644", name)), 20)).Message);

    [Fact]
    public void A_cut_off_object_is_refused_wherever_it_is_cut()
    {
        var whole = Tree(("100644", "name"));
        for (var length = 1; length < whole.Length; length++)
            Assert.Throws<InvalidDataException>(() => TreeObject.Read(whole.AsSpan(0, length), 20));
    }

    private static string Id => string.Concat(Enumerable.Repeat("ab", 20));

    private static byte[] Tree(params (string Mode, string Name)[] entries) =>
        [.. entries.SelectMany(e => (byte[])[.. Encoding.UTF8.GetBytes($"{e.Mode} {e.Name}\0"), .. Enumerable.Repeat((byte)0xab, 20)])];
}
