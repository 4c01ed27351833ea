using System.Text.Json;
using Strata.SystemTests.Support;
using Strata.Tests.Support;

namespace Strata.SystemTests.Building;

/// <summary>Galaxy requirements from git repositories of this machine, by the real `ansible-galaxy`.</summary>
[Collection(MachineCollection.Name)]
public sealed class RequirementsTests(Machine machine)
{
    /// <summary>Without it `ansible-galaxy` takes a repository for no role.</summary>
    private const string Meta = "--- meta/main.yml\ngalaxy_info: {author: test, description: test, license: MIT, min_ansible_version: \"2.9\"}\ndependencies: []\n";

    private readonly string repositories = Path.Combine(machine.Folder, "git-" + Guid.NewGuid().ToString("n")[..8]);

    [Fact]
    [Trait("Part", "long")]
    public async Task Roles_and_collections_are_installed_into_the_cache_and_found_after_the_site_s_own()
    {
        await ReleaseAsync("role", "--- tasks/main.yml\n- copy: {content: one, dest: /role}\n" + Meta);
        await ReleaseAsync("shadowed", "--- tasks/main.yml\n- copy: {content: required, dest: /shadowed}\n" + Meta);
        await ReleaseAsync("collection", "--- galaxy.yml\nnamespace: site\nname: tools\nversion: 1.0.0\nreadme: README.md\nauthors: [test]\n--- README.md\nx\n--- roles/tool/tasks/main.yml\n- copy: {content: tool, dest: /tool}\n");
        var pinned = await CommitAsync("collection");
        var site = machine.NewSite(
            Site.Base + $$$"""
              site:
                playbooks: [site.yml]
                types:
                  base: {from: os/base, groups: [Compute], ansible: {requirements: [requirements.yml]}}
            --- .gitignore
            out/
            --- ansible.cfg
            [defaults]
            roles_path = shared
            --- shared/shadowed/tasks/main.yml
            - copy: {content: own, dest: /shadowed}
            --- site.yml
            - hosts: Compute
              roles: [role, shadowed, site.tools.tool]
            --- requirements.yml
            roles:
              - git+file://{{{repositories}}}/role
              - {src: "git+file://{{{repositories}}}/shadowed", name: shadowed}
            collections:
              - {name: "git+file://{{{repositories}}}/collection", version: {{{pinned}}}}
            """);
        await site.CommitAsync();
        var offline = (await site.StrataAsync("build", "--offline")).Ended(1);
        Assert.Contains("is not in the cache", StepFailure.Of(site, "site/base", "prepare").Message, StringComparison.Ordinal);
        Assert.Contains("without `--offline`", offline.Errors, StringComparison.Ordinal);

        var locked = (await site.StrataAsync("refresh")).Ended(0).Output;
        Assert.Contains("added     role  " + (await CommitAsync("role"))[..12], locked, StringComparison.Ordinal);
        Assert.DoesNotContain(pinned, site.Read("strata.lock"), StringComparison.Ordinal);
        await site.CommitAsync();
        (await site.StrataAsync("build")).Ended(0);
        Assert.Equal(("one", "own", "tool"), await ReadAsync(site));
        var status = (await machine.ExecAsync("git", ["status", "--porcelain", "--ignored"], site.Folder)).Ended(0).Output;
        Assert.All(status.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains(" out/", line, StringComparison.Ordinal));

        // The role moves on: what is locked is built again from the cache alone, and the update is a change of the lock.
        var digest = site.Digest("site/base");
        await ReleaseAsync("role", "--- tasks/main.yml\n- copy: {content: two, dest: /role}\n");
        (await site.StrataAsync("build", "site/base", "--only", "--rebuild", "--offline")).Ended(0);
        Assert.Equal(digest, site.Digest("site/base"));
        Assert.Contains("changed   site/base\n  modified  requirements role (strata.lock:", (await site.StrataAsync("refresh")).Ended(0).Output, StringComparison.Ordinal);
        (await site.StrataAsync("build")).Ended(0);
        Assert.Equal(("two", "own", "tool"), await ReadAsync(site));

        // Without the lock an update comes with `--rebuild`, and with nothing else.
        File.Delete(Path.Combine(site.Folder, "strata.lock"));
        (await site.StrataAsync("build")).Ended(0);
        await ReleaseAsync("role", "--- tasks/main.yml\n- copy: {content: three, dest: /role}\n");
        (await site.StrataAsync("build", "site/base", "--only", "--rebuild", "--offline")).Ended(0);
        Assert.Equal(("two", "own", "tool"), await ReadAsync(site));
        (await site.StrataAsync("build", "site/base", "--only", "--rebuild")).Ended(0);
        Assert.Equal(("three", "own", "tool"), await ReadAsync(site));

        // What the layer file's requirements came to before can go; what they come to now stays.
        var removed = JsonDocument.Parse((await site.StrataAsync("clean", "--keep", "99", "--yes", "--json")).Ended(0).Output).RootElement;
        var folders = removed.GetProperty("requirements").EnumerateArray().Select(r => r.GetProperty("path").GetString()!).ToList();
        Assert.NotEmpty(folders);
        Assert.All(folders, folder => Assert.False(Directory.Exists(folder)));
        Assert.Contains("nothing to remove", (await site.StrataAsync("clean", "--keep", "99")).Ended(0).Output, StringComparison.Ordinal);
        (await site.StrataAsync("build", "site/base", "--only", "--rebuild", "--offline")).Ended(0);
        Assert.Equal(("three", "own", "tool"), await ReadAsync(site));
    }

