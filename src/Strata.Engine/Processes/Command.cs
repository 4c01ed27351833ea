using System.Collections.Immutable;

namespace Strata.Engine.Processes;

/// <summary>A program run, as a value: complete before it starts, its arguments a list, its environment whole.</summary>
/// <param name="Program">Absolute path of the program.</param>
/// <param name="Arguments">The arguments, each handed over as it is.</param>
public sealed record Command(string Program, ImmutableArray<string> Arguments)
{
    /// <summary>The program's whole environment; nothing is inherited.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>
    /// The program and arguments that a person is shown, where what is started is only the way there: what runs inside an image is
    /// started by Strata itself.
    /// </summary>
    public ImmutableArray<string>? ShownAs { get; init; }

    /// <summary>The program that a person knows this by, without its folder.</summary>
    public string ShownProgram => Path.GetFileName(ShownAs is [var inside, ..] ? inside : Program);

    /// <summary>The folder it runs in.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary>What it reads from standard input; null is `/dev/null`.</summary>
    public ReadOnlyMemory<byte>? Input { get; init; }

    /// <summary>The most that a program may write to standard output where nothing else is said: all of it is held in memory.</summary>
    public const int UsualOutputLimit = 512 * 1024 * 1024;

    /// <summary>The most bytes that it may write to standard output; a program that writes more is ended and has failed.</summary>
    public int OutputLimit { get; init; } = UsualOutputLimit;

    /// <summary>
    /// Whether the program is killed when Strata itself is (`kill -9`). Costs one more exec, 1-2 ms: for programs that
    /// run long or change something, not for quick reads.
    /// </summary>
    public bool IsGuarded { get; init; }

    /// <summary>The mounts and processes of its own that it runs among; null runs it among the machine's. Guarded by itself.</summary>
    public Sandbox? Sandbox { get; init; }
}
