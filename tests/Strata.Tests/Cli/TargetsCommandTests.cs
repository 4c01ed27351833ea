using Strata.Tests.Support;

namespace Strata.Tests.Cli;

public sealed class TargetsCommandTests : IDisposable
{
    private const string Layers = """
        --- strata.yaml
        version: 1
        cluster: {name: clusterA, short: ca}
        inventory: inventory/
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: dnf, release: "9", repositories: host, install: [python3]}
          site:
            types:
              compute: {from: os/base, groups: [Compute], playbooks: [site.yml]}
        """;

    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public void The_layer_file_alone_is_enough()
    {
        var ran = shell.With(Layers).Run("targets");
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        Expected.Text("""
            TARGET           TYPE     PARENT   SOURCE  GROUPS   PLAYBOOKS
            os/base          base     scratch  self    -        -
            └─ site/compute  compute  os/base  self    Compute  site.yml
            """, ran.Out);
    }

    [Fact]
    public void The_layer_file_of_another_repository_and_revision_is_shown()
    {
        using var git = new GitSandbox();
        git.Commit("site", ("strata.yaml", Layers.Replace("--- strata.yaml\n", "", StringComparison.Ordinal)));
        git.Write("site/strata.yaml", "version: 2\n");
        var ran = shell.Run("targets", "--source", $"self={git["site"]}@HEAD");
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        Assert.Contains("site/compute", ran.Out, StringComparison.Ordinal);
        Assert.Contains("error[unknown-version]", shell.Run("graph", "--source", $"self={git["site"]}").Err, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_the_layer_file_does_not_name_is_refused()
    {
        var ran = shell.With(Layers).Run("targets", "--source", "hsn=.");
        Assert.Equal((2, "error: `--source` names `hsn`, which is no source of the layer file\nhint: its sources are `self`\n"), (ran.Code, ran.Err));
    }

    [Fact]
    public void The_layer_file_is_found_above_up_to_the_top_of_the_repository()
    {
        shell.With(Layers).With("--- .git/HEAD\nref: refs/heads/main\n--- roles/x/tasks/main.yml\n[]\n");
        Assert.Equal(0, shell.RunIn("roles/x", "targets").Code);
    }

    [Fact]
    public void A_layer_file_outside_the_repository_is_not_taken()
    {
        shell.With(Layers).With("--- inner/.git/HEAD\nref: refs/heads/main\n--- inner/roles/main.yml\n[]\n");
        var ran = shell.RunIn("inner/roles", "targets");
        Assert.Equal((2, "", "error: there is no `strata.yaml` here or above, up to the repository's root\nhint: `strata init` writes one; `--file PATH` names another\n"), (ran.Code, ran.Out, ran.Err));
    }

    [Fact]
    public void Without_a_repository_only_the_current_folder_is_searched()
    {
        shell.With(Layers).With("--- below/x\nx\n");
        var ran = shell.RunIn("below", "targets");
        Assert.Equal((2, "error: there is no `strata.yaml` here\nhint: `strata init` writes one; `--file PATH` names another\n"), (ran.Code, ran.Err));
    }

    [Fact]
    public void Faults_of_the_layer_file_go_to_standard_error_and_no_data_is_written()
    {
        var ran = shell.With("--- strata.yaml\nversion: 1\nlayers: 7\n").Run("targets", "--json");
        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Assert.Contains(" --> strata.yaml:2:9\n", ran.Err, StringComparison.Ordinal);
        Assert.EndsWith("\n1 error\n", ran.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_goes_to_a_file_whole_or_not_at_all()
    {
        shell.With(Layers);
        var ran = shell.Run("graph", "--format", "svg", "--output", "g.svg");
        Assert.Equal((0, "", ""), (ran.Code, ran.Out, ran.Err));
        Assert.Equal(shell.Run("graph", "--format", "svg").Out, shell.Read("g.svg"));
        Assert.Equal(["g.svg", "strata.yaml"], shell.Files());
        var failed = shell.Run("graph", "--output", "nowhere/g.txt");
        Assert.Equal((1, ""), (failed.Code, failed.Out));
    }

    [Fact]
    public void The_graph_is_a_tree_of_text_unless_another_format_is_asked_for()
    {
        shell.With(Layers);
        Assert.Equal("os/base\n└─ site/compute\n", shell.Run("graph").Out);
        Assert.StartsWith("digraph", shell.Run("graph", "--format", "dot").Out, StringComparison.Ordinal);
        Assert.StartsWith("flowchart TD", shell.Run("graph", "--format", "mermaid").Out, StringComparison.Ordinal);
    }
}
