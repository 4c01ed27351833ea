using Strata.Layers;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Layers;

public sealed class LockReaderTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    [Fact]
    public void What_is_written_is_read_back_whatever_the_order()
    {
        LockEntry[] entries =
        [
            new(LockKind.Requirement, "https://example.org/role.git main", Commit), new(LockKind.Url, "https://example.org/\"é\n.asc", Digest),
            new(LockKind.Repository, "https://example.org/b/repodata/repomd.xml", Digest) { Made = "2026-11-30T04:12:07Z" },
            new(LockKind.Repository, "https://example.org/a/repodata/repomd.xml", Digest),
        ];
        var text = LockText.Write(InputLock.Of(entries));
        Assert.Equal(text, LockText.Write(InputLock.Of(entries.Reverse())));
        var (read, diagnostics) = LockReader.Read(new SourceFile("strata.lock", text));
        Assert.Empty(diagnostics);
        Assert.Equal(InputLock.Of(entries).Entries, read.Entries.Select(e => e with { At = null }));
        Assert.Equal([4, 5, 7, 9], read.Entries.Select(e => e.At!.Line));
    }

    [Fact]
    public void Whatever_is_wrong_is_said_with_its_place_and_no_entry_counts()
    {
        var text = $$"""
            version: 2
            repository: {}
            repositories:
              "https://user:secret@example.org/a": {digest: "{{Digest}}"}
              "https://example.org/b": {digest: "md5:1", made: 2026-11-30}
              "https://example.org/c": {}
              "https://example.org/c": {digest: "{{Digest}}"}
            urls: [one]
            requirements:
              "https://example.org/role.git": {commit: main}
            """;
        var (read, diagnostics) = LockReader.Read(new SourceFile("strata.lock", text));
        Assert.Empty(read.Entries);
        Assert.Equal(text, read.Damage);
        Expected.Diagnostics(
            """
            error[damaged-lock]: this Strata reads version 1 of the lock
             --> strata.lock:1:10
              |
            1 | version: 2
              |          ^ expected `version: 1`
            hint: `strata refresh` writes it anew

            error[unknown-key]: `repository` is no key of a lock
             --> strata.lock:2:1
              |
            2 | repository: {}
              | ^^^^^^^^^^
            hint: did you mean `repositories`?

            error[secret-in-url]: an address of the lock has credentials in it; expected a URL without them
             --> strata.lock:4:12
              |
            4 |   "https://***********@example.org/a": {digest: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abc...
              |            ^^^^^^^^^^^ the part before `@`
            hint: `strata refresh` writes it without

            error[bad-lock-entry]: `digest` is `md5:1`; expected `sha256:` and 64 hex digits
             --> strata.lock:5:37
              |
            5 |   "https://example.org/b": {digest: "md5:1", made: 2026-11-30}
              |                                     ^^^^^^^
            hint: `strata refresh` writes it anew

            error[wrong-scalar]: `made` is a date; expected a text
             --> strata.lock:5:52
              |
            5 |   "https://example.org/b": {digest: "md5:1", made: 2026-11-30}
              |                                                    ^^^^^^^^^^ YAML reads `2026-11-30` as a date
            hint: put it in quotes: `"2026-11-30"`

            error[duplicate-key]: key `https://example.org/c` stands twice in one mapping
             --> strata.lock:7:3
              |
            7 |   "https://example.org/c": {digest: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}
              |   ^^^^^^^^^^^^^^^^^^^^^^^ again here
             ::: strata.lock:6:3
              |
            6 |   "https://example.org/c": {}
              |   ----------------------- first here
            hint: remove one of them

            error[wrong-kind]: `urls` is a list; expected a mapping
             --> strata.lock:8:7
              |
            8 | urls: [one]
              |       ^^^^^

            error[bad-lock-entry]: `commit` is `main`; expected 40 hex digits
              --> strata.lock:10:44
               |
            10 |   "https://example.org/role.git": {commit: main}
               |                                            ^^^^
            hint: `strata refresh` writes it anew
            """,
            diagnostics);
    }

    [Fact]
    public void An_entry_that_nothing_uses_is_a_warning_at_its_place()
    {
        var text = LockText.Write(InputLock.Of([new(LockKind.Requirement, "https://example.org/role.git", Commit)]));
        Expected.Diagnostics(
            """
            warning[unused-lock-entry]: the lock holds `https://example.org/role.git`, which no target uses
             --> strata.lock:4:3
              |
            4 |   "https://example.org/role.git": {commit: "0123456789abcdef0123456789abcdef01234567"}
              |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            hint: `strata refresh` leaves it out
            """,
            [LockFaults.Unused(LockReader.Read(new SourceFile("strata.lock", text)).Lock.Entries[0])]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("# nothing\n")]
    public void A_lock_that_says_nothing_is_damaged(string text) => Expected.Diagnostics(
        """
        error[damaged-lock]: the lock says nothing; expected `version: 1` and what is locked
          --> strata.lock
        hint: `strata refresh` writes it anew
        """,
        LockReader.Read(new SourceFile("strata.lock", text)).Diagnostics);

    [Theory]
    [InlineData("<repomd><revision>1764561600</revision></repomd>", "2025-12-01T04:00:00Z")]
    [InlineData("<repomd><revision>7</revision></repomd>", "7")]
    [InlineData("<repomd></repomd>", null)]
    [InlineData("Suite: site\nDate: Sat, 10 Feb 2024 11:07:25 UTC\n", "2024-02-10T11:07:25Z")]
    [InlineData("Suite: site\nDate: Sat, 10 Feb 2024 12:07:25 +0100\n", "2024-02-10T11:07:25Z")]
    [InlineData("Suite: site\nDate: one day\nSHA256:\n", null)]
    public void Metadata_says_when_it_was_made(string metadata, string? made) =>
        Assert.Equal(made, MetadataState.Of(System.Text.Encoding.UTF8.GetBytes(metadata))!.Made);

    [Fact]
    public void Other_bytes_are_no_metadata() => Assert.Null(MetadataState.Of("<html>log in</html>"u8));
}
