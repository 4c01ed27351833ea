using System.Text.Json;
using Strata.Engine.Building.Packages;
using Strata.Engine.Processes;
using Strata.Layers;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Cli;

/// <summary>What packages are fetched through, and with what login, is no input: the same packages come by every way.</summary>
public sealed class ProxyInputTests : IDisposable
{
    private const string Site = """
        --- strata.yaml
        version: 1
        inventory: hosts
        ansible: {environment: {SITE: ours}}
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: dnf, release: "9", repositories: [{id: a, url: "https://example.org/a", gpgkey: "https://example.org/key.asc"}], install: [python3]}
          site:
            types:
              compute: {from: os/base, groups: [Compute], playbooks: [site.yml]}
        --- hosts
        [Compute]
        --- site.yml
        - hosts: Compute
          tasks:
            - copy: {dest: /etc/site, content: "{{ lookup('env', 'SITE') }}"}
        """;

    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("SITE: ours}", "SITE: ours, https_proxy: \"http://proxy.example.org:3128\"}")]
    [InlineData("SITE: ours}", "HTTP_PROXY: \"http://builder:s3cr3t-word@proxy.example.org:3128\", SITE: ours, no_proxy: localhost}")]
    [InlineData("install: [python3]", "credentials: {environment: SITE_LOGIN}, install: [python3]")]
    public void Proxies_and_credentials_are_no_inputs(string without, string with)
    {
        shell.With(Site).Commit("", "without");
        var fingerprints = Fingerprints();
        shell.With("--- strata.yaml\n" + shell.Read("strata.yaml").Replace(without, with, StringComparison.Ordinal)).Commit("", "with");
        Assert.Equal(fingerprints, Fingerprints());
        foreach (var precision in (string[])["values", "names", "files"])
        {
            Assert.StartsWith("none of 2 targets affected", shell.Run("affected", "--from", "HEAD~1", "--to", "HEAD", "--precision", precision).Out, StringComparison.Ordinal);
            Assert.StartsWith("none of 2 targets affected", shell.Run("affected", "--from", "HEAD", "--to", "HEAD~1", "--precision", precision).Out, StringComparison.Ordinal);
        }

        var inputs = shell.Run("inputs", "site/compute", "--json").Out + shell.Run("inputs", "os/base").Out;
        Assert.DoesNotContain("proxy", inputs, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("s3cr3t", inputs, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_variables_are_inputs()
    {
        shell.With(Site).Commit("", "first");
        shell.With("--- strata.yaml\n" + shell.Read("strata.yaml").Replace("SITE: ours", "SITE: theirs", StringComparison.Ordinal));
        Assert.Contains("changed   site/compute\n  modified  setting ansible → strata.yaml:12\n", shell.Run("affected", "--from", "HEAD").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ lookup('env', 'https_proxy') }}")]
    [InlineData("{{ query('ansible.builtin.env', 'SITE', 'https_proxy') }}")]
    [InlineData("{{ lookup('env', variable) }}")]
    [InlineData("{{ lookup(plugin, 'https_proxy') }}")]
    public void A_proxy_that_a_playbook_reads_may_be_in_the_image_and_its_login_is_not_what_counts(string read)
    {
        shell.With(Site.Replace("{{ lookup('env', 'SITE') }}", read, StringComparison.Ordinal)).Commit("", "without");
        Declare("SITE: ours", "https_proxy: \"http://one.example.org:3128\", SITE: ours");
        shell.Commit("", "one");
        Assert.Contains("changed   site/compute\n  added     setting https_proxy → site.yml:3\n", shell.Run("affected", "--from", "HEAD~1", "--to", "HEAD").Out, StringComparison.Ordinal);
        Declare("one.example.org", "builder:s3cr3t-word@one.example.org");
        Assert.StartsWith("none of 2 targets affected", shell.Run("affected", "--from", "HEAD").Out, StringComparison.Ordinal);
        Declare("one.example.org", "two.example.org");
        Assert.Contains("changed   site/compute\n  modified  setting https_proxy → site.yml:3\n", shell.Run("affected", "--from", "HEAD").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://proxy.example.org:3128", "http://proxy.example.org:3128", null)]
    [InlineData("http://builder:pass:word@proxy.example.org:3128/x@y", "http://proxy.example.org:3128/x@y", "pass:word")]
    [InlineData("builder:password@proxy.example.org", "proxy.example.org", "password")]
    [InlineData("http://token@proxy.example.org", "http://proxy.example.org", "token")]
    [InlineData("http://builder:@proxy.example.org", "http://proxy.example.org", null)]
    [InlineData("localhost,.example.org", "localhost,.example.org", null)]
    [InlineData("", "", null)]
    public void A_login_is_found_in_an_address(string value, string without, string? secret) =>
        Assert.Equal((without, secret), (ProxyVariables.WithoutLogin(value), ProxyVariables.SecretIn(value)));

    [Fact]
    public void A_login_in_an_address_is_in_no_message()
    {
        var ran = shell.With("""
            --- strata.yaml
            version: 1
            ansible: {environment: {https_proxy: "http://builder:s3cr3t-word@proxy.example.org:3128"}, colour: red}
            layers:
              os: {types: {base: {from: scratch, packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}}}}
            """).Run("check");
        Assert.Contains("https_proxy", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", ran.Out + ran.Err, StringComparison.Ordinal);

        var (file, _) = LayerFileReader.Read(new SourceFile("strata.yaml", shell.Read("strata.yaml").Replace(", colour: red", "", StringComparison.Ordinal)));
        var redactor = new Redactor();
        RepositoryAccess.HidePasswords(file!.Targets, redactor);
        Assert.Equal("*** is wrong for builder", redactor.Redact("s3cr3t-word is wrong for builder"));
    }

    private void Declare(string before, string after) => shell.With("--- strata.yaml\n" + shell.Read("strata.yaml").Replace(before, after, StringComparison.Ordinal));

    private string Fingerprints() => string.Join('\n', new[] { "os/base", "site/compute" }.Select(target =>
    {
        var ran = shell.Run("inputs", target, "--json");
        Assert.Equal((0, ""), (ran.Code, ran.Err));
        return JsonDocument.Parse(ran.Out).RootElement.GetProperty("fingerprint").GetString();
    }));
}
