using Strata.Cli;
using Strata.Cli.Commands;
using Strata.Tests.Support;

namespace Strata.Tests.Cli;

/// <summary>What ends `plan` before it asks for images.</summary>
public sealed class PlanCommandTests : IDisposable
{
    private readonly Shell shell = new();

    public PlanCommandTests() => shell.Run("init");

    public void Dispose() => shell.Dispose();

    [Fact]
    public void A_revision_outside_of_a_repository_is_no_reason_to_commit()
    {
        var ran = shell.Run("plan", "--at", "v2.1");
        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Expected.Text("""
            error[unknown-revision]: `v2.1` names no commit: FOLDER is in no git repository
              --> FOLDER
            hint: leave the revision out to take the files as they are; `git init` and a commit make it a repository

            1 error
            """, ran.Err);
    }

    [Theory]
    [InlineData("site.yml")]
    [InlineData("site.yml/images")]
    public void An_output_folder_that_cannot_be_is_refused(string output)
    {
        var ran = shell.Run("plan", "--output", output);
        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Assert.Equal($"error: outputs cannot go to `FOLDER/{output}`: `FOLDER/site.yml` is no folder\nhint: let `--output` name a folder that can be written to\n", ran.Err);
    }

    [Theory]
    [InlineData("0s", "`--timeout` is `0s`, which leaves no time for any work", "leave `--timeout` out for no limit")]
    [InlineData("90", "`--timeout` is `90`, and takes a number with a unit: `90s`, `45m` or `2h`", null)]
    [InlineData("-1s", "`--timeout` is `-1s`, and takes a number with a unit: `90s`, `45m` or `2h`", null)]
    public void A_time_that_is_none_is_refused(string text, string message, string? hint)
    {
        var fault = Assert.Throws<UsageException>(() => BuildOptions.Duration("--timeout", text));
        Assert.Equal((message, hint), (fault.Message, fault.Hint));
    }
}
