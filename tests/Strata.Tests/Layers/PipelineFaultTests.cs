namespace Strata.Tests.Layers;

/// <summary>What a layer file says of jobs, where it cannot be meant: above all what GitLab or a shell would make something of.</summary>
public sealed class PipelineFaultTests
{
    private static void Check(string settings, string expected) => LayerText.Check(
        LayerText.File("os:\n  types:\n    base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: host}}", "pipeline: " + settings), expected);

    [Fact]
    public void An_image_with_a_variable_is_refused() => Check("{image: $CI_REGISTRY_IMAGE/builder}", """
        error[bad-reference]: `image` is `$CI_REGISTRY_IMAGE/builder`; expected an image as in `registry.example.org/hpc/builder:1`
         --> strata.yaml:2:19
          |
        2 | pipeline: {image: $CI_REGISTRY_IMAGE/builder}
          |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^
        hint: variables of the environment are not expanded in the layer file: write the value itself
        """);

    [Fact]
    public void A_tag_with_a_variable_is_refused() => Check("{tags: ['a$b']}", """
        error[bad-reference]: an entry of `tags` is `a$b`; expected a runner's tag: letters, digits, blanks and `._:/+-`
         --> strata.yaml:2:19
          |
        2 | pipeline: {tags: ['a$b']}
          |                   ^^^^^
        hint: variables of the environment are not expanded in the layer file: write the value itself
        """);

    [Fact]
    public void A_time_without_a_unit() => Check("{timeout: '90'}", """
        error[bad-reference]: `timeout` is `90`; expected a time as in `90s`, `45m` or `2h`, at most a month
         --> strata.yaml:2:21
          |
        2 | pipeline: {timeout: '90'}
          |                     ^^^^
        """);

    [Fact]
    public void A_variable_of_Strata_or_none_at_all() => Check("{variables: {STRATA_TARGET: x, 'A B': y}}", """
        error[reserved-name]: `STRATA_TARGET` is taken: it is one of those that Strata gives every job
         --> strata.yaml:2:24
          |
        2 | pipeline: {variables: {STRATA_TARGET: x, 'A B': y}}
          |                        ^^^^^^^^^^^^^
        hint: give the variable another name

        error[bad-environment-name]: `A B` is no name of an environment variable
         --> strata.yaml:2:42
          |
        2 | pipeline: {variables: {STRATA_TARGET: x, 'A B': y}}
          |                                          ^^^^^ letters, digits and `_` are expected, no digit first
        """);

    [Fact]
    public void A_type_or_target_that_is_not_there() => Check("{types: {compute: {timeout: 1h}}, targets: {os/bas: {timeout: 1h}, a/b/c: {timeout: 1h}}}", """
        error[bad-reference]: a key of `targets` is `a/b/c`; expected a layer, or `layer/type`
         --> strata.yaml:2:78
          |
        2 | pipeline: {types: {compute: {timeout: 1h}}, targets: {os/bas: {timeout: 1h}, a/b/c: {timeout: 1h}}}
          |                                                                              ^^^^^
        """);

    [Fact]
    public void What_is_said_of_a_target_that_is_not_there_has_no_effect() => Check("{types: {compute: {timeout: 1h}}, targets: {os/bas: {timeout: 1h}}}", """
        error[unknown-target]: there is no image type `compute`
         --> strata.yaml:2:20
          |
        2 | pipeline: {types: {compute: {timeout: 1h}}, targets: {os/bas: {timeout: 1h}}}
          |                    ^^^^^^^ nothing is run for it
        hint: there are `base`

        error[unknown-target]: there is no target `os/bas`
         --> strata.yaml:2:55
          |
        2 | pipeline: {types: {compute: {timeout: 1h}}, targets: {os/bas: {timeout: 1h}}}
          |                                                       ^^^^^^ nothing is run for it
        hint: did you mean `os/base`?
        """);

    [Fact]
    public void A_word_of_GitLabs_own_is_answered_with_ours() => Check("{before_script: [x]}", """
        error[unknown-key]: `before_script` is no key of `pipeline`
         --> strata.yaml:2:12
          |
        2 | pipeline: {before_script: [x]}
          |            ^^^^^^^^^^^^^
        hint: did you mean `before`?
        """);

