using CsCheck;
using Strata.Layers;
using Strata.Tests.Support;

namespace Strata.Tests.Layers;

/// <summary>What holds for every layer file, sound or not.</summary>
public sealed class LayerFileProperties
{
    private const string Own = """
        version: 1
        cluster: {name: clusterA, short: ca}
        inventory: [{source: inv, path: inventory/}, hosts]
        architecture: x86_64
        sources: {inv: {url: "https://git.example.org/inv.git", ref: main}, hsn-config: }
        images: {repository: registry.example.org/hpc, untrusted: registry.example.org/mr, epoch: 0}
        ansible: {roles-path: [roles, {source: inv, path: roles}], extra-vars: {a: 1}, environment: {B: "{source}"}, version: ">=2.16"}
        layers:
          os:
            types:
              base: &base
                from: scratch
                packages:
                  manager: dnf
                  release: "9"
                  repositories: [{id: baseos, url: "https://example.org/", gpgkey: keys/a.asc}]
                  install: [python3, "kernel>=5"]
                  credentials: {environment: X}
          slurm:
            source: hsn-config
            playbooks: [slurm.yml]
            types:
              compute:
                from: os/base
                files: [{source: files/motd, destination: /etc/motd, mode: "0644", owner: "root:root"}]
                commands: ["systemctl enable slurmd", [true, x]]
                container: {user: "1:2", environment: {A: b}, directory: /w, entrypoint: [x], command: [y, ""], volumes: [/v]}
                outputs: [{squashfs: {compression: zstd, level: 3}}, {erofs: {compression: lz4}}, {tar: {compression: xz}}, oci, kernel]
        """;

    private const string Paper = """
        inventory: {path: 'inv', cluster_name: 'clusterA', cluster_name_short: 'ca'}
        os:
          image_types:
            - {type: 'base', firstlayer: True, children: ["hsn", 'slurm/uan']}
        hsn:
          repo: "hsn-config"
          image_types:
            - {type: 'base', groups: ['HSN'], pb: 'hsn.yml', children: ['slurm']}
        slurm: {image_types: [{type: compute, pb: [a.yml]}, {type: uan}]}
        """;

    /// <summary>What a slip of the hand, an editor or a merge may put anywhere.</summary>
    private static readonly string[] Scraps =
        ["", " ", "\n", "  ", ": ", "- ", "[", "]", "{", "}", "'", "\"", "#", "&base ", "*base", "<<: ", "~", "null", "9.5", "0644", "yes", "|\n", "\t", "é", "\u2028", "\0", "os", "base", "../", "/", "@"];

    private static readonly Gen<string> Mutilated =
        Gen.Select(Gen.Bool.Select(own => own ? Own : Paper), Gen.Select(Gen.Int[0, 2000], Gen.Int[0, 60], Gen.Int[0, Scraps.Length - 1].Select(i => Scraps[i])).List[1, 4])
            .Select((text, edits) => edits.Aggregate(text, Edit));

    [Fact]
    public void No_mutilated_file_makes_the_reader_throw_and_a_file_is_given_exactly_without_errors() => Mutilated.Sample(
        text =>
        {
            var (file, diagnostics) = LayerText.Read(text);
            Assert.Equal(file is null, diagnostics.Any(d => d.IsError));
            Assert.InRange(diagnostics.Length, 0, 50);
            Assert.NotNull(Expected.Rendered(diagnostics));
        },
        iter: Prove.Iterations(3000));

    [Fact]
    public void The_same_file_twice_gives_the_same() => Mutilated.Sample(
        text =>
        {
            var (first, second) = (LayerText.Read(text), LayerText.Read(text));
            Assert.Equal(Expected.Rendered(first.Diagnostics), Expected.Rendered(second.Diagnostics));
            if (first.File is { } file) Assert.Equal(TargetText.Of(file), TargetText.Of(second.File!));
        },
        iter: Prove.Iterations(500));

    [Fact]
    public void Diagnostics_are_in_the_order_of_the_text() => Mutilated.Sample(
        text =>
        {
            var places = LayerText.Read(text).Diagnostics.Where(d => d.At is not null).Select(d => d.At!.Span.Start).ToList();
            Assert.Equal(places.Order(), places);
        },
        iter: Prove.Iterations(500));

    /// <summary>Layers in any order, each from an earlier one of another numbering.</summary>
    [Fact]
    public void Parents_stand_before_their_children_and_the_file_decides_the_rest() =>
        Gen.Select(Gen.Int[0, 1000].Array[1, 20], Gen.Shuffle(Enumerable.Range(0, 20).ToArray())).Sample(
            (choices, shuffled) =>
            {
                var order = shuffled.Where(i => i < choices.Length).ToList();
                var lines = order.Select(i => $"l{i}: {{types: {{base: {{from: {(i == 0 ? "scratch" : $"l{choices[i] % i}/base")}}}}}}}");
                var file = LayerText.Sound(LayerText.File(string.Join('\n', lines)));
                var names = file.Targets.Select(t => t.Name).ToList();
                Assert.Equal(choices.Length, names.Distinct().Count());
                Assert.All(file.Targets, t => Assert.True(t.Parent is null || names.IndexOf(t.Parent.Value) < names.IndexOf(t.Name)));
            },
            iter: Prove.Iterations(200));

    [Fact]
    public void More_than_fifty_faults_are_counted_not_shown()
    {
        var layers = string.Join('\n', Enumerable.Range(0, 60).Select(i => $"l{i}: {{types: {{base: {{from: nowhere/base}}}}}}"));
        var diagnostics = LayerText.Read(LayerText.File(layers)).Diagnostics;
        Assert.Equal(50, diagnostics.Length);
        Expected.Diagnostics(
            """
            error[more-faults]: 11 further faults are not shown
              --> strata.yaml
            hint: cure those above and check again
            """,
            diagnostics[^1..]);
    }

    [Fact]
    public void What_an_alias_repeats_is_said_once() => LayerText.Check(
        """
        version: 1
        layers:
          x:
            types:
              base: {from: scratch, files: &files [{source: /a, destination: /a}]}
              uan: {from: scratch, files: *files}
        """,
        """
        error[bad-path]: the path `/a` is absolute; expected a path inside its source
         --> strata.yaml:5:53
          |
        5 |       base: {from: scratch, files: &files [{source: /a, destination: /a}]}
          |                                                     ^^
        hint: write it from the root of the source, without the leading `/`
        """);

    [Fact]
    public void Every_diagnostic_has_an_id_of_its_own() =>
        Assert.Equal(LayerDiagnostics.Ids.Length, LayerDiagnostics.Ids.Distinct(StringComparer.Ordinal).Count());

    private static string Edit(string text, (int At, int Length, string Scrap) edit)
    {
        var at = Math.Min(edit.At, text.Length);
        var end = Math.Min(at + (edit.Length % 7 == 0 ? edit.Length : edit.Length % 5), text.Length);
        return text[..at] + edit.Scrap + text[end..];
    }
}
