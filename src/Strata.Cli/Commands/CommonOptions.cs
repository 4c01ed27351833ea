using System.CommandLine;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>Options that several commands have, so that they read alike everywhere.</summary>
internal static class CommonOptions
{
    /// <summary>`--file PATH`.</summary>
    public static Option<string> File() => new("--file")
    {
        HelpName = "PATH",
        Description = "The layer file; without it `strata.yaml` here or in a folder above, up to the repository's root",
    };

    /// <summary>`--source NAME=PATH[@REV]`, repeatable.</summary>
    public static Option<string[]> Source() => new("--source")
    {
        HelpName = "NAME=PATH[@REV]",
        Description = "Where the git repository of a source is, a folder or a URL, and at which revision it is read; `NAME=@REV` says that alone; may be repeated",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>`--json`.</summary>
    public static Option<bool> Json(string schema) => new("--json")
    {
        Description = $"Write JSON, schema `{schema}`",
    };

    /// <summary>`--at REV`.</summary>
    public static Option<string> At() => new("--at")
    {
        HelpName = "REV",
        Description = "Read the layer file's own source at this revision instead of its working tree",
    };

    /// <summary>`--output FILE`.</summary>
    public static Option<string> Output() => new("--output")
    {
        HelpName = "FILE",
        Description = "Write to this file instead of standard output",
    };

    /// <summary>The values of `--source`, in the order given.</summary>
    /// <exception cref="UsageException">One is no `NAME=PATH[@REV]`, or a name is there twice.</exception>
    public static List<SourceArgument> SourceArguments(this ParseResult arguments, Option<string[]> option)
    {
        var sources = (arguments.GetValue(option) ?? []).Select(SourceArgument.Parse).ToList();
        var twice = sources.GroupBy(s => s.Name).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? sources : throw new UsageException($"`--source` names `{twice.Key}` twice");
    }
}

/// <summary>One `--source NAME=PATH[@REV]`.</summary>
/// <param name="Name">The source.</param>
/// <param name="Path">Its repository, as given; null where only the revision is said.</param>
/// <param name="Revision">The revision; null for the working tree, or HEAD where there is none.</param>
internal sealed record SourceArgument(SourceName Name, string? Path, string? Revision)
{
    /// <summary>Whether it is named by a URL.</summary>
    public bool IsUrl => Path is not null && GitUrl.IsMeant(Path);

    /// <summary>Reads the text after `--source`. The revision starts after the last `@`, that of `HEAD@{1}` apart.</summary>
    /// <exception cref="UsageException">The text has another form.</exception>
    public static SourceArgument Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || equals == text.Length - 1)
            throw new UsageException($"`--source` is {Wording.Quote(text)}, and has the form `NAME=PATH`, `NAME=PATH@REV` or `NAME=@REV`");
        var (name, rest) = (text[..equals], text[(equals + 1)..]);
        var at = rest.LastIndexOf('@');
        if (at > 0 && rest.AsSpan(at).StartsWith("@{")) at = rest.LastIndexOf('@', at - 1);
        if (GitUrl.IsMeant(rest))
        {
            if (at < GitUrl.PathStart(rest)) at = -1;
            if (GitUrl.Fault(at < 0 ? rest : rest[..at]) is { } fault) throw new UsageException($"`--source {name}` {fault}", "as in `https://gitlab.example.org/hpc/images.git`; git's credential helper holds what it needs");
        }

        return at >= 0 && at < rest.Length - 1
            ? new(new(name), at == 0 ? null : rest[..at], rest[(at + 1)..])
            : new(new(name), rest, null);
    }
}
