using System.CommandLine;
using Strata.Cli.Terminal;
using Strata.Engine;
using Strata.Engine.Building;
using Strata.Engine.Git;
using Strata.Engine.Machines;
using Strata.Layers;

namespace Strata.Cli.Commands;

/// <summary>`strata doctor`: tries everything of the machine that a build uses.</summary>
internal sealed class DoctorCommand : StrataCommand
{
    private readonly Option<bool> json;

    /// <summary>The command.</summary>
    public DoctorCommand()
        : base(new()
        {
            Name = "doctor",
            Summary = "tries what a build uses; says what a machine lacks, and the cure",
            About = "Tries everything that a build uses, the way in which a build uses it: namespaces, a mounted container, a program in an image under "
                + "each isolation, a task over Ansible's Buildah connection, a squashfs, a dry run of a bootstrap, git, skopeo. What works best is "
                + "remembered for later builds of this user on this machine. Needs no layer file; where there is one with a `strata.lock`, it says how old that is.",
            Examples =
            [
                new("strata doctor", "Before the first build, and after something changed on the machine"),
                new("strata doctor --json | jq -r '.checks[] | select(.state == \"fails\") | .cure'", "The cures alone, for another program"),
            ],
            Exits =
            [
                new(ExitCode.Done, "this machine can build; warnings are of what only some builds need"),
                new(ExitCode.WorkFailed, "no build works here, and what to do about it is said"),
                new(ExitCode.WrongInput, "wrong usage"),
            ],
        })
    {
        json = Add(CommonOptions.Json("strata/doctor/1"));
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var barred = await BarredAsync(around, cancellation);
        var machine = Workspace.MachineOf(around, new());
        var run = Workspace.OpenRun(machine);
        MachineReport report;
        try
        {
            report = await new Doctor(machine, run, barred).ExamineAsync(cancellation);
            if (await LockAsync(machine, around, cancellation) is { } age) report = report with { Checks = report.Checks.Add(age) };
        }
        finally
        {
            await Workspace.RemoveAsync(run, machine);
        }

        around.Out.Write(arguments.GetValue(json) ? MachineReportJson.Render(report) : DoctorText.Render(report, around.OutPaint));
        return report.CanBuild ? ExitCode.Done : ExitCode.WorkFailed;
    }

    /// <summary>How old the lock is; null where there is none.</summary>
    private static async Task<MachineCheck?> LockAsync(LocalMachine machine, Surroundings around, CancellationToken cancellation)
    {
        if (LayerFileOnDisk.TryFind(around) is not { } layerFile) return null;
        var path = Path.Combine(Path.GetDirectoryName(layerFile)!, InputLock.FileName);
        if (!File.Exists(path)) return null;
        var locked = LockOnDisk.Read(path, InputLock.FileName).Lock;
        var committed = machine.Tools.Find("git") is null ? null : await new GitProgram(machine.Tools, machine.Runner, around.Environment).LastChangeAsync(path, cancellation);
        return LockAge.Check(locked, committed, TimeProvider.System.GetUtcNow());
    }

    /// <summary>Why this user cannot have root's rights over mounts; null with them. Without them the other trials are made all the same.</summary>
    private static async Task<FailureException?> BarredAsync(Surroundings around, CancellationToken cancellation)
    {
        try
        {
            await OwnUsers.EnterAsync(around, cancellation);
            return null;
        }
        catch (FailureException failure)
        {
            return failure;
        }
    }
}
