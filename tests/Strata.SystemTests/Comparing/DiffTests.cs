using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Strata.SystemTests.Support;

namespace Strata.SystemTests.Comparing;

/// <summary>`strata diff`, with images of the local storage and of a registry. Their packages are what dpkg's database says.</summary>
[Collection(PublishingCollection.Name)]
public sealed partial class DiffTests(PublishingMachines machines)
{
    private const string Layers =
        """
          app:
            types:
              base:
                from: os/base
                files:
                  - {source: app, destination: /etc/app}
                  - {source: status, destination: /var/lib/dpkg/status}
                  - {source: tool.list, destination: /var/lib/dpkg/info/tool.list}
                  - {source: tool, destination: /usr/bin/tool}
                container: {environment: {SITE: one}}
                outputs: [{squashfs: {compression: lz4}}]
        --- app
        app
        --- tool
        tool 1
        --- tool.list
        /usr
        /usr/bin
        /usr/bin/tool
        --- status
        Package: tool
        Status: install ok installed
        Version: 1:1.0-1
        Architecture: amd64

        Package: gone
        Status: install ok installed
        Version: 3
        Architecture: all

        Package: left
        Status: deinstall ok config-files
        Version: 3
        Architecture: all
        """;

    [Fact]
    public async Task Packages_files_configuration_sizes_and_the_inputs_behind_them()
    {
        var site = PublishingMachines.NewSite(machines.First, $"repository: {machines.NewRepository()}, plain-http: true", Layers);
        await site.CommitAsync();
        await PublishingMachines.PutBaseAsync(machines.First, site);
        (await site.StrataAsync("build", "--push")).Ended(0);
        var old = site.Image("app/base");
        await AssertListedAsync(site, "1:1.0-1");
        Change(site);
        await site.CommitAsync();
        (await site.StrataAsync("build", "--push")).Ended(0);
        await AssertListedAsync(site, "1:2.0-1");

        var shown = (await site.StrataAsync("diff", "app/base@HEAD~1", "app/base")).Ended(0).Output;
        Assert.Equal(
            """
            from  HOST/app/base:TAG  DIGEST
                  app/base at COMMIT
            to    HOST/app/base:TAG  DIGEST
                  app/base at COMMIT

            packages: 1 added, 1 removed, 1 changed
              removed   gone  3
              added     new  0.1
              changed   tool  1:1.0-1 → 1:2.0-1

            files: 3 changed
              of tool: 1 changed
              /etc
                changed   app  mode 0644 → 0600, content 4 B → 12 B
              /var/lib/dpkg
                changed   status  content 231 B → 154 B

            configuration: 1 changed
              changed   environment SITE  one → two

            sizes
              OCI layers  SIZE → SIZE
              files       SIZE → SIZE, COUNT names
              packages    2

            inputs
              changed   app/base
                modified  app → strata.yaml:11
                modified  status → strata.yaml:11
                modified  tool → strata.yaml:11
                modified  setting container → strata.yaml:11

            """,
            Plain(shown.Replace(old[..old.IndexOf("/app/", StringComparison.Ordinal)], "HOST", StringComparison.Ordinal)), ignoreLineEndingDifferences: true);

        // By name, out of the registry, beside a repository with another history: the second machine has neither image.
        var elsewhere = PublishingMachines.NewSite(machines.Second, $"repository: {old[..old.IndexOf("/app/", StringComparison.Ordinal)]}, plain-http: true", Layers);
        var images = (await machines.Second.ExecAsync("buildah", ["images", "--all", "--quiet"])).Ended(0).Output;
        var json = JsonDocument.Parse((await elsewhere.StrataAsync("diff", old, site.Image("app/base"), "--json")).Ended(0).Output).RootElement;
        Assert.Equal("strata/diff/1", json.GetProperty("schema").GetString());
        Assert.Equal((old, site.Digest("app/base")), (json.GetProperty("from").GetProperty("image").GetString(), json.GetProperty("to").GetProperty("digest").GetString()));
        Assert.Equal(3, json.GetProperty("packages").GetArrayLength());
        Assert.Contains("is not in the repository", json.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        Assert.Empty(json.GetProperty("inputs").EnumerateArray());
        var tool = json.GetProperty("files").EnumerateArray().Single(f => f.GetProperty("path").GetString() == "/usr/bin/tool");
        Assert.Equal(("tool", "content"), (tool.GetProperty("package").GetString(), tool.GetProperty("differs")[0].GetString()));
        Assert.Equal(images, (await machines.Second.ExecAsync("buildah", ["images", "--all", "--quiet"])).Ended(0).Output);
        foreach (var machine in (Machine[])[machines.First, machines.Second])
        {
            Assert.Empty(await machine.ContainersAsync());
            Assert.DoesNotContain(machine.Folder, await File.ReadAllTextAsync("/proc/self/mountinfo", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_cannot_be_compared_or_explained_is_said()
    {
        var site = PublishingMachines.NewSite(machines.First, $"repository: {machines.NewRepository()}, plain-http: true", Layers);
        await site.CommitAsync();
        await PublishingMachines.PutBaseAsync(machines.First, site);
        var missing = (await site.StrataAsync("diff", "app/base", "app/base")).Ended(1);
        Assert.StartsWith("error: there is no image of `app/base`\nhint: `strata build app/base` builds it\n", missing.Errors, StringComparison.Ordinal);
        (await site.StrataAsync("build")).Ended(0);
        var first = site.Image("app/base");
        Assert.EndsWith("nothing differs: packages, files and configuration are the same\n\ninputs\n  both are the same image\n", (await site.StrataAsync("diff", "app/base@HEAD", "app/base")).Ended(0).Output, StringComparison.Ordinal);
        var parent = (await site.StrataAsync("diff", "os/base", "app/base")).Ended(0).Output;
        Assert.Contains("\n  added     tool  1:1.0-1\n", parent, StringComparison.Ordinal);
        Assert.EndsWith("\ninputs\n  they are images of different targets, os/base and app/base\n", parent, StringComparison.Ordinal);
        Assert.StartsWith("error: `no/such:image` is no target of a layer file here, and no image of the local storage or of a registry\n", (await site.StrataAsync("diff", "no/such:image", "app/base")).Ended(1).Errors, StringComparison.Ordinal);
        Assert.StartsWith("error[unknown-revision]", (await site.StrataAsync("diff", "app/base@never", "app/base")).Ended(2).Errors, StringComparison.Ordinal);

        // A working tree that is another by then: its commit is compared, and what that leaves out is said.
        site.Write("--- app\nwith changes");
        (await site.StrataAsync("build")).Ended(0);
        var changed = site.Image("app/base");
        Assert.Contains("\n    modified  app → strata.yaml:11\n", (await site.StrataAsync("diff", "app/base@HEAD", "app/base")).Ended(0).Output, StringComparison.Ordinal);
        site.Write("--- app\nother changes");
        var note = (await site.StrataAsync("diff", "app/base@HEAD", changed)).Ended(0).Output;
        Assert.Contains("was built from a working tree with changes that are not in", note, StringComparison.Ordinal);

        var folder = Path.Combine(machines.First.Folder, "nowhere");
        Directory.CreateDirectory(folder);
        Assert.EndsWith("\ninputs\n  there is no layer file here whose history says more\n", (await machines.First.StrataAsync(folder, "diff", first, changed)).Ended(0).Output, StringComparison.Ordinal);
        Assert.Empty(await machines.First.ContainersAsync());
    }

    /// <summary>
    /// Capabilities and `user.*` go the whole way of an image. Buildah 1.28 commits neither access lists nor labels (docs/guide/outputs.md), so that
    /// those come in an OCI layer that something else has written.
    /// </summary>
    [Fact]
    public async Task Extended_attributes_that_came_went_and_changed()
    {
        var machine = machines.First;
        var (one, two) = ("localhost/attributes:1", "localhost/attributes:2");
        await CommitAsync(one, null, async root =>
        {
            foreach (var name in (string[])["ping", "listed", "noted", "owned", "same"]) await File.WriteAllTextAsync($"{root}/{name}", name);
            (await machine.ExecAsync("setcap", ["cap_net_raw=ep", root + "/same"])).Ended(0);
            (await machine.ExecAsync("setfattr", ["--name=user.note", "--value=one", root + "/noted"])).Ended(0);
            (await machine.ExecAsync("mknod", [root + "/special", "c", "1", "3"])).Ended(0);
        });
        await CommitAsync(two, one, async root =>
        {
            (await machine.ExecAsync("setcap", ["cap_net_raw,cap_net_admin=ep", root + "/ping"])).Ended(0);
            (await machine.ExecAsync("setfacl", ["--modify", "u:1000:r", root + "/listed"])).Ended(0);
            (await machine.ExecAsync("setfattr", ["--name=user.note", "--value=two", root + "/noted"])).Ended(0);
            (await machine.ExecAsync("chown", ["5:6", root + "/owned"])).Ended(0);
            File.Delete(root + "/special");
            (await machine.ExecAsync("mkfifo", [root + "/special"])).Ended(0);
        });
        var site = machines.First.NewSite(Site.Base);
        var shown = (await site.StrataAsync("diff", one, two)).Ended(0).Output;
        Assert.Contains(
            """
            files: 4 changed
              /
                changed   noted  user.note one → two
                changed   owned  owner 0:0 → 5:6
                changed   ping  security.capability cap_net_admin,cap_net_raw=ep added
                changed   special  character device 1:3 → pipe

            """, shown, StringComparison.Ordinal);
        Assert.Contains("changed   ping  security.capability cap_net_admin,cap_net_raw=ep removed\n", (await site.StrataAsync("diff", two, one)).Ended(0).Output, StringComparison.Ordinal);
        var json = JsonDocument.Parse((await site.StrataAsync("diff", one, two, "--json")).Ended(0).Output).RootElement.GetProperty("files");
        Assert.Equal(("/ping", "attributes"), (json[2].GetProperty("path").GetString(), json[2].GetProperty("differs")[0].GetString()));
        Assert.Equal("cap_net_admin,cap_net_raw=ep", json[2].GetProperty("to").GetProperty("attributes").GetProperty("security.capability").GetString());

        // A layer of somebody else's, with what setfacl writes into it.
        var tar = Path.Combine(machine.Folder, "listed.tar");
        await WriteListedAsync(tar);
        (await machine.ExecAsync("skopeo", ["copy", "--quiet", "tarball:" + tar, "containers-storage:localhost/attributes:3"])).Ended(0);
        var listed = (await site.StrataAsync("diff", two, "localhost/attributes:3")).Ended(0).Output;
        Assert.Contains("\n    changed   listed  content 6 B → 0 B, system.posix_acl_access u::rw-,u:1000:r--,g::r--,m::r--,o::r-- added", listed, StringComparison.Ordinal);
        foreach (var image in (string[])[one, two, "localhost/attributes:3"]) (await machine.ExecAsync("buildah", ["rmi", image])).Ended(0);
    }

    private async Task CommitAsync(string image, string? from, Func<string, Task> fill)
    {
        var machine = machines.First;
        var container = (await machine.ExecAsync("buildah", ["from", "--pull-never", from ?? "scratch"])).Ended(0).Output.Trim();
        var root = (await machine.ExecAsync("buildah", ["mount", container])).Ended(0).Output.Trim();
        Assert.True(root.Length > 1 && Directory.Exists(root), root);
        await fill(root);
        (await machine.ExecAsync("buildah", ["commit", "--quiet", "--rm", container, image])).Ended(0);
    }

    /// <summary>
    /// An archive of one empty file, with the bytes that setfacl gives the attribute. GNU tar writes lists as words that container storages do not read, and
    /// System.Formats.Tar values that are text alone, so that the record is written here. Source: pax(1), "pax Header Block".
    /// </summary>
    private static async Task WriteListedAsync(string path)
    {
        byte[] list = Convert.FromHexString("02000000" + "01000600ffffffff" + "02000400e8030000" + "04000400ffffffff" + "10000400ffffffff" + "20000400ffffffff");
        byte[] body = [.. " SCHILY.xattr.system.posix_acl_access="u8, .. list, (byte)'\n'];
        byte[] record = [.. Encoding.ASCII.GetBytes((body.Length + 2).ToString(CultureInfo.InvariantCulture)), .. body];
        byte[] archive = [.. Header("./PaxHeaders/listed", 'x', record.Length), .. record, .. new byte[512 - record.Length], .. Header("listed", '0', 0), .. new byte[1024]];
        await File.WriteAllBytesAsync(path, archive, TestContext.Current.CancellationToken);

        static byte[] Header(string name, char type, int size)
        {
            var header = new byte[512];
            Write(0, name);
            Write(100, "0000644\0" + "0000000\0" + "0000000\0" + Convert.ToString(size, 8).PadLeft(11, '0') + "\0" + "00000000000\0" + "        " + type);
            Write(257, "ustar\0" + "00");
            Write(148, Convert.ToString(header.Sum(b => (int)b), 8).PadLeft(6, '0') + "\0 ");
            return header;

            void Write(int at, string text) => Encoding.ASCII.GetBytes(text).CopyTo(header, at);
        }
    }

    private static void Change(Site site)
    {
        site.Write("--- app\nanother app");
        site.Write("--- tool\ntool 2");
        site.Write("--- status\n" + site.Read("status").Replace("1:1.0-1", "1:2.0-1", StringComparison.Ordinal).Replace("Package: gone", "Package: new", StringComparison.Ordinal).Replace("Version: 3\nArchitecture: all\n\n", "Version: 0.1\nArchitecture: all\n\n", StringComparison.Ordinal).Split("\n\nPackage: left")[0]);
        site.Write("--- strata.yaml\n" + site.Read("strata.yaml").Replace("SITE: one", "SITE: two", StringComparison.Ordinal).Replace("/etc/app}", "/etc/app, mode: \"0600\"}", StringComparison.Ordinal));
    }

    /// <summary>The list of packages beside the outputs fits its schema, is what the label says, and is among the sums.</summary>
    private async Task AssertListedAsync(Site site, string version)
    {
        const string file = "out/app-base/packages.cdx.json";
        (await machines.First.ExecAsync("node", [Path.Combine(Machine.Root, "tests/tools/validate.mjs"), "cyclonedx", file], site.Folder)).Ended(0);
        var list = JsonDocument.Parse(site.Read(file)).RootElement;
        Assert.Equal(site.Digest("app/base"), list.GetProperty("metadata").GetProperty("component").GetProperty("version").GetString());
        var tool = list.GetProperty("components").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "tool");
        Assert.Equal($"pkg:deb/tool@{version}?arch=amd64", tool.GetProperty("purl").GetString());
        Assert.Contains("  packages.cdx.json\n", site.Read("out/app-base/SHA256SUMS"), StringComparison.Ordinal);
        var text = string.Concat(list.GetProperty("components").EnumerateArray().Select(c => $"deb {c.GetProperty("name").GetString()} {c.GetProperty("version").GetString()} {c.GetProperty("purl").GetString()!.Split("arch=")[1]}\n"));
        var digest = "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
        var labels = JsonDocument.Parse((await machines.First.ExecAsync("skopeo", ["inspect", "--config", "containers-storage:" + site.Image("app/base")])).Ended(0).Output).RootElement.GetProperty("config").GetProperty("Labels");
        Assert.Equal(digest, labels.GetProperty("io.strata.packages").GetString());
    }

    /// <summary>What differs from run to run, by its name.</summary>
    private static string Plain(string text) => Counts().Replace(Sizes().Replace(Commits().Replace(Tags().Replace(Digests().Replace(text, "DIGEST"), ":TAG"), "at COMMIT"), "SIZE → SIZE"), ", COUNT names");

    [GeneratedRegex("sha256:[0-9a-f]{64}", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Digests();

    [GeneratedRegex(":[0-9a-f]{32}", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Tags();

    [GeneratedRegex("at [0-9a-f]{12}", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Commits();

    [GeneratedRegex(@"(?<=(OCI layers|files)  +)[\d.]+ [kM]B( → [\d.]+ [kM]B)?", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Sizes();

    [GeneratedRegex(@", [\d]+( → [\d]+)? names", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Counts();
}
