using System.Text.Json;
using Strata.Tests.Support;

namespace Strata.Tests.Cli;

public sealed class AffectedCommandTests : IDisposable
{
    private const string Site = """
        --- strata.yaml
        version: 1
        inventory: inventory/
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}
          site:
            types:
              compute: {from: os/base, groups: [Compute], commands: [one]}
        --- inventory/hosts
        [Compute]
        """;

    private const string AllZero = "0000000000000000000000000000000000000000";

    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public void The_working_tree_is_compared_with_a_commit()
    {
        var first = shell.With(Site).Commit("", "first");
        Edit("commands: [one]", "commands: [two]");
        Check(["affected", "--from", "HEAD"], $"""
            changed   site/compute
              modified  step command 1 → strata.yaml:11

            1 of 2 targets affected: 1 changed (values, {first[..12]} → worktree)
            """);
    }

    [Fact]
    public void A_layer_file_outside_of_every_source_has_no_place_in_one()
    {
        shell.With("""
            --- other/strata.yaml
            version: 1
            ansible: {facts: {architecture: x86_64}}
            layers:
              os:
                types:
                  base:
                    from: scratch
                    packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}
                    playbooks: [site.yml]
            --- site/site.yml
            - hosts: all
              roles: [names, greeting]
            --- site/roles/names/tasks/main.yml
            - copy: {dest: /etc/arch, content: "{{ ansible_architecture }}"}
            --- site/roles/greeting/tasks/main.yml
            - copy: {dest: /etc/motd, content: "{{ ansible_architecture }} {{ greeting }}"}
            --- site/roles/greeting/defaults/main.yml
            greeting: hello
            """).Commit("site", "first");
        shell.With("--- site/roles/greeting/defaults/main.yml\ngreeting: welcome\n");
        var second = shell.Commit("site", "second");
        var outside = new[] { "--source", "self=site", "--file", "other/strata.yaml" };
        var ran = shell.Run(["affected", "--from", "HEAD~1", "--to", "HEAD", .. outside]);
        Assert.Equal("""
            changed   os/base
              modified  roles/greeting/defaults/main.yml:1 greeting → roles/greeting/tasks/main.yml:1 → role greeting → site.yml:1
            """, string.Join('\n', ran.Out.Split('\n')[..2]));
        Assert.Contains(
            "  variable ansible_architecture → other/strata.yaml:2 → roles/names/tasks/main.yml:1 → role names → site.yml:1\n",
            shell.Run(["inputs", "os/base", "--at", second, .. outside]).Out,
            StringComparison.Ordinal);
    }

    /// <summary>What may read any file counts by all of them; the reason is then the file, not the folder that it is in.</summary>
    [Fact]
    public void Of_a_folder_that_counts_as_a_whole_the_changed_files_are_named()
    {
        shell.With("""
            --- strata.yaml
            version: 1
            layers:
              os:
                types:
                  base:
                    from: scratch
                    packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}
                    playbooks: [site.yml]
            --- site.yml
            - hosts: all
              roles: [motd]
            --- roles/motd/tasks/main.yml
            - copy: {src: motd.d/, dest: /etc/motd.d}
            --- roles/motd/files/motd.d/one
            1
            --- roles/motd/files/motd.d/two
            2
            """);
        var first = shell.Commit("", "first");
        shell.With("""
            --- roles/motd/files/motd.d/two
            two
            --- roles/motd/files/motd.d/three
            3
            --- roles/motd/tasks/main.yml
            - copy: {src: motd.d/, dest: /etc/motd.d, mode: "0644"}
            """);
        Check(["affected", "--from", "HEAD"], $"""
            changed   os/base
              modified  role motd (roles/motd/tasks/main.yml:1) → site.yml:1
              modified  folder roles/motd/files/motd.d → roles/motd/tasks/main.yml:1 → role motd → site.yml:1 (changed: roles/motd/files/motd.d/three, roles/motd/files/motd.d/two)

            1 of 1 target affected: 1 changed (values, {first[..12]} → worktree)
            """);
    }

