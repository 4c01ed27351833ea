using Strata.Ansible;
using Strata.Tests.Support;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Tests.Ansible;

public sealed class GalaxyRequirementsTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private const string Every = $$"""
        roles:
          - {src: "https://git.example.org/a.git", scm: git, name: a}
          - {src: "git+file:///srv/b.git", version: main}
          - {src: "https://git.example.org/c.git", scm: git, version: {{Commit}}}
          - geerlingguy.docker
          - "git+https://git.example.org/d.git,v1,d"
          - {src: "https://example.org/e.tar.gz"}
        collections:
          - {name: "https://git.example.org/f.git", type: git, version: 1.0}
          - {name: site.g, type: git, source: "file:///srv/g.git"}
          - "git+file:///srv/h.git#/sub"
          - {name: community.general, version: ">=6"}
          - ansible.posix
        """;

    [Fact]
    public void Git_repositories_without_a_commit_float() => Assert.Equal(
        [
            new("a", "https://git.example.org/a.git", null), new("b", "file:///srv/b.git", "main"), new("d", "https://git.example.org/d.git", "v1"),
            new("https://git.example.org/f.git", "https://git.example.org/f.git", "1.0"), new("file:///srv/g.git", "file:///srv/g.git", null), new("file:///srv/h.git", "file:///srv/h.git", null),
        ],
        Of(Every).Floating);

    [Fact]
    public void What_a_server_gives_floats_without_one_version() =>
        Assert.Equal(["geerlingguy.docker", "https://example.org/e.tar.gz", "community.general", "ansible.posix"], Of(Every).Unpinned);

    [Fact]
    public void One_version_of_a_server_does_not_float() => Assert.Empty(Of("""
        roles:
          - {src: geerlingguy.docker, version: 7.1.0}
          - "geerlingguy.nginx,3.1.0"
        collections:
          - {name: community.general, version: "==6.0.0"}
          - {name: ansible.posix, version: 1.5.4}
          - "ansible.utils:2.0.0"
        """).Unpinned);

    [Fact]
    public void What_the_lock_has_takes_the_place_of_a_version_and_the_rest_stays() => Expected.Text(
        $$"""
        {
          "roles": [
            {
              "src": "git+file:///srv/b.git",
              "version": "{{Commit}}"
            },
            {
              "src": "git+https://git.example.org/d.git",
              "name": "d",
              "version": "{{Commit}}"
            },
            {
              "src": "git+https://git.example.org/e.git",
              "name": "e",
              "version": "{{Commit}}"
            },
            {
              "src": "https://git.example.org/free.git",
              "scm": "git"
            }
          ],
          "collections": [
            {
              "name": "git+file:///srv/h.git",
              "version": "{{Commit}}"
            },
            {
              "name": "community.general",
              "version": "6.0"
            }
          ]
        }
        """,
        Of("""
            roles:
              - {src: "git+file:///srv/b.git", version: main}
              - "git+https://git.example.org/d.git,v1,d"
              - git+https://git.example.org/e.git
              - {src: "https://git.example.org/free.git", scm: git}
            collections:
              - "git+file:///srv/h.git"
              - {name: community.general, version: 6.0}
            """).WithCommits(address => address.Contains("free", StringComparison.Ordinal) ? null : Commit)!);

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("[]")]
    [InlineData("roles: {}")]
    public void Other_forms_name_nothing(string text)
    {
        Assert.Null(Of(text).WithCommits(_ => null) is { } written && written.Contains("roles", StringComparison.Ordinal) ? written : null);
        Assert.Empty(Of(text).Floating);
    }

    [Theory]
    [InlineData("- x\n", true, false)]
    [InlineData("roles: [x]\n", true, false)]
    [InlineData("collections: [x.y]\n", false, true)]
    public void A_list_is_of_roles(string text, bool roles, bool collections) => Assert.Equal((roles, collections), (Of(text).HasRoles, Of(text).HasCollections));

    private static GalaxyRequirements Of(string text) => GalaxyRequirements.Of(YamlReader.Read(new SourceFile("requirements.yml", text), YamlOptions.LayerFile));
}
