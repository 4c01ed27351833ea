using System.Collections.Immutable;
using System.Text.Json;

namespace Strata.SystemTests.Support;

/// <summary>
/// Projects of GitLab as bare repositories, whose pipelines are run by gitlab-ci-local and whose triggers this follows, since gitlab-ci-local does not: the
/// variables of a trigger job reach the other project's pipeline, which runs at the head of its branch.
/// </summary>
/// <param name="machine">The machine that runs the jobs.</param>
/// <param name="folder">Where the repositories are: `GROUP/PROJECT.git` below it.</param>
internal sealed class ManyProjects(Machine machine, string folder)
{
    private static readonly string Reader = Path.Combine(Machine.Root, "tests/tools/validate.mjs");

    private int checkouts;

    /// <summary>The URL below which the projects are, as jobs know it by CI_SERVER_URL.</summary>
    public string Server => "file://" + folder;

    /// <summary>What the runs wrote.</summary>
    public string Log { get; private set; } = "";

    /// <summary>Makes a project, or commits to the main branch of one.</summary>
    public async Task CommitAsync(string project, string files)
    {
        var bare = Path.Combine(folder, project + ".git");
        if (!Directory.Exists(bare)) await GitAsync(Path.GetTempPath(), "init", "--quiet", "--bare", "--initial-branch=main", bare);
        var site = await CheckOutAsync(project);
        site.Write(files);
        await site.CommitAsync();
        await GitAsync(site.Folder, "push", "--quiet", "origin", "HEAD:main");
    }

    /// <summary>
    /// A merge request of a project: commits to a branch of it, runs its pipeline and those that it triggers. What ran, `PROJECT: JOB passed`, in order.
    /// </summary>
    public async Task<ImmutableArray<string>> RequestAsync(string project, string files)
    {
        var site = await CheckOutAsync(project);
        await GitAsync(site.Folder, "checkout", "--quiet", "-b", "change");
        var target = (await machine.ExecAsync("git", ["rev-parse", "main"], site.Folder)).Ended(0).Output.Trim();
        site.Write(files);
        await site.CommitAsync();
        await GitAsync(site.Folder, "push", "--quiet", "--force", "origin", "change");
        return await RunAsync(project, site, ["CI_PIPELINE_SOURCE=merge_request_event", "CI_MERGE_REQUEST_IID=1", "CI_MERGE_REQUEST_ID=1", "CI_MERGE_REQUEST_EVENT_TYPE=detached", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main", "CI_MERGE_REQUEST_DIFF_BASE_SHA=" + target]);
    }

    private async Task<Site> CheckOutAsync(string project)
    {
        var site = new Site(machine, Path.Combine(folder, "checkouts", string.Create(null, $"{checkouts++}")));
        await GitAsync(folder, "clone", "--quiet", Path.Combine(folder, project + ".git"), site.Folder);
        return site;
    }

    private async Task<ImmutableArray<string>> RunAsync(string project, Site site, ImmutableArray<string> variables)
    {
        // gitlab-ci-local wants an origin that looks like a server's; Strata finds what it needs in the checkout.
        await GitAsync(site.Folder, "remote", "add", "gcl-origin", $"https://gitlab.example.org/{project}.git");
        await GitAsync(site.Folder, "remote", "set-head", "origin", "main");
        var run = await PipelineProject.ExecAsync(machine, site.Folder, [.. variables, "CI_SERVER_URL=" + Server]);
        Log += $"=== {project}\n{run.All}\n";
        var jobs = PipelineProject.JobsOf(run);
        var ran = jobs.Select(j => $"{project}: {j}").ToImmutableArray();
        foreach (var (name, job) in await ReadAsync(site))
        {
            if (!jobs.Contains(name + " passed") || !job.TryGetProperty("trigger", out var trigger) || !trigger.TryGetProperty("project", out var other)) continue;
            ran = ran.AddRange(await TriggerAsync(PathOf(other.GetString()!), job, trigger, variables, site));
        }

        return ran;
    }

    private async Task<ImmutableArray<string>> TriggerAsync(string project, JsonElement job, JsonElement trigger, ImmutableArray<string> variables, Site from)
    {
        var known = variables.Select(v => v.Split('=', 2)).ToDictionary(v => v[0], v => v[1], StringComparer.Ordinal);
        known["CI_COMMIT_SHA"] = (await machine.ExecAsync("git", ["rev-parse", "HEAD"], from.Folder)).Ended(0).Output.Trim();
        var handed = job.GetProperty("variables").EnumerateObject().Select(v => (v.Name, Value: Expanded(v.Value.GetString()!, known)));
        var isForwarding = trigger.TryGetProperty("forward", out var forward) && forward.GetProperty("pipeline_variables").GetBoolean();
        var received = isForwarding ? variables.Where(v => v.StartsWith("STRATA_", StringComparison.Ordinal)) : [];
        return await RunAsync(project, await CheckOutAsync(project), [.. received, .. handed.Select(h => $"{h.Name}={h.Value}"), "CI_PIPELINE_SOURCE=pipeline", "CI_COMMIT_REF_PROTECTED=true"]);
    }

    /// <summary>A static pipeline takes a project's path from its URL, which here begins with this machine's folder.</summary>
    private string PathOf(string project) => ("/" + project).StartsWith(folder + "/", StringComparison.Ordinal) ? ("/" + project)[(folder.Length + 1)..] : project;

    /// <summary>A variable that is not set is handed on as its own name, as GitLab can.</summary>
    private static string Expanded(string value, Dictionary<string, string> known) => value.StartsWith('$') ? known.GetValueOrDefault(value[1..], value) : value;

    private async Task<ImmutableArray<(string Name, JsonElement Job)>> ReadAsync(Site site)
    {
        var read = JsonDocument.Parse((await machine.ExecAsync("node", [Reader, "gitlab", ".gitlab-ci.yml"], site.Folder)).Ended(0).Output).RootElement;
        return [.. read.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Object).Select(p => (p.Name, p.Value))];
    }

    private async Task GitAsync(string directory, params string[] arguments)
    {
        Directory.CreateDirectory(directory);
        (await machine.ExecAsync("git", ["-c", "protocol.file.allow=always", .. arguments], directory)).Ended(0);
    }
}
