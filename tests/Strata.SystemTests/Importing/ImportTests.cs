using System.Text.Json;
using Strata.SystemTests.Support;

namespace Strata.SystemTests.Importing;

/// <summary>Configurations of other image builders, imported, checked and built, with packages that are made for it; and what two of their images differ in.</summary>
[Collection(MachineCollection.Name)]
public sealed class ImportTests(Machine machine) : IAsyncLifetime
{
    private RpmWorkshop workshop = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => workshop = await RpmWorkshop.OpenAsync(machine);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => workshop.DisposeAsync();

    [Fact]
    public async Task What_is_imported_passes_check_and_is_built()
    {
        Directory.CreateSymbolicLink(Path.Combine(workshop.Folder, "9"), "signed");
        await File.WriteAllTextAsync(Path.Combine(workshop.Folder, "key.asc"), workshop.Key, TestContext.Current.CancellationToken);
        var site = machine.NewSite(
            $$"""
            --- in/base.yaml
            options: {layer_type: base, name: el-base, pkg_manager: dnf, parent: scratch, publish_local: true, publish_tags: v1}
            repos: [{alias: own, url: 'file://{{workshop.Folder}}/9', gpg: 'file://{{workshop.Folder}}/key.asc'}]
            packages: [tiny-sh, 'hello=1.0']
            cmds: [{cmd: 'cat /etc/hello >/etc/read'}]
            --- in/compute.yaml
            meta: {name: compute, tags: [v1], from: 'registry.example.org/el-base:v1'}
            layer:
              manager: {name: dnf}
              repos: [{path: /etc/yum.repos.d/own.repo, content: "[own]\nname=own\nbaseurl=file://{{workshop.Folder}}/9\n", gpg: 'file://{{workshop.Folder}}/key.asc'}]
              files: [{path: /etc/motd, content: "imported\n", mode: "0600", owner: "0:0"}]
              actions: {install: {packages: [other, 'hello=2.0'], remove_packages: [hello-doc]}, commands: [{run: 'cat /etc/motd >/etc/read'}]}
            publish: [{type: squashfs, path: /out}]
            """);
        (await site.StrataAsync("import", "in/base.yaml", "in/compute.yaml", "--output", "site")).Ended(0);
        var imported = new Site(machine, Path.Combine(site.Folder, "site"));
        Assert.Equal("imported\n", imported.Read("files/compute/etc/motd"));
        (await imported.StrataAsync("check")).Ended(0);
        (await imported.StrataAsync("build")).Ended(0);
        Assert.Equal("imported", (await machine.InRootAsync(imported.Image("compute/base"), root => File.ReadAllText(root + "/etc/read"))).Trim());
        Assert.True(File.Exists(Path.Combine(imported.Folder, "out/compute-base/rootfs.squashfs")));

        (await machine.ExecAsync("node", [Path.Combine(Machine.Root, "tests/tools/validate.mjs"), "cyclonedx", "out/compute-base/packages.cdx.json"], imported.Folder)).Ended(0);
        var hello = JsonDocument.Parse(imported.Read("out/compute-base/packages.cdx.json")).RootElement.GetProperty("components").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "hello");
        Assert.Equal(("pkg:rpm/hello@2.0-1?arch=noarch", "GPL"), (hello.GetProperty("purl").GetString(), hello.GetProperty("licenses")[0].GetProperty("license").GetProperty("name").GetString()));

        var json = JsonDocument.Parse((await imported.StrataAsync("diff", "el-base/base", "compute/base", "--json")).Ended(0).Output).RootElement;
        Assert.Equal(
            ["changed hello 1.0-1 2.0-1", "removed hello-doc 1.0-1 ", "added other  1.0-1"],
            json.GetProperty("packages").EnumerateArray().Select(p => $"{p.GetProperty("change").GetString()} {p.GetProperty("name").GetString()} {First(p.GetProperty("from"))} {First(p.GetProperty("to"))}"));
        var files = json.GetProperty("files").EnumerateArray().ToDictionary(f => f.GetProperty("path").GetString()!, f => f.GetProperty("package").GetString());
        Assert.Equal(("hello", "other", null), (files["/etc/hello"], files["/usr/share/other/version"], files["/etc/motd"]));
        Assert.Empty(await machine.ContainersAsync());

        static string First(JsonElement list) => list.EnumerateArray().Select(v => v.GetString()!).FirstOrDefault("");
    }
}
