using System.Collections.Immutable;
using System.Text.Json;
using Strata.Images;
using Strata.Reports;

namespace Strata.Tests.Images;

/// <summary>Two images compared, and shown.</summary>
public sealed class ImageComparisonTests
{
    private static readonly ImageContent Image = new()
    {
        Packages = new([Rpm("kernel", "1"), Rpm("kernel", "2"), Rpm("libc", "1"), Rpm("libc", "1", "i686"), Rpm("ssh", "9")]),
        Files =
        [
            File("/boot/vmlinuz-1", "a", 100) with { Package = "kernel" }, new("/dev/x", ImageFileType.Special, 0x1b6, 0, 0) { Target = "character device 1:3" },
            File("/etc/ssh/sshd_config", "b", 10) with { Package = "ssh" }, File("/etc/gone", "c", 1), new("/etc/link", ImageFileType.Link, 0x1ff, 0, 0) { Target = "a" }, File("/etc/same", "d", 5),
        ],
        Settings = ImmutableSortedDictionary<string, string>.Empty.Add("user", "root").Add("environment A", "1"),
        SizeBytes = 1000,
    };

    private static readonly ImageContent Other = new()
    {
        Packages = new([Rpm("kernel", "2"), Rpm("kernel", "3"), Rpm("libc", "1"), Rpm("libc", "2", "i686"), Rpm("ssh", "9")]),
        Files =
        [
            File("/boot/vmlinuz-3", "a", 100) with { Package = "kernel" }, new("/dev/x", ImageFileType.Special, 0x1b6, 0, 0) { Target = "character device 1:5" },
            File("/etc/ssh/sshd_config", "B", 10) with { Package = "ssh", Mode = 0x180 }, new("/etc/link", ImageFileType.Link, 0x1ff, 0, 0) { Target = "b" },
            File("/etc/same", "d", 5) with { Package = "libc" }, new("/srv", ImageFileType.Folder, 0x1ed, 5, 6), .. Enumerable.Range(0, 12).Select(i => File($"/srv/{i:00}", "x", 1)),
        ],
        Settings = ImmutableSortedDictionary<string, string>.Empty.Add("user", "user\u001b").Add("label x", ""),
        SizeBytes = 2500,
    };

    [Fact]
    public void Files_of_packages_that_differ_are_counted_and_all_others_listed()
    {
        var origin = new ImageOrigin("one", "sha256:1", null, null, ImmutableSortedDictionary<string, string>.Empty);
        var report = new ImageDiffReport(origin, origin with { Reference = "two" }, ImageComparison.Between(Image, Other), InputExplanation.None("a note"));
        Assert.Equal(
            """
            from  one  sha256:1
            to    two  sha256:1

            packages: 2 changed
              changed   kernel  1, 2 → 2, 3
              changed   libc (i686)  1 → 2

            files: 14 added, 2 removed, 3 changed
              of kernel: 1 added, 1 removed
              /dev
                changed   x  character device 1:3 → character device 1:5
              /etc
                removed   gone  file 0644 0:0, 1 B
                changed   link  a → b
              /etc/ssh
                changed   sshd_config  mode 0644 → 0600, content (of ssh)
              /
                added     srv  folder 0755 5:6
              /srv
                added     00  file 0644 0:0, 1 B
                added     01  file 0644 0:0, 1 B
                added     02  file 0644 0:0, 1 B
                added     03  file 0644 0:0, 1 B
                added     04  file 0644 0:0, 1 B
                added     05  file 0644 0:0, 1 B
                added     06  file 0644 0:0, 1 B
                added     07  file 0644 0:0, 1 B
                and 4 more: 4 added (`--json` has all)

            configuration: 1 added, 1 removed, 1 changed
              removed   environment A  1
              added     label x
              changed   user  root → user\u001b

            sizes
              OCI layers  1.00 kB → 2.50 kB
              files       116 B → 127 B, 6 → 18 names
              packages    5

            inputs
              a note

            """,
            ImageDiffText.Render(report, Paints.Plain), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void An_image_does_not_differ_from_itself()
    {
        Assert.True(ImageComparison.Between(Image, Image).IsEmpty);
        Assert.False(ImageComparison.Between(Image, Other).IsEmpty);
    }

    [Fact]
    public void An_attribute_that_came_went_or_changed_is_named()
    {
        const string raw = "\u0001\0\0\u0002\0\u0020\0\0\0\0\0\0\0\0\0\0\0\0\0\0", bind = "\u0001\0\0\u0002\0\u0004\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
        var one = Image with { Packages = new([]), Files = [File("/a", "a", 1), With("/b", ("security.capability", raw), ("user.note", "one")), With("/c", ("user.x", new('x', 100))), With("/d", ("user.same", "1"))] };
        var two = one with { Files = [With("/a", ("security.capability", raw)), With("/b", ("security.capability", bind)), With("/d", ("user.same", "1")), With("/e", ("security.selinux", "u:r:t:s0\0"))] };
        var origin = new ImageOrigin("one", "sha256:1", null, null, ImmutableSortedDictionary<string, string>.Empty);
        var report = new ImageDiffReport(origin, origin, ImageComparison.Between(one, two), InputExplanation.None("a note"));
        Assert.Contains(
            """
            files: 1 added, 1 removed, 2 changed
              /
                changed   a  security.capability cap_net_raw=ep added
                changed   b  security.capability cap_net_raw=ep → cap_net_bind_service=ep, user.note one removed
                removed   c  file 0644 0:0, 1 B, user.x 
            """ + new string('x', 80) + "…\n    added     e  file 0644 0:0, 1 B, security.selinux u:r:t:s0\n",
            ImageDiffText.Render(report, Paints.Plain), StringComparison.Ordinal);
        var files = JsonDocument.Parse(ImageDiffJson.Render(report)).RootElement.GetProperty("files");
        Assert.Equal(("""["attributes"]""", "{}", """{"security.capability":"cap_net_raw=ep"}"""), (Compact(files[0].GetProperty("differs")), Compact(files[0].GetProperty("from").GetProperty("attributes")), Compact(files[0].GetProperty("to").GetProperty("attributes"))));
        Assert.Equal(100, files[2].GetProperty("from").GetProperty("attributes").GetProperty("user.x").GetString()!.Length);

        static ImageFile With(string path, params (string Name, string Value)[] attributes) =>
            File(path, "a", 1) with { Attributes = ImageFile.NoAttributes.AddRange(attributes.Select(a => KeyValuePair.Create(a.Name, a.Value))) };
        static string Compact(JsonElement element) => element.GetRawText().Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
    }

    private static InstalledPackage Rpm(string name, string version, string architecture = "x86_64") => new(PackageSystem.Rpm, name, version, architecture);

    private static ImageFile File(string path, string digest, long size) => new(path, ImageFileType.File, 0x1a4, 0, 0) { Digest = digest, SizeBytes = size };
}
