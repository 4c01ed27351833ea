using Strata.Engine.Execution;
using Strata.Reports;

namespace Strata.Cli.Terminal;

/// <summary>How a target's end is named and coloured.</summary>
internal static class StateText
{
    /// <summary>`built`, `exported`, `published`, `ready`, `failed`, `not built`, `interrupted`.</summary>
    public static string Of(TargetRecord record) => record.State switch
    {
        TargetState.NotBuilt => "not built",
        TargetState.Interrupted when record.Duration == TimeSpan.Zero => "not run",
        _ => record.State.Name(),
    };

    /// <summary>Good, failed, or in between.</summary>
    public static Tone ToneOf(TargetState state) => state switch
    {
        TargetState.Failed => Tone.Error,
        TargetState.NotBuilt or TargetState.Interrupted => Tone.Warning,
        _ => Tone.Good,
    };
}
