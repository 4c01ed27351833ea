using System.Collections.Immutable;

namespace Strata.Text;

/// <summary>How bad a diagnostic is.</summary>
public enum Severity
{
    /// <summary>The input cannot be used as it is.</summary>
    Error,

    /// <summary>The input can be used, and is likely not what was meant.</summary>
    Warning,
}

/// <summary>A second place that belongs to a diagnostic, such as the first of two definitions.</summary>
/// <param name="At">The place.</param>
/// <param name="Label">What is there.</param>
public sealed record Related(Location At, string Label);

/// <summary>
/// One fault of a user's files, as a value: found by readers and resolvers, which go on after it, and worded once.
/// </summary>
/// <param name="Id">Stable kebab-case name, never reused; `docs/diagnostics/ID.md` explains it.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">One sentence without a final stop: what is, then what was expected.</param>
/// <param name="Path">The file it is about, as shown to a person.</param>
/// <param name="At">The smallest stretch at fault; null when the file as a whole is meant (missing, binary).</param>
/// <param name="Label">What is said beside the carets; empty for nothing.</param>
/// <param name="Related">Further places.</param>
/// <param name="Hint">What to do about it; null when there is nothing to advise.</param>
public sealed record Diagnostic(
    string Id,
    Severity Severity,
    string Message,
    string Path,
    Location? At,
    string Label,
    ImmutableArray<Related> Related,
    string? Hint)
{
    /// <summary>An error at a place.</summary>
    public static Diagnostic Error(string id, string message, Location at, string label = "", string? hint = null) =>
        new(id, Severity.Error, message, at.File.Path, at, label, [], hint);

    /// <summary>A warning at a place.</summary>
    public static Diagnostic Warning(string id, string message, Location at, string label = "", string? hint = null) =>
        new(id, Severity.Warning, message, at.File.Path, at, label, [], hint);

    /// <summary>An error about a file as a whole.</summary>
    public static Diagnostic OfFile(string id, string message, string path, string? hint = null) =>
        new(id, Severity.Error, message, path, null, "", [], hint);

    /// <summary>Whether this makes the input unusable.</summary>
    public bool IsError => Severity == Severity.Error;

    /// <summary>The same diagnostic with one more place.</summary>
    public Diagnostic With(Location at, string label) => this with { Related = Related.Add(new(at, label)) };
}