    [Fact]
    public void An_external_job_that_does_nothing_or_two_things() => Check("{external: {a: {gate: v1}, b: {script: [x], trigger: {project: hpc}}}}", """
        error[missing-key]: `script` is missing
         --> strata.yaml:2:23
          |
        2 | pipeline: {external: {a: {gate: v1}, b: {script: [x], trigger: {project: hpc}}}}
          |                       ^ the job `a` needs it
        hint: say what it does: `script: [LINE …]`, or `trigger: {project: GROUP/PROJECT}`

        error[exclusive-keys]: `trigger` and `script` exclude each other
         --> strata.yaml:2:55
          |
        2 | pipeline: {external: {a: {gate: v1}, b: {script: [x], trigger: {project: hpc}}}}
          |                                                       ^^^^^^^
         ::: strata.yaml:2:42
          |
        2 | pipeline: {external: {a: {gate: v1}, b: {script: [x], trigger: {project: hpc}}}}
          |                                          ------ `script` is here
        hint: a job that triggers another project runs nothing itself

        error[bad-reference]: `project` is `hpc`; expected the path of a project, as in `hpc/boot-tests`
         --> strata.yaml:2:74
          |
        2 | pipeline: {external: {a: {gate: v1}, b: {script: [x], trigger: {project: hpc}}}}
          |                                                                          ^^^
        """);

    [Fact]
    public void An_external_job_for_what_is_not_there() => Check("{external: {a: {script: [x], targets: [oss], types: [gpu], gate: v2}}, promote: [{tag: v1}]}", """
        error[unknown-target]: there is no layer `oss`
         --> strata.yaml:2:50
          |
        2 | pipeline: {external: {a: {script: [x], targets: [oss], types: [gpu], gate: v2}}, promote: [{tag: v1}]}
          |                                                  ^^^ nothing is run for it
        hint: did you mean `os`?

        error[unknown-target]: there is no image type `gpu`
         --> strata.yaml:2:64
          |
        2 | pipeline: {external: {a: {script: [x], targets: [oss], types: [gpu], gate: v2}}, promote: [{tag: v1}]}
          |                                                                ^^^ nothing is run for it
        hint: there are `base`

        error[unknown-target]: there is no promotion `v2`
         --> strata.yaml:2:76
          |
        2 | pipeline: {external: {a: {script: [x], targets: [oss], types: [gpu], gate: v2}}, promote: [{tag: v1}]}
          |                                                                            ^^
        hint: did you mean `v1`?
        """);

    [Fact]
    public void A_promotion_that_cannot_be() => Check("{promote: [{tag: 'a b'}, {tag: v1}, {tag: v1, to: 'https://registry.example.org/x'}]}", """
        error[bad-reference]: `tag` is `a b`; expected a release tag: letters, digits, `_`, `.` and `-` are expected, no `.` or `-` first
         --> strata.yaml:2:28
          |
        2 | pipeline: {promote: [{tag: 'a b'}, {tag: v1}, {tag: v1, to: 'https://registry.example.org/x'}]}
          |                            ^^^^^

        error[duplicate-name]: promotion `v1` is there twice
         --> strata.yaml:2:53
          |
        2 | pipeline: {promote: [{tag: 'a b'}, {tag: v1}, {tag: v1, to: 'https://registry.example.org/x'}]}
          |                                                     ^^ the second
         ::: strata.yaml:2:42
          |
        2 | pipeline: {promote: [{tag: 'a b'}, {tag: v1}, {tag: v1, to: 'https://registry.example.org/x'}]}
          |                                          -- the first

        error[bad-image-repository]: `to` is `https://registry.example.org/x`; expected a repository as in `registry.example.org/hpc`
         --> strata.yaml:2:61
          |
        2 | pipeline: {promote: [{tag: 'a b'}, {tag: v1}, {tag: v1, to: 'https://registry.example.org/x'}]}
          |                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no scheme is expected
        hint: write `registry.example.org/x`
        """);
}
