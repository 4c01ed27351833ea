namespace Strata.Tests.Layers;

/// <summary>Package lists.</summary>
public sealed class PackageFaultTests
{
    [Fact]
    public void Packages_have_no_blanks_and_nothing_that_a_shell_acts_on() => LayerText.Check(
        LayerText.Target("""
        packages:
          manager: dnf
          release: "9"
          repositories: host
          install: [python3, "foo >= 1.2", "$(reboot)", -y, "foo;bar", "foo>=1.2", "kernel-*"]
        """),
        """
        error[bad-package-name]: `foo >= 1.2` is no name of a package
          --> strata.yaml:11:30
           |
        11 |           install: [python3, "foo >= 1.2", "$(reboot)", -y, "foo;bar", "foo>=1.2", "kernel-*"]
           |                              ^^^^^^^^^^^^ it has a blank
        hint: write a version without blanks, as in `foo>=1.2`, and each package as an entry of its own

        error[bad-package-name]: `$(reboot)` is no name of a package
          --> strata.yaml:11:44
           |
        11 |           install: [python3, "foo >= 1.2", "$(reboot)", -y, "foo;bar", "foo>=1.2", "kernel-*"]
           |                                            ^^^^^^^^^^^ letters, digits and `. _ + - : ~ ^` are expected

        error[bad-package-name]: `-y` is no name of a package
          --> strata.yaml:11:57
           |
        11 |           install: [python3, "foo >= 1.2", "$(reboot)", -y, "foo;bar", "foo>=1.2", "kernel-*"]
           |                                                         ^^ it starts with `-`, which programs take for an option

        error[bad-package-name]: `foo;bar` is no name of a package
          --> strata.yaml:11:61
           |
        11 |           install: [python3, "foo >= 1.2", "$(reboot)", -y, "foo;bar", "foo>=1.2", "kernel-*"]
           |                                                             ^^^^^^^^^ letters, digits and `. _ + - : ~ ^` are expected

        error[bad-package-name]: `kernel-*` is no name of a package
          --> strata.yaml:11:84
           |
        11 |           install: [python3, "foo >= 1.2", "$(reboot)", -y, "foo;bar", "foo>=1.2", "kernel-*"]
           |                                                                                    ^^^^^^^^^^ letters, digits and `. _ + - : ~ ^` are expected
        """);

    [Fact]
    public void Groups_and_modules_are_named_by_their_ids() => LayerText.Check(
        LayerText.Target("""
        packages:
          manager: dnf
          release: "9"
          repositories: host
          groups: [HPC Base]
          modules: [nodejs]
        """),
        """
        error[bad-package-name]: `HPC Base` is no name of a package group
          --> strata.yaml:11:20
           |
        11 |           groups: [HPC Base]
           |                    ^^^^^^^^ it has a blank
        hint: name the group by its id: `dnf group list --ids`

        error[bad-package-name]: `nodejs` is no name of a module stream
          --> strata.yaml:12:21
           |
        12 |           modules: [nodejs]
           |                     ^^^^^^ letters, digits and `. _ + - : ~ ^` are expected
        hint: write it as `NAME:STREAM`
        """);

    [Fact]
    public void A_release_has_no_blank() => LayerText.Check(
        LayerText.Target("""
        packages: {manager: dnf, release: Rocky 9, repositories: host}
        """),
        """
        error[bad-package-name]: `Rocky 9` is no name of a release
         --> strata.yaml:7:43
          |
        7 |         packages: {manager: dnf, release: Rocky 9, repositories: host}
          |                                           ^^^^^^^ it has a blank
        """);

    [Fact]
    public void A_repository_id_has_no_blank() => LayerText.Check(
        LayerText.Target("""
        packages: {manager: dnf, release: '9', repositories: [{id: base os, url: 'https://example.org/'}]}
        """),
        """
        error[bad-repository-id]: `base os` is no id of a repository
         --> strata.yaml:7:68
          |
        7 |         packages: {manager: dnf, release: '9', repositories: [{id: base os, url: 'https://example.org/'}]}
          |                                                                    ^^^^^^^ letters, digits, `.`, `_`, `:` and `-` are expected
        """);

    [Fact]
    public void Each_manager_has_keys_of_its_own() => LayerText.Check(
        LayerText.Target("""
        packages:
          manager: zypper
          release: "15.6"
          repositories: [{id: a, url: "https://example.org/", suite: stable}]
          groups: [core]
        """),
        """
        error[wrong-manager]: `suite` is for apt, this list is for `zypper`
          --> strata.yaml:10:63
           |
        10 |           repositories: [{id: a, url: "https://example.org/", suite: stable}]
           |                                                               ^^^^^

        error[wrong-manager]: `groups` is for dnf, this list is for `zypper`
          --> strata.yaml:11:11
           |
        11 |           groups: [core]
           |           ^^^^^^
        """);

    [Fact]
    public void Metadata_that_apt_takes_is_signed_in_any_case() => LayerText.Check(
        LayerText.Target("""
        packages: {manager: apt, release: bookworm, repositories: [{id: a, url: "https://example.org/", signed-metadata: true}]}
        """),
        """
        error[wrong-manager]: `signed-metadata` is for dnf and zypper, this list is for `apt`
         --> strata.yaml:7:105
          |
        7 | ...kages: {manager: apt, release: bookworm, repositories: [{id: a, url: "https://example.org/", signed-metadata: true}]}
          |                                                                                                 ^^^^^^^^^^^^^^^
        """);

    [Fact]
    public void Patterns_are_for_zypper() => LayerText.Check(
        LayerText.Target("""
        packages: {manager: apt, release: bookworm, repositories: host, patterns: [base]}
        """),
        """
        error[wrong-manager]: `patterns` is for zypper, this list is for `apt`
         --> strata.yaml:7:73
          |
        7 |         packages: {manager: apt, release: bookworm, repositories: host, patterns: [base]}
          |                                                                         ^^^^^^^^
        """);

    [Fact]
    public void From_scratch_a_release_and_repositories_are_needed() => LayerText.Check(
        LayerText.Target("""
        packages: {manager: dnf, install: [python3]}
        """),
        """
        error[missing-release]: `release` is missing: `x/base` starts from scratch
         --> strata.yaml:7:9
          |
        7 |         packages: {manager: dnf, install: [python3]}
          |         ^^^^^^^^
        hint: say which release of the distribution, in quotes, as in `release: "9"`

        error[missing-repositories]: `repositories` is missing: `x/base` starts from scratch
         --> strata.yaml:7:9
          |
        7 |         packages: {manager: dnf, install: [python3]}
          |         ^^^^^^^^
        hint: list them, or say `repositories: host` for those of the build machine
        """);
}
