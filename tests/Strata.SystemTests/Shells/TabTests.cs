using System.Text.RegularExpressions;
using Strata.SystemTests.Support;

namespace Strata.SystemTests.Shells;

/// <summary>Tab in the real shells, with what `make install` puts where each of them looks for completions, and the manual in the real readers.</summary>
public sealed partial class TabTests(InstalledShells shells) : IClassFixture<InstalledShells>
{
    private const string Tab = "\t";

    /// <summary>What Tab makes of a line, the same in each shell.</summary>
    private static readonly (string Typed, string Completed)[] Lines =
    [
        ("strata bu", "strata build "),
        ("strata help af", "strata help affected "),
        ("strata build --isol", "strata build --isolation "),
        ("strata affected --from HEAD --t", "strata affected --from HEAD --to "),
        ("strata build --isolation sh", "strata build --isolation shared-proc "),
        ("strata build --isolation=sh", "strata build --isolation=shared-proc "),
        ("strata pipeline gitl", "strata pipeline gitlab "),
        ("strata build os/", "strata build os/base "),
        ("strata build slurm/compute slurm/u", "strata build slurm/compute slurm/uan "),
        ("strata inputs slurm/", "strata inputs slurm/"),
        ("strata build 'os/b", "strata build 'os/base' "),
        ("strata affected --from main-", "strata affected --from main-line "),
        ("strata affected --from=main-", "strata affected --from=main-line "),
        ("strata build --source se", "strata build --source self="),
        ("strata build --source self=.@main-", "strata build --source self=.@main-line "),
        ("strata diff os/base@main-", "strata diff os/base@main-line "),
        ("strata build --file str", "strata build --file strata.yaml "),
        ("strata build --file=str", "strata build --file=strata.yaml "),
        ("strata build --output im", "strata build --output images/"),
        ("strata build --source self=im", "strata build --source self=images/"),
        ("strata build --file nowhere.yaml o", "strata build --file nowhere.yaml o"),
        ("strata nonsense x", "strata nonsense x"),
    ];

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task A_line_is_completed_alike_in_each_shell(string shell)
    {
        var completed = await shells.TypeAsync(shell, "", [.. Lines.Select(l => l.Typed + Tab)]);
        Assert.Equal(Lines.Select(l => l.Completed), completed);
    }

    [Theory]
    [InlineData("bash", @"strata affected --from x\$\(touch\$\{IFS\}ran\) ")]
    [InlineData("zsh", @"strata affected --from x\$\(touch\$\{IFS\}ran\) ")]
    [InlineData("fish", @"strata affected --from x\$\(touch\$\{IFS\}ran\) ")]
    public async Task A_name_runs_nothing_and_is_put_in_as_a_word(string shell, string completed)
    {
        Assert.Equal([completed], await shells.TypeAsync(shell, "", "strata affected --from x" + Tab));
        Assert.False(File.Exists(Path.Combine(shells.Site.Folder, "ran")));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task All_that_can_stand_is_offered(string shell)
    {
        string[] lines = ["strata build ", "strata build slurm/uan sl", "strata completion ", "strata affected --precision ", "strata targets --shared "];
        var offered = await shells.TypeAsync(shell, "", lines);
        Assert.Equal(
            [
                ["os/base", "slurm", "slurm/compute", "slurm/uan"],
                ["slurm", "slurm/compute"],
                ["bash", "fish", "zsh"],
                ["files", "names", "values"],
                ["--file", "--help", "--json", "--source"],
            ],
            offered.Zip(lines, Words));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Without_a_layer_file_a_line_stays_as_it_is_and_nothing_is_said(string shell)
    {
        var outside = Directory.CreateTempSubdirectory("strata-outside-");
        var completed = await shells.TypeAsync(shell, outside.FullName, "strata build o" + Tab, "strata build --at ma" + Tab, "strata che" + Tab);
        outside.Delete();
        Assert.Equal(["strata build o", "strata build --at ma", "strata check "], completed);
    }

    [Fact]
    public async Task What_is_installed_is_said_and_can_be_removed()
    {
        string[] programs = ["bin/strata", "share/bash-completion/completions/strata", "share/fish/vendor_completions.d/strata.fish", "share/zsh/site-functions/_strata"];
        var pages = Directory.GetFiles(Path.Combine(Machine.Root, "docs/man")).Select(f => "share/man/man1/" + Path.GetFileName(f));
        string[] expected = [.. programs.Concat(pages).Order(StringComparer.Ordinal)];
        var other = shells.PrefixIn("other");
        Assert.Equal(expected, Paths((await shells.MakeAsync("install", "other")).Ended(0), "", other));
        Assert.Equal(expected, Directory.GetFiles(other, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(other, f)).Order(StringComparer.Ordinal));
        Assert.Equal(expected, Paths((await shells.MakeAsync("uninstall", "other")).Ended(0), "removed ", other));
        Assert.Empty(Directory.GetFiles(other, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_manual_is_sound_for_both_of_its_readers()
    {
        var pages = Directory.GetFiles(Path.Combine(shells.Prefix, "share/man/man1"));
        Assert.NotEmpty(pages);
        var lint = await shells.ExecAsync("mandoc", ["-Tlint", "-Wwarning", .. pages]);
        Assert.Equal((0, "", ""), (lint.ExitCode, lint.Output, lint.Errors));
        var groff = await shells.ExecAsync("groff", ["-man", "-ww", "-Tutf8", "-P-c", .. pages]);
        Assert.Equal((0, ""), (groff.ExitCode, groff.Errors));
        Assert.Contains("strata build [TARGET...] [OPTIONS]", Plain(groff.Output), StringComparison.Ordinal);
        Assert.Contains("--source NAME=PATH[@REV]", Plain(groff.Output), StringComparison.Ordinal);
    }

    /// <summary>The paths below a prefix that a run says, in ordinal order.</summary>
    private static IEnumerable<string> Paths(Run run, string verb, string prefix) => run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(l => l.StartsWith($"{verb}{prefix}/", StringComparison.Ordinal) ? l[(verb.Length + prefix.Length + 1)..] : l).Order(StringComparer.Ordinal);

    /// <summary>What was put in for the word at the cursor, in ordinal order. Fish says what there is line by line, with what it means.</summary>
    private static string[] Words(string line, string typed)
    {
        var before = typed[..(typed.LastIndexOf(' ') + 1)];
        var candidates = line.StartsWith(before, StringComparison.Ordinal) ? line[before.Length..].Split(' ') : line.Split(["\r\n", "\n"], StringSplitOptions.None).Select(l => l.Split('\t')[0]);
        return [.. candidates.Where(w => w.Length > 0).Order(StringComparer.Ordinal)];
    }

    /// <summary>A rendered page without what makes letters bold and italic.</summary>
    private static string Plain(string page) => Overstrike().Replace(page, "");

    [GeneratedRegex(".\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Overstrike();
}
