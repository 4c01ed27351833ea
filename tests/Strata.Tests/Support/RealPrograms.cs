using System.Collections.Immutable;
using Strata.Engine.Processes;

namespace Strata.Tests.Support;

/// <summary>The real programs that every machine has, run the way Strata runs them.</summary>
internal static class RealPrograms
{
    public static readonly Tools Host = new("/usr/local/bin:/usr/bin:/bin");

    /// <summary>The `strata` that the test project is built with.</summary>
    public static readonly string Strata = Path.Combine(AppContext.BaseDirectory, "Strata.Cli");

    public static readonly CommandWrapping Wrapping = new(Host, Strata);

    public static ProcessRunner Runner(Redactor? redactor = null, TimeProvider? time = null) =>
        new(Wrapping, redactor ?? new(), time ?? TimeProvider.System);

    public static ImmutableSortedDictionary<string, string> BareEnvironment { get; } =
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("PATH", Host.Path)]);

    public static Command Shell(string script, params string[] arguments) => new(Host.Require("sh"), ["-c", script, .. arguments]) { Environment = BareEnvironment };

    public static async Task<string> TextOf(Command command)
    {
        var result = await Runner().MustAsync(command, null, TestContext.Current.CancellationToken);
        return result.Text;
    }
}
