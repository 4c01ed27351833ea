using System.Text.Json;
using Strata.Tests.Support;

namespace Strata.Tests.Cli;

/// <summary>`strata refresh` over repositories of this machine, asked by the real curl.</summary>
public sealed class RefreshCommandTests : IDisposable
{
    private readonly Shell shell = new();

    public RefreshCommandTests()
    {
        Move("base", "1764561600");
        Move("more", "1764561600");
        shell.With("--- repos/deb/dists/site/InRelease\nHash: SHA512\n\nSuite: site\nDate: Mon, 30 Nov 2026 04:12:07 UTC\nSHA256:\n--- repos/key.asc\nkey\n");
        shell.With($$$"""
            --- site/strata.yaml
            version: 1
            layers:
              os:
                types:
                  base: {from: scratch, packages: {manager: dnf, release: "9", repositories: [{id: base, url: "{{{Url("base")}}}", gpgkey: "{{{Url("key.asc")}}}"}, {id: more, url: "{{{Url("more")}}}/", gpgkey: "{{{Url("key.asc")}}}"}], install: [bash]}}
                  deb: {from: scratch, packages: {manager: apt, release: site, repositories: [{id: site, url: "{{{Url("deb")}}}"}], install: [bash]}}
              top:
                types:
                  base: {from: os/base, packages: {manager: dnf, install: [vim]}}
              own:
                types:
                  base: {from: os/base, commands: [one]}
                  deb: {from: os/deb, commands: [one]}
            """);
    }

    public void Dispose() => shell.Dispose();

    [Fact]
    public void The_lock_has_an_entry_a_line_and_the_same_repositories_give_the_same_bytes()
    {
        var ran = Run("refresh");
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        var written = shell.Read("site/strata.lock");
        Assert.Equal(
            """
            # Written by `strata refresh`: what is built from and is in no source, as it was then. A change here is a change of what is built.
            version: 1
            repositories:
              "file://FOLDER/repos/base/repodata/repomd.xml": {digest: "sha256:DIGEST", made: "2025-12-01T04:00:00Z"}
              "file://FOLDER/repos/deb/dists/site/InRelease": {digest: "sha256:DIGEST", made: "2026-11-30T04:12:07Z"}
              "file://FOLDER/repos/more/repodata/repomd.xml": {digest: "sha256:DIGEST", made: "2025-12-01T04:00:00Z"}
            urls:
              "file://FOLDER/repos/key.asc": {digest: "sha256:DIGEST"}

            """,
            Digests().Replace(written.Replace(shell.Folder, "FOLDER", StringComparison.Ordinal), "sha256:DIGEST"));
        File.Delete(Path.Combine(shell.Folder, "site/strata.lock"));
        Run("refresh");
        Assert.Equal(written, shell.Read("site/strata.lock"));
        Assert.Equal((0, "strata.lock is current: 4 entries\n"), (Run("refresh").Code, Run("refresh").Out));
        Assert.Equal((0, "no faults in 5 targets, 0 playbooks\n"), (Run("check").Code, Run("check").Err));
    }

