using System.Text.Json;
using System.Xml.Linq;
using Strata.Tests.Support;

namespace Strata.Tests.Cli;

public sealed class ReplayCommandTests : IDisposable
{
    private const string Layers = """
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
              compute: {from: os/base, groups: [Compute], playbooks: [site.yml]}
        --- site.yml
        - hosts: Compute
          roles: [motd]
          tasks:
            - copy: {content: "{{ greeting }}", dest: /etc/greeting}
        --- roles/motd/tasks/main.yml
        - copy: {content: "{{ motd }}", dest: /etc/motd}
        --- inventory/hosts
        [Compute]
        --- inventory/group_vars/all.yml
        motd: hello
        --- inventory/group_vars/Compute.yml
        greeting: good morning
        """;

    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public void Each_commit_is_compared_with_the_one_before_and_the_sums_stand_below()
    {
        var ids = History();
        var ran = shell.Run("replay", "--last", "5");
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        Expected.Text($"""
            COMMIT        VALUES   NAMES   FILES  EVERYTHING  SUBJECT
            {ids[5][..12]}       2       2       2           2  layer file is back
            {ids[4][..12]}       -       -       -           -  layer file is gone  (no layer file)
            {ids[3][..12]}       1       0       2           2  a value that no role reads
            {ids[2][..12]}       1       1       2           2  a value
            {ids[1][..12]}       1       1       1           2  a role
            sum                5       4       7           8  5 commits

            values would have built 5 images: 63 % of everything (8), 71 % of files (7), 125 % of names (4)
            """, ran.Out);
    }

    [Fact]
    public void The_JSON_has_the_targets_of_each_commit_newest_first()
    {
        var ids = History();
        var json = JsonDocument.Parse(shell.Run("replay", "--last", "2", "--to", "HEAD~2", "--json").Out).RootElement;
        Expected.Text($$"""
            {
              "schema": "strata/replay/1",
              "base": "{{ids[1]}}",
              "commits": [
                {
                  "commit": "{{ids[3]}}",
                  "subject": "a value that no role reads",
                  "fault": null,
                  "builds": {
                    "values": 1,
                    "names": 0,
                    "files": 2,
                    "everything": 2
                  },
                  "targets": {
                    "values": [
                      "site/compute"
                    ],
                    "names": [],
                    "files": [
                      "os/base",
                      "site/compute"
                    ]
                  }
                },
                {
                  "commit": "{{ids[2]}}",
                  "subject": "a value",
                  "fault": null,
                  "builds": {
                    "values": 1,
                    "names": 1,
                    "files": 2,
                    "everything": 2
                  },
                  "targets": {
                    "values": [
                      "site/compute"
                    ],
                    "names": [
                      "site/compute"
                    ],
                    "files": [
                      "os/base",
                      "site/compute"
                    ]
                  }
                }
              ],
              "sum": {
                "values": 2,
                "names": 1,
                "files": 4,
                "everything": 4
              }
            }
            """, json.GetRawText());
    }

    [Fact]
    public void A_short_history_is_replayed_as_far_as_it_goes_and_says_so()
    {
        History();
        var ran = shell.Run("replay", "--last", "50");
        Assert.Equal((0, "warning: the history is short: 5 commits can be compared with the one before\n"), (ran.Code, ran.Err));
        Assert.Contains("  5 commits\n", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_shallow_clone_the_cure_is_said()
    {
        History();
        shell.Git("", "clone", "--quiet", "--depth", "2", "file://" + shell.Folder, "clone");
        shell.Git("clone", "checkout", "--quiet", "HEAD");
        var ran = shell.RunIn("clone", "replay", "--last", "3");
        Assert.Equal(0, ran.Code);
        Assert.StartsWith("warning: the history of this clone is cut off: 1 commit can be compared with the one before\nhint: clone the whole history: `GIT_DEPTH: 0`", ran.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void A_merge_counts_as_one_commit()
    {
        History();
        shell.Git("", "checkout", "--quiet", "-b", "topic");
        for (var i = 0; i < 3; i++) Write("roles/motd/tasks/main.yml", $"# {i}\n", $"topic {i}");
        shell.Git("", "checkout", "--quiet", "main");
        shell.Git("", "merge", "--quiet", "--no-ff", "-m", "Merge topic", "topic");
        var lines = shell.Run("replay", "--last", "2").Out.Split('\n');
        Assert.EndsWith("Merge topic", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("layer file is back", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_file_outside_serves_every_revision()
    {
        History();
        shell.With(Layers.Split("--- site.yml")[0].Replace("--- strata.yaml", "--- other/strata.yaml", StringComparison.Ordinal));
        shell.Git("", "clone", "--quiet", "--bare", ".", "site.git");
        var ran = shell.Run("replay", "--last", "5", "--source", "self=site.git", "--file", "other/strata.yaml");
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        Assert.DoesNotContain("no layer file", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_is_written_beside_the_table()
    {
        History();
        var ran = shell.Run("replay", "--last", "5", "--svg", "chart.svg");
        Assert.Equal(shell.Run("replay", "--last", "5").Out, ran.Out);
        Assert.Equal("svg", XDocument.Parse(shell.Read("chart.svg")).Root!.Name.LocalName);
    }

    [Theory]
    [InlineData("", "error: `--last` is missing: it says how many commits\nhint: `strata replay --last 50`\n")]
    [InlineData("--last 0", "error: `--last` is `0`, and takes a number from 1 to 100000\n")]
    [InlineData("--last x", "error: `--last` is `x`, and takes a number from 1 to 100000\n")]
    public void Wrong_usage_says_what_is_right(string arguments, string error)
    {
        shell.With(Layers).Commit("", "first");
        var ran = shell.Run(["replay", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((2, "", error), (ran.Code, ran.Out, ran.Err));
    }

    /// <summary>Six commits, oldest first.</summary>
    private List<string> History()
    {
        var ids = new List<string> { shell.With(Layers).Commit("", "first") };
        ids.Add(Write("roles/motd/tasks/main.yml", "- copy: {content: \"{{ motd }}\", dest: /etc/issue}\n", "a role"));
        ids.Add(Write("inventory/group_vars/all.yml", "motd: hi\n", "a value"));
        ids.Add(Write("inventory/group_vars/Compute.yml", "greeting: good evening\n", "a value that no role reads"));
        File.Move(Path.Combine(shell.Folder, "strata.yaml"), Path.Combine(shell.Folder, "away"));
        ids.Add(shell.Commit("", "layer file is gone"));
        File.Move(Path.Combine(shell.Folder, "away"), Path.Combine(shell.Folder, "strata.yaml"));
        ids.Add(shell.Commit("", "layer file is back"));
        return ids;
    }

    private string Write(string path, string content, string subject)
    {
        File.WriteAllText(Path.Combine(shell.Folder, path), content);
        return shell.Commit("", subject);
    }
}
