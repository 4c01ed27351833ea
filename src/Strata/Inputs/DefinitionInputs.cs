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

    /// <summary>Which playbooks run, for which groups, and how Ansible is called.</summary>
    public IEnumerable<Input> Playbooks()
    {
        yield return Digest(InputKind.Step, "playbooks", null, d => d
            .Texts([.. target.Playbooks.Select(p => p.Value.Value)])
            .Texts([.. target.Groups.Select(g => g.Value)])
            .Texts([.. target.Inventory.Select(i => i.Value.ToString())]));
        yield return Digest(InputKind.Setting, "ansible", null, AddAnsible);
    }

    /// <summary>The package repositories, whose state no source shows.</summary>
    public IEnumerable<ExternalInput> External() => target.Packages is not PackageStep.Inline { List.Repositories: { } repositories } ? [] : repositories switch
    {
        RepositorySource.Listed listed => listed.Repositories.Select(r => new ExternalInput("package-repository", r.Id, r.Url)),
        _ => [new ExternalInput("package-repository", "host", null)],
    };

    /// <summary>The commands, in their order.</summary>
    public IEnumerable<Input> Commands() =>
        target.Commands.Select((command, index) =>
            Digest(InputKind.Step, string.Create(null, $"command {index + 1}"), null, d => d.Texts(command.Arguments)));

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
    }

    private void AddAnsible(InputDigest digest)
    {
        var ansible = target.Ansible;
        digest.Text(ansible.Config?.Value.Value);
        AddPaths(digest, ansible.RolesPath);
        AddPaths(digest, ansible.CollectionsPath);
        digest.Texts([.. ansible.Requirements.Select(r => r.Value.Value)]);
        digest.List(ansible.ExtraVars, v => digest.Text(v.Name).Value(v.Value));
        digest.List(ansible.Environment, v => digest.Text(v.Name).Text(WithNames(v.Value.Value)));
        digest.Texts(ansible.Tags).Texts(ansible.SkipTags).Boolean(ansible.Localhost);
        digest.List(ansible.Facts, f => digest.Text(f.Name).Value(f.Value));
        digest.Text(ansible.Version?.Value).Texts(ansible.Delegates);
    }

    private static void AddPaths(InputDigest digest, IReadOnlyCollection<Located<SourcePath>>? paths)
    {
        if (paths is null)
            digest.Absent();
        else
            digest.Texts([.. paths.Select(p => p.Value.ToString())]);
    }

    /// <summary>A value of `environment:` with the system's names in place; `{source}` is the same path in every build.</summary>
    private string WithNames(string value) => EnvironmentText.Expand(value, target, "{source}");

    /// <summary>The content that a path leads to, links followed inside the source, as a build copies it.</summary>
    private Fingerprint Content(RepoPath path) =>
        tree is not null && PathWalk.Follow(tree, path) is PathEnd.Entry { Found: var entry } ? TreeDigest.Of(entry) : default;
}
