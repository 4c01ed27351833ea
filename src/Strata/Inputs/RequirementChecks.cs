using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs;

/// <summary>What is wrong with the Galaxy requirements files that targets name.</summary>
internal static class RequirementChecks
{
    private const string LocalId = "local-requirement";
    private const string SecretId = "secret-in-config";
    private const string FaultyId = "faulty-requirement";

    /// <summary>The faults of each requirements file, once, in the order in which targets name them.</summary>
    public static ImmutableArray<Diagnostic> Of(IReadOnlyCollection<Target> targets, Snapshot snapshot)
    {
        var content = new AnsibleContent(snapshot);
        var faults = new Faults();
        var files = targets.SelectMany(t => t.Ansible.Requirements.Select(r => new SourcePath(t.Source, r.Value))).Distinct();
        foreach (var file in files.Select(content.Yaml).OfType<ContentFile>())
        {
            faults.AddRange(file.Document.Diagnostics);
            if (!file.Document.Diagnostics.Any(d => d.IsError)) Check(GalaxyRequirements.Of(file.Document), faults);
        }

        foreach (var config in targets.Where(t => !t.Ansible.Requirements.IsEmpty).Select(t => new SourcePath(t.Source, t.Ansible.ConfigPath)).Distinct())
        {
            foreach (var (server, key) in GalaxyServers.Of(snapshot, config).Secrets) faults.Add(Secret(config, server, key));
        }

        return faults.InOrder("");
    }

    private static Diagnostic Secret(SourcePath config, string server, string key) => Diagnostic.OfFile(
        SecretId,
        $"`[galaxy_server.{server}]` holds a {key}, which everyone has who has the source",
        config.ToString(),
        $"give it by the environment variable {GalaxyServers.Variable(server, key)}, in a pipeline a masked variable");

    /// <summary>`git+ssh://git@host/x` without `git+`.</summary>
    private static Located<string> WithoutScm(Located<string> address) => address with { Value = address.Value[(address.Value.IndexOf('+', StringComparison.Ordinal) + 1)..] };

    private static bool IsFolderName(string name) =>
        name.Length > 0 && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    private static void Check(GalaxyRequirements requirements, Faults faults)
    {
        foreach (var (at, expected, isIgnored) in requirements.Faults)
        {
            faults.Add(isIgnored
                ? Diagnostic.Warning(FaultyId, $"`ansible-galaxy` passes over this; expected {expected}", at)
                : Diagnostic.Error(FaultyId, $"`ansible-galaxy` cannot read this; expected {expected}", at));
        }

        foreach (var address in requirements.Addresses) UrlReading.RefuseSecret(WithoutScm(address), "a requirement", "let git's credential helper or a CI variable hold them", faults);
        foreach (var name in requirements.RoleNames.Where(n => !IsFolderName(n.Value)))
            faults.Add(NameFaults.BadName("a role", name, "letters, digits, `_`, `-` and `.`, the first no `.`: it becomes a folder", null));
        foreach (var local in requirements.Local)
        {
            faults.Add(Diagnostic.Error(
                LocalId,
                $"the requirement {Wording.Quote(local.Value)} is a file or folder, which would be installed as it is on the build machine",
                local.At,
                "",
                "a role or collection of a source needs no requirement: name its folder under `ansible: {roles-path: [...], collections-path: [...]}`"));
        }
    }
}
