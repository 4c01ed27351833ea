using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Reads an `ansible:` mapping of the file, a system, a layer or a target.</summary>
internal static class AnsibleReader
{
    /// <summary>Variables of Ansible's environment that a key of its own stands for, or that Strata sets itself.</summary>
    private static readonly ImmutableArray<(string Name, string Hint)> ReservedEnvironment =
    [
        ("ANSIBLE_CONFIG", "say it with `config`"),
        ("ANSIBLE_ROLES_PATH", "say it with `roles-path`"),
        ("ANSIBLE_COLLECTIONS_PATH", "say it with `collections-path`"),
        ("ANSIBLE_COLLECTIONS_PATHS", "say it with `collections-path`"),
        ("ANSIBLE_INVENTORY", "say it with `inventory`"),
        ("ANSIBLE_RUN_TAGS", "say it with `tags`"),
        ("ANSIBLE_SKIP_TAGS", "say it with `skip-tags`"),
        ("ANSIBLE_VAULT_PASSWORD_FILE", "say it with `vault-password-file`"),
        ("HOME", "leave it out: each run has an empty home folder of its own"),
    ];

    private static readonly string[] Placeholders = ["{source}", "{system}", "{short}"];

    /// <summary>The settings under `ansible`; nothing said when the key is not there.</summary>
    public static DeclaredAnsible Read(Fields owner, KnownSources sources, Faults faults)
    {
        if (owner.Node("ansible") is not { } node) return DeclaredAnsible.None;
        if (Fields.Open(node, KeySet.Ansible, owner.KeyAt("ansible"), faults) is not { } fields) return DeclaredAnsible.None;
        return new()
        {
            Config = fields.Text("config") is { } config ? PathReading.Inside(config, faults) : null,
            RolesPath = SearchPath(fields, "roles-path", sources, faults),
            CollectionsPath = SearchPath(fields, "collections-path", sources, faults),
            Requirements = Requirements(fields, faults),
            ExtraVars = Named(fields, "extra-vars", ExtraVariable, node => node, faults),
            Environment = Environment(fields, faults),
            Tags = Plain(fields.Texts("tags", t => NameReading.Tag(t, faults))),
            SkipTags = Plain(fields.Texts("skip-tags", t => NameReading.Tag(t, faults))),
            Localhost = fields.Flag("localhost"),
            Delegates = Plain(fields.Texts("delegates", h => NameReading.Host(h, faults))),
            VaultPasswordFile = fields.Text("vault-password-file") is { } file ? PathReading.OnBuildMachine(file, "`vault-password-file`", faults) : null,
            Version = fields.Text("version") is { } range && NameReading.VersionRange(range, faults) ? range : null,
            Facts = Named(fields, "facts", NameReading.Fact, node => FactValue(node, faults), faults),
        };
    }

    private static ImmutableArray<Located<OpenPath>>? SearchPath(Fields fields, string key, KnownSources sources, Faults faults) =>
        fields.Values(key, node => PathReading.Open(node, $"an entry of {Wording.Quote(key)}", ':', sources, faults));

    private static ImmutableArray<Located<RepoPath>>? Requirements(Fields fields, Faults faults) =>
        fields.Values("requirements", node =>
            Expect.Text(node, "an entry of `requirements`", faults) is { } text ? PathReading.Inside(text, faults) : null);

    private static ImmutableArray<string>? Plain(ImmutableArray<Located<string>>? texts) =>
        texts is { } some ? [.. some.Select(t => t.Value)] : null;

    private static ImmutableArray<(string Name, YamlNode Value)> Named(
        Fields fields, string key, Func<Located<string>, Faults, bool> fits, Func<YamlNode, YamlNode?> read, Faults faults) =>
        [.. NamedNodes(fields, key, fits, faults).Select(e => (e.Name, Value: read(e.Value))).Where(e => e.Value is not null).Select(e => (e.Name, e.Value!))];

    private static ImmutableArray<(string Name, Located<string> Value)> Named(
        Fields fields, string key, Func<Located<string>, Faults, bool> fits, Func<YamlNode, Located<string>?> read, Faults faults) =>
        [.. NamedNodes(fields, key, fits, faults).Select(e => (e.Name, Value: read(e.Value))).Where(e => e.Value is not null).Select(e => (e.Name, e.Value!.Value))];

    private static List<(string Name, YamlNode Value)> NamedNodes(
        Fields fields, string key, Func<Located<string>, Faults, bool> fits, Faults faults)
    {
        if (fields.Node(key) is not { } node || Expect.Mapping(node, Wording.Quote(key), faults) is not { } mapping) return [];
        return Expect.Entries(mapping, faults).Where(e => fits(e.Key, faults)).Select(e => (Name: e.Key.Value, e.Value)).ToList();
    }

    /// <summary>The variables; the login in a proxy's address is in no message.</summary>
    private static ImmutableArray<(string Name, Located<string> Value)> Environment(Fields fields, Faults faults)
    {
        var variables = Named(fields, "environment", EnvironmentVariable, node => EnvironmentValue(node, faults), faults);
        foreach (var (_, address) in variables.Where(v => ProxyVariables.Contains(v.Name))) UrlReading.HideSecret(address, faults);
        return variables;
    }

    private static bool ExtraVariable(Located<string> name, Faults faults)
    {
        if (name.Value != "strata_build") return NameReading.Variable(name, faults);
        faults.Add(NameFaults.ReservedName(name, "the variable that every build sets to `true`", "give the variable another name"));
        return false;
    }

    private static bool EnvironmentVariable(Located<string> name, Faults faults)
    {
        var hint = ReservedEnvironment.FirstOrDefault(r => r.Name == name.Value).Hint;
        if (hint is null) return NameReading.EnvironmentVariable(name, faults);
        faults.Add(NameFaults.ReservedName(name, "a variable that Strata sets itself", hint));
        return false;
    }

    private static Located<string>? EnvironmentValue(YamlNode node, Faults faults)
    {
        if (node is YamlNode.Scalar { Value: ScalarValue.Text { Value.Length: 0 } }) return new("", node.At);
        if (Expect.Text(node, "the value of an environment variable", faults) is not { } text) return null;
        var unknown = PlaceholdersOf(text.Value).FirstOrDefault(p => !Placeholders.Contains(p, StringComparer.Ordinal));
        if (unknown is null) return text;
        faults.Add(NameFaults.UnknownPlaceholder(unknown, text, Placeholders));
        return null;
    }

    /// <summary>Every `{word}` of a text; braces around anything else are plain text.</summary>
    private static IEnumerable<string> PlaceholdersOf(string text)
    {
        for (var start = text.IndexOf('{'); start >= 0; start = text.IndexOf('{', start + 1))
        {
            var end = text.IndexOf('}', start);
            if (end > start + 1 && text[(start + 1)..end].All(c => char.IsAsciiLetterLower(c) || c == '_')) yield return text[start..(end + 1)];
        }
    }

    private static YamlNode? FactValue(YamlNode node, Faults faults)
    {
        if (!Expect.IsNothing(node)) return node;
        faults.Add(ShapeFaults.MissingValue("a fact", node.At));
        return null;
    }
}
