using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Inputs.Playbooks;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs;

/// <summary>
/// Reads what targets depend on: a pure function of a layer file and a snapshot. Equal snapshots give equal inputs, whatever
/// machine, path or clock. One reader is kept for several snapshots, so that what they share is read and parsed once.
/// </summary>
public sealed class InputReader
{
    /// <summary>The version of the encoding; part of every fingerprint.</summary>
    private const string Scheme = "strata/fingerprint/2";

    private readonly ContentCache content = new();
    private readonly ContentPrefetch prefetch = new();
    private readonly NodeCache nodes = new(new());

    /// <summary>The inputs of every target. A target's fingerprint holds its parent's, so that a change reaches everything below it.</summary>
    /// <param name="file">The layer file, its package files resolved; parents stand before children.</param>
    /// <param name="snapshot">Holds every source that a target names.</param>
    public SiteInputs Read(LayerFile file, Snapshot snapshot) => DeepStack.Run(() => ReadAll(file, snapshot));

    private SiteInputs ReadAll(LayerFile file, Snapshot snapshot)
    {
        prefetch.Fetch(snapshot);
        var files = new ParsedFiles(new(snapshot, content));
        var fingerprints = new Dictionary<TargetName, Fingerprint>();
        var targets = ImmutableArray.CreateBuilder<TargetInputs>();
        foreach (var target in file.Targets)
        {
            var inputs = Read(file, target, snapshot, files);
            inputs = inputs with { Fingerprint = Combine(inputs.Own, target.Parent is { } name ? fingerprints[name] : null) };
            fingerprints[target.Name] = inputs.Fingerprint;
            targets.Add(inputs);
        }

        return new(file, targets.ToImmutable());
    }

    private TargetInputs Read(LayerFile file, Target target, Snapshot snapshot, ParsedFiles files)
    {
        var definition = new DefinitionInputs(target, snapshot);
        var sink = new InputSink();
        ImmutableArray<Input> before = [definition.Settings(file.Epoch), .. definition.Packages(), .. definition.Files()];
        ImmutableArray<Input> after = [.. definition.Commands(), .. definition.Container()];
        using var digest = new InputDigest();
        Add(digest, before);
        var playbooks = target.Playbooks.IsEmpty || snapshot.Find(target.Source) is null ? [] : definition.Playbooks().ToImmutableArray();
        Add(digest, playbooks);
        if (!target.Playbooks.IsEmpty) digest.Digest(Program(file, target, snapshot, files, sink));
        Add(digest, after);
        var locks = new LockedInputs(file, target);
        ImmutableArray<LockSubject> lockable = [.. locks.OfPackages(), .. locks.OfRequirements(files.Content), .. locks.OfPlaybooks(sink.External)];
        ImmutableArray<Input> locked = [.. locks.Of(lockable)];
        if (!locked.IsEmpty) Add(digest, locked);
        return new()
        {
            Target = target,
            Own = digest.Finish(),
            Fingerprint = default,
            List = new([.. Parts(before), .. Parts(playbooks), .. sink.Parts, .. Parts(after), .. Parts(locked)]),
            Assumptions = sink.Assumptions,
            Watched = sink.Watched,
            Vaults = sink.Vaults,
            External =
            [
                .. definition.External(),
                .. lockable.Where(locks.Floats).Select(s => s.Floating),
                .. locks.Unpinned(files.Content),
                .. sink.External.Where(e => !lockable.Any(s => s.Floating == e)),
            ],
            Lockable = lockable,
        };
    }

    /// <summary>What the playbooks reach; everything that they are shown, where that cannot be told.</summary>
    private Fingerprint Program(LayerFile file, Target target, Snapshot snapshot, ParsedFiles files, InputSink sink)
    {
        if (RunReading.Read(TargetRun.Of(target, file.PathInSelf), files, nodes, sink) is { } program) return program;
        var way = Way.From(target.At);
        sink.Assume(new(SourceName.Self, file.PathInSelf ?? RepoPath.Root), target.At, "its playbooks reach more than can be followed", "every file of its sources");
        using var digest = new InputDigest();
        foreach (var (source, content) in VisibleSources.Contents(file, target, snapshot))
        {
            sink.Add(InputKind.Assumption, source.Value, content, new(source, RepoPath.Root), null, way);
            digest.Text(source.Value).Digest(content);
        }

        return digest.Finish();
    }

    private static IEnumerable<InputPart> Parts(ImmutableArray<Input> inputs) => inputs.Select(i => new InputPart(i));

    private static void Add(InputDigest digest, ImmutableArray<Input> inputs) =>
        digest.List(inputs, input => digest.Text(input.Kind.Name()).Digest(input.Digest));

    private static Fingerprint Combine(Fingerprint own, Fingerprint? parent)
    {
        using var digest = new InputDigest();
        return digest.Text(Scheme).Digest(own).Digest(parent).Finish();
    }
}
