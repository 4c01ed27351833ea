using Strata.Inputs;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>The value of an option that takes an image's digest.</summary>
internal static class DigestArgument
{
    /// <summary>The digest; null for null.</summary>
    /// <exception cref="UsageException">It has another form.</exception>
    public static string? Read(string option, string? text) => text is null || Fingerprint.TryParse(text) is not null
        ? text
        : throw new UsageException($"`{option}` is {Wording.Quote(text)}, and takes `sha256:` and 64 lower-case hex digits");
}
