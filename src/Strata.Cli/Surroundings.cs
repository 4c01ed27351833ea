using System.Collections;
using System.Collections.Immutable;
using System.Text;
using Strata.Cli.Terminal;
using Strata.Engine.Files;
using Strata.Engine.Processes;
using Strata.Reports;
using Strata.Text;

namespace Strata.Cli;

/// <summary>What a command sees of the world around it: where it writes, where it stands, what it may start.</summary>
internal sealed record Surroundings
{
    /// <summary>Standard output: data.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error: messages.</summary>
    public required TextWriter Err { get; init; }

    /// <summary>How data is coloured.</summary>
    public Paint OutPaint { get; init; } = Paints.Plain;

    /// <summary>How messages are coloured.</summary>
    public Paint ErrPaint { get; init; } = Paints.Plain;

    /// <summary>Absolute path of the current folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether messages go to a terminal that can be drawn on.</summary>
    public bool IsErrTerminal { get; init; }

    /// <summary>Whether messages go to a person who can also answer.</summary>
    public bool CanAnswer { get; init; }

    /// <summary>Reads a line from the person; null at the end of the input.</summary>
    public Func<string?> ReadAnswer { get; init; } = static () => null;

    /// <summary>Whether this process has root's rights over mounts: as root, or inside of a user's own namespaces.</summary>
    public Func<bool> IsRoot { get; init; } = static () => false;

    /// <summary>The arguments of this process.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Absolute path of Strata's own executable, by which it enters the namespaces of a build.</summary>
    public string StrataPath { get; init; } = "";

    /// <summary>The environment.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The world as it is for this process.</summary>
    public static Surroundings OfThisProcess(string[] arguments)
    {
        var environment = ReadEnvironment();
        return new()
        {
            Out = Utf8(new StandardOutput(Console.OpenStandardOutput())),
            Err = Utf8(Console.OpenStandardError()),
            OutPaint = ColourPolicy.Choose(isTerminal: !Console.IsOutputRedirected, environment),
            ErrPaint = ColourPolicy.Choose(isTerminal: !Console.IsErrorRedirected, environment),
            IsErrTerminal = !Console.IsErrorRedirected && environment.GetValueOrDefault("TERM") != "dumb",
            CanAnswer = !Console.IsErrorRedirected && !Console.IsInputRedirected,
            ReadAnswer = Console.ReadLine,
            IsRoot = static () => !UserNamespace.IsNeeded,
            Arguments = [.. arguments],
            StrataPath = System.Environment.ProcessPath ?? "",
            Folder = System.Environment.CurrentDirectory,
            Environment = environment,
        };
    }

    /// <summary>A path as it was given, made absolute from the current folder.</summary>
    public string Absolute(string path) => Path.GetFullPath(path, Folder);

    /// <summary>
    /// Writes data to standard output, or to a file where one is named: whole or not at all, so that an interrupted or
    /// failing run leaves no half file.
    /// </summary>
    public async Task WriteOutputAsync(string? path, string text, CancellationToken cancellation)
    {
        if (path is null)
        {
            Out.Write(text);
            return;
        }

        var absolute = Absolute(path);
        if (Directory.Exists(absolute)) throw new UsageException($"`--output` is {Wording.Quote(path)}, a folder", "name a file in it");
        try
        {
            if (Path.GetDirectoryName(absolute) is { } folder && !Directory.Exists(folder)) throw new IOException($"there is no folder {folder}");
            await AtomicFile.WriteAsync(absolute, Encoding.UTF8.GetBytes(text), cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"cannot write {Wording.Quote(path)}: {failure.Message}", "name a file in a folder that is there and can be written to");
        }
    }

    private static StreamWriter Utf8(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };

    private static ImmutableDictionary<string, string> ReadEnvironment()
    {
        var variables = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        return variables.ToImmutable();
    }
}
