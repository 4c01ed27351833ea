using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Inputs.Playbooks;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs;

/// <summary>One thing outside of the sources that the lock can hold on to.</summary>
/// <param name="Kind">What of.</param>
/// <param name="Name">Which one, as a person knows it: a repository's id, a URL.</param>
/// <param name="Address">Its address in the lock.</param>
/// <param name="Floating">What it is while the lock has no entry for it.</param>
public sealed record LockSubject(LockKind Kind, string Name, string Address, ExternalInput Floating)
{
    /// <summary>What kind of input its entry is.</summary>
    internal InputKind InputKind { get; init; }

    /// <summary>How it is reached.</summary>
    internal Way Way { get; init; } = Way.None;
}

/// <summary>What of a target the lock says: an entry is an input, and what has none floats.</summary>
internal sealed class LockedInputs(LayerFile file, Target target)
{
    private const string RequirementsKind = "requirements";

    private static readonly ImmutableArray<string> Schemes = ["http://", "https://", "file:///"];

    /// <summary>
    /// What a target's package list is installed from: the metadata of each repository, and each key behind a URL. A list that names
    /// no repositories has those of the nearest list above it.
    /// </summary>
    public IEnumerable<LockSubject> OfPackages()
    {
        if (PackageSources.Effective(file, target) is not ({ Repositories: RepositorySource.Listed listed } list, _)) yield break;
        foreach (var repository in listed.Repositories)
        {
            var subject = new LockSubject(LockKind.Repository, repository.Id, RepositoryMetadata.Of(list, repository, target.Architecture).Url, new("package-repository", repository.Id, repository.Url))
            {
                InputKind = InputKind.PackageList,
                Way = Way.From(repository.At),
            };
            yield return subject;
            if (repository.Key is RepositoryKey.AtUrl key)
                yield return subject with { Kind = LockKind.Url, Name = "key of " + repository.Id, Address = key.Url, Floating = new("package-key", repository.Id, key.Url) };
        }
    }

    /// <summary>The URLs that playbooks fetch, as far as the text says them whole.</summary>
    public IEnumerable<LockSubject> OfPlaybooks(IEnumerable<ExternalInput> external) => external
        .Where(e => e is { Kind: ExternalInput.UrlKind, Url: { } url } && IsWhole(url))
        .Select(e => new LockSubject(LockKind.Url, e.Name, e.Url!, e) { InputKind = InputKind.Setting, Way = Way.From(target.At) });

    /// <summary>The git repositories that Galaxy requirements name without a commit.</summary>
    public IEnumerable<LockSubject> OfRequirements(AnsibleContent content) =>
        from required in Requirements(content)
        from floating in required.File.Floating
        where !UrlReading.HasSecret(floating.Url)
        select new LockSubject(LockKind.Requirement, floating.Name, floating.Address, new(RequirementsKind, floating.Name, floating.Url))
        {
            InputKind = InputKind.Requirements,
            Way = Way.From(required.At),
        };

    /// <summary>What requirements have from a server that the lock cannot hold on to: a version would.</summary>
    public IEnumerable<ExternalInput> Unpinned(AnsibleContent content) =>
        from required in Requirements(content)
        from name in required.File.Unpinned
        where !UrlReading.HasSecret(name)
        select new ExternalInput(RequirementsKind, name, null);

    private IEnumerable<(GalaxyRequirements File, Location At)> Requirements(AnsibleContent content) => target.Playbooks.IsEmpty ? [] :
        from path in target.Ansible.Requirements
        let file = content.Yaml(new(target.Source, path.Value))
        where file is not null
        select (GalaxyRequirements.Of(file.Document), path.At);

    /// <summary>The entries of the lock for what a target uses; one that cannot be read counts as it stands.</summary>
    public IEnumerable<Input> Of(ImmutableArray<LockSubject> subjects)
    {
        SourcePath? place = file.LockInSelf is { } path ? new(SourceName.Self, path) : null;
        if (file.Lock.Damage is { } damage && !subjects.IsEmpty)
            yield return new(InputKind.Assumption, InputLock.FileName, DigestOf(damage), place, null, Way.From(target.At));
        foreach (var subject in subjects)
        {
            if (file.Lock.Find(subject.Kind, subject.Address) is { } entry)
                yield return new(subject.InputKind, subject.Name, DigestOf(entry.State), place, place is null ? null : entry.At, subject.Way);
        }
    }

    /// <summary>What is not locked.</summary>
    public bool Floats(LockSubject subject) => file.Lock.Find(subject.Kind, subject.Address) is null;

    private static bool IsWhole(string url) =>
        Schemes.Any(s => url.StartsWith(s, StringComparison.Ordinal)) && !url.Contains('*', StringComparison.Ordinal) && !UrlReading.HasSecret(url);

    private static Fingerprint DigestOf(string text)
    {
        using var digest = new InputDigest();
        return digest.Text(text).Finish();
    }
}
