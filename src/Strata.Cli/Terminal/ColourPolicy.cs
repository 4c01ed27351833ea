using System.Collections.Immutable;
using Strata.Reports;

namespace Strata.Cli.Terminal;

/// <summary>When there is colour: on a terminal that has it, unless `NO_COLOR` (no-color.org) is set to anything.</summary>
internal static class ColourPolicy
{
    /// <summary>How to paint what goes to a stream.</summary>
    public static Paint Choose(bool isTerminal, ImmutableDictionary<string, string> environment)
    {
        var isRefused = environment.GetValueOrDefault("NO_COLOR") is { Length: > 0 };
        var isDumb = environment.GetValueOrDefault("TERM") is null or "" or "dumb";
        return isTerminal && !isRefused && !isDumb ? Paints.Ansi : Paints.Plain;
    }
}
