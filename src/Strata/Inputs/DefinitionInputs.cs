using System.Collections.Immutable;
using Strata.Inputs.Playbooks;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs;

/// <summary>What a target's own definition contributes: each step with what it names in the source.</summary>
internal sealed class DefinitionInputs(Target target, Snapshot snapshot)
{
    private readonly IFileTree? tree = snapshot.Find(target.Source)?.Tree;

    /// <summary>What holds for the image as a whole.</summary>
    public Input Settings(long epoch) =>
        Digest(InputKind.Setting, "image", null, d => d.Text(target.Architecture).Integer(epoch).Boolean(target.Parent is null));

    /// <summary>The package list, wherever it stands.</summary>
    public IEnumerable<Input> Packages() => target.Packages switch
    {
        null => [],
        PackageStep.Inline inline => [Digest(InputKind.PackageList, target.Name.Layer.Value, null, d => AddList(d, inline.List))],
        PackageStep.InFile file => [new(InputKind.PackageList, file.Path.Value.Value, Content(file.Path.Value), In(file.Path.Value), null, Definition)],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Each entry of `files:` with the content that it copies.</summary>
    public IEnumerable<Input> Files() => target.Files.Select(file => Digest(
        InputKind.File,
        file.Source.Value.Value,
        file.Source.Value,
        d => d.Text(file.Destination).Integer(file.Mode?.Bits).Integer(file.DirectoryMode?.Bits).Text(file.Owner)
            .Digest(Content(file.Source.Value))));

    /// <summary>
    /// How Ansible is called, as far as it is not in what the playbooks then reach: their names, the groups, the inventory, extra
    /// variables and tags count by what they lead to. Proxies are the way to what is fetched, and count where a playbook reads them.
    /// </summary>
    public IEnumerable<Input> Playbooks()
    {
        yield return Digest(InputKind.Setting, "ansible", null, AddAnsible);
        foreach (var file in target.Ansible.Requirements)
            yield return new(InputKind.Requirements, file.Value.Value, Content(file.Value), In(file.Value), null, Definition);
    }

    /// <summary>The build machine's own package repositories, whose state neither a source nor the lock shows.</summary>
    public IEnumerable<ExternalInput> External() =>
        target.Packages is PackageStep.Inline { List.Repositories: RepositorySource.Host } ? [new ExternalInput("package-repository", "host", null)] : [];

    /// <summary>The commands, in their order.</summary>
    public IEnumerable<Input> Commands() =>
        target.Commands.Select((command, index) =>
            Digest(InputKind.Step, string.Create(null, $"command {index + 1}"), null, d => d.Texts(command.Arguments)));

    /// <summary>How a container of the image begins; nothing where nothing is said of it.</summary>
    public IEnumerable<Input> Container() => target.Container is not { } container ? [] :
    [
        Digest(InputKind.Setting, "container", null, d =>
        {
            d.Text(container.User).List(container.Environment, v => d.Text(v.Name).Text(v.Value)).Text(container.Directory);
            AddWords(d, container.Entrypoint);
            AddWords(d, container.Command);
            d.Texts(container.Volumes);
        }),
    ];

    /// <summary>How a target's own definition is reached.</summary>
    private Way Definition => Way.From(target.At);

    private Input Digest(InputKind kind, string name, RepoPath? path, Action<InputDigest> add)
    {
        using var digest = new InputDigest();
        add(digest);
        return new(kind, name, digest.Finish(), path is { } at ? In(at) : null, null, Definition);
    }

    private SourcePath In(RepoPath path) => new(target.Source, path);

    private void AddList(InputDigest digest, PackageList list)
    {
        digest.Text(list.Manager.ToString()).Text(list.Release).Boolean(list.WeakDependencies);
        AddRepositories(digest, list.Repositories);
        foreach (var names in new[] { list.Groups, list.Modules, list.Patterns, list.Install, list.Remove })
            digest.Texts([.. names.Select(n => n.Value).Distinct().Order(StringComparer.Ordinal)]);
    }

    private static void AddWords(InputDigest digest, ImmutableArray<string>? words)
    {
        if (words is { } some) digest.Texts(some);
        else digest.Absent();
    }

    private void AddRepositories(InputDigest digest, RepositorySource? source)
    {
        switch (source)
        {
            case null:
                digest.Absent();
                break;
            case RepositorySource.Host:
                digest.Text("host");
                break;
            case RepositorySource.Listed listed:
                digest.List(listed.Repositories, repository => AddRepository(digest, repository));
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void AddRepository(InputDigest digest, PackageRepository repository)
    {
        digest.Text(repository.Id).Text(repository.Url).Text(repository.Suite).Texts(repository.Components);
        switch (repository.Key)
        {
            case null:
                digest.Absent();
                break;
            case RepositoryKey.AtUrl url:
                digest.Text(url.Url);
                break;
            case RepositoryKey.InSource file:
                digest.Digest(Content(file.Path.Value));
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        if (repository.RequiresSignedMetadata) digest.Boolean(true);
    }

    private void AddAnsible(InputDigest digest)
    {
        var ansible = target.Ansible;
        var environment = ansible.Environment.Where(v => !ProxyVariables.Contains(v.Name)).ToList();
        digest.List(environment, v => digest.Text(v.Name).Text(WithNames(v.Value.Value)));
        digest.Text(ansible.Version?.Value).Texts(ansible.Delegates);
    }

    /// <summary>A value of `environment:` with the system's names in place; `{source}` is the same path in every build.</summary>
    private string WithNames(string value) => EnvironmentText.Expand(value, target, "{source}");

    /// <summary>The content that a path leads to, links followed inside the source, as a build copies it.</summary>
    private Fingerprint Content(RepoPath path) =>
        tree is not null && PathWalk.Follow(tree, path) is PathEnd.Entry { Found: var entry } ? TreeDigest.Of(entry) : default;
}
