using Strata.Impact;
using Strata.Planning;
using Strata.Reports;
using Strata.Tests.Support;

namespace Strata.Tests.Planning;

/// <summary>Plans that a change restricts and explains.</summary>
public sealed class ChangePlanTests
{
    private const string Before = """
        os/base
          step x = 1
        compute/compute < os/base
          variable v = 1 @ group_vars/all.yml:3 < role a < a.yml:1
        slurm/compute < compute/compute
          step z = 1
        uan/uan < os/base
          step y = 1
        """;

    [Fact]
    public void Only_what_the_change_affects_is_asked_for_with_what_it_needs() => Check(Before, Before.Replace("v = 1", "v = 2"), [], """
        build   os/base          no image with this fingerprint
        build   compute/compute  no image with this fingerprint
                modified  group_vars/all.yml:3 v → role a → a.yml:1
        build   slurm/compute    no image with this fingerprint
                follows   compute/compute

        3 of 3 targets to build
        """);

    [Fact]
    public void A_change_that_affects_nothing_builds_nothing_although_everything_is_stale() => Check(Before, Before, [], """
        nothing to build: the change affects none of these targets
        """);

    [Fact]
    public void A_target_that_is_named_and_not_affected_is_not_built() => Check(Before, Before.Replace("v = 1", "v = 2"), ["uan/uan"], """
        nothing to build: the change affects none of these targets
        """);

    [Fact]
    public void A_new_target_is_added() => Check("os/base\n  step x = 1", "os/base\n  step x = 1\na/b < os/base", [], """
        build   os/base  no image with this fingerprint
        build   a/b      no image with this fingerprint
                added

        2 of 2 targets to build
        """);

    [Fact]
    public void The_JSON_has_the_change_beside_the_plan_s_own_reasons()
    {
        var plan = Plan("os/base\n  step x = 1", "os/base\n  step x = 2", []);
        Expected.Text("""
                  "change": {
                    "state": "changed",
                    "reasons": [
                      {
                        "input": "step",
                        "name": "x",
                        "change": "modified",
                        "source": null,
                        "path": null,
                        "line": null,
                        "chain": []
                      }
                    ]
                  }
            """, string.Join('\n', PlanJson.Render(plan).Split('\n').SkipWhile(l => !l.Contains("\"change\": {", StringComparison.Ordinal)).Take(14)));
        Assert.DoesNotContain("\"change\"", PlanJson.Render(PlanSketch.Plan("os/base")), StringComparison.Ordinal);
    }

    private static void Check(string before, string after, string[] selected, string expected) =>
        Expected.Text(expected, PlanText.Render(Plan(before, after, selected)));

    private static BuildPlan Plan(string before, string after, string[] selected)
    {
        var inputs = InputSketch.Parse(after);
        var basis = new PlanBasis { Targets = inputs.File.Targets, Fingerprints = inputs.Fingerprints };
        return BuildPlan.Of(basis, new()
        {
            Selected = [.. selected.Select(PlanSketch.Name)],
            Impact = ChangeImpact.Between(InputSketch.Parse(before), inputs),
        });
    }
}
