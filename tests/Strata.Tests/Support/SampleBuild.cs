using Strata.Engine.Execution;
using Strata.Engine.Processes;
using Strata.Planning;

namespace Strata.Tests.Support;

/// <summary>One build in which everything happens that can: built, exported, ready, shared, failed, not built.</summary>
public static class SampleBuild
{
    /// <summary>The plan.</summary>
    public static BuildPlan Plan => PlanSketch.Plan("""
        os/base : image
        hsn/base < os/base
        slurm/compute < hsn/base
        slurm/extra < slurm/compute
        uan/uan < os/base : squashfs=missing
        dev/base < os/base : image squashfs=missing
        """);

    private static Command Command => new("/usr/bin/ansible-playbook", ["-i", "hosts", "--limit", "strata-image", "slurm.yml"]);

    /// <summary>Runs it, two at a time, telling a listener of it that is made inside the simulation.</summary>
    public static BuildRecord Run(SimulatedClock clock, Func<IProgress<BuildEvent>> listener) =>
        Simulation.Run(clock, () => RunAsync(clock, listener()));

    /// <summary>Runs it and interrupts it after some seconds.</summary>
    public static BuildRecord RunInterrupted(SimulatedClock clock, double seconds)
    {
        using var interrupt = new CancellationTokenSource();
        clock.CreateTimer(_ => interrupt.Cancel(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
        return Simulation.Run(clock, () => Schedule(clock, new EventList(), interrupt.Token));
    }

    /// <summary>Runs it within a simulation.</summary>
    public static Task<BuildRecord> RunAsync(SimulatedClock clock, IProgress<BuildEvent> listener) => Schedule(clock, listener, CancellationToken.None);

    private static Task<BuildRecord> Schedule(SimulatedClock clock, IProgress<BuildEvent> listener, CancellationToken interrupt) =>
        Scheduler.RunAsync(Plan, new ScriptedWork(clock, Script), new() { Jobs = 2, Version = "1.2.3", Redactor = new(), LogFolder = "logs" }, listener, clock, interrupt);

    private static WorkScript Script(Strata.Layers.TargetName name) => name.ToString() switch
    {
        "hsn/base" => new() { Seconds = 200, Lines = ["TASK [hsn : install drivers] ****", ""] },
        "slurm/compute" => new()
        {
            Seconds = 12,
            Failure = new CommandFailedException(Command, 2, "`ansible-playbook` ended with exit code 2", [
                "TASK [slurm : configure] *********", "\u001b[31mfatal: [strata-image]: FAILED!\u001b[0m", "PLAY RECAP"]),
        },
        "uan/uan" => new() { Seconds = 45, OutputSeconds = 37, Lines = ["Installing: \u001b[1mopenssh\u001b[0m"] },
        _ => new() { OutputSeconds = 3 },
    };
}
