using System.Text;

namespace Strata.SystemTests.Support;

/// <summary>Sites with as many targets as large clusters have: layers of one role each, that all read a variable of their own.</summary>
internal static class LargeSite
{
    private static readonly string[] Types = ["compute", "gpu", "uan", "login", "storage", "service", "admin", "viz", "dev", "test"];

    /// <summary>60 targets of one cluster: ten image types, six layers for each but two of them.</summary>
    public static string Sixty => Files("cluster: {name: tinycluster, short: tc}\ninventory: inventory\n", Types, [("node", "hsn/base"), ("slurm", "node"), ("monitoring", "slurm"), ("security", "monitoring"), ("site", "security")], Types[..8]);

    /// <summary>400 targets: twenty systems of twenty.</summary>
    public static string FourHundred => Files(
        "systems:\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"  cluster{(char)('A' + i)}: {{short: c{i}, inventory: inventory}}\n")),
        Types[..3],
        [("node", "hsn/base"), ("slurm", "node"), ("monitoring", "slurm"), ("security", "monitoring"), ("site", "security")],
        Types[..3]);

    private static string Files(string head, string[] types, (string Layer, string Parent)[] layers, string[] debugged)
    {
        var text = new StringBuilder("--- strata.yaml\nversion: 1\n").Append(head).Append("layers:\n");
        AppendLayer(text, "os", [("base", "{from: scratch, packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}}")]);
        AppendLayer(text, "hsn", [("base", Entry("hsn", "base", "os/base"))]);
        foreach (var (layer, parent) in layers)
            AppendLayer(text, layer, types.Select(t => (t, Entry(layer, t, parent.Contains('/', StringComparison.Ordinal) ? parent : $"{parent}/{t}"))));
        AppendLayer(text, "debug", debugged.Select(t => (t, Entry("debug", t, $"slurm/{t}"))));
        foreach (var layer in layers.Select(l => l.Layer).Prepend("hsn").Append("debug")) AppendRole(text, layer);
        text.Append("--- inventory/hosts\n");
        foreach (var type in types.Append("base")) text.Append(null, $"[{type}_nodes]\nnode-{type}\n");
        foreach (var type in types.Append("base"))
            text.Append(null, $"--- inventory/group_vars/{type}_nodes.yml\n").AppendJoin('\n', layers.Select(l => $"{l.Layer}_version: \"1.0\"")).Append('\n');
        return text.ToString();
    }

    private static void AppendLayer(StringBuilder text, string layer, IEnumerable<(string Type, string Entry)> types)
    {
        text.Append(null, $"  {layer}:\n    types:\n");
        foreach (var (type, entry) in types) text.Append(null, $"      {type}: {entry}\n");
    }

    private static void AppendRole(StringBuilder text, string role) => text.Append(null, $$$"""
        --- {{{role}}}.yml
        - hosts: all
          roles: [{{{role}}}]
        --- roles/{{{role}}}/tasks/main.yml
        - ansible.builtin.template: {src: {{{role}}}.conf.j2, dest: /etc/{{{role}}}.conf, mode: "0644"}
        --- roles/{{{role}}}/templates/{{{role}}}.conf.j2
        version {{ {{{role}}}_version | default("none") }}

        """);

    private static string Entry(string layer, string type, string parent) => $"{{from: {parent}, groups: [{type}_nodes], playbooks: [{layer}.yml]}}";
}
