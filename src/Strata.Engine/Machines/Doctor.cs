using System.Collections.Immutable;
using Strata.Engine.Building;
using Strata.Engine.Files;
using Strata.Engine.Processes;

namespace Strata.Engine.Machines;

/// <summary>Tries, one after another, everything of the machine that a build uses, the way in which a build uses it.</summary>
public sealed class Doctor
{
    private readonly LocalMachine machine;
    private readonly RunFolder run;
    private readonly FailureException? barred;
    private readonly ImmutableArray<MachineCheck>.Builder checks = ImmutableArray.CreateBuilder<MachineCheck>();

    /// <summary>A doctor for a machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="run">Where trials write; what they leave is swept like that of a build.</param>
    /// <param name="barred">Why this user cannot mount anything; null for one who can.</param>
    public Doctor(LocalMachine machine, RunFolder run, FailureException? barred)
    {
        this.machine = machine;
        this.run = run;
        this.barred = barred;
    }

    /// <summary>Makes every trial; remembers what works for later builds.</summary>
    public async Task<MachineReport> ExamineAsync(CancellationToken cancellation)
    {
        checks.Add(UserChecks.Ids(machine.Environment));
        checks.Add(UserChecks.Rights(machine.Environment, barred));
        foreach (var tool in ToolVersions.All) checks.Add(await tool.CheckAsync(machine, cancellation));
        var choices = barred is null && checks.All(c => c.State != CheckState.Fails) ? await ChooseAsync(cancellation) : null;
        await TryAsync("storage", () => StorageChecks.DriverAsync(choices?.Apply(machine) ?? machine, choices, cancellation));
        checks.Add(StorageChecks.Space("space for state", machine.StateFolder));
        if (choices is not null) await TryContainerAsync(choices, cancellation);
        return new(checks.ToImmutable(), choices);
    }

    private async Task<MachineChoices?> ChooseAsync(CancellationToken cancellation)
    {
        MachineChoices? choices = null;
        await TryAsync("isolation", async () =>
        {
            choices = await MachineChoices.FindAsync(machine, cancellation);
            return MachineCheck.Works("isolation", $"builds use `{Isolations.Name(choices.Isolation)}`");
        });
        return choices;
    }

    private async Task TryContainerAsync(MachineChoices choices, CancellationToken cancellation)
    {
        TrialContainer? container = null;
        await TryAsync("container", async () =>
        {
            container = await TrialContainer.OpenAsync(choices.Apply(machine), run, choices.Isolation, cancellation);
            return MachineCheck.Works("container", "made, mounted, written to");
        });
        if (container is null) return;
        await using (container)
        {
            foreach (var trial in container.Trials(choices.Isolation)) await TryAsync(trial.Name, () => trial.RunAsync(cancellation), trial.IsNeeded);
        }
    }

    private async Task TryAsync(string name, Func<Task<MachineCheck>> trial, bool isNeeded = true)
    {
        try
        {
            checks.Add(await trial());
        }
        catch (Exception failure) when (failure is FailureException or IOException or UnauthorizedAccessException)
        {
            checks.Add(Failed(name, failure, isNeeded));
        }
    }

    /// <summary>A trial that failed, with the last line that its program wrote.</summary>
    internal static MachineCheck Failed(string name, Exception failure, bool isNeeded = true)
    {
        var said = (failure as CommandFailedException)?.LastLines.LastOrDefault(l => !string.IsNullOrWhiteSpace(l));
        return new(
            name,
            isNeeded ? CheckState.Fails : CheckState.Warning,
            said is null ? failure.Message : $"{failure.Message}: {said.Trim()}",
            (failure as FailureException)?.Hint);
    }
}
