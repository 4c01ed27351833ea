using System.Collections.Immutable;
using Strata.Cli.Commands;

namespace Strata.Cli;

/// <summary>A command that can be asked for; it is made only when it is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Create">Makes it.</param>
internal sealed record CommandEntry(string Name, Func<StrataCommand> Create);

/// <summary>Every command, in the order in which help lists them. A new command is one file in `Commands/` and one line here.</summary>
internal static class CommandTable
{
    /// <summary>The table.</summary>
    public static ImmutableArray<CommandEntry> All =>
    [
        new("init", static () => new InitCommand()),
        new("import", static () => new ImportCommand()),
        new("check", static () => new CheckCommand()),
        new("targets", static () => new TargetsCommand()),
        new("graph", static () => new GraphCommand()),
        new("inputs", static () => new InputsCommand()),
        new("affected", static () => new AffectedCommand()),
        new("replay", static () => new ReplayCommand()),
        new("refresh", static () => new RefreshCommand()),
        new("plan", static () => new PlanCommand()),
        new("build", static () => new BuildCommand()),
        new("pipeline", static () => new PipelineCommand()),
        new("promote", static () => new PromoteCommand()),
        new("diff", static () => new DiffCommand()),
        new("report", static () => new ReportCommand()),
        new("schema", static () => new SchemaCommand()),
        new("completion", static () => new CompletionCommand()),
        new("doctor", static () => new DoctorCommand()),
        new("clean", static () => new CleanCommand()),
    ];
}
