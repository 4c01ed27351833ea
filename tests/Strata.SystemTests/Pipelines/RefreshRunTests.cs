using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Pipelines;

/// <summary>The scheduled pipeline that `strata init --gitlab` writes: a repository of packages moves, and a merge request says so.</summary>
[Collection(PipelineCollection.Name)]
public sealed class RefreshRunTests(PublishingMachines machines)
{
    private const string Token = "glpat-scheduled-word";
    private const string Branch = "refs/heads/strata-refresh";

    [Fact]
    [Trait("Part", "long")]
    public async Task A_new_version_of_a_package_becomes_a_merge_request_that_is_brought_up_to_date_and_builds_when_it_is_merged()
    {
        var machine = machines.First;
        await using var workshop = await RpmWorkshop.OpenAsync(machine);
        await using var server = new GitServer(machine, Path.Combine(machine.Folder, "gitlab"), Token);
        var (site, project) = await StartAsync(workshop);
        var branch = await GitAsync(site.Folder, "branch", "--show-current");
        var bare = await server.AddAsync("hpc/images", site.Folder, branch);

        // Nothing is new: nothing is pushed, and nothing is built.
        var idle = await ScheduledAsync();
        Assert.Contains("nothing-to-build passed", idle);
        Assert.Equal("", await GitServer.PushesAsync(bare));

        // A new version: the lock and nothing else, on a branch from which GitLab makes a merge request.
        await workshop.UpdateAsync("3.0");
        await ScheduledAsync();
        var options = $"{Branch}\nGIT_PUSH_OPTION_0=merge_request.create\nGIT_PUSH_OPTION_1=merge_request.target={branch}\nGIT_PUSH_OPTION_2=merge_request.remove_source_branch\n";
        Assert.Equal(options, await GitServer.PushesAsync(bare));
        Assert.Equal("strata.lock", await GitAsync(bare, "diff", "--name-only", branch, Branch));
        var message = await GitAsync(bare, "log", "-1", "--format=%B", Branch);
        Assert.StartsWith("Take updates into strata.lock\n\nmodified  updates  ", message, StringComparison.Ordinal);
        Assert.Contains("\nchanged   base/moving\n  modified  package list updates (strata.lock:", message, StringComparison.Ordinal);
        Assert.Contains("\nfollows   below/moving (from base/moving)\n", message, StringComparison.Ordinal);

        // The same again, beside a commit that somebody has added to the merge request: it stays.
        await GitAsync(site.Folder, "fetch", "--quiet", bare, Branch);
        var added = await GitAsync(site.Folder, "commit-tree", "FETCH_HEAD^{tree}", "-p", "FETCH_HEAD", "-m", "looked at");
        await GitAsync(site.Folder, "push", "--quiet", bare, added + ":" + Branch);
        var pushed = await GitServer.PushesAsync(bare);
        await ScheduledAsync();
        Assert.Equal(pushed, await GitServer.PushesAsync(bare));
        Assert.Equal(added, await GitAsync(bare, "rev-parse", Branch));
        Assert.Contains("strata-refresh proposes this already", project.LastOutput, StringComparison.Ordinal);

        // A newer one while it is open: the branch is one commit with the newest state.
        await workshop.UpdateAsync("4.0");
        await ScheduledAsync();
        Assert.Equal(pushed + options, await GitServer.PushesAsync(bare));
        Assert.Equal("1", await GitAsync(bare, "rev-list", "--count", $"{branch}..{Branch}"));

        // Merged: what it affects is built from the state that it names, and the next night has nothing to say.
        await GitAsync(site.Folder, "pull", "--quiet", "--ff-only", bare, Branch);
        await project.PushAsync();
        await GitAsync(site.Folder, "push", "--quiet", bare, "HEAD:refs/heads/" + branch, ":" + Branch);
        Assert.True((await project.RunAsync()).SequenceEqual(["base/moving passed", "below/moving passed"]), project.LastOutput);
        (await site.StrataAsync("build")).Ended(0);
        Assert.Equal("4.0\n", await machine.InRootAsync(site.Image("below/moving"), root => File.ReadAllText(root + "/etc/read")));
        pushed = await GitServer.PushesAsync(bare);
        Assert.Contains("nothing-to-build passed", await ScheduledAsync());
        Assert.Equal(pushed, await GitServer.PushesAsync(bare));

        // A token that does not open the repository ends the job.
        await workshop.UpdateAsync("5.0");
        Assert.Contains("refresh failed", await RunAsync("glpat-another-word"));
        Assert.Equal(pushed, await GitServer.PushesAsync(bare));
        Prove.Record("7 scheduled pipelines: 2 push, 4 have nothing to say, 1 has a wrong token; the merge builds 2 targets");

        async Task<string[]> ScheduledAsync()
        {
            var jobs = await RunAsync(Token);
            Assert.True(jobs.Contains("refresh passed") && !jobs.Any(j => j.EndsWith(" failed", StringComparison.Ordinal)), project.LastOutput);
            return jobs;
        }

        async Task<string[]> RunAsync(string token)
        {
            await project.RunAsync("CI_PIPELINE_SOURCE=schedule", $"CI_PROJECT_URL={server.Url}/hpc/images", "STRATA_PUSH_TOKEN=" + token);
            Assert.DoesNotContain(token, project.LastOutput, StringComparison.Ordinal);
            Assert.Equal("", await GitAsync(site.Folder, "status", "--porcelain", "--untracked-files=no"));
            return [.. project.LastJobs];
        }
    }

    /// <summary>A site with a locked repository that is built and published.</summary>
    private async Task<(Site Site, PipelineProject Project)> StartAsync(RpmWorkshop workshop)
    {
        var site = machines.First.NewSite(
            $$$"""
            --- keys/test.asc
            {{{workshop.Key}}}
            --- strata.yaml
            version: 1
            images: {repository: {{{machines.NewRepository()}}}, plain-http: true}
            layers:
              base:
                from: scratch
                types:
                  moving: {packages: {manager: dnf, release: "9", repositories: [{id: updates, url: "file://{{{workshop.Folder}}}/signed", gpgkey: keys/test.asc}], install: [tiny-sh, hello]}}
              below:
                types:
                  moving: {from: base/moving, commands: ["cat /etc/hello >/etc/read"]}
            """);
        (await site.StrataAsync("refresh")).Ended(0);
        var project = new PipelineProject(machines.First, site);
        await project.InitializeAsync();
        (await site.StrataAsync("build", "--push")).Ended(0);
        return (site, project);
    }

    private async Task<string> GitAsync(string folder, params string[] arguments) => (await machines.First.ExecAsync("git", arguments, folder)).Ended(0).Output.TrimEnd('\n');
}