    /// <summary>`date` tells of the machine, unless a word of it names a file, in whichever form.</summary>
    [Theory]
    [InlineData("date --utc --file=DAYS +%Y", true)]
    [InlineData("date -uf DAYS +%Y", true)]
    [InlineData("date -ufDAYS +%Y", true)]
    [InlineData("date '-fDAYS'", true)]
    [InlineData("date --utc +%Y", false)]
    public void A_program_whose_words_name_a_file_reads_it(string program, bool isRead)
    {
        shell.With($$$"""
            --- strata.yaml
            version: 1
            layers:
              os:
                types:
                  base:
                    from: scratch
                    packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}
                    playbooks: [site.yml]
            --- site.yml
            - hosts: all
              tasks:
                - command:
                    cmd: echo {{ lookup('pipe', "{{{program}}}") }}
            --- DAYS
            2001-01-01
            """).Commit("", "first");
        shell.With("--- DAYS\n2002-01-01\n");
        Assert.StartsWith(isRead ? "changed   os/base\n" : "none of 1 target affected", shell.Run("affected", "--from", "HEAD").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_commits_are_compared_whatever_the_working_tree_is()
    {
        var first = shell.With(Site).Commit("", "first");
        Edit("install: [python3]", "install: [python3, vim]");
        var second = shell.Commit("", "second");
        Edit("commands: [one]", "commands: [two]");
        Check(["affected", "--from", "HEAD~1", "--to", "HEAD"], $"""
            changed   os/base
              modified  package list os → strata.yaml:6
            follows   site/compute (from os/base)

            2 of 2 targets affected: 1 changed, 1 follows (values, {first[..12]} → {second[..12]})
            """);
        Check(["affected", "--from", "HEAD~1", "--to", "main~1"], $"none of 2 targets affected (values, {first[..12]} → {first[..12]})");
    }

    [Fact]
    public void The_JSON_names_the_revision_of_each_source()
    {
        var first = shell.With(Site).Commit("", "first");
        var ran = shell.Run("affected", "--from", "main", "--json", "--precision", "files");
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        var json = JsonDocument.Parse(ran.Out).RootElement;
        Assert.Equal("strata/affected/1", json.GetProperty("schema").GetString());
        Assert.Equal("files", json.GetProperty("precision").GetString());
        Assert.Equal(first, json.GetProperty("from").GetProperty("self").GetString());
        Assert.Equal("worktree", json.GetProperty("to").GetProperty("self").GetString());
        Assert.Equal(["os/base unchanged", "site/compute unchanged"], json.GetProperty("targets").EnumerateArray().Select(t => $"{t.GetProperty("target")} {t.GetProperty("state")}"));
    }

    [Fact]
    public void A_revision_that_is_not_there_is_an_error_with_its_cure()
    {
        shell.With(Site).Commit("", "first");
        var ran = shell.Run("affected", "--from", AllZero);
        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Expected.Text("""
            error[unknown-revision]: the commit to compare with is all zeros, which is no commit: GitLab gives it for the first push of a branch
              --> FOLDER
            hint: compare with the branch it will be merged into, such as `--from origin/main`, or take every target with `--missing-base all`

            1 error
            """, ran.Err);
    }

    [Fact]
    public void In_a_shallow_clone_the_cure_is_the_depth()
    {
        shell.With(Site);
        var first = shell.Commit("", "first");
        shell.Commit("", "second");
        shell.Git("", "clone", "--quiet", "--depth", "1", "file://" + shell.Folder, "clone");
        var ran = shell.RunIn("clone", "affected", "--from", first);
        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Expected.Text($"""
            error[unknown-revision]: commit `{first}` is not in this clone, whose history is cut off
              --> FOLDER/clone
            hint: clone the whole history: `GIT_DEPTH: 0` among the variables of .gitlab-ci.yml, or once `git fetch --unshallow`

            1 error
            """, ran.Err);
    }

    [Fact]
    public void A_missing_base_means_everything_when_that_is_asked_for_and_is_said_loudly()
    {
        shell.With(Site).Commit("", "first");
        var ran = shell.Run("affected", "--from", AllZero, "--missing-base", "all");
        Assert.Equal(0, ran.Code);
        Expected.Text("""
            added     os/base, site/compute
              assumed   every target: the commit to compare with is all zeros, which is no commit: GitLab gives it for the first push of a branch

            2 of 2 targets affected: 2 added (values, nothing → worktree)
            """, ran.Out);
        Assert.StartsWith("warning: the commit to compare with is all zeros, which is no commit: GitLab gives it for the first push of a branch: every target is taken, as `--missing-base all` says\n", ran.Err, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(shell.Run("affected", "--from", AllZero, "--missing-base", "all", "--json").Out).RootElement.GetProperty("from").GetProperty("self").ValueKind);
    }

    [Fact]
    public void A_missing_base_is_not_taken_for_a_reason_when_it_is_there()
    {
        shell.With(Site).Commit("", "first");
        Assert.StartsWith("none of 2 targets affected", shell.Run("affected", "--from", "HEAD", "--missing-base", "all").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_file_that_was_not_there_makes_every_target_added()
    {
        var first = shell.With("--- README\nhello\n").Commit("", "first");
        shell.With(Site);
        var ran = shell.Run("affected", "--from", "HEAD");
        Assert.Equal((0, $"warning: there is no layer file `strata.yaml` at {first}: every target counts as added\n"), (ran.Code, ran.Err));
        Expected.Text($"""
            added     os/base, site/compute

            2 of 2 targets affected: 2 added (values, {first[..12]} → worktree)
            """, ran.Out);
    }

    [Fact]
    public void A_layer_file_that_was_wrong_makes_every_target_added()
    {
        var first = shell.With("--- strata.yaml\nversion: 1\nlayers: 7\n").Commit("", "first");
        shell.With(Site);
        var ran = shell.Run("affected", "--from", "HEAD");
        Assert.Equal(0, ran.Code);
        Assert.StartsWith($"warning: the layer file has errors at {first} (strata.yaml:2: ", ran.Err, StringComparison.Ordinal);
        Assert.Contains("2 added", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_file_that_is_wrong_now_ends_the_command_without_data()
    {
        shell.With(Site).Commit("", "first");
        shell.With("--- strata.yaml\nversion: 1\nlayers: 7\n");
        var ran = shell.Run("affected", "--from", "HEAD", "--json");
        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Assert.Contains("strata.yaml:2:9", ran.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_of_the_content_stop_nothing()
    {
        shell.With(Site).Commit("", "first");
        Edit("groups: [Compute]", "groups: [Compute], playbooks: [not-there.yml]");
        Assert.Equal(0, shell.Run("affected", "--from", "HEAD").Code);
        Assert.Equal(0, shell.Run("inputs", "site/compute").Code);
    }

    [Fact]
    public void A_layer_file_of_a_folder_that_was_not_there_makes_every_target_added()
    {
        shell.With("--- README\nhello\n").Commit("", "first");
        shell.With(Site.Replace("--- ", "--- images/", StringComparison.Ordinal));
        var ran = shell.RunIn("images", "affected", "--from", "HEAD");
        Assert.Equal((0, "warning: there is no layer file `strata.yaml` at HEAD: every target counts as added\n"), (ran.Code, ran.Err));
    }

    [Fact]
    public void Another_source_has_its_own_revisions_and_what_is_not_named_is_the_same_on_both_sides()
    {
        var layers = Site.Replace("inventory: inventory/", "sources: {inv: {}}\ninventory: {source: inv, path: hosts}", StringComparison.Ordinal).Replace("commands: [one]", "playbooks: [site.yml]", StringComparison.Ordinal)
            .Split("--- inventory")[0] + "--- site.yml\n- hosts: all\n";
        var own = shell.With(layers.Replace("--- ", "--- images/", StringComparison.Ordinal)).Commit("images", "first");
        var old = shell.With("--- inv/hosts\n[Compute]\n").Commit("inv", "first");
        var now = shell.With("--- inv/hosts\n[Compute]\nnode1\n").Commit("inv", "second");
        var ran = shell.RunIn("images", "affected", "--from", "inv=HEAD~1", "--to", "HEAD", "--to", "inv=HEAD", "--precision", "files");
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        Expected.Text($"""
            changed   os/base, site/compute
              modified  inv:hosts → inventory

            2 of 2 targets affected: 2 changed (files, inv {old[..12]} → {now[..12]})
            """, ran.Out);
        Expected.Text(
            $"none of 2 targets affected (files, {own[..12]} → worktree)",
            shell.RunIn("images", "affected", "--from", "HEAD", "--precision", "files").Out);
    }

    [Theory]
    [InlineData("--from HEAD --from main", "error: `--from` is given twice for `self`\n")]
    [InlineData("--from HEAD --from inv=main", "error: `--from` names `inv`, which is no source of the layer file\nhint: its sources are `self`; a revision that has `=` in it is written `self=inv=…`\n")]
    [InlineData("--from HEAD --precision value", "error: `--precision` is `value`, and can be `values`, `names` or `files`\nhint: did you mean `--precision values`?\n")]
    [InlineData("--to HEAD", "error: `--from` is missing: it says what to compare with\nhint: `--from HEAD~1`, or in the job of a pipeline `--ci`\n")]
    public void Wrong_usage_says_what_is_right(string arguments, string error)
    {
        shell.With(Site).Commit("", "first");
        var ran = shell.Run(["affected", .. arguments.Split(' ')]);
        Assert.Equal((2, "", error), (ran.Code, ran.Out, ran.Err));
    }

    [Fact]
    public void A_bare_repository_is_compared_without_a_working_tree()
    {
        shell.With(Site.Replace("--- ", "--- work/", StringComparison.Ordinal)).Commit("work", "first");
        Edit("commands: [one]", "commands: [two]", "work/strata.yaml");
        shell.Commit("work", "second");
        shell.Git("", "clone", "--quiet", "--bare", "work", "site.git");
        var ran = shell.Run("affected", "--source", "self=site.git", "--from", "HEAD~1");
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        Assert.StartsWith("changed   site/compute\n", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_graph_boxes_what_is_affected()
    {
        shell.With(Site).Commit("", "first");
        Edit("commands: [one]", "commands: [two]");
        Check(["graph", "--from", "HEAD"], " os/base\n└─ [site/compute] changed");
        Assert.Contains("class t2 affected\n", shell.Run("graph", "--from", "HEAD", "--format", "mermaid").Out, StringComparison.Ordinal);
        Assert.Contains("\"os/base\" [label=\"os\\nbase\", style=\"rounded,dotted\"", shell.Run("graph", "--from", "HEAD", "--format", "dot").Out, StringComparison.Ordinal);
        Assert.Contains("1 affected", shell.Run("graph", "--from", "HEAD", "--format", "svg").Out, StringComparison.Ordinal);
    }

    private void Check(string[] arguments, string expected)
    {
        var ran = shell.Run(arguments);
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        Expected.Text(expected, ran.Out);
    }

    private void Edit(string old, string now, string path = "strata.yaml")
    {
        var text = shell.Read(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(shell.Folder, path), text.Replace(old, now, StringComparison.Ordinal));
    }
}
