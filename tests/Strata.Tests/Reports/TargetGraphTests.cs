using System.Text.Json;
using Strata.Layers;
using Strata.Reports;
using Strata.Tests.Support;

namespace Strata.Tests.Reports;

public sealed class TargetGraphTests
{
    private static readonly LayerFile Paper = TargetLines.Parse("""
        my-fav-os/base
        hsn/base < my-fav-os/base source=hsn-config groups=HSN playbooks=hsn.yml
        compute/compute < hsn/base source=compute-config groups=Compute playbooks=comp.yml
        slurm/compute < compute/compute source=slurm-config groups=Compute playbooks=slurm.yml
        uan/uan < hsn/base source=uan-config groups=UAN playbooks=uan.yml
        slurm/uan < uan/uan source=slurm-config groups=UAN,Login playbooks=slurm.yml,login.yml
        """);

    private static readonly LayerFile TwoSystems = TargetLines.Parse("""
        os/base@alpha
        site/compute@alpha < os/base@alpha
        os/base@beta
        site/compute@beta < os/base@beta
        """);

    [Fact]
    public void The_table_is_a_tree_with_aligned_columns() =>
        Expected.Text("""
            TARGET                  TYPE     PARENT           SOURCE          GROUPS     PLAYBOOKS
            my-fav-os/base          base     scratch          self            -          -
            └─ hsn/base             base     my-fav-os/base   hsn-config      HSN        hsn.yml
               ├─ compute/compute   compute  hsn/base         compute-config  Compute    comp.yml
               │  └─ slurm/compute  compute  compute/compute  slurm-config    Compute    slurm.yml
               └─ uan/uan           uan      hsn/base         uan-config      UAN        uan.yml
                  └─ slurm/uan      uan      uan/uan          slurm-config    UAN Login  slurm.yml login.yml
            """, TargetTree.RenderTable(TargetGraph.Of(Paper), Paints.Plain));

    [Fact]
    public void Colour_does_not_move_the_columns()
    {
        var painted = TargetTree.RenderTable(TargetGraph.Of(Paper), Paints.Ansi);
        var bare = new[] { "\u001b[0m", "\u001b[1m", "\u001b[34m" }.Aggregate(painted, (text, code) => text.Replace(code, "", StringComparison.Ordinal));
        Assert.NotEqual(painted, bare);
        Assert.Equal(TargetTree.RenderTable(TargetGraph.Of(Paper), Paints.Plain), bare);
    }

    [Fact]
    public void The_text_graph_boxes_what_is_affected() =>
        Expected.Text("""
             my-fav-os/base
            └─  hsn/base
               ├─ [compute/compute] changed
               │  └─ [slurm/compute] follows
               └─  uan/uan
                  └─  slurm/uan
            """, TargetTree.RenderGraph(ComputeChanged(), Paints.Plain));

    [Fact]
    public void Json_has_the_fields_of_its_schema_and_null_for_scratch()
    {
        Expected.Text("""
            {
              "schema": "strata/targets/1",
              "targets": [
                {
                  "target": "os/base@alpha",
                  "layer": "os",
                  "type": "base",
                  "system": "alpha",
                  "parent": null,
                  "source": "self",
                  "groups": [],
                  "playbooks": []
                },
                {
                  "target": "site/compute@alpha",
                  "layer": "site",
                  "type": "compute",
                  "system": "alpha",
                  "parent": "os/base@alpha",
                  "source": "s",
                  "groups": [
                    "A",
                    "B"
                  ],
                  "playbooks": [
                    "x.yml"
                  ]
                }
              ]
            }
            """, TargetsJson.Render(TargetLines.Parse("os/base@alpha\nsite/compute@alpha < os/base@alpha source=s groups=A,B playbooks=x.yml")));
        using var paper = JsonDocument.Parse(TargetsJson.Render(Paper));
        Assert.Equal(JsonValueKind.Null, paper.RootElement.GetProperty("targets")[0].GetProperty("system").ValueKind);
    }

