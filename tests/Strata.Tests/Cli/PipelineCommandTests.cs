using Strata.Tests.Support;

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
}
