using System.Collections.Immutable;
using System.CommandLine;
using Strata.Cli.Commands;

namespace Strata.Cli.Completion;

/// <summary>What the words before the cursor say, of a line that is not finished and may be wrong.</summary>
internal sealed record WordsSoFar
{
    /// <summary>The options with their values, in the order given; null for one without a value.</summary>
    public required ImmutableArray<(Option Option, string? Value)> Options { get; init; }

    /// <summary>The arguments.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>The option whose value stands at the cursor; null for none.</summary>
    public required Option? Open { get; init; }

    /// <summary>Whether `--` was there: no option follows.</summary>
    public required bool IsPastOptions { get; init; }

    /// <summary>What words behind a command's name say.</summary>
    public static WordsSoFar Read(StrataCommand command, ImmutableArray<string> words)
    {
        var options = ImmutableArray.CreateBuilder<(Option, string?)>();
        var arguments = ImmutableArray.CreateBuilder<string>();
        var isPast = false;
        for (var i = 0; i < words.Length; i++)
        {
            if (isPast || words[i] is not ['-', _, ..])
            {
                arguments.Add(words[i]);
            }
            else if (words[i] == "--")
            {
                isPast = true;
            }
            else if (Split(words[i]) is var (name, value) && Find(command, name) is { } option)
            {
                if (value is null && TakesValue(option))
                {
                    if (++i == words.Length) return new() { Options = options.ToImmutable(), Arguments = arguments.ToImmutable(), Open = option, IsPastOptions = false };
                    value = words[i];
                }

                options.Add((option, value));
            }
        }

        return new() { Options = options.ToImmutable(), Arguments = arguments.ToImmutable(), Open = null, IsPastOptions = isPast };
    }

    /// <summary>The option of a name.</summary>
    public static Option? Find(StrataCommand command, string name) => command.Syntax.Options.FirstOrDefault(o => o.Name == name);

    /// <summary>Whether a value follows.</summary>
    public static bool TakesValue(Option option) => option.Arity.MinimumNumberOfValues > 0;

    /// <summary>`--name=value` in its two parts.</summary>
    public static (string Name, string? Value) Split(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? (word[..at], word[(at + 1)..]) : (word, null);

    /// <summary>The values of an option.</summary>
    public IEnumerable<string> Values(string option) => Options.Where(o => o.Option.Name == option).Select(o => o.Value).OfType<string>();

    /// <summary>Whether an option can still be given.</summary>
    public bool CanFollow(Option option) => option.Arity.MaximumNumberOfValues > 1 || Options.All(o => o.Option != option);
}
