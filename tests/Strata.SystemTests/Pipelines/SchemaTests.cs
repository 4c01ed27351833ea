using System.Text.Json;
using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Pipelines;

/// <summary>
/// What Strata writes for an engine, held against the engine's own schema by another program, and read back by it: whatever a layer file holds, it
/// is the value that it was.
/// </summary>
[Collection(PublishingCollection.Name)]
public sealed class SchemaTests(PublishingMachines machines)
{
    private static readonly string Tool = Path.Combine(Machine.Root, "tests/tools/validate.mjs");

    /// <summary>Texts that a careless writer of YAML, a shell or an engine makes something else of.</summary>
    private static readonly string[] Hostile =
    [
        "$CI_JOB_TOKEN", "${CI_JOB_TOKEN}", "$$", "%CI_JOB_TOKEN%", "${{ secrets.TOKEN }}", "$(touch /tmp/evil)", "`id`", "'; exit 1; '", "\"; exit 1; #",
        "x\n  script: [evil]", "!reference [.a, script]", "&a b", "*a", "{a: b}", "[a, b]", "- a", "? a", "a: b", "# a", "yes", "0x10", "1_000", "~", "null", "1:30", "2001-01-01",
        "a\u00a0", "\u2028b", "\ud83d\ude00", "\\", "\tc", "%", "@a", "|", ">", "---", "...", "<<", "=", " a ", "a\\",
    ];

    private const string Settings = """
          external:
            boot: {targets: [app], outputs: true, script: ["echo $STRATA_DIGEST"], gate: testbed, timeout: 10m, keep-days: 1}
            scan: {types: [base], trigger: {project: hpc/scan, ref: main}, may-fail: true}
          promote:
            - {tag: testbed}
            - {tag: production, to: registry.example.org/production, manual: true}
        """;

