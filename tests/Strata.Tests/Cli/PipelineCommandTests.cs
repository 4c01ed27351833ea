using Strata.Layers;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Cli;

/// <summary>What ends `strata pipeline` before any registry is asked; what it writes is tested with one.</summary>
public sealed class PipelineCommandTests : IDisposable
{
    private const string Layers =
        "layers: {os: {types: {base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}}}}}\n";

    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    private void Check(string error, params string[] arguments)
    {
        var ran = shell.Run(["pipeline", .. arguments]);
        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Expected.Text(error, ran.Err);
    }

    [Fact]
    public void An_engine_that_is_not_known() => Check("""
        error: there is no engine `jenkins`
        hint: `gitlab` and `github` are known
        """, "jenkins");

    [Fact]
    public void A_layer_file_without_a_repository()
    {
        shell.With("--- strata.yaml\nversion: 1\n" + Layers).Commit("", "first");
        Check("""
            error: a pipeline needs a repository, and the layer file names none
            hint: say `images: {repository: registry.example.org/hpc}` in it
            """, "gitlab");
    }

    [Fact]
    public void A_source_that_is_read_from_its_working_tree_is_seen_by_no_job()
    {
        shell.With("--- site/strata.yaml\nversion: 1\nimages: {repository: registry.example.org/hpc}\nsources: {roles: }\n" + Layers + "--- roles/file\nx\n");
        shell.Commit("roles", "first");
        shell.Commit("site", "first");
        var ran = shell.RunIn("site", "pipeline", "gitlab");
        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Expected.Text("""
            error: the source `roles` is read from its working tree, which no job of a pipeline sees
            hint: say at which commit: `--source roles=@HEAD`
            """, ran.Err);
    }

    /// <summary>What becomes a job's name, a path, a line of the shell or a pattern is refused before anything is written.</summary>
    [Fact]
    [Trait("Part", "long")]
    public void A_name_that_could_become_more_is_refused()
    {
        const string sound = $"""
            version: 1
            images: {"{"}repository: registry.example.org/hpc{"}"}
            layers:
              app:
                types: {"{"}base: {"{"}from: scratch, packages: {"{"}manager: apt, release: bookworm, repositories: host{"}}}"}
            pipeline:
            {HostileTexts.Pipeline}

            """;
        Assert.Equal(0, shell.With("--- strata.yaml\n" + sound).Run("check").Code);
        var names = HostileTexts.All.Where(h => h is not "0x10").ToList();
        foreach (var (index, name) in names.Index())
        {
            var quoted = HostileTexts.Quoted(name);
            (string What, string With)[] kinds =
            [
                ("  app:\n", $"  {quoted}:\n"), ("tag: testbed", $"tag: {quoted}"), ("project: hpc/scan", $"project: {quoted}"), ("    boot:", $"    {quoted}:"),
                ("ref: main", $"ref: {quoted}"), ("targets: [app]", $"targets: [{quoted}]"),
            ];
            foreach (var (kind, (what, with)) in kinds.Index())
            {
                if (what == "tag: testbed" && name is "yes" or "1_000" or "null" or "...") continue; // tags may be words
                if (what == "ref: main" && name is "yes" or "1_000" or "null" or "2001-01-01") continue; // and so may branches
                if (what is "    boot:" or "  app:\n" && name is "yes" or "null" or "1_000" or "2001-01-01") continue; // and names
                var text = sound.Replace(what, with, StringComparison.Ordinal);
                Assert.True(LayerFileReader.Read(new("strata.yaml", text)).Diagnostics.Any(d => d.Severity == Severity.Error), with);

                // What the reader refuses the command refuses; a name of each kind, and each text, show it.
                if (index % kinds.Length != kind) continue;
                var ran = shell.With("--- strata.yaml\n" + text).Run("pipeline", "gitlab", "--static");
                Assert.True(ran.Code == 2 && ran.Out.Length == 0 && ran.Err.Contains("strata.yaml:", StringComparison.Ordinal), $"{with}: {ran}");
            }
        }

        Prove.Record(string.Create(null, $"{names.Count} texts as names of six kinds: refused with their place"));
    }
}
