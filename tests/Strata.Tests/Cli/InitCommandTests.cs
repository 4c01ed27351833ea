using Strata.Tests.Support;

namespace Strata.Tests.Cli;

public sealed class InitCommandTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public void It_writes_the_smallest_example_to_the_byte()
    {
        var ran = shell.Run("init", "new");
        Assert.Equal((0, ""), (ran.Code, ran.Out));
        var example = Repository.Path("examples/minimal");
        var expected = Directory.EnumerateFiles(example, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(example, f))
            .Where(f => f != "README.md" && !f.StartsWith("expected/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToList();
        Assert.Contains("strata.yaml", expected);
        Assert.Equal(expected.Select(f => "new/" + f), shell.Files());
        Assert.All(expected, f => Assert.Equal(File.ReadAllBytes(Path.Combine(example, f)), File.ReadAllBytes(Path.Combine(shell.Folder, "new", f))));
    }

    [Fact]
    public void It_says_what_was_written_and_what_comes_next()
    {
        var lines = shell.Run("init", "new").Err.Split('\n');
        Assert.Contains("wrote new/strata.yaml", lines);
        Assert.Equal(
            ["Next:", "  cd new", "  git init            Strata reads what git sees", "  strata targets      what is built, and from what", "  strata check        whether everything fits together", ""],
            lines[Array.IndexOf(lines, "Next:")..]);
    }

    [Fact]
    public void Nothing_is_overwritten_and_nothing_else_written()
    {
        shell.With("--- strata.yaml\nmine\n--- site.yml\nmine too\n");
        var ran = shell.Run("init");
        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Expected.Text("""
            error: nothing was written, because `site.yml` and `strata.yaml` are there already
            hint: `strata init FOLDER` writes into another folder
            """, ran.Err);
        Assert.Equal(["site.yml", "strata.yaml"], shell.Files());
        Assert.Equal("mine\n", shell.Read("strata.yaml"));
    }

    [Fact]
    public void The_pipeline_is_written_with_the_example()
    {
        Assert.Equal(0, shell.Run("init", "--gitlab", "new").Code);
        Assert.Contains("new/.gitlab-ci.yml", shell.Files());
        Assert.Contains("new/strata.yaml", shell.Files());
    }

    [Fact]
    public void Beside_a_layer_file_the_pipeline_alone_is_written_and_a_file_for_each_source()
    {
        shell.With("""
            --- strata.yaml
            version: 1
            sources:
              hsn-config: {url: "https://gitlab.example.org/hpc/hsn-config.git"}
            pipeline: {image: registry.example.org/hpc/builder:1, tags: [builders]}
            layers:
              os: {source: hsn-config, types: {base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}}}}
            """);
        Expected.Text("""
            error: `--staging` is missing: the projects of the layer file's sources trigger the one that holds it
            hint: name it by its path, as in `--staging hpc/images`
            """, shell.Run("init", "--gitlab").Err);
        Assert.Equal(2, shell.Run("init", "--gitlab", "--staging", "$HOME").Code);
        Assert.Equal(0, shell.Run("init", "--gitlab", "--staging", "hpc/images").Code);
        Assert.Equal([".gitlab-ci.yml", "gitlab/hsn-config.gitlab-ci.yml", "strata.yaml"], shell.Files());
        Expected.Text("""
            # Written by `strata init --gitlab`, to be changed: the registry says what is stale, `plan` writes a job for each such target, `images` runs them. In a schedule `refresh` proposes a new `strata.lock`.
            workflow:
              rules:
                - if: "$CI_PIPELINE_SOURCE == \"schedule\""
                - if: "$CI_PIPELINE_SOURCE == \"pipeline\""
                - if: "$CI_PIPELINE_SOURCE == \"merge_request_event\""
                - if: "$CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS"
                  when: "never"
                - if: "$CI_COMMIT_BRANCH"
            stages:
              - "plan"
              - "images"
            refresh:
              stage: "plan"
              image: "registry.example.org/hpc/builder:1"
              tags:
                - "builders"
              variables:
                GIT_DEPTH: "0"
              rules:
                - if: "$CI_PIPELINE_SOURCE == \"schedule\""
              script:
                - "echo 'Take updates into strata.lock' >refresh.txt && echo >>refresh.txt"
                - "strata refresh >>refresh.txt && cat refresh.txt"
                - "if [ -e strata.lock ]; then git add strata.lock; fi"
                - "if git diff --cached --quiet; then exit 0; fi"
                - "git -c user.name=strata -c user.email=strata@localhost commit --quiet --file refresh.txt"
                - "if git -c credential.helper= -c credential.helper='!f() { echo username=strata; echo \"password=$STRATA_PUSH_TOKEN\"; }; f' fetch --quiet \"$CI_PROJECT_URL.git\" refs/heads/strata-refresh 2>/dev/null && git diff --quiet HEAD FETCH_HEAD -- strata.lock && git diff --quiet HEAD^ \"$(git merge-base HEAD^ FETCH_HEAD)\" -- strata.lock; then echo 'strata-refresh proposes this already'; exit 0; fi"
                - "git -c credential.helper= -c credential.helper='!f() { echo username=strata; echo \"password=$STRATA_PUSH_TOKEN\"; }; f' push --force -o merge_request.create -o merge_request.target=\"$CI_COMMIT_BRANCH\" -o merge_request.remove_source_branch \"$CI_PROJECT_URL.git\" HEAD:refs/heads/strata-refresh"
            plan:
              stage: "plan"
              image: "registry.example.org/hpc/builder:1"
              tags:
                - "builders"
              variables:
                GIT_DEPTH: "0"
              script:
                - "strata pipeline gitlab --ci --output pipeline.yml"
                - "strata report --ci --output report.html"
              artifacts:
                when: "always"
                expose_as: "What is built and why"
                paths:
                  - "report.html"
                  - "pipeline.yml"
                expire_in: "1 week"
            images:
              stage: "images"
              needs:
                - "plan"
              trigger:
                include:
                  - artifact: "pipeline.yml"
                    job: "plan"
                strategy: "depend"
            """, shell.Read(".gitlab-ci.yml"));
        Expected.Text("""
            # Written by `strata init --gitlab`: the .gitlab-ci.yml of the source `hsn-config`. What it changes is built, and shown in its merge requests, by hpc/images.
            workflow:
              rules:
                - if: "$CI_PIPELINE_SOURCE == \"merge_request_event\""
                - if: "$CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS"
                  when: "never"
                - if: "$CI_COMMIT_BRANCH"
            images:
              variables:
                STRATA_SOURCE: "hsn-config"
                STRATA_REVISION: "$CI_COMMIT_SHA"
                STRATA_BASE: "$CI_MERGE_REQUEST_DIFF_BASE_SHA"
                STRATA_EVENT: "$CI_MERGE_REQUEST_EVENT_TYPE"
                STRATA_BEFORE: "$CI_COMMIT_BEFORE_SHA"
              trigger:
                project: "hpc/images"
                strategy: "depend"
            """, shell.Read("gitlab/hsn-config.gitlab-ci.yml"));
    }

    [Fact]
    public void Where_nothing_can_be_written_a_cure_is_said()
    {
        var ran = shell.Run("init", "/proc/strata");
        Assert.Equal(1, ran.Code);
        Assert.StartsWith("error: cannot write `/proc/strata/", ran.Err, StringComparison.Ordinal);
        Assert.EndsWith("\nhint: name a folder that this user can write to: `strata init FOLDER`\n", ran.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_no_folder_to_write_into() =>
        Assert.Equal("error: `FOLDER/file` is a file, and a folder is needed\n", shell.With("--- file\nx\n").Run("init", "file").Err.Replace(shell.Folder, "FOLDER", StringComparison.Ordinal));

    [Fact]
    public void What_it_wrote_is_read_back_without_a_fault()
    {
        shell.Run("init");
        var ran = shell.Run("targets");
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        Assert.StartsWith("TARGET", ran.Out, StringComparison.Ordinal);
    }
}
