using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Pipelines;

/// <summary>The static pipeline of `examples/cluster`: which jobs an engine starts for a change in each place.</summary>
[Collection(PipelineCollection.Name)]
public sealed class StaticListTests(PublishingMachines machines)
{
    private const string Slurm = "slurm/compute slurm/uan";
    private const string BelowHsn = "hsn/base compute/compute uan/uan " + Slurm;

    [Fact]
    public async Task A_change_starts_the_jobs_of_what_is_made_of_it()
    {
        var site = machines.First.CopySite("examples/cluster");
        site.Write("--- .gitlab-ci.yml\n" + (await WrittenAsync(site)).Output);
        await site.CommitAsync();
        foreach (var arguments in new[] { "branch --force main", "remote add origin https://gitlab.example.org/hpc/images.git", "update-ref refs/remotes/origin/main HEAD", "symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/main", "checkout --quiet -b change" })
            (await machines.First.ExecAsync("git", arguments.Split(' '), site.Folder)).Ended(0);

        var places = new[]
        {
            ("README.md", ""),
            ("roles/slurm/templates/slurm.conf.j2", Slurm),
            ("files/motd.compute", "slurm/compute"),
            ("roles/uan/tasks/main.yml", "uan/uan slurm/uan"),
            ("hsn.yml", BelowHsn),
            ("inventory/group_vars/Slurm.yml", BelowHsn),
            ("files/overlay", "my-fav-os/base " + BelowHsn),
            ("strata.yaml", "my-fav-os/base " + BelowHsn),
        };
        foreach (var (path, jobs) in places) Assert.Equal(("pipeline-is-current " + jobs).Trim(), await ListedAsync(site, path));
        Prove.Record(string.Create(null, $"{places.Length} places, the jobs of each"));

        // A file that is not what the layers make of it is said, with the way to write it anew.
        site.Write("--- .gitlab-ci.yml\n" + site.Read(".gitlab-ci.yml").Replace("roles/slurm/**/*", "roles/slurm/tasks/*", StringComparison.Ordinal));
        var checkedAgain = await WrittenAsync(site, "--check", ".gitlab-ci.yml");
        Assert.Equal((1, ""), (checkedAgain.ExitCode, checkedAgain.Output));
        Assert.Equal("error: .gitlab-ci.yml is not what the layers make of it now\nhint: write it anew: `strata pipeline gitlab --static --output .gitlab-ci.yml`\n", checkedAgain.Errors);
    }

    private static Task<Run> WrittenAsync(Site site, params string[] options) => site.StrataAsync(["pipeline", "gitlab", "--static", .. options]);

    /// <summary>The jobs of a merge request that changes one file, which is as before again then.</summary>
    private async Task<string> ListedAsync(Site site, string path)
    {
        var before = site.Read(path);
        await File.AppendAllTextAsync(Path.Combine(site.Folder, path), "\n# another\n");
        var listed = (await PipelineProject.ExecAsync(machines.First, site.Folder, ["CI_MERGE_REQUEST_IID=1", "CI_PIPELINE_SOURCE=merge_request_event"], "--list-csv")).Ended(0);
        await File.WriteAllTextAsync(Path.Combine(site.Folder, path), before);
        return string.Join(' ', listed.Output.Split('\n').Where(l => l.Contains(";\"\";", StringComparison.Ordinal)).Select(l => l.Split(';')[0]));
    }
}
