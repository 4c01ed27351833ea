using System.Collections.Immutable;
using Strata.Impact;
using Strata.Reports;
using Strata.Tests.Support;

namespace Strata.Tests.Impact;

public sealed class ChangeImpactTests
{
    private const string Site = """
        os/base
          package-list os = 1 < strata.yaml:4
        compute/compute < os/base
          play comp.yml = 1 @ comp.yml:1
        slurm/compute < compute/compute
          variable slurm_version = 23.11 @ inventory/group_vars/Compute.yml:3 < roles/slurm/templates/slurm.conf.j2:12 < role slurm < slurm.yml:1
          file roles/slurm/templates/slurm.conf.j2 = 1 @ roles/slurm/templates/slurm.conf.j2 < roles/slurm/tasks/main.yml:7 < role slurm < slurm.yml:1
        monitor/compute < slurm/compute
          play monitor.yml = 1 @ monitor.yml:1
        """;

    [Fact]
    public void A_value_that_differs_marks_its_target_and_what_stands_below_follows() => Check(
        Site, Site.Replace("23.11", "24.05"), """
        changed   slurm/compute
          modified  inventory/group_vars/Compute.yml:3 slurm_version → roles/slurm/templates/slurm.conf.j2:12 → role slurm → slurm.yml:1
        follows   monitor/compute (from slurm/compute)

        2 of 4 targets affected: 1 changed, 1 follows (values, 111111111111 → worktree)
        """);

    [Fact]
    public void A_target_below_a_changed_one_that_differs_itself_has_changed() => Check(
        Site, Site.Replace("package-list os = 1", "package-list os = 2").Replace("23.11", "24.05"), """
        changed   os/base
          modified  package list os → strata.yaml:4
        changed   slurm/compute
          modified  inventory/group_vars/Compute.yml:3 slurm_version → roles/slurm/templates/slurm.conf.j2:12 → role slurm → slurm.yml:1
        follows   compute/compute (from os/base)
        follows   monitor/compute (from slurm/compute)

        4 of 4 targets affected: 2 changed, 2 follow (values, 111111111111 → worktree)
        """);

    [Fact]
    public void Equal_snapshots_affect_nothing() => Check(Site, Site, "none of 4 targets affected (values, 111111111111 → worktree)");

    [Fact]
    public void A_definition_that_moved_and_kept_its_value_affects_nothing() => Check(
        Site, Site.Replace("group_vars/Compute.yml:3", "group_vars/all.yml:9"), "none of 4 targets affected (values, 111111111111 → worktree)");

    [Fact]
    public void A_definition_that_moved_and_got_another_value_is_one_reason_where_it_is_now() => Check(
        Site, Site.Replace("23.11 @ inventory/group_vars/Compute.yml:3", "24.05 @ inventory/group_vars/all.yml:9"), """
        changed   slurm/compute
          modified  inventory/group_vars/all.yml:9 slurm_version → roles/slurm/templates/slurm.conf.j2:12 → role slurm → slurm.yml:1
        follows   monitor/compute (from slurm/compute)

        2 of 4 targets affected: 1 changed, 1 follows (values, 111111111111 → worktree)
        """);

    [Fact]
    public void A_variable_is_one_reason_however_many_of_its_definitions_differ() => Check(
        """
        os/base
          variable v = 1 @ roles/a/defaults/main.yml:1 < role a < a.yml:1
          variable v = 2 @ group_vars/all.yml:4 < role a < a.yml:1
          variable w = 1 @ roles/a/defaults/main.yml:2 < role a < a.yml:1
        """,
        """
        os/base
          variable v = 1 @ roles/a/defaults/main.yml:1 < role a < a.yml:1
          variable v = 3 @ group_vars/all.yml:4 < role a < a.yml:1
          variable v = 4 @ host_vars/strata-image.yml:1 < role a < a.yml:1
          variable w = 1 @ roles/a/defaults/main.yml:2 < role a < a.yml:1
          variable w = 5 @ group_vars/all.yml:5 < role a < a.yml:1
        """,
        """
        changed   os/base
          modified  group_vars/all.yml:4 v → role a → a.yml:1
          added     group_vars/all.yml:5 w → role a → a.yml:1

        1 of 1 target affected: 1 changed (values, 111111111111 → worktree)
        """);

    [Fact]
    public void Values_that_two_definitions_have_exchanged_are_seen() => Check(
        """
        os/base
          variable v = 1 @ roles/a/defaults/main.yml:1
          variable v = 2 @ group_vars/all.yml:4
        """,
        """
        os/base
          variable v = 2 @ roles/a/defaults/main.yml:1
          variable v = 1 @ group_vars/all.yml:4
        """,
        """
        changed   os/base
          modified  roles/a/defaults/main.yml:1 v

        1 of 1 target affected: 1 changed (values, 111111111111 → worktree)
        """);

