using Strata.Cli.Commands;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Cli.Completion;

/// <summary>The names that the layer file of an unfinished command line gives. Without a layer file, or with one that has faults, there are none.</summary>
internal sealed class NamedLayers
{
    private readonly Surroundings around;
    private readonly WordsSoFar words;
    private readonly string? path;
    private readonly Lazy<LayerFile?> layers;

    /// <summary>The names for a command line.</summary>
    public NamedLayers(WordsSoFar words, Surroundings around)
    {
        this.around = around;
        this.words = words;
        path = Find();
        layers = new(Read);
    }

    /// <summary>The folder of the layer file; the current one where there is none.</summary>
    public string Folder => PlaceOf(SourceName.Self.Value) ?? (path is null ? around.Folder : Path.GetDirectoryName(path)!);

    /// <summary>The targets, each with what it starts from.</summary>
    public IEnumerable<Candidate> Targets() =>
        layers.Value?.Targets.Select(t => new Candidate(t.Name.ToString(), t.Parent is { } parent ? $"from {parent}" : "from scratch")) ?? [];

    /// <summary>The layers of more than one target: of another, the layer's name says no more than the target's.</summary>
    public IEnumerable<Candidate> Layers() =>
        layers.Value?.Targets.GroupBy(t => t.Name.Layer).Where(g => g.Count() > 1).Select(g => new Candidate(g.Key.ToString(), Wording.Count(g.Count(), "target"))) ?? [];

    /// <summary>The sources that the layer file names beside its own.</summary>
    public IEnumerable<string> OtherSources() => layers.Value?.Sources.Select(s => s.Name.Value) ?? [];

    /// <summary>The package repositories that are listed in the layer file itself.</summary>
    public IEnumerable<Candidate> PackageRepositories() =>
        (layers.Value?.Targets ?? []).Select(t => t.Packages).OfType<PackageStep.Inline>().Select(p => p.List.Repositories).OfType<RepositorySource.Listed>()
            .SelectMany(l => l.Repositories).DistinctBy(r => r.Id, StringComparer.Ordinal).Select(r => new Candidate(r.Id, CandidateText.Plain(r.Url)));

    /// <summary>The folder of a source, where it is one on this machine: as `--source` says, or of its name in or beside the layer file's.</summary>
    public string? FolderOf(string source)
    {
        if (source == SourceName.Self.Value) return Folder;
        string?[] folders = [PlaceOf(source), Path.Combine(Folder, source), Path.Combine(Folder, "..", source)];
        return folders.FirstOrDefault(Directory.Exists);
    }

    /// <summary>A path of the command line, made absolute; `~/` is the home folder, as for the shell.</summary>
    public string Absolute(string given) => around.Absolute(
        given.StartsWith("~/", StringComparison.Ordinal) && around.Environment.GetValueOrDefault("HOME") is { Length: > 0 } home ? Path.Combine(home, given[2..]) : given);

    private string? Find()
    {
        var given = words.Values("--file").LastOrDefault();
        if (PlaceOf(SourceName.Self.Value) is { } self) return Existing(Path.Combine(self, given ?? LayerFileOnDisk.DefaultName));
        return given is null ? LayerFileOnDisk.TryFind(around) : Existing(Absolute(given));
    }

    /// <summary>The folder that `--source NAME=PATH` names; null where none does. A URL is none, since nothing here may use the network.</summary>
    private string? PlaceOf(string source)
    {
        foreach (var text in words.Values("--source").Where(v => v.StartsWith(source + "=", StringComparison.Ordinal)))
        {
            var place = text[(source.Length + 1)..];
            if (place.Length > 0 && Directory.Exists(Absolute(place))) return Absolute(place);
            if (place.LastIndexOf('@') is var at and > 0 && Directory.Exists(Absolute(place[..at]))) return Absolute(place[..at]);
        }

        return null;
    }

    private LayerFile? Read()
    {
        if (path is null) return null;
        var (text, fault) = LayerFileOnDisk.Read(path, around);
        return fault is null ? LayerFileReader.Read(text).File : null;
    }

    private static string? Existing(string file) => File.Exists(file) ? file : null;
}
