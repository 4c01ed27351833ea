using System.Collections.Immutable;
using System.Text;
using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Machines;

/// <summary>Whatever ends a build, in whichever step, and whoever builds: the next run finds everything as it was before.</summary>
[Collection(UserMachineCollection.Name)]
public sealed class InterruptionTests(Machine root, UserMachine user)
{
    private const string Nothing = "nothing";

    /// <summary>A fixed tenth of all: each signal, the earliest and the longest steps, both users.</summary>
    private static readonly ImmutableArray<(bool IsUser, Interruption Interruption)> Tenth =
    [
        (false, new("packages", "TERM")), (true, new("packages", "INT")), (true, new("playbooks", "KILL")), (false, new("files", "KILL")),
    ];

    [Fact]
    public async Task A_tenth_of_the_interruptions_leaves_nothing()
    {
        foreach (var (isUser, interruption) in Tenth) AssertClean(await (isUser ? await OfUserAsync() : await OfRootAsync()).MakeAsync(interruption));
    }

    [Fact]
    [Trait("Part", "long")]
    public async Task Every_interruption_of_every_step_leaves_nothing()
    {
        var page = new StringBuilder(Head);
        foreach (var (title, builds) in new[] { ("As root", await OfRootAsync()), ("As an ordinary user", await OfUserAsync()) })
        {
            page.Append($"\n## {title}\n\n| step | signal | exit code | said last | left at once | left after the next run |\n|---|---|---|---|---|---|\n");
            foreach (var interruption in Interruptions.Steps.SelectMany(s => new[] { "INT", "TERM", "KILL" }.Select(signal => new Interruption(s, signal))))
            {
                var outcome = await builds.MakeAsync(interruption);
                AssertClean(outcome);
                page.Append(null, $"| {interruption.Step} | SIG{interruption.Signal} | {outcome.ExitCode} | {outcome.Said} | {outcome.Left} | {outcome.LeftAfterwards} |\n");
            }
        }

        Expected.File("docs/interruptions.md", page.ToString());
        Prove.Record($"{Interruptions.Steps.Length} steps, 3 signals, root and an ordinary user: nothing left");
    }

    [Fact]
    public async Task Two_runs_at_once_on_the_same_target_give_one_image()
    {
        foreach (var machine in new[] { root, user })
        {
            var site = machine.NewSite(Site.Base +
                $"""
                  twice:
                    types:
                      base:
                        from: os/base
                        commands: ["echo {machine.Folder} > /etc/once; sleep 1"]
                        outputs: [squashfs]
                """);
            if (machine == user) await OfUserAsync();
            var runs = await Task.WhenAll(site.StrataAsync("build", "--json"), site.StrataAsync("build", "--json"));
            Assert.All(runs, r => r.Ended(0));
            Assert.Single(runs.Select(r => Digest(r.Output)).Distinct());
            (await machine.ExecAsync("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"], Path.Combine(site.Folder, "out", "twice-base"))).Ended(0);
            Assert.Contains("nothing to build", (await site.StrataAsync("build")).Ended(0).Errors, StringComparison.Ordinal);
            await Interruptions.AssertNothingIsLeftAsync(machine, site);
        }
    }

    private static string Digest(string record) => System.Text.Json.JsonDocument.Parse(record).RootElement.GetProperty("targets").EnumerateArray()
        .Single(t => t.GetProperty("target").GetString() == "twice/base").GetProperty("image").GetProperty("digest").GetString()!;

    private static void AssertClean(Outcome outcome)
    {
        var wanted = outcome.Interruption.Signal == "KILL"
            ? outcome with { ExitCode = 137, LeftAfterwards = Nothing }
            : new(outcome.Interruption, 130, "interrupted: 1 interrupted", Nothing, Nothing);
        Assert.Equal(wanted, outcome);
    }

    private async Task<Interruptions> OfRootAsync()
    {
        var site = root.NewSite(WorkSite.Files);
        (await site.StrataAsync("build")).Ended(0);
        return new(root, root, site);
    }

    private async Task<Interruptions> OfUserAsync()
    {
        var (ofRoot, site) = (root.NewSite(WorkSite.Files), user.NewSite(WorkSite.Files));
        (await ofRoot.StrataAsync("build", "os")).Ended(0);
        if (!(await site.StrataAsync("plan")).Ended(0).Output.Contains("ready   os/base", StringComparison.Ordinal)) await user.TakeImageAsync(root, ofRoot.Image("os/base"));
        (await site.StrataAsync("build")).Ended(0);
        return new(root, user, site);
    }

    private const string Head =
        """
        # Interruptions

        What is left when a build is interrupted, by signal and step. Written by the test that does all of this
        (`UPDATE_EXPECTED=1 make prove`); `make test` does a tenth of it.

        Each time, a target with every step is built anew while its image is there. After the signal the images are what
        they were: the parent is there, and the target's tag names the old image. No process is left. What `kill -9` leaves, a
        container with its mount and the run's own folder, the next `strata build` removes; `strata clean` shows it.

        """;
}
