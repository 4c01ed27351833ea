using System.CommandLine;
using System.Globalization;
using Strata.Reports;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>`strata replay`: what a history would have built.</summary>
internal sealed class ReplayCommand : StrataCommand
{
    private const int MostCommits = 100_000;

    private readonly Option<string> last;
    private readonly Option<string[]> to;
    private readonly Option<string> file;
    private readonly Option<string[]> source;
    private readonly Option<bool> json;
    private readonly Option<string> svg;

    /// <summary>The command.</summary>
    public ReplayCommand()
        : base(new()
        {
            Name = "replay",
            Summary = "shows what the last commits would have built, at each precision",
            About = "Goes along the first parents of the layer file's repository, so that a merge request counts as one, and compares each commit with the one "
                + "before it: how many targets `values`, `names` and `files` would have built, and how many there are. Builds nothing. A commit whose layer "
                + "file is missing or wrong is shown as such.",
            Examples =
            [
                new("strata replay --last 200", "A table, and the sums"),
                new("strata replay --last 200 --svg builds.svg", "The table, and a picture for a slide"),
                new("strata replay --last 50 --source self=images.git --file strata.yaml --json", "Of a bare repository, for another program"),
            ],
            Exits =
            [
                new(ExitCode.Done, "done"),
                new(ExitCode.WorkFailed, "git failed, or the picture could not be written"),
                new(ExitCode.WrongInput, "wrong usage, a revision that is not there, or a fault in the layer file at `--to`"),
            ],
        })
    {
        last = Add(new Option<string>("--last") { HelpName = "N", Description = "How many commits; needed" });
        to = Add(new Option<string[]>("--to")
        {
            HelpName = "[NAME=]REV",
            Description = "The newest commit, HEAD without it; `NAME=REV` reads another source at that revision throughout; may be repeated",
            Arity = ArgumentArity.OneOrMore,
        });
        file = Add(CommonOptions.File());
        source = Add(CommonOptions.Source());
        json = Add(CommonOptions.Json("strata/replay/1"));
        svg = Add(new Option<string>("--svg") { HelpName = "FILE", Description = "Write a chart to this file, too" });
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var count = Count(arguments.GetValue(last));
        var revisions = arguments.Revisions(to);
        var options = new WorkspaceOptions { File = arguments.GetValue(file), Sources = arguments.SourceArguments(source) };
        await using var workspace = await Workspace.OpenAsync(options, around, cancellation);
        var history = await workspace.Snapshots.ReadHistoryAsync(revisions.Self, count + 1, cancellation);
        Change.Require(await workspace.ReadAtAsync(revisions with { Self = history[0].Id }, cancellation), workspace);
        if (history.Length <= count) around.Err.Write(Short(history.Length - 1, workspace.Snapshots.Self.IsShallow, around.ErrPaint));
        var report = await new Replay(workspace).ReadAsync(history, revisions, cancellation);
        if (arguments.GetValue(svg) is { } path) await around.WriteOutputAsync(path, ReplayChart.Render(report), cancellation);
        around.Out.Write(arguments.GetValue(json) ? ReplayJson.Render(report) : ReplayText.Render(report, around.OutPaint));
        return ExitCode.Done;
    }

    private static int Count(string? text)
    {
        if (text is null) throw new UsageException("`--last` is missing: it says how many commits", "`strata replay --last 50`");
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostCommits
            ? count
            : throw new UsageException(string.Create(null, $"`--last` is {Wording.Quote(text)}, and takes a number from 1 to {MostCommits}"));
    }

    private static string Short(int compared, bool isShallow, Paint paint)
    {
        var message = isShallow
            ? $"the history of this clone is cut off: {Wording.Count(compared, "commit")} can be compared with the one before"
            : $"the history is short: {Wording.Count(compared, "commit")} can be compared with the one before";
        var hint = isShallow ? paint(Tone.Hint, "hint") + ": clone the whole history: `GIT_DEPTH: 0` among the variables of .gitlab-ci.yml, or once `git fetch --unshallow`\n" : "";
        return paint(Tone.Warning, "warning") + paint(Tone.Strong, ": " + message) + "\n" + hint;
    }
}
