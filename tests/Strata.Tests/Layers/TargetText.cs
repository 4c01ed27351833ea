using System.Collections.Immutable;
using System.Text;
using Strata.Layers;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Tests.Layers;

/// <summary>Writes targets as text: a line for each, and a line below it for each thing that it says.</summary>
internal static class TargetText
{
    public static string Of(LayerFile file) => string.Concat(file.Targets.Select(Of));

    public static string Of(Target target)
    {
        var text = new StringBuilder($"{target.Name} <- {target.Parent?.ToString() ?? "scratch"} ({target.Source}, {target.Architecture})\n");
        Line(text, "cluster", target.Cluster is { } names ? $"{names.Name} {names.Short ?? "-"}" : null);
        Line(text, "inventory", target.Inventory.Select(i => i.Value.ToString()));
        Line(text, "groups", target.Groups.Select(g => g.Value));
        if (target.Packages is PackageStep.InFile file) Line(text, "packages", file.Path.Value.ToString());
        if (target.Packages is PackageStep.Inline inline) Packages(text, inline.List);
        foreach (var step in target.Files)
            Line(text, "file", $"{step.Source.Value} -> {step.Destination} {step.Mode?.ToString() ?? "-"} {step.DirectoryMode?.ToString() ?? "-"} {step.Owner}");
        Line(text, "playbooks", target.Playbooks.Select(p => p.Value.ToString()));
        foreach (var command in target.Commands) Line(text, "command", string.Join(" | ", command.Arguments));
        if (target.Container is { } container) Container(text, container);
        foreach (var output in target.Outputs) Line(text, "output", Output(output));
        Ansible(text, target.Ansible);
        return text.ToString();
    }

    private static void Container(StringBuilder text, ContainerSettings container)
    {
        Line(text, "user", container.User);
        Line(text, "environment", container.Environment.Select(v => $"{v.Name}={v.Value}"));
        Line(text, "directory", container.Directory);
        if (container.Entrypoint is { } entrypoint) Line(text, "entrypoint", entrypoint.IsEmpty ? "none" : string.Join(" | ", entrypoint));
        if (container.Command is { } command) Line(text, "command", command.IsEmpty ? "none" : string.Join(" | ", command));
        Line(text, "volumes", container.Volumes);
    }

    private static void Packages(StringBuilder text, PackageList list)
    {
        Line(text, "packages", $"{list.Manager} {list.Release ?? "-"}{(list.WeakDependencies ? " weak" : "")} at {list.At}");
        if (list.Repositories is RepositorySource.Host) Line(text, "repositories", "host");
        if (list.Repositories is RepositorySource.Listed listed)
        {
            foreach (var r in listed.Repositories) Line(text, "repository", $"{r.Id} {r.Url} {Key(r.Key)} {r.Suite ?? "-"} {string.Join('+', r.Components)}");
        }

        Line(text, "groups", Values(list.Groups));
        Line(text, "modules", Values(list.Modules));
        Line(text, "patterns", Values(list.Patterns));
        Line(text, "install", Values(list.Install));
        Line(text, "remove", Values(list.Remove));
        if (list.Credentials is CredentialSource.File file) Line(text, "credentials", "file " + file.Path);
        if (list.Credentials is CredentialSource.Environment environment) Line(text, "credentials", "environment " + environment.Variable);
    }

    private static string Key(RepositoryKey? key) => key switch
    {
        RepositoryKey.InSource inSource => inSource.Path.Value.ToString(),
        RepositoryKey.AtUrl atUrl => atUrl.Url,
        _ => "-",
    };

    private static string Output(OutputRequest output) => output switch
    {
        OutputRequest.Erofs erofs => string.Create(null, $"erofs {erofs.Compression} {erofs.Level}"),
        OutputRequest.Tar tar => $"tar {tar.Compression}",
        OutputRequest.Oci => "oci",
        OutputRequest.Squashfs squashfs => $"squashfs {squashfs.Compression} {(squashfs.Level is { } level ? string.Create(null, $"{level}") : "-")}",
        OutputRequest.Kernel kernel => $"kernel {kernel.Version ?? "-"}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static void Ansible(StringBuilder text, AnsibleSettings ansible)
    {
        Line(text, "config", ansible.Config?.Value.ToString());
        Line(text, "roles-path", ansible.RolesPath?.Select(p => p.Value.ToString()) ?? []);
        Line(text, "collections-path", ansible.CollectionsPath?.Select(p => p.Value.ToString()) ?? []);
        Line(text, "requirements", ansible.Requirements.Select(p => p.Value.ToString()));
        Line(text, "extra-vars", ansible.ExtraVars.Select(Pair));
        Line(text, "environment", ansible.Environment.Select(e => $"{e.Name}={e.Value.Value}"));
        Line(text, "tags", ansible.Tags);
        Line(text, "skip-tags", ansible.SkipTags);
        if (ansible.Localhost) Line(text, "localhost", "yes");
        Line(text, "delegates", ansible.Delegates);
        Line(text, "vault-password-file", ansible.VaultPasswordFile);
        Line(text, "version", ansible.Version?.Value);
        Line(text, "facts", ansible.Facts.Select(Pair));
    }

    private static string Pair((string Name, YamlNode Value) pair) =>
        $"{pair.Name}={(pair.Value is YamlNode.Scalar scalar ? scalar.Raw : pair.Value.GetType().Name)}";

    private static IEnumerable<string> Values(ImmutableArray<Located<string>> texts) => texts.Select(t => t.Value);

    private static void Line(StringBuilder text, string key, IEnumerable<string> values) => Line(text, key, string.Join(' ', values) is { Length: > 0 } some ? some : null);

    private static void Line(StringBuilder text, string key, string? value)
    {
        if (value is not null) text.Append("  ").Append(key).Append(": ").Append(value).Append('\n');
    }
}
