using System.Text.Json;
using Strata.Tests.Support;

namespace Strata.Tests.Cli;

public sealed class CheckCommandTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public void A_clean_layer_file_has_no_faults_and_no_data()
    {
        shell.Run("init");
        var ran = shell.Run("check");
        Assert.Equal((0, "", "no faults in 2 targets, 1 playbook\n"), (ran.Code, ran.Out, ran.Err));
    }

    [Fact]
    public void Faults_are_data_on_standard_output_and_the_count_is_a_message()
    {
        var ran = shell.With("--- strata.yaml\nversion: 1\nlayers: 7\n").Run("check");
        Assert.Equal((2, "1 error\n"), (ran.Code, ran.Err));
        Assert.Contains(" --> strata.yaml:2:9\n", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_that_crosses_a_network_in_the_clear_is_a_warning_of_the_check_alone()
    {
        shell.With("""
            --- strata.yaml
            version: 1
            layers:
              os:
                types:
                  base: {from: scratch, packages: packages.yaml}
            --- packages.yaml
            manager: apt
            release: site
            credentials: {environment: SITE_LOGIN}
            repositories:
              - {id: site, url: "http://packages.example.org"}
            install: [bash]
            """);
        var ran = shell.Run("check");
        Assert.Equal((0, "1 warning\n"), (ran.Code, ran.Err));
        Assert.StartsWith("warning[login-without-tls]: the list's `credentials` go to `http://packages.example.org` unencrypted", ran.Out, StringComparison.Ordinal);
        Assert.Contains(" --> packages.yaml:5:21\n", ran.Out, StringComparison.Ordinal);
        Assert.Equal("", shell.Run("inputs", "os/base").Err);
    }

    [Fact]
    public void What_the_layer_file_names_and_is_not_there_is_a_fault_of_the_layer_file()
    {
        var ran = shell.With("""
            --- strata.yaml
            version: 1
            layers:
              os:
                types:
                  base:
                    from: scratch
                    packages: {manager: dnf, release: "9", repositories: host, install: [python3]}
                    playbooks: [sit.yml]
            --- site.yml
            - hosts: all
              roles: [motdd]
            --- roles/motd/tasks/main.yml
            []
            """).Run("check");
        Assert.Equal((2, "1 error\n"), (ran.Code, ran.Err));
        Assert.Contains(" --> strata.yaml:8:21\n", ran.Out, StringComparison.Ordinal);
        Assert.Contains("`site.yml`", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_is_not_there_is_shown_in_the_layer_file_to_GitLab_too()
    {
        var ran = shell.With("--- strata.yaml\nversion: 1\nsources: {hsn: }\nlayers: {os: {source: hsn, types: {base: {from: scratch}}}}\n")
            .Run("check", "--format", "codequality");
        using var report = JsonDocument.Parse(ran.Out);
        Assert.All(report.RootElement.EnumerateArray(), e => Assert.Equal("strata.yaml", e.GetProperty("location").GetProperty("path").GetString()));
        Assert.Contains("source-not-found", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_Ansible_content_is_shown_where_it_stands()
    {
        shell.Run("init");
        File.AppendAllText(Path.Combine(shell.Folder, "site.yml"), "- hosts: Compute\n  roles: [no-such-role]\n");
        var ran = shell.Run("check");
        Assert.Equal((2, "1 error\n"), (ran.Code, ran.Err));
        Assert.StartsWith("error[unknown-role]", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_are_shown_from_where_one_stands()
    {
        var ran = shell.With("""
            --- sub/strata.yaml
            version: 1
            layers:
              os:
                types:
                  base:
                    from: scratch
                    packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}
                    groups: [Compute]
                    playbooks: [site.yml]
            --- sub/site.yml
            - hosts: Compute
              roles: [no-such-role]
            """).Run("check", "--file", "sub/strata.yaml");
        Assert.Contains(" --> sub/site.yml:2:11\n", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_option_is_no_argument()
    {
        var ran = shell.Run("plan", "--jsno");
        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Assert.Equal("error: `strata plan` has no option `--jsno`\nhint: did you mean `--json`? `strata plan --help` says more\n", ran.Err);
    }

    [Fact]
    public void A_source_that_the_layer_file_does_not_name_is_refused()
    {
        shell.Run("init");
        var ran = shell.Run("check", "--source", "slef=.");
        Assert.Equal(2, ran.Code);
        Assert.Contains("did you mean `self`?", ran.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_cannot_be_had_is_a_fault_with_its_cure()
    {
        shell.With("""
            --- strata.yaml
            version: 1
            sources:
              hsn-config: {url: "https://gitlab.example.org/site/hsn-config.git"}
              uan-config:
            layers:
              os:
                source: hsn-config
                types:
                  base:
                    from: scratch
                    packages: {manager: dnf, release: "9", repositories: host, install: [python3]}
            """);
        Expected.Text("""
            error[source-not-fetched]: source `hsn-config` has not been fetched from https://gitlab.example.org/site/hsn-config.git yet
             --> strata.yaml:3:3
              |
            3 |   hsn-config: {url: "https://gitlab.example.org/site/hsn-config.git"}
              |   ^^^^^^^^^^
            hint: fetch it with `--fetch`, or name a clone with `--source hsn-config=PATH`

            error[source-not-found]: source `uan-config` has no `url`, and there is no folder `uan-config` in or beside FOLDER
             --> strata.yaml:4:3
              |
            4 |   uan-config:
              |   ^^^^^^^^^^
            hint: say where it is: `--source uan-config=PATH`, or `url:` under `sources:`
            """, shell.Run("check").Out);
    }

    [Fact]
    public void A_source_without_a_layer_file_says_how_to_get_one()
    {
        shell.With("--- empty/README\nnothing\n");
        Expected.Text("""
            error[layer-file-missing]: there is no layer file `strata.yaml`
              --> empty/strata.yaml
            hint: `strata init` writes one; `--file PATH` names another
            """, shell.Run("check", "--source", "self=empty").Out);
    }

    [Fact]
    public void A_revision_that_is_not_there_is_wrong_input_and_no_data()
    {
        shell.Run("init");
        var ran = shell.Run("check", "--source", "self=.@nowhere");
        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Assert.Contains("`nowhere`", ran.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_text_is_a_fault_like_any_other()
    {
        File.WriteAllBytes(Path.Combine(shell.Folder, "strata.yaml"), [0x76, 0, 1, 2]);
        var ran = shell.Run("check", "--format", "json");
        Assert.Equal(2, ran.Code);
        using var json = JsonDocument.Parse(ran.Out);
        Assert.Equal("strata/check/1", json.RootElement.GetProperty("schema").GetString());
        Assert.Equal("strata.yaml", json.RootElement.GetProperty("diagnostics")[0].GetProperty("path").GetString());
    }

    [Fact]
    public void GitLab_is_given_an_empty_report_where_all_is_well()
    {
        shell.Run("init");
        Assert.Equal("[]\n", shell.Run("check", "--format", "codequality").Out);
    }
}
