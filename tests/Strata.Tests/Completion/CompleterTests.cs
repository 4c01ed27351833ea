using Strata.Cli;
using Strata.Cli.Completion;
using Strata.Tests.Support;

namespace Strata.Tests.Completion;

/// <summary>What Tab offers, as the script for zsh is told it: the kind, what of the word stays, and the candidates.</summary>
public sealed class CompleterTests : IDisposable
{
    private const string Layers = """
        --- strata.yaml
        version: 1
        inventory: inventory/
        sources: {hsn-config: {url: "https://gitlab.example.org/hpc/hsn-config.git"}}
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: dnf, release: "9", repositories: [{id: updates, url: "https://rpm.example.org/9"}], install: [python3]}
          slurm:
            types:
              compute: {from: os/base, playbooks: [site.yml]}
              uan: {from: os/base, playbooks: [site.yml]}
        """;

    private readonly Shell shell = new Shell().With(Layers);

    public void Dispose() => shell.Dispose();

    [Fact]
    public void A_command_is_offered_with_what_it_does()
    {
        Complete("words||build:builds what is stale, parents first, several at once", "bu");
        Complete("words||help:shows what a command does", "he");
        Complete("words||--help:lists the commands|--version:shows the version", "-");
        Complete("words||build:builds what is stale, parents first, several at once", "help", "bu");
        Complete("words|", "nonsense", "");
        Assert.Equal([.. CommandTable.All.Select(c => c.Name), "help"], Values(""));
    }

    [Fact]
    public void The_hidden_command_is_in_no_help()
    {
        Assert.DoesNotContain("complete ", shell.Run("--help").Out, StringComparison.Ordinal);
        var ran = shell.Run("complete", "csh", "x");
        Assert.Equal((2, "error: unknown command `complete`\nhint: `strata --help` lists the commands\n"), (ran.Code, ran.Err));
    }

    [Fact]
    public void Options_are_offered_until_they_are_given_and_again_where_they_repeat()
    {
        Assert.Equal(["--file", "--source", "--shared", "--json", "--help"], Values("targets", ""));
        Assert.Equal(["--source", "--json", "--help"], Values("targets", "--file", "a.yaml", "--source=self=.", "--shared", "-"));
        Complete("words||--format:text (the default), dot, mermaid or svg", "graph", "--fo");
        Complete("words|", "graph", "--", "-");
    }

    [Fact]
    public void A_value_of_a_few_words_is_one_of_them_beside_the_option_and_behind_an_equals_sign()
    {
        Complete("words||auto|namespaces|shared-proc", "build", "--isolation", "");
        Complete("words|--isolation=|shared-proc", "build", "--isolation=s");
        Complete("words||values|names|files", "affected", "--precision", "");
        Complete("words||error|all", "affected", "--missing-base", "");
        Complete("words||json", "check", "--format", "j");
        Complete("words||gitlab|github", "pipeline", "");
        Complete("words||bash|zsh|fish", "completion", "");
        Complete("words|", "build", "--jobs", "");
        Complete("words|", "build", "--push=");
    }

    [Fact]
    public void A_path_is_the_affair_of_the_shell_behind_what_stays()
    {
        Complete("files|", "build", "--file", "x");
        Complete("files|--file=", "build", "--file=x");
        Complete("folders|", "build", "--output", "");
        Complete("folders|self=", "build", "--source", "self=x");
        Complete("folders|--source=self=", "build", "--source=self=x");
        Complete("files|", "import", "a.yaml", "");
        Complete("folders|", "init", "");
    }

    [Fact]
    public void Targets_are_offered_once_and_a_layer_of_several_where_it_can_stand()
    {
        Complete("words||os/base:from scratch|slurm/compute:from os/base|slurm/uan:from os/base|slurm:2 targets", "build", "");
        Complete("words||slurm/uan:from os/base|slurm:2 targets", "build", "slurm/compute", "sl");
        Complete("words||slurm/compute:from os/base|slurm/uan:from os/base", "inputs", "slurm");
        Assert.Equal(["slurm/compute", "slurm/uan", "slurm"], Values("pipeline", "gitlab", "sl"));
        Assert.Equal(["slurm/compute", "slurm/uan"], Values("diff", "os/base", "sl"));
        Assert.Equal(["--file", "--source", "--at", "--json", "--help"], Values("inputs", "os/base", ""));
    }

