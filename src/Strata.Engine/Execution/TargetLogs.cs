using System.Globalization;
using Strata.Layers;

namespace Strata.Engine.Execution;

/// <summary>
/// Writes one log a target: the steps and every line of output, each with the seconds since the build started. A line is
/// on disk as soon as it is reported.
/// </summary>
public sealed class TargetLogs : IProgress<BuildEvent>, IDisposable
{
    private readonly string folder;
    private readonly Dictionary<TargetName, StreamWriter> open = [];

    /// <summary>Logs in a folder, which is made when the first target starts.</summary>
    public TargetLogs(string folder) => this.folder = folder;

    /// <summary>What kept a log from being written; null when every log is whole. The build goes on without.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>`FOLDER/LAYER-TYPE.log`; with several systems `FOLDER/SYSTEM/LAYER-TYPE.log`.</summary>
    public static string PathOf(string folder, TargetName target)
    {
        var file = target.FileName + ".log";
        return target.System is { } system ? Path.Combine(folder, system.Value, file) : Path.Combine(folder, file);
    }

    /// <inheritdoc/>
    public void Report(BuildEvent value)
    {
        try
        {
            if (value is BuildEvent.TargetStarted started) Open(started.Target);
            if (!open.TryGetValue(value.Target, out var log)) return;
            if (Text(value) is { } text) log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.At.TotalSeconds,8:0.0}  {text}"));
            if (value is BuildEvent.TargetEnded) Close(value.Target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fault ??= e;
            open.Remove(value.Target);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var target in open.Keys.ToList()) Close(target);
    }

    private void Open(TargetName target)
    {
        var path = PathOf(folder, target);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        open[target] = new(path) { AutoFlush = true, NewLine = "\n" };
    }

    private void Close(TargetName target)
    {
        if (open.Remove(target, out var log)) log.Dispose();
    }

    private static string? Text(BuildEvent value) => value switch
    {
        BuildEvent.TargetStarted e => $"== {e.Target}: {Planning.PlanStates.Name(e.Work)}",
        BuildEvent.StepStarted e => $"-- {e.Step}",
        BuildEvent.StepEnded e => string.Create(CultureInfo.InvariantCulture, $"-- {e.Step} ended after {e.Duration.TotalSeconds:0.0} s"),
        BuildEvent.OutputLine e => e.Text,
        BuildEvent.TargetEnded { Record.Failure: { } failure } => $"== failed: {failure.Message}",
        BuildEvent.TargetEnded e => $"== {e.Record.State.Name()}",
        _ => null,
    };
}
