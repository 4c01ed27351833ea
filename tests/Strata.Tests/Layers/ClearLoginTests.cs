using Strata.Layers;
using Strata.Tests.Support;

namespace Strata.Tests.Layers;

/// <summary>Logins that cross a network in the clear.</summary>
public sealed class ClearLoginTests
{
    [Fact]
    public void Credentials_for_an_address_without_TLS_are_warned_of_once_whoever_uses_it() => Check(
        """
        version: 1
        layers:
          os:
            packages:
              manager: dnf
              release: "9"
              credentials: {environment: SITE_LOGIN}
              repositories:
                - {id: site, url: "http://packages.example.org/9/$basearch", gpgkey: "http://packages.example.org/key.asc"}
                - {id: safe, url: "https://packages.example.org/9", gpgkey: keys/safe.asc}
                - {id: here, url: "http://127.0.0.1:8080/9", gpgkey: "http://localhost/key.asc"}
                - {id: same, url: "file:///srv/9", gpgkey: "file:///etc/key.asc"}
              install: [bash]
            types:
              base: {from: scratch}
              other: {from: scratch}
        """,
        """
        warning[login-without-tls]: the list's `credentials` go to `http://packages.example.org/9/$basearch` unencrypted, for everybody on the way to read
         --> strata.yaml:9:27
          |
        9 |         - {id: site, url: "http://packages.example.org/9/$basearch", gpgkey: "http://packages.example.org/key.asc"}
          |                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `https://` is expected
        hint: reach it by `https://`, or move it to a list without `credentials` where it asks for none

        warning[login-without-tls]: the list's `credentials` go to `http://packages.example.org/key.asc` unencrypted, for everybody on the way to read
         --> strata.yaml:9:78
          |
        9 |         - {id: site, url: "http://packages.example.org/9/$basearch", gpgkey: "http://packages.example.org/key.asc"}
          |                                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `https://` is expected
        hint: reach it by `https://`, or move it to a list without `credentials` where it asks for none
        """);

    [Fact]
    public void Credentials_of_a_list_are_for_the_repositories_of_the_list_above_it() => Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch, packages: {manager: apt, release: site, repositories: [{id: a, url: "http://packages.example.org"}]}}}}
          top: {types: {base: {from: os/base, packages: {manager: apt, install: [vim], credentials: {environment: SITE_LOGIN}}}}}
        """,
        """
        warning[login-without-tls]: the list's `credentials` go to `http://packages.example.org` unencrypted, for everybody on the way to read
         --> strata.yaml:3:106
          |
        3 | ...rom: scratch, packages: {manager: apt, release: site, repositories: [{id: a, url: "http://packages.example.org"}]}}}}
          |                                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `https://` is expected
        hint: reach it by `https://`, or move it to a list without `credentials` where it asks for none
        """);

    [Fact]
    public void Without_credentials_there_is_nothing_to_overhear() => Check(
        """
        version: 1
        layers:
          os: {types: {base: {from: scratch, packages: {manager: apt, release: site, repositories: [{id: a, url: "http://packages.example.org"}]}}}}
        """,
        "");

    [Theory]
    [InlineData("repository: registry.example.org/hpc, untrusted: \"localhost:5000/fork\"", "registry.example.org")]
    [InlineData("repository: \"registry.example.org:5000/hpc\", untrusted: fork.example.org/hpc", "`registry.example.org:5000` and `fork.example.org`")]
    public void A_registry_without_TLS_is_warned_of(string images, string hosts)
    {
        var warning = Assert.Single(ClearLogins.Of(LayerText.Sound(Registry(images, "true"))));
        Assert.Equal($"`plain-http` lets a login for {(hosts[0] == '`' ? hosts : $"`{hosts}`")} go unencrypted, for everybody on the way to read", warning.Message);
        Assert.Equal("true", warning.At!.File.Content.Substring(warning.At.Span.Start, warning.At.Span.Length));
    }

    [Theory]
    [InlineData("repository: \"localhost:5000/hpc\"", "true")]
    [InlineData("repository: \"127.0.0.1:5000/hpc\"", "true")]
    [InlineData("repository: registry.example.org/hpc", "false")]
    public void A_registry_of_this_machine_or_with_TLS_is_not(string images, string plain) => Check(Registry(images, plain), "");

    private static string Registry(string images, string plain) =>
        $$$$$"""
        version: 1
        images: { {{{{{images}}}}}, plain-http: {{{{{plain}}}}} }
        layers: {x: {types: {base: {from: scratch}}}}
        """;

    private static void Check(string text, string expected) => Expected.Diagnostics(expected, ClearLogins.Of(LayerText.Sound(text)));
}
