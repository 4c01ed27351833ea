using Spectre.Console;
using Strata.Engine.Execution;
using Strata.Planning;
using Strata.Reports;

namespace Strata.Cli.Terminal;

/// <summary>Shows a running build; nothing of it moves any more when it is disposed of.</summary>
internal interface IBuildProgress : IProgress<BuildEvent>, IAsyncDisposable;

/// <summary>Which of the ways to show a build fits.</summary>
internal static class BuildProgress
{
    /// <summary>
    /// A view that is redrawn where <paramref name="terminal"/> is one, otherwise lines on <paramref name="writer"/>.
    /// </summary>
    /// <param name="plan">The plan that is run.</param>
    /// <param name="writer">Where messages go.</param>
    /// <param name="paint">How they are coloured.</param>
    /// <param name="terminal">The terminal that messages go to; null when they go to none.</param>
    /// <param name="clock">The build's clock.</param>
    public static IBuildProgress Of(BuildPlan plan, TextWriter writer, Paint paint, IAnsiConsole? terminal, TimeProvider clock) =>
        terminal is not null ? new LiveProgress(plan, terminal, clock) : new PlainProgress(plan, writer, paint, clock);
}
