using Strata.Text;

namespace Strata.Reports.Html;

/// <summary>What failed in a build, with command, exit code and last lines; what could not be built for it.</summary>
internal static class FailureSection
{
    /// <summary>The section; nothing where everything went well.</summary>
    public static Markup Draw(RecordedBuild build, string? logFolder)
    {
        var failed = build.Targets.Where(t => t.State == "failed").Select(t => Entry(t, logFolder));
        var waiting = build.Targets.Where(t => t.Needs is not null).Select(t => Markup.Of($"<li>{t.Name} needs {t.Needs}</li>\n")).ToList();
        return Markup.Of($"{Markup.Join(failed)}{Markup.If(waiting.Count > 0, $"<p>Not built:</p>\n<ul>\n{Markup.Join(waiting)}</ul>\n")}");
    }

    private static Markup Entry(RecordedTarget target, string? logFolder)
    {
        var failure = target.Failure ?? new(null, "the record does not say why", null, null, null, []);
        var log = BuildSection.Log(target, logFolder);
        return Markup.Of($"""
            <article class="failure"><h3>{BuildSection.State(target)} {target.Name}{Markup.If(failure.Step is not null, $", in {failure.Step}")}</h3>
            <p>{Markup.Message(failure.Message)}{Markup.If(SaysNoCode(failure), $" (exit code {failure.ExitCode})")}</p>
            {Markup.If(failure.Hint is not null, $"<p><b>What to do:</b> {Markup.Message(failure.Hint ?? "")}</p>\n")}{Markup.If(failure.Command is not null, $"<pre>{failure.Command}</pre>\n")}{Lines(failure)}{Markup.If(log.Text.Length > 0, $"<p>Log: {log}</p>\n")}</article>

            """);
    }

    private static bool SaysNoCode(RecordedFailure failure) =>
        failure.ExitCode is not null && !failure.Message.Contains("exit code", StringComparison.Ordinal);

    private static Markup Lines(RecordedFailure failure) => Markup.If(!failure.LastLines.IsEmpty, $"""
        <details open><summary>{(failure.LastLines.Length == 1 ? "The last line" : $"The last {Wording.Count(failure.LastLines.Length, "line")}")}</summary><pre>{Markup.Join(failure.LastLines.Select(l => Markup.Of($"{l}")), "\n")}</pre></details>

        """);
}
