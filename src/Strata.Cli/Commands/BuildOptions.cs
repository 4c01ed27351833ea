using System.Collections.Immutable;
using System.Globalization;
using Strata.Engine.Machines;
using Strata.Engine.Processes;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>The values of the options of `build` that are no plain text.</summary>
internal static class BuildOptions
{
    private const string AutoIsolation = "auto";

    /// <summary>What `--isolation` takes.</summary>
    public static ImmutableArray<string> IsolationNames => [AutoIsolation, .. Isolations.All];

    /// <summary>The number of jobs.</summary>
    /// <exception cref="UsageException">It is no number from 1 to 64.</exception>
    public static int Jobs(string? text)
    {
        if (text is null) return 2;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var jobs) && jobs is >= 1 and <= 64
            ? jobs
            : throw new UsageException($"`--jobs` is {Wording.Quote(text)}, and takes a number from 1 to 64");
    }

    /// <summary>The isolation; null for `auto`, or nothing.</summary>
    /// <exception cref="UsageException">It is another word.</exception>
    public static Isolation? Isolation(string? text)
    {
        if (text is null or AutoIsolation) return null;
        return Isolations.TryParse(text)
            ?? throw new UsageException($"`--isolation` is {Wording.Quote(text)}, and takes {Wording.List(IsolationNames, "or")}");
    }

    /// <summary>A length of time: `90s`, `45m`, `2h`; null for null.</summary>
    /// <exception cref="UsageException">It has another form.</exception>
    public static TimeSpan? Duration(string option, string? text)
    {
        if (text is null) return null;
        if (TimeText.Seconds(text) is { } seconds)
        {
            return seconds > 0
                ? TimeSpan.FromSeconds(seconds)
                : throw new UsageException($"`{option}` is {Wording.Quote(text)}, which leaves no time for any work", $"leave `{option}` out for no limit");
        }

        throw new UsageException($"`{option}` is {Wording.Quote(text)}, and takes a number with a unit: `90s`, `45m` or `2h`");
    }
}
