using System.Collections.Immutable;
using System.CommandLine;

namespace Strata.Cli.Commands;

/// <summary>What takes one of a few words. Reading, messages and completion take them from here.</summary>
internal interface IChoice
{
    /// <summary>The words, the usual one first.</summary>
    ImmutableArray<string> Words { get; }
}

/// <summary>An option that takes one of a few words.</summary>
internal sealed class ChoiceOption(string name, params ImmutableArray<string> words) : Option<string>(name), IChoice
{
    /// <inheritdoc/>
    public ImmutableArray<string> Words => words;
}

/// <summary>An argument that is one of a few words.</summary>
internal sealed class ChoiceArgument(string name, params ImmutableArray<string> words) : Argument<string>(name), IChoice
{
    /// <inheritdoc/>
    public ImmutableArray<string> Words => words;
}
