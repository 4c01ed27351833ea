using System.Collections.Immutable;
using Strata.Engine.Git;

namespace Strata.Tests.Git;

/// <summary>How git reads other projects in a job of GitLab.</summary>
public sealed class JobCredentialTests
{
    private static readonly ImmutableDictionary<string, string> Job = ImmutableDictionary<string, string>.Empty
        .Add("CI_JOB_TOKEN", "sesame").Add("CI_SERVER_URL", "https://gitlab.example.org");

    [Fact]
    public void Git_asks_Strata_for_the_jobs_server_and_no_other()
    {
        var environment = JobCredential.In(Job.Add("GIT_CONFIG_COUNT", "1").Add("GIT_CONFIG_KEY_0", "a.b").Add("GIT_CONFIG_VALUE_0", "c"), "/opt/my strata/strata");
        Assert.Equal("2", environment["GIT_CONFIG_COUNT"]);
        Assert.Equal(("a.b", "c"), (environment["GIT_CONFIG_KEY_0"], environment["GIT_CONFIG_VALUE_0"]));
        Assert.Equal("credential.https://gitlab.example.org.helper", environment["GIT_CONFIG_KEY_1"]);
        Assert.Equal("!'/opt/my strata/strata' internal-git-credential", environment["GIT_CONFIG_VALUE_1"]);
        Assert.DoesNotContain("sesame", environment.Where(e => e.Key != "CI_JOB_TOKEN").Select(e => e.Value));
    }

    [Fact]
    public void Outside_of_a_job_nothing_is_added()
    {
        var environment = Job.Remove("CI_JOB_TOKEN");
        Assert.Same(environment, JobCredential.In(environment, "/usr/bin/strata"));
    }

    [Theory]
    [InlineData("get", "username=gitlab-ci-token\npassword=sesame\n")]
    [InlineData("store", "")]
    [InlineData("erase", "")]
    public void Only_a_question_is_answered(string asked, string answer)
    {
        using var output = new StringWriter();
        Assert.Equal(0, JobCredential.Answer([asked], Job, output));
        Assert.Equal(answer, output.ToString());
    }
}
