using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs.Playbooks;

/// <summary>The readers that work on one reading of a run, joined.</summary>
internal sealed class ReadingTools
{
    private readonly RunWorld world;

    /// <summary>The readers of a world.</summary>
    public ReadingTools(RunWorld world)
    {
        this.world = world;
        Values = new(world);
        Uses = new(world, Values);
        Files = new(world, Values, Uses);
        Plugins = new(world);
        Filters = new(world, Values, Plugins);
        Programs = new(world, Values);
        Elsewhere = new(world, this);
        Lookups = new(world, Values, Uses, Files, Plugins, Programs) { OnElsewhere = Elsewhere.AddLookup };
        Uses.OnLookup = Lookups.Add;
        Uses.OnUnknownLookup = Lookups.AddUnknown;
        Uses.OnFilter = AddFilter;
    }

    /// <summary>What expressions can come to.</summary>
    public ValueReading Values { get; }

    /// <summary>What templates use.</summary>
    public UseReading Uses { get; }

    /// <summary>The files that tasks name.</summary>
    public FileReading Files { get; }

    /// <summary>Plugins and modules of the sources.</summary>
    public PluginReading Plugins { get; }

    /// <summary>Filters and tests of the sources that open files.</summary>
    public FilterReading Filters { get; }

    /// <summary>Code that no source holds.</summary>
    public ElsewhereReading Elsewhere { get; }

    /// <summary>Programs on the build machine.</summary>
    public ProgramReading Programs { get; }

    /// <summary>Lookups.</summary>
    public LookupReading Lookups { get; }

    private void AddFilter(InputDigest digest, FilterUse use, TaskPlace place)
    {
        if (!Filters.Add(digest, use, place)) Elsewhere.AddFilter(digest, use, place);
    }

    /// <summary>A file that could not be read as what it should be counts by its bytes.</summary>
    public void AddFaulty(InputDigest digest, SourcePath path, ImmutableArray<Diagnostic> faults, Way way)
    {
        var fault = faults.FirstOrDefault(f => f.IsError);
        if (fault is not null || world.Content.Yaml(path) is { IsEncrypted: true }) AddBytes(digest, path, "it cannot be read", way, fault?.At);
    }

    /// <summary>A file of which the text does not tell what it means counts by its bytes.</summary>
    public void AddBytes(InputDigest digest, SourcePath path, string because, Way way, Location? at = null)
    {
        if (world.Content.Find(path) is not { } found) return;
        world.Sink.Assume(path, at ?? new(new(path.ToString(), ""), default), because, "its bytes");
        var content = TreeDigest.Of(found.Entry);
        world.Sink.Add(InputKind.Assumption, path.ToString(), content, path, null, way);
        digest.Digest(content);
    }
}
