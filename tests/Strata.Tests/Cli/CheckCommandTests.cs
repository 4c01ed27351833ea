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