    [Fact]
    public void Targets_are_those_of_the_layer_file_that_the_line_names()
    {
        shell.With(Layers.Replace("strata.yaml", "other/strata.yaml", StringComparison.Ordinal).Replace("slurm:", "cray:", StringComparison.Ordinal));
        Complete("words||cray/compute:from os/base|cray/uan:from os/base|cray:2 targets", "build", "--file", "other/strata.yaml", "c");
        Complete("words||cray:2 targets", "build", "--source", "self=other", "cray/compute", "--", "cray/uan", "cra");
        Complete("words|", "build", "--file", "nowhere.yaml", "");
        Assert.Equal(0, shell.RunIn("other", "complete", "zsh", "build", "c").Code);
    }

    [Theory]
    [InlineData("version: 1\nlayers: {os: {types: {\"$(touch x)\": {from: scratch}}}}")]
    [InlineData("version: 1\nlayers: [")]
    [InlineData("")]
    public void A_faulty_layer_file_gives_no_names_and_no_word(string text)
    {
        File.WriteAllText(Path.Combine(shell.Folder, "strata.yaml"), text);
        Complete("words|", "build", "");
    }

    [Fact]
    public void Sources_and_package_repositories_are_those_of_the_layer_file()
    {
        Complete("words||self=:source|hsn-config=:source", "build", "--source", "");
        Complete("words||hsn-config=:source", "build", "--source", "self=.", "--source", "");
        Complete("words||hsn-config:source", "pipeline", "gitlab", "--static", "--for", "h");
        Complete(@"words||updates:https://rpm.example.org/9", "refresh", "--only", "");
        Complete("words||hsn-config=:source", "affected", "--from", "h");
    }

    [Fact]
    public void Revisions_are_the_last_commits_branches_and_tags_of_the_repository()
    {
        shell.Commit("", "Start");
        shell.Commit("", "Say `more`\tto the point");
        shell.Git("", "branch", "release=1");
        shell.Git("", "tag", "v2.1");
        Complete("words||HEAD:Say more to the point|HEAD~1:Start|main:branch|release=1:branch|v2.1:tag|hsn-config=:source", "affected", "--from", "");
        Complete("words|--to=|v2.1:tag", "affected", "--to=v");
        Complete("words||v2.1:tag", "build", "--at", "v");
        Complete("words||release=1:branch", "affected", "--from", "rel");
        Complete("words|self=.@|v2.1:tag", "build", "--source", "self=.@v");
        Complete("words|self=@|v2.1:tag", "build", "--source", "self=@v");
        Complete("words|slurm/compute@|v2.1:tag", "diff", "slurm/compute@v");
    }

    [Fact]
    public void The_revisions_of_another_source_are_of_its_own_repository()
    {
        shell.With("--- hsn-config/cables\n--- elsewhere/cables\n").Commit("", "Start");
        shell.Commit("hsn-config", "Cables");
        shell.Commit("elsewhere", "More cables");
        Complete("words|hsn-config=|HEAD:Cables", "affected", "--from", "hsn-config=H");
        Complete("words|hsn-config=|HEAD:More cables", "affected", "--source", "hsn-config=elsewhere", "--from", "hsn-config=H");
        Complete("words|", "affected", "--from", "munge=H");
    }

    [Fact]
    public void Outside_of_a_repository_there_are_no_revisions_and_no_word() => Complete("words|", "build", "--at", "");

    [Fact]
    public void The_home_folder_is_written_as_for_a_shell()
    {
        var ran = shell.RunIn("", shell.Environment.Add("HOME", shell.Folder), "complete", "zsh", "build", "--file", "~/strata.yaml", "os");
        Assert.Equal("words\n\nos/base:from scratch\n", ran.Out);
    }

    [Fact]
    public void What_every_value_and_argument_is_a_name_of_has_been_said()
    {
        var symbols = CommandTable.All.SelectMany(c => c.Create().Syntax.Options.Where(WordsSoFar.TakesValue).Where(o => ValueKinds.Of(o) is null).Select(o => $"{c.Name} {o.Name}"))
            .Concat(CommandTable.All.SelectMany(c => c.Create().Syntax.Arguments.Where(a => ValueKinds.Of(a) is null).Select(a => $"{c.Name} {a.Name}")));
        Assert.Empty(symbols);
    }

    /// <summary>Asserts the answer, its lines parted by bars.</summary>
    private void Complete(string expected, params string[] words)
    {
        var ran = shell.Run(["complete", "zsh", .. words]);
        Assert.Equal((0, expected, ""), (ran.Code, ran.Out.TrimEnd('\n').Replace('\n', '|') is var text && text.Contains('|', StringComparison.Ordinal) ? text : text + "|", ran.Err));
    }

    private IEnumerable<string> Values(params string[] words) => shell.Run(["complete", "zsh", .. words]).Out.TrimEnd('\n').Split('\n').Skip(2).Select(l => l.Split(':')[0]);
}
