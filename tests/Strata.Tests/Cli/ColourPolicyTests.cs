using System.Collections.Immutable;
using Strata.Cli.Terminal;
using Strata.Reports;

namespace Strata.Tests.Cli;

public sealed class ColourPolicyTests
{
    [Theory]
    [InlineData(true, "xterm-256color", null, true)]
    [InlineData(true, "xterm-256color", "", true)]
    [InlineData(true, "xterm-256color", "1", false)]
    [InlineData(true, "dumb", null, false)]
    [InlineData(true, null, null, false)]
    [InlineData(false, "xterm-256color", null, false)]
    public void Colour_is_for_terminals_that_have_it_and_users_who_want_it(bool isTerminal, string? term, string? noColour, bool expected)
    {
        var environment = ImmutableDictionary<string, string>.Empty;
        if (term is not null) environment = environment.Add("TERM", term);
        if (noColour is not null) environment = environment.Add("NO_COLOR", noColour);
        Assert.Equal(expected, ColourPolicy.Choose(isTerminal, environment)(Tone.Error, "x") != "x");
    }
}
