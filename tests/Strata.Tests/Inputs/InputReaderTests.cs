using System.Text;
using Strata.Inputs;
using Strata.Layers;
using Strata.Sources;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Inputs;

/// <summary>What targets depend on.</summary>
public sealed class InputReaderTests
{
    [Fact]
    public void Dump()
    {
        var tree = DiskTree.Read(Path.Combine(Repository.Root, "examples/cluster"));
        var snapshot = new Snapshot([new SourceTree(SourceName.Self, tree, null)]);
        var text = File.ReadAllText(Path.Combine(Repository.Root, "examples/cluster/strata.yaml"));
        var (file, _) = LayerFileReader.Read(new SourceFile("strata.yaml", text));
        var inputs = new InputReader().Read(file! with { PathInSelf = RepoPath.Of("strata.yaml") }, snapshot);
        File.WriteAllText("/tmp/dump.txt", Render(inputs));
    }

    private static string Render(SiteInputs site)
    {
        var text = new StringBuilder();
        foreach (var target in site.Targets)
        {
            text.AppendLine(target.Target.Name.ToString());
            foreach (var input in target.Inputs) text.AppendLine(string.Create(null, $"  {input.Kind.Name()} {input.Name} {input.Path}:{input.Line} {input.Digest.Hex[..8]} <- {string.Join(" <- ", input.Chain)}"));
            foreach (var a in target.Assumptions) text.AppendLine(string.Create(null, $"  ASSUME {a.Path}:{a.Line} {a.Because} : {a.Covers}"));
            foreach (var e in target.External) text.AppendLine(string.Create(null, $"  EXTERNAL {e.Kind} {e.Name}"));
        }

        return text.ToString();
    }
}