    [Fact]
    public void What_is_gone_is_shown_where_it_was() => Check(
        """
        os/base
          file files/motd = 1 @ files/motd < strata.yaml:9
          variable v = 1 @ group_vars/all.yml:4 < role a < a.yml:1
        """,
        """
        os/base
          file files/issue = 1 @ files/issue < strata.yaml:9
        """,
        """
        changed   os/base
          added     files/issue → strata.yaml:9
          removed   files/motd → strata.yaml:9
          removed   group_vars/all.yml:4 v → role a → a.yml:1

        1 of 1 target affected: 1 changed (values, 111111111111 → worktree)
        """);

    [Fact]
    public void Roles_in_another_order_are_a_reason_although_each_is_as_it_was() => Check(
        """
        os/base
          variable v = 1 @ x.yml:1
          role a = 1 @ roles/a/tasks/main.yml < site.yml:3
          role b = 2 @ roles/b/tasks/main.yml < site.yml:4
        """,
        """
        os/base
          role b = 2 @ roles/b/tasks/main.yml < site.yml:3
          variable v = 1 @ x.yml:1
          role a = 1 @ roles/a/tasks/main.yml < site.yml:4
        """,
        """
        changed   os/base
          modified  role b (roles/b/tasks/main.yml) → site.yml:3 (order)

        1 of 1 target affected: 1 changed (values, 111111111111 → worktree)
        """);

    [Fact]
    public void Inputs_that_are_bound_to_each_other_in_another_way_are_a_reason_of_the_play() => Check(
        "os/base\n  play site.yml = 1 @ site.yml:1\n  bound a", "os/base\n  play site.yml = 1 @ site.yml:1\n  bound b", """
        changed   os/base
          modified  play site.yml:1 (order of inputs)

        1 of 1 target affected: 1 changed (values, 111111111111 → worktree)
        """);

    [Fact]
    public void Without_a_play_the_order_of_inputs_is_still_said() => Check(
        "os/base\n  bound a", "os/base\n  bound b", """
        changed   os/base
          modified  step order of inputs

        1 of 1 target affected: 1 changed (values, 111111111111 → worktree)
        """);

    [Fact]
    public void The_same_file_named_twice_is_paired_twice() => Check(
        """
        os/base
          file a = 1 @ a < strata.yaml:1
          file a = 2 @ a < strata.yaml:2
        """,
        """
        os/base
          file a = 3 @ a < strata.yaml:1
          file a = 1 @ a < strata.yaml:2
          file a = 2 @ a < strata.yaml:3
        """,
        """
        changed   os/base
          added     a → strata.yaml:1

        1 of 1 target affected: 1 changed (values, 111111111111 → worktree)
        """);

    [Fact]
    public void A_target_that_starts_from_another_parent_follows_it() => Check(
        "os/base\n  step x = 1\nhsn/base < os/base\n  step y = 1\nslurm/c < os/base",
        "os/base\n  step x = 1\nhsn/base < os/base\n  step y = 1\nslurm/c < hsn/base",
        """
        follows   slurm/c (from hsn/base)

        1 of 3 targets affected: 1 follows (values, 111111111111 → worktree)
        """);

    [Fact]
    public void New_targets_are_added_and_those_that_are_gone_come_last() => Check(
        "os/base\nold/one < os/base\nold/two < os/base", "os/base\nnew/one < os/base\nnew/two < new/one", """
        added     new/one, new/two
        removed   old/one, old/two

        2 of 3 targets affected: 2 added, 2 removed (values, 111111111111 → worktree)
        """);

    [Fact]
    public void Without_a_layer_file_before_every_target_is_added() =>
        Assert.Equal(
            ["os/base added", "compute/compute added", "slurm/compute added", "monitor/compute added"],
            ChangeImpact.Between(null, InputSketch.Parse(Site)).Targets.Select(t => $"{t.Target.Name} {t.State.Name()}"));