    [Fact]
    public void An_update_affects_the_targets_whose_list_uses_the_repository_and_says_so_everywhere_alike()
    {
        Run("refresh");
        var first = shell.Commit("site", "locked");
        Move("more", "1764648000");
        var check = Run("refresh", "--check");
        Assert.Equal((1, ""), (check.Code, check.Err));
        Assert.Equal(first, shell.Git("site", "rev-parse", "HEAD"));
        var ran = Run("refresh");
        Assert.Equal(
            """
            modified  more  2025-12-01T04:00:00Z → 2025-12-02T04:00:00Z  file://FOLDER/repos/more/repodata/repomd.xml

            changed   os/base, top/base
              modified  package list more (strata.lock:6) → strata.yaml:5
            follows   own/base (from os/base)

            3 of 5 targets affected: 2 changed, 1 follows (values, locked → refreshed)

            """,
            ran.Out);
        Assert.Equal((0, check.Out), (ran.Code, ran.Out));
        shell.Commit("site", "update");
        var affected = Run("affected", "--from", "HEAD~1", "--to", "HEAD");
        Assert.Contains("changed   os/base, top/base\n  modified  package list more (strata.lock:6) → strata.yaml:5\n", affected.Out, StringComparison.Ordinal);
        foreach (var precision in (string[])["names", "files"])
            Assert.Contains("changed   os/base", Run("affected", "--from", "HEAD~1", "--precision", precision).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void One_repository_is_refreshed_alone_and_JSON_says_what_moved()
    {
        Run("refresh");
        Move("base", "1764648000");
        Move("more", "1764648000");
        var ran = Run("refresh", "--only", "base", "--json");
        var json = JsonDocument.Parse(ran.Out).RootElement;
        Assert.Equal("strata/refresh/1 strata.lock False", $"{json.GetProperty("schema")} {json.GetProperty("lock")} {json.GetProperty("current")}");
        var change = Assert.Single(json.GetProperty("changes").EnumerateArray());
        Assert.Equal("repositories base modified 2025-12-02T04:00:00Z", $"{change.GetProperty("kind")} {change.GetProperty("name")} {change.GetProperty("change")} {change.GetProperty("made")}");
        Assert.NotEqual(change.GetProperty("from").GetString(), change.GetProperty("to").GetString());
        Assert.Equal(1, Run("refresh", "--check", "--only", "more").Code);
        Assert.Equal(0, Run("refresh", "--check", "--only", "base").Code);
        Assert.Equal((2, "error: `--only` names `mroe`, which is nothing that can be locked\nhint: did you mean `more`?\n"), (Run("refresh", "--only", "mroe").Code, Run("refresh", "--only", "mroe").Err));
    }

    [Fact]
    public void What_is_locked_is_an_input_and_what_is_not_is_external()
    {
        Assert.Equal(["package-key base", "package-key more", "package-repository base", "package-repository more"], External());
        var floating = Fingerprint();
        Run("refresh", "--only", "base");
        Assert.Equal(["package-repository more"], External());
        Assert.NotEqual(floating, Fingerprint());
        var input = JsonDocument.Parse(Run("inputs", "os/base", "--json").Out).RootElement.GetProperty("inputs").EnumerateArray().Single(i => i.GetProperty("name").GetString() == "base");
        Assert.Equal("package-list strata.lock 4 strata.yaml:5", $"{input.GetProperty("input")} {input.GetProperty("path")} {input.GetProperty("line")} {input.GetProperty("chain")[0]}");
    }

    [Fact]
    public void What_is_no_repository_or_is_not_there_leaves_the_lock_as_it_was()
    {
        Run("refresh");
        var written = shell.Read("site/strata.lock");
        shell.With("--- repos/more/repodata/repomd.xml\n<html>log in</html>\n");
        var ran = Run("refresh");
        Assert.Equal(1, ran.Code);
        Assert.Equal(
            "error: the metadata of repository `more`, file://FOLDER/repos/more/repodata/repomd.xml, is something else: neither a `repomd.xml` nor an `InRelease`\n"
            + "hint: correct the repository's `url`, `suite` or the list's `release`\n",
            ran.Err);
        Directory.Delete(Path.Combine(shell.Folder, "repos/more"), recursive: true);
        ran = Run("refresh");
        Assert.Equal(1, ran.Code);
        Assert.StartsWith("error: the metadata of repository `more` cannot be had: curl: (37)", ran.Err, StringComparison.Ordinal);
        Assert.Equal(written, shell.Read("site/strata.lock"));
    }

    [Fact]
    public void A_server_that_answers_without_end_is_cut_off_and_named()
    {
        using var server = LoopbackServer.WithoutEnd();
        shell.With($$$"""
            --- endless/strata.yaml
            version: 1
            layers:
              os:
                types:
                  base: {from: scratch, packages: {manager: dnf, release: "9", repositories: [{id: base, url: "{{{server.Url}}}", gpgkey: "{{{Url("key.asc")}}}"}], install: [bash]}}
            """);
        var ran = shell.RunIn("endless", "refresh");
        Assert.Equal(
            (1, $"error: the metadata of repository `base`, {server.Url}/repodata/repomd.xml, is larger than 1 MiB\nhint: correct the URL, or see what the server answers there\n"),
            (ran.Code, ran.Err));
        Assert.False(File.Exists(Path.Combine(shell.Folder, "endless/strata.lock")));
    }

    [Fact]
    public void An_entry_that_nothing_uses_is_a_warning_and_goes_with_the_next_refresh()
    {
        Run("refresh");
        var written = shell.Read("site/strata.lock");
        shell.With("--- site/strata.lock\n" + written + $"  \"https://example.org/old.asc\": {{digest: \"sha256:{new string('0', 64)}\"}}\n");
        var ran = Run("check");
        Assert.Equal(0, ran.Code);
        Assert.Equal(
            """
            warning[unused-lock-entry]: the lock holds `https://example.org/old.asc`, which no target uses
             --> strata.lock:9:3
              |
            9 |   "https://example.org/old.asc": {digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000"}
              |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            hint: `strata refresh` leaves it out

            """,
            ran.Out);
        Assert.StartsWith("removed   https://example.org/old.asc  000000000000", Run("refresh").Out, StringComparison.Ordinal);
        Assert.Equal(written, shell.Read("site/strata.lock"));
    }

    [Fact]
    public void A_damaged_lock_stops_a_build_counts_as_it_stands_and_is_cured_by_a_new_one()
    {
        Run("refresh");
        var written = shell.Read("site/strata.lock");
        shell.Commit("site", "locked");
        shell.With("--- site/strata.lock\n<<<<<<< HEAD\nversion: 1\n");
        var plan = Run("inputs", "os/base");
        Assert.Contains("strata.lock", plan.Out + plan.Err, StringComparison.Ordinal);
        var affected = Run("affected", "--from", "HEAD").Out;
        Assert.Contains("changed   os/base\n  assumed   strata.lock → strata.yaml:5\n", affected, StringComparison.Ordinal);
        Assert.Contains("5 of 5 targets affected: 3 changed, 2 follow", affected, StringComparison.Ordinal);
        Assert.Equal(2, Run("check").Code);
        Assert.Equal(1, Run("refresh", "--check").Code);
        Assert.Equal(0, Run("refresh").Code);
        Assert.Equal(written, shell.Read("site/strata.lock"));
    }

    private Ran Run(params string[] arguments) => shell.RunIn("site", arguments);

    private string Fingerprint() => JsonDocument.Parse(Run("inputs", "own/base", "--json").Out).RootElement.GetProperty("fingerprint").GetString()!;

    private string[] External() =>
        [.. JsonDocument.Parse(Run("inputs", "os/base", "--json").Out).RootElement.GetProperty("external").EnumerateArray().Select(e => $"{e.GetProperty("kind")} {e.GetProperty("name")}").Order(StringComparer.Ordinal)];

    private string Url(string path) => $"file://{shell.Folder}/repos/{path}";

    private void Move(string repository, string revision) => shell.With($"--- repos/{repository}/repodata/repomd.xml\n<repomd><revision>{revision}</revision></repomd>\n");

    private static System.Text.RegularExpressions.Regex Digests() => new("sha256:[0-9a-f]{64}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));
}
