using Strata.Cli.Completion;
using Strata.Tests.Support;

namespace Strata.Tests.Completion;

/// <summary>What differs between shells: how the line comes, and how candidates are given back.</summary>
public sealed class CompletionShellTests : IDisposable
{
    private static readonly CompletionAnswer Hostile = new(CompletionKind.Words, "", [new("$(touch${IFS}x)", "branch"), new("a;b'c\"d`e`", ""), new("~root", ""), new("HEAD~1", ""), new("größe", "")]);

    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void The_script_is_written_for_each_shell(string name)
    {
        var ran = shell.Run("completion", name);
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        Assert.Contains($"command strata complete {name} ", ran.Out, StringComparison.Ordinal);
        Assert.EndsWith("\n", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_shell_is_refused()
    {
        var ran = shell.Run("completion", "csh");
        Assert.Equal((2, "", "error: there is no completion for `csh`\nhint: `bash`, `zsh` and `fish` are known\n"), (ran.Code, ran.Out, ran.Err));
    }

    [Theory]
    [InlineData("strata bu", "bu", "|bu")]
    [InlineData("strata  build  sl", "sl", "build|sl")]
    [InlineData("strata build ", "", "build|")]
    [InlineData("strata build --file='a b/c' \"x y\" z\\ w sl", "sl", "build|--file=a b/c|x y|z w|sl")]
    [InlineData("strata build 'sl", "sl", "build|sl")]
    [InlineData("strata build \"a\\b\\\"sl", "a\\b\\\"sl", "build|a\\b\"sl")]
    [InlineData("strata", "strata", "|")]
    [InlineData("", "", "|")]
    public void A_line_of_bash_is_read_with_its_quotes(string line, string piece, string words)
    {
        var question = BashLine.Of([line, piece]).Question;
        Assert.Equal(words.TrimStart('|'), string.Join('|', [.. question.Before, question.Word]).TrimStart('|'));
    }

    [Theory]
    [InlineData("strata build --isolation=s", "s", "--isolation=", "shared-proc", "shared-proc")]
    [InlineData("strata build --isolation=", "", "--isolation=", "auto", "auto")]
    [InlineData("strata diff slurm/compute@v", "@v", "slurm/compute@", "v2", "@v2")]
    [InlineData("strata build --source self=.@v", "@v", "self=.@", "v2", "@v2")]
    [InlineData("strata build --format=s", "--format=s", "--format=", "svg", "--format=svg")]
    [InlineData("strata build 'slu", "slu", "", "slurm/uan", "slurm/uan")]
    [InlineData("strata build --at='v", "v", "--at=", "v2", "v2")]
    public void Bash_is_given_what_stands_behind_its_last_word_break(string line, string piece, string prefix, string value, string inserted) =>
        Assert.Equal([inserted], BashLine.Of([line, piece]).Write(new(CompletionKind.Words, prefix, [new(value, "")])));

    [Fact]
    public void No_name_means_anything_to_bash()
    {
        Assert.Equal([@"\$\(touch\$\{IFS\}x\)", @"a\;b\'c\""d\`e\`", @"\~root", "HEAD~1", "größe"], BashLine.Of(["strata build --at ", ""]).Write(Hostile));
        Assert.Equal(["~root", "HEAD~1"], BashLine.Of(["strata build --at '", ""]).Write(Hostile));
    }

    [Fact]
    public void A_colon_ends_a_word_of_zsh_unless_it_is_escaped()
    {
        shell.With("--- strata.yaml\nversion: 1\nlayers: {os: {types: {base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: [{id: 'a:b', url: 'https://deb.example.org/debian'}], install: [python3]}}}}}\n");
        Assert.Equal("words\n\na\\:b:https://deb.example.org/debian\n", shell.Run("complete", "zsh", "refresh", "--only", "").Out);
    }

    [Fact]
    public void Fish_is_given_the_whole_word()
    {
        var ran = shell.Run("complete", "fish", "build", "--isolation=s");
        Assert.Equal("words\n--isolation=\n--isolation=shared-proc\t\n", ran.Out);
    }
}
