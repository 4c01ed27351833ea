using System.Text.Json;
using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Pipelines;

/// <summary>
/// What Strata writes for an engine, held against the engine's own schema by another program, and read back by it: whatever a layer file holds, it
/// is the value that it was.
/// </summary>
[Collection(PipelineCollection.Name)]
public sealed class SchemaTests(PublishingMachines machines)
{
    private static readonly string Tool = Path.Combine(Machine.Root, "tests/tools/validate.mjs");

    [Fact]
    public async Task Whatever_a_layer_file_holds_is_the_value_that_it_was()
    {
        var names = HostileTexts.All.Select((_, i) => string.Create(null, $"V{i}")).ToList();
        var variables = string.Join('\n', HostileTexts.All.Select((text, i) => $"    {names[i]}: {HostileTexts.Quoted(text)}"));
        var site = Site($"{HostileTexts.Pipeline}\n  before: [{HostileTexts.Quoted(HostileTexts.All[9])}]\n  variables:\n{variables}");
        await site.CommitAsync();
        var gitlab = await ReadAsync(site, "gitlab", await WrittenAsync(site, "pipeline", "gitlab", "--release"));
        var job = gitlab.GetProperty("app/base");
        Assert.Equal(HostileTexts.All[9], job.GetProperty("before_script")[0].GetString());
        foreach (var (name, text) in names.Zip(HostileTexts.All)) Assert.Equal(text, Literal(job.GetProperty("variables").GetProperty(name)));
        Assert.Equal(1, job.GetProperty("script").GetArrayLength());

        var wholly = await ReadAsync(site, "gitlab", await WrittenAsync(site, "pipeline", "gitlab", "--static"));
        foreach (var (name, text) in names.Zip(HostileTexts.All)) Assert.Equal(text, Literal(wholly.GetProperty("app/base").GetProperty("variables").GetProperty(name)));

        site.Write("--- strata.yaml\n" + site.Read("strata.yaml").Replace("scan: {types: [base], trigger: {project: hpc/scan, ref: main}, may-fail: true}", "scan: {types: [base], script: [scan], may-fail: true}", StringComparison.Ordinal));
        await site.CommitAsync();
        var github = await ReadAsync(site, "github", await WrittenAsync(site, "pipeline", "github", "--release"));
        var environment = github.GetProperty("jobs").GetProperty("app_base").GetProperty("env");
        foreach (var (name, text) in names.Zip(HostileTexts.All)) Assert.Equal(text, environment.GetProperty(name).GetString()!.Replace("${{ '${{' }}", "${{", StringComparison.Ordinal));
        Prove.Record(string.Create(null, $"{HostileTexts.All.Length} texts in three files each, the same when read back"));

        // GitLab takes what stands under `value` as it is; a text without `$` has nothing to expand.
        static string? Literal(JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.String) return value.GetString()!.Contains('$', StringComparison.Ordinal) ? "expanded" : value.GetString();
            return value.GetProperty("expand").GetBoolean() ? "expanded" : value.GetProperty("value").GetString();
        }
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
