using Strata.SystemTests.Support;

namespace Strata.SystemTests.Building;

/// <summary>Vaults that the real Ansible decrypts.</summary>
[Collection(MachineCollection.Name)]
public sealed class VaultTests(Machine machine)
{
    [Fact]
    [Trait("Part", "long")]
    public async Task A_vault_of_values_is_used_and_one_of_templates_is_refused()
    {
        var password = Path.Combine(machine.Folder, "vault-password");
        File.WriteAllText(password, "open-sesame\n");
        var site = machine.NewSite(
            Site.Base + $$$"""
              site:
                playbooks: [site.yml]
                ansible: {vault-password-file: {{{password}}} }
                types:
                  values: {from: os/base, groups: [Values]}
                  templates: {from: os/base, groups: [Templates]}
            --- inventory/group_vars/Values/vault.yml
            motd: welcome-to-it
            --- inventory/group_vars/Templates/vault.yml
            motd: "welcome-to-{{ plain }}"
            --- inventory/group_vars/all.yml
            plain: it
            --- site.yml
            - hosts: all
              tasks:
                - copy: {content: "{{ motd }}", dest: /etc/motd}
            """);
        foreach (var group in (string[])["Values", "Templates"])
            (await machine.ExecAsync("ansible-vault", ["encrypt", "--vault-password-file", password, $"inventory/group_vars/{group}/vault.yml"], site.Folder)).Ended(0);
        var run = (await site.StrataAsync("build")).Ended(1);
        Assert.Equal(("built", "failed"), (site.State("site/values"), site.State("site/templates")));
        Assert.Equal("welcome-to-it", await machine.InRootAsync(site.Image("site/values"), root => File.ReadAllText(root + "/etc/motd")));
        var failure = StepFailure.Of(site, "site/templates", "prepare");
        Assert.Equal("`inventory/group_vars/Templates/vault.yml` is encrypted as a whole, and a value in it is a template: a change of what it uses would not be seen", failure.Message);
        Assert.DoesNotContain("welcome", run.All, StringComparison.Ordinal);
        Assert.DoesNotContain("welcome", site.Read("out/logs/site-templates.log"), StringComparison.Ordinal);
    }
}