    [Fact]
    public async Task A_server_that_takes_a_connection_and_never_answers_ends_the_target()
    {
        using var server = LoopbackServer.Silent();
        var site = NewSite("silent", $"git+{server.Url}/silent.git");
        (await machine.ExecAsync("env", ["GIT_HTTP_LOW_SPEED_TIME=1", machine.StrataPath, "build"], site.Folder)).Ended(1);
        Assert.StartsWith("what `requirements.yml` requires cannot be had: `ansible-galaxy role install` ended with", StepFailure.Of(site, "site/base", "prepare").Message, StringComparison.Ordinal);

        // Ansible breaks its warnings into lines of 79 characters, wherever that is.
        Assert.Matches(@"Operation\s+([\d.]+\s+)?too\s+([\d.]+\s+)?slow", site.Read("out/logs/site-base.log"));
    }

    [Fact]
    public async Task What_cannot_be_had_is_said_with_command_exit_code_and_last_lines()
    {
        var site = NewSite("gone");
        (await site.StrataAsync("build")).Ended(1);
        var failure = StepFailure.Of(site, "site/base", "prepare");
        Assert.Equal("what `requirements.yml` requires cannot be had: `ansible-galaxy role install` ended with exit code 1", failure.Message);
        Assert.Contains("git's credential helper", failure.Hint, StringComparison.Ordinal);
        Assert.Contains("ansible-galaxy role install", site.Read("out/strata-build.json"), StringComparison.Ordinal);
        Assert.Contains("gone", site.Read("out/logs/site-base.log"), StringComparison.Ordinal);
        Assert.StartsWith("error: `git ls-remote` failed", (await site.StrataAsync("refresh")).Ended(1).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_required_role_brings_along_cannot_leave_the_cache()
    {
        await ReleaseAsync("harmless", "--- tasks/main.yml\n- copy: {content: one, dest: /role}\n" + Meta);
        await ReleaseAsync("bring", $"--- tasks/main.yml\n- debug:\n" + Meta.Replace("[]", $"[{{src: \"git+file://{repositories}/harmless\", name: ../../../../planted}}]", StringComparison.Ordinal));
        var site = NewSite("bring");
        (await site.StrataAsync("build")).Ended(1);
        Assert.Contains("cannot be had: `ansible-galaxy role install` ended with", StepFailure.Of(site, "site/base", "prepare").Message, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", site.Read("out/logs/site-base.log"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(machine.Folder, "planted*", SearchOption.AllDirectories));
    }

    /// <summary>A site that runs one role, which it requires.</summary>
    private Site NewSite(string role, string? address = null) => machine.NewSite(
        Site.Base + $$$"""
          site:
            playbooks: [site.yml]
            types:
              base: {from: os/base, groups: [Compute], ansible: {requirements: [requirements.yml]}}
        --- site.yml
        - hosts: Compute
          roles: [{{{role}}}]
        --- requirements.yml
        - {src: "{{{address ?? $"git+file://{repositories}/{role}"}}}", name: {{{role}}}}
        """);

    private async Task ReleaseAsync(string name, string files)
    {
        var repository = new Site(machine, Path.Combine(repositories, name));
        repository.Write(files);
        await repository.CommitAsync();
    }

    private async Task<string> CommitAsync(string name) => (await machine.ExecAsync("git", ["rev-parse", "HEAD"], Path.Combine(repositories, name))).Ended(0).Output.Trim();

    private Task<(string Role, string Shadowed, string Tool)> ReadAsync(Site site) => machine.InRootAsync(
        site.Image("site/base"), root => (File.ReadAllText(root + "/role"), File.ReadAllText(root + "/shadowed"), File.ReadAllText(root + "/tool")));
}
