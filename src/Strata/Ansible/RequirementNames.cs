using System.Collections.Frozen;
using Strata.Sources;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>The names of roles that Galaxy requirements files bring from outside.</summary>
internal static class RequirementNames
{
    /// <summary>Where `ansible-galaxy` is told to look by custom, beside the files that the settings name.</summary>
    private static readonly string[] CustomaryPaths =
        ["requirements.yml", "requirements.yaml", "roles/requirements.yml", "roles/requirements.yaml"];

    /// <summary>The roles that the requirements files of a source name.</summary>
    /// <param name="content">The sources.</param>
    /// <param name="root">The top folder of the source.</param>
    /// <param name="declared">The files that the settings name.</param>
    public static FrozenSet<string> Read(AnsibleContent content, SourcePath root, IEnumerable<SourcePath> declared)
    {
        var customary = CustomaryPaths.Select(p => AnsibleContent.Join(root, p)).OfType<SourcePath>();
        return declared.Concat(customary).Distinct().SelectMany(p => Names(content.Yaml(p))).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The name that a role gets from where it is fetched: `x` of `https://…/x.git`, `git@host:x.git` and `x,v1.0`.</summary>
    public static string OfSource(string source)
    {
        var address = source.Split(',')[0].TrimEnd('/');
        if (!address.Contains("://", StringComparison.Ordinal) && !address.Contains('@', StringComparison.Ordinal)) return address;
        var name = address[(address.LastIndexOfAny(['/', ':']) + 1)..];
        foreach (var ending in (string[])[".git", ".tar.gz"])
        {
            if (name.EndsWith(ending, StringComparison.Ordinal)) return name[..^ending.Length];
        }

        return name;
    }

    private static IEnumerable<string> Names(ContentFile? file) => file?.Document.Root switch
    {
        YamlNode.Sequence list => list.Items.SelectMany(Names),
        YamlNode.Mapping mapping when mapping.Find("roles") is YamlNode.Sequence roles => roles.Items.SelectMany(Names),
        _ => [],
    };

    private static IEnumerable<string> Names(YamlNode item) => item switch
    {
        YamlNode.Mapping mapping when Scalars.TextOf(mapping.Find("name")) is { } name => [name],
        YamlNode.Mapping mapping when Scalars.TextOf(mapping.Find("src")) is { } source => [OfSource(source)],
        YamlNode.Scalar scalar when Scalars.TextOf(scalar) is { } source => [OfSource(source)],
        _ => [],
    };
}
