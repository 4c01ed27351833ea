using System.Text;
using Strata.Engine.Execution;
using Strata.Reports;
using Strata.Text;

namespace Strata.Cli.Terminal;

/// <summary>Everything about a target that failed: step, command, exit code, last lines, log, and what it kept from being built.</summary>
internal static class FailureBlock
{
    private const int LongestCommand = 400;

    /// <summary>The block; each line ends with `\n`.</summary>
    public static string Render(TargetRecord target, BuildRecord record, Paint paint)
    {
        var failure = target.Failure!;
        var text = new StringBuilder();
        var where = failure.Step is { } step ? $" in {step}" : "";
        text.Append(paint(Tone.Error, "error")).Append(paint(Tone.Strong, $": {target.Name} failed{where}: {Wording.Escape(failure.Message)}")).Append('\n');
        Field("command", failure.Command is { } command ? Cut(Wording.Escape(command)) : null);
        Field("exit code", failure.ExitCode?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (!failure.LastLines.IsEmpty) Field("last lines", "");
        foreach (var line in failure.LastLines) text.Append(paint(Tone.Frame, "    | ")).Append(line).Append('\n');
        Field("log", target.LogPath);
        var stopped = record.Targets.Where(t => t.Needs == target.Name).Select(t => t.Name.ToString()).ToList();
        Field("not built", stopped.Count == 0 ? null : string.Join(", ", stopped));
        if (failure.Hint is { } hint) text.Append(paint(Tone.Hint, "hint")).Append(": ").Append(Wording.Escape(hint)).Append('\n');
        return text.ToString();

        void Field(string label, string? value)
        {
            if (value is not null) text.Append($"  {label,-10}  {value}".TrimEnd()).Append('\n');
        }
    }

    private static string Cut(string command) => command.Length <= LongestCommand ? command : command[..LongestCommand] + "…";
}