    [Fact]
    public void Dot_has_a_labelled_node_a_target_and_an_edge_a_parent() =>
        Expected.Text("""
            digraph "clusterA" {
              graph [label="clusterA", labelloc=t, fontname="Helvetica", fontsize=16, rankdir=TB, nodesep=0.3, ranksep=0.5];
              node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=12, margin="0.2,0.08"];
              edge [color="#66788a", arrowsize=0.7];
              "my-fav-os/base" [label="my-fav-os\nbase", style="rounded,dotted", color="#66788a", fontcolor="#66788a"];
              "hsn/base" [label="hsn\nbase", style="rounded,dotted", color="#66788a", fontcolor="#66788a"];
              "compute/compute" [label="compute\ncompute\nchanged", fillcolor="#e2eff8", color="#0072b2", penwidth=2];
              "slurm/compute" [label="slurm\ncompute\nfollows", fillcolor="#e2eff8", color="#0072b2", penwidth=2];
              "uan/uan" [label="uan\nuan", style="rounded,dotted", color="#d08a00", fontcolor="#66788a"];
              "slurm/uan" [label="slurm\nuan", style="rounded,dotted", color="#d08a00", fontcolor="#66788a"];
              "my-fav-os/base" -> "hsn/base" [style=dotted];
              "hsn/base" -> "compute/compute";
              "compute/compute" -> "slurm/compute";
              "hsn/base" -> "uan/uan" [style=dotted];
              "uan/uan" -> "slurm/uan" [style=dotted];
            }
            """, GraphDot.Render(ComputeChanged()));

    [Fact]
    public void Dot_draws_a_cluster_a_system() =>
        Expected.Text("""
            digraph "alpha, beta" {
              graph [label="alpha, beta", labelloc=t, fontname="Helvetica", fontsize=16, rankdir=TB, nodesep=0.3, ranksep=0.5];
              node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=12, margin="0.2,0.08"];
              edge [color="#66788a", arrowsize=0.7];
              subgraph "cluster_alpha" {
                label="alpha"; color="#c3ccd5";
                "os/base@alpha" [label="os\nbase", fillcolor="#eef1f4", color="#66788a"];
                "site/compute@alpha" [label="site\ncompute", fillcolor="#e2eff8", color="#0072b2"];
              }
              subgraph "cluster_beta" {
                label="beta"; color="#c3ccd5";
                "os/base@beta" [label="os\nbase", fillcolor="#eef1f4", color="#66788a"];
                "site/compute@beta" [label="site\ncompute", fillcolor="#e2eff8", color="#0072b2"];
              }
              "os/base@alpha" -> "site/compute@alpha";
              "os/base@beta" -> "site/compute@beta";
            }
            """, GraphDot.Render(TargetGraph.Of(TwoSystems)));

    [Fact]
    public void A_cluster_name_with_quotes_stays_one_name_in_dot() =>
        Assert.StartsWith("digraph \"a\\\"b\\\\c\" {", GraphDot.Render(TargetGraph.Of(TargetLines.Parse("os/base", "a\"b\\c"))), StringComparison.Ordinal);

    [Fact]
    public void Mermaid_has_a_node_a_target_and_a_class_a_type() =>
        Expected.Text("""
            flowchart TD
              subgraph s1["alpha"]
                t1("<b>os</b><br>base")
                t2("<b>site</b><br>compute")
              end
              subgraph s2["beta"]
                t3("<b>os</b><br>base")
                t4("<b>site</b><br>compute<br><i>changed</i>")
              end
              t1 -.-> t2
              t3 --> t4
              classDef type1 fill:#eef1f4,stroke:#66788a,color:#1c2630
              class t1,t3 type1
              classDef type2 fill:#e2eff8,stroke:#0072b2,color:#1c2630
              class t2,t4 type2
              classDef affected stroke-width:3px
              classDef unaffected fill:#ffffff,stroke-dasharray:2 4,color:#66788a
              class t4 affected
              class t1,t2,t3 unaffected
            """, GraphMermaid.Render(TargetGraph.Of(TwoSystems, t =>
                t.Name == TargetLines.Name("site/compute@beta") ? new(Emphasis.Affected, "changed") : new(Emphasis.Unaffected, null))));

    private static TargetGraph ComputeChanged() => TargetGraph.Of(Paper, target => target.Name.ToString() switch
    {
        "compute/compute" => new(Emphasis.Affected, "changed"),
        "slurm/compute" => new(Emphasis.Affected, "follows"),
        _ => new(Emphasis.Unaffected, null),
    });
}
