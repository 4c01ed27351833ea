using System.Text.Json;
using Strata.Tests.Support;

namespace Strata.Tests.Cli;

public sealed class InputsCommandTests : IDisposable
{
    private const string Site = """
        --- strata.yaml
        version: 1
        systems:
          a: {short: a, inventory: hosts}
          b: {short: b, inventory: hosts}
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}
          site:
            types:
              compute: {from: os/base, groups: [Compute], commands: [one]}
        --- hosts
        [Compute]
        """;

    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public void The_inputs_of_a_target_are_listed_with_its_fingerprint()
    {
        var ran = shell.With(Site).Run("inputs", "site/compute@a", "--json");
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        var json = JsonDocument.Parse(ran.Out).RootElement;
        Assert.Equal("site/compute@a os/base@a", $"{json.GetProperty("target")} {json.GetProperty("parent")}");
        Assert.Contains(json.GetProperty("inputs").EnumerateArray(), i => i.GetProperty("input").GetString() == "step" && i.GetProperty("name").GetString() == "command 1");
        Assert.Contains($"fingerprint {json.GetProperty("fingerprint").GetString()}\n", shell.Run("inputs", "site/compute@a").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_behind_a_URL_is_external_and_a_demand_for_signatures_is_an_input()
    {
        string[] fingerprints =
        [
            .. new[] { "", ", signed-metadata: false", ", signed-metadata: true" }.Select(demand =>
            {
                shell.With($$"""
                    --- strata.yaml
                    version: 1
                    layers:
                      os:
                        types:
                          base:
                            from: scratch
                            packages: {manager: dnf, release: "9", repositories: [{id: a, url: "https://example.org/a", gpgkey: "https://example.org/key.asc"{{demand}}}], install: [python3]}
                    """);
                var json = JsonDocument.Parse(shell.Run("inputs", "os/base", "--json").Out).RootElement;
                Assert.Equal(
                    ["package-repository a https://example.org/a", "package-key a https://example.org/key.asc"],
                    json.GetProperty("external").EnumerateArray().Select(e => $"{e.GetProperty("kind")} {e.GetProperty("name")} {e.GetProperty("url")}"));
                return json.GetProperty("fingerprint").GetString()!;
            }),
        ];
        Assert.Equal(fingerprints[0], fingerprints[1]);
        Assert.NotEqual(fingerprints[0], fingerprints[2]);
    }

    [Fact]
    public void A_revision_has_the_inputs_that_it_had()
    {
        shell.With(Site).Commit("", "first");
        var before = shell.Run("inputs", "os/base@a").Out;
        File.WriteAllText(Path.Combine(shell.Folder, "strata.yaml"), shell.Read("strata.yaml").Replace("[python3]", "[python3, vim]", StringComparison.Ordinal));
        Assert.NotEqual(before, shell.Run("inputs", "os/base@a").Out);
        Assert.Equal(before, shell.Run("inputs", "os/base@a", "--at", "HEAD").Out);
    }

    [Fact]
    public void How_a_container_begins_is_an_input_where_something_is_said_of_it()
    {
        var nothing = Fingerprint(shell.With(Site));
        var user = Fingerprint(With("container: {user: a}"));
        Assert.NotEqual(nothing, user);
        Assert.NotEqual(user, Fingerprint(With("container: {user: b}")));
        Assert.NotEqual(Fingerprint(With("container: {command: [a]}")), Fingerprint(With("container: {entrypoint: [a]}")));
        Assert.NotEqual(Fingerprint(With("container: {entrypoint: []}")), Fingerprint(With("container: {}")));
        Assert.Equal(nothing, Fingerprint(shell.With(Site)));
        With("container: {user: a}");
        Assert.Contains("container", shell.Run("inputs", "site/compute@a").Out, StringComparison.Ordinal);

        Shell With(string container) => shell.With(Site.Replace("commands: [one]", "commands: [one], " + container, StringComparison.Ordinal));

        static string Fingerprint(Shell shell) =>
            JsonDocument.Parse(shell.Run("inputs", "site/compute@a", "--json").Out).RootElement.GetProperty("fingerprint").GetString()!;
    }

    [Theory]
    [InlineData("site/compute", "error: `site/compute` names 2 targets, and one is shown at a time\nhint: name one of them: `site/compute@a` or `site/compute@b`\n")]
    [InlineData("site/compte@a", "error: there is no target `site/compte@a`\nhint: did you mean `site/compute@a`?\n")]
    public void A_word_that_is_not_one_target_says_which_there_are(string word, string error)
    {
        var ran = shell.With(Site).Run("inputs", word);
        Assert.Equal((2, "", error), (ran.Code, ran.Out, ran.Err));
    }

    [Fact]
    public void Systems_that_are_alike_share_their_images()
    {
        var ran = shell.With(Site).Run("targets", "--shared");
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        Assert.Contains("  os/base@a = os/base@b\n", ran.Out, StringComparison.Ordinal);
        Assert.EndsWith("\n4 targets, 2 images: 2 shared\n", ran.Out, StringComparison.Ordinal);
    }
}