    [Fact]
    public async Task Whatever_a_layer_file_holds_is_the_value_that_it_was()
    {
        var names = Hostile.Select((_, i) => string.Create(null, $"V{i}")).ToList();
        var variables = string.Join('\n', Hostile.Select((text, i) => $"    {names[i]}: {Quoted(text)}"));
        var site = Site($"{Settings}\n  before: [{Quoted(Hostile[9])}]\n  variables:\n{variables}");
        await site.CommitAsync();
        var gitlab = await ReadAsync(site, "gitlab", await WrittenAsync(site, "pipeline", "gitlab", "--release"));
        var job = gitlab.GetProperty("app/base");
        Assert.Equal(Hostile[9], job.GetProperty("before_script")[0].GetString());
        foreach (var (name, text) in names.Zip(Hostile)) Assert.Equal(text, Literal(job.GetProperty("variables").GetProperty(name)));
        Assert.Equal(1, job.GetProperty("script").GetArrayLength());

        var wholly = await ReadAsync(site, "gitlab", await WrittenAsync(site, "pipeline", "gitlab", "--static"));
        foreach (var (name, text) in names.Zip(Hostile)) Assert.Equal(text, Literal(wholly.GetProperty("app/base").GetProperty("variables").GetProperty(name)));

        site.Write("--- strata.yaml\n" + site.Read("strata.yaml").Replace("scan: {types: [base], trigger: {project: hpc/scan, ref: main}, may-fail: true}", "scan: {types: [base], script: [scan], may-fail: true}", StringComparison.Ordinal));
        await site.CommitAsync();
        var github = await ReadAsync(site, "github", await WrittenAsync(site, "pipeline", "github", "--release"));
        var environment = github.GetProperty("jobs").GetProperty("app_base").GetProperty("env");
        foreach (var (name, text) in names.Zip(Hostile)) Assert.Equal(text, environment.GetProperty(name).GetString()!.Replace("${{ '${{' }}", "${{", StringComparison.Ordinal));
        Prove.Record(string.Create(null, $"{Hostile.Length} texts in three files each, the same when read back"));

        // GitLab takes what stands under `value` as it is; a text without `$` has nothing to expand.
        static string? Literal(JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.String) return value.GetString()!.Contains('$', StringComparison.Ordinal) ? "expanded" : value.GetString();
            return value.GetProperty("expand").GetBoolean() ? "expanded" : value.GetProperty("value").GetString();
        }
    }

    /// <summary>What becomes a job's name, a path, a line of the shell or a pattern is refused before anything is written.</summary>
    [Fact]
    public async Task A_name_that_could_become_more_is_refused()
    {
        var site = Site("");
        var sound = site.Read("strata.yaml");
        var names = Hostile.Where(h => h is not ("0x10")).ToList();
        foreach (var name in names)
        {
            var quoted = Quoted(name);
            foreach (var (what, with) in new[] { ("  app:\n", $"  {quoted}:\n"), ("tag: testbed", $"tag: {quoted}"), ("project: hpc/scan", $"project: {quoted}"), ("    boot:", $"    {quoted}:"), ("ref: main", $"ref: {quoted}"), ("targets: [app]", $"targets: [{quoted}]") })
            {
                if (what == "tag: testbed" && name is "yes" or "1_000" or "null" or "...") continue; // tags may be words
                if (what == "ref: main" && name is "yes" or "1_000" or "null" or "2001-01-01") continue; // and so may branches
                if (what is "    boot:" or "  app:\n" && name is "yes" or "null" or "1_000" or "2001-01-01") continue; // and names
                site.Write("--- strata.yaml\n" + (sound + "pipeline:\n" + Settings).Replace(what, with, StringComparison.Ordinal));
                var run = await site.StrataAsync("pipeline", "gitlab", "--static");
                Assert.True(run.ExitCode == 2 && run.Output.Length == 0 && run.Errors.Contains("strata.yaml:", StringComparison.Ordinal), $"{with}: {run.All}");
            }
        }

        Prove.Record(string.Create(null, $"{names.Count} texts as names of six kinds: refused with their place"));
    }

    [Fact]
    public async Task The_pipelines_around_fit_their_schema()
    {
        var site = machines.First.NewSite("""
            --- strata.yaml
            version: 1
            sources: {hsn-config: {url: "https://gitlab.example.org/hpc/hsn-config.git"}}
            layers:
              os: {types: {base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: host}}}}
            """);
        (await site.StrataAsync("init", "--gitlab", "--staging", "hpc/images")).Ended(0);
        await ReadAsync(site, "gitlab", ".gitlab-ci.yml");
        await ReadAsync(site, "gitlab", "gitlab/hsn-config.gitlab-ci.yml");
        site.Write("--- bad.yml\na: {script: [x], nedds: []}\n");
        var refused = await machines.First.ExecAsync("node", [Tool, "gitlab", "bad.yml"], site.Folder);
        Assert.Equal((1, "/a must NOT have additional properties\n"), (refused.ExitCode, refused.Output));
    }

    /// <summary>As YAML has it in double quotes: as JSON, but for characters beyond the first plane.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text).Replace("\\uD83D\\uDE00", "\ud83d\ude00", StringComparison.Ordinal);

    private Site Site(string pipeline) => PublishingMachines.NewSite(
        machines.First, $"repository: {machines.NewRepository()}, plain-http: true", PublishingMachines.App.Replace("--- app", (pipeline.Length == 0 ? "" : $"pipeline:\n{pipeline}\n") + "--- app", StringComparison.Ordinal));

    private static async Task<string> WrittenAsync(Site site, params string[] command)
    {
        (await site.StrataAsync([.. command, "--output", "written.yml"])).Ended(0);
        return "written.yml";
    }

    private async Task<JsonElement> ReadAsync(Site site, string engine, string file) =>
        JsonDocument.Parse((await machines.First.ExecAsync("node", [Tool, engine, file], site.Folder)).Ended(0).Output).RootElement;
}
