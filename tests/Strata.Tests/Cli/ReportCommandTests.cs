using Strata.Tests.Support;

namespace Strata.Tests.Cli;

public sealed class ReportCommandTests : IDisposable
{
    private const string Site = """
        --- strata.yaml
        version: 1
        inventory: inventory/
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}
          site:
            types:
              compute: {from: os/base, groups: [Compute], playbooks: [site.yml]}
              login: {from: os/base, groups: [Login], commands: [one]}
        --- site.yml
        - hosts: all
          tasks:
            - ansible.builtin.copy: {content: "{{ greeting }}", dest: /etc/motd}
        --- inventory/hosts
        [Compute]
        [Login]
        --- inventory/group_vars/Compute.yml
        greeting: one
        """;

    private const string Record = """
        {"schema": "strata/build/1", "started": "2024-05-06T07:08:09Z", "seconds": 12, "jobs": 2, "result": "done", "targets": [
          {"layer": "site", "type": "compute", "state": "built", "fingerprint": "sha256:0", "startedAfter": 2, "seconds": 10, "log": "/builds/1/out/logs/site-compute.log"}]}
        """;

    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public void A_change_is_reported_with_git_alone()
    {
        shell.With(Site).Commit("", "first");
        shell.With("--- inventory/group_vars/Compute.yml\ngreeting: two\n");
        var page = Done("report", "--from", "HEAD", "--without-images");
        Assert.Contains("<h1>1 of 3 targets is rebuilt: 1 changed</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<b>modified</b> variable <code>greeting</code> in <code>inventory/group_vars/Compute.yml:1</code>", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">values <small>what plays can read</small></th><td class=\"number\">1</td>", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">everything <small>no question asked</small></th><td class=\"number\">3</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_change_the_targets_are_reported()
    {
        shell.With(Site).Commit("", "first");
        Assert.Contains("<h1>3 targets</h1>", Done("report", "--without-images", "--at", "HEAD"), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_nothing_to_compare_with_no_precision_is_better()
    {
        shell.With(Site).Commit("", "first");
        var ran = shell.Run("report", "--without-images", "--from", new string('0', 40), "--missing-base", "all");
        Assert.Equal(0, ran.Code);
        Assert.Contains("<h1>3 of 3 targets are rebuilt: 3 added</h1>", ran.Out, StringComparison.Ordinal);
        Assert.Contains("<b>assumed</b> every target", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"cost\"", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_state_gives_the_same_bytes_whatever_the_folder()
    {
        shell.With(Site).Commit("", "first");
        using var other = new Shell();
        other.With(Site).Commit("", "first");
        Assert.Equal(Done("report", "--without-images", "--at", "HEAD"), other.Run("report", "--without-images", "--at", "HEAD").Out);
    }

    [Theory]
    [InlineData("out/report.html", "logs/site-compute.log")]
    [InlineData("report.html", "out/logs/site-compute.log")]
    [InlineData("pages/deep/report.html", "../../out/logs/site-compute.log")]
    public void Logs_are_linked_from_where_the_page_is(string output, string link)
    {
        shell.With(Site).Commit("", "first");
        shell.With($"--- out/strata-build.json\n{Record}\n--- pages/deep/x\n");
        Assert.Equal("", Done("report", "--without-images", "--at", "HEAD", "--record", "out/strata-build.json", "--output", output));
        var page = shell.Read(output);
        Assert.Contains($"href=\"{link}\"", page, StringComparison.Ordinal);
        Assert.Contains("<h1>The build is done after 12s: 1 built</h1>", page, StringComparison.Ordinal);
        Assert.Contains("The build was of another state of the sources: 1 of its targets has another fingerprint here, first site/compute.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"schema\": \"strata/plan/1\"}", "`--record` is `record.json`, and is no build record: its `schema` is not `strata/build/1`")]
    [InlineData("<html>", "`--record` is `record.json`, and is no build record: line 1, byte 1 is no JSON")]
    public void A_file_that_is_no_record_is_refused(string text, string message)
    {
        shell.With(Site + $"\n--- record.json\n{text}\n");
        Refused(message, "`strata build` writes `out/strata-build.json`", "--record", "record.json");
    }

    [Fact]
    public void A_record_that_is_not_there_is_refused()
    {
        shell.With(Site);
        Refused("`--record` is `gone.json`, and no such file is there", "`strata build` writes `out/strata-build.json`", "--record", "gone.json");
    }

    [Fact]
    public void The_page_is_not_written_over_the_layer_file()
    {
        shell.With(Site);
        Refused("`--output` is `strata.yaml`, the layer file itself", "name another file, as in `--output report.html`", "--output", "strata.yaml");
    }

    [Fact]
    public void One_revision_is_not_said_in_two_ways()
    {
        shell.With(Site).Commit("", "first");
        Refused("`--at` and `--from` do not go together", "with `--from`, `--to REV` says what is reported", "--at", "HEAD", "--from", "HEAD");
    }

    private string Done(params string[] arguments)
    {
        var ran = shell.Run(arguments);
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        return ran.Out;
    }

    private void Refused(string message, string hint, params string[] arguments)
    {
        var ran = shell.Run(["report", "--without-images", .. arguments]);
        Assert.Equal((2, "", $"error: {message}\nhint: {hint}\n"), (ran.Code, ran.Out, ran.Err));
    }
}