    [Fact]
    public void Targets_with_the_same_reasons_share_a_paragraph_and_long_lists_are_cut_with_a_count()
    {
        var (before, after) = (new List<string>(), new List<string>());
        foreach (var (lines, value) in new[] { (before, 1), (after, 2) })
        {
            for (var target = 0; target < 11; target++)
            {
                lines.Add($"layer{target}/t");
                for (var input = 0; input < 15; input++) lines.Add($"  variable v{input} = {value} @ group_vars/all.yml:{input + 1} < a.yml:1");
            }
        }

        var lists = string.Join('\n', Enumerable.Range(0, 6).Select(i => $"  modified  group_vars/all.yml:{i + 1} v{i} → a.yml:1"));
        Check(string.Join('\n', before), string.Join('\n', after), $"""
            changed   layer0/t, layer1/t, layer2/t, layer3/t, layer4/t, layer5/t, layer6/t, layer7/t, and 3 more
            {lists}
              and 9 more (`--json` has all)

            11 of 11 targets affected: 11 changed (values, 111111111111 → worktree)
            """);
    }

    [Fact]
    public void An_assumption_is_said_as_such() => Check(
        "os/base\n  assumption roles/x/tasks/ = 1 @ roles/x/tasks/main.yml:4 < role x < a.yml:1",
        "os/base\n  assumption roles/x/tasks/ = 2 @ roles/x/tasks/main.yml:4 < role x < a.yml:1",
        """
        changed   os/base
          assumed   roles/x/tasks/ (roles/x/tasks/main.yml:4) → role x → a.yml:1

        1 of 1 target affected: 1 changed (values, 111111111111 → worktree)
        """);

    [Fact]
    public void Everything_is_affected_where_there_is_nothing_to_compare_with_and_says_why()
    {
        var impact = ChangeImpact.Everything(InputSketch.Parse("os/base\nx/y < os/base"), Precision.Names, "commit `abc` is not in the repository");
        Expected.Text("""
            added     os/base, x/y
              assumed   every target: commit `abc` is not in the repository

            2 of 2 targets affected: 2 added (names, nothing → worktree)
            """, AffectedText.Render(new(impact, Revisions(null), Revisions("worktree")), Paints.Plain));
    }

    [Fact]
    public void The_JSON_has_every_target_with_state_fingerprints_and_reasons()
    {
        var before = InputSketch.Parse("os/base\n  variable v = 1 @ group_vars/all.yml:4 < roles/a/tasks/main.yml:2 < role a < a.yml:1\na/b < os/base\nold/x");
        var after = InputSketch.Parse("os/base\n  variable v = 2 @ group_vars/all.yml:5 < roles/a/tasks/main.yml:2 < role a < a.yml:1\na/b < os/base\nnew/y\n  step x = 1");
        var report = new AffectedReport(ChangeImpact.Between(before, after), Revisions(new string('1', 40)), Revisions("worktree"));
        string From(string name) => before.Find(TargetLines.Name(name))!.Fingerprint.ToString();
        string To(string name) => after.Find(TargetLines.Name(name))!.Fingerprint.ToString();
        Expected.Text($$"""
            {
              "schema": "strata/affected/1",
              "precision": "values",
              "from": {
                "self": "1111111111111111111111111111111111111111"
              },
              "to": {
                "self": "worktree"
              },
              "targets": [
                {
                  "target": "os/base",
                  "state": "changed",
                  "fingerprint": {
                    "from": "{{From("os/base")}}",
                    "to": "{{To("os/base")}}"
                  },
                  "reasons": [
                    {
                      "input": "variable",
                      "name": "v",
                      "change": "modified",
                      "source": "self",
                      "path": "group_vars/all.yml",
                      "line": 5,
                      "chain": [
                        "variable v",
                        "roles/a/tasks/main.yml:2",
                        "role a",
                        "a.yml:1"
                      ]
                    }
                  ]
                },
                {
                  "target": "a/b",
                  "state": "follows",
                  "fingerprint": {
                    "from": "{{From("a/b")}}",
                    "to": "{{To("a/b")}}"
                  },
                  "reasons": [
                    {
                      "input": "parent",
                      "name": "os/base"
                    }
                  ]
                },
                {
                  "target": "new/y",
                  "state": "added",
                  "fingerprint": {
                    "from": null,
                    "to": "{{To("new/y")}}"
                  },
                  "reasons": []
                },
                {
                  "target": "old/x",
                  "state": "removed",
                  "fingerprint": {
                    "from": "{{From("old/x")}}",
                    "to": null
                  },
                  "reasons": []
                }
              ]
            }
            """, AffectedJson.Render(report));
    }

    private static void Check(string before, string after, string expected)
    {
        var impact = ChangeImpact.Between(InputSketch.Parse(before), InputSketch.Parse(after));
        Expected.Text(expected, AffectedText.Render(new(impact, Revisions(new string('1', 40)), Revisions("worktree")), Paints.Plain));
    }

    private static ImmutableSortedDictionary<string, string?> Revisions(string? self) =>
        ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal).Add("self", self);
}
