using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Importing;

/// <summary>An option that a configuration hands to another program.</summary>
/// <param name="Name">Its name; where it is said that it is not carried over, that alone is shown: `--creds` has a password behind it.</param>
/// <param name="Value">What stands behind the name.</param>
internal sealed record ProgramOption(Located<string> Name, string? Value);

/// <summary>Options that a configuration hands to another program, a text each.</summary>
internal static class ProgramOptions
{
    /// <summary>What may be shown of what stands behind a name.</summary>
    private static readonly string[] Open = ["--tls-verify", "--chmod", "--chown"];

    /// <summary>The options under a key; values are hidden from all messages.</summary>
    public static ImmutableArray<ProgramOption> Read(ImportFields fields, string key) => [.. fields.Texts(key).Select(text => Read(text, fields))];

    private static ProgramOption Read(Located<string> text, ImportFields fields)
    {
        var words = text.Value.Split([' ', '='], 2, StringSplitOptions.RemoveEmptyEntries);
        var isNamed = words is [var first, ..] && first.StartsWith('-');
        var value = isNamed ? words.ElementAtOrDefault(1) : text.Value;
        if (value is not null && !(isNamed && Open.Contains(words[0], StringComparer.Ordinal))) fields.Faults.Hide(text.At);
        return new(text with { Value = isNamed ? words[0] : "an option's value" }, value);
    }
}
