using Strata.Tests.Support;

namespace Strata.Tests.Cli;

public sealed class ImportCommandTests : IDisposable
{
    private const string Configuration =
        """
        --- a.yaml
        meta: {name: a, tags: [v1], from: scratch}
        layer:
          manager: {name: dnf, options: {releasever: '9'}}
          repos: [{path: /a, content: "[a]\nbaseurl=https://mirror.example.org/a", gpg: 'https://mirror.example.org/KEY'}]
          files: [{path: /etc/motd, content: hello}]
          actions: {install: {packages: [bash]}}
        --- other.yaml
        a: 1
        """;

    private readonly Shell shell = new();

    public ImportCommandTests() => shell.With(Configuration);

    public void Dispose() => shell.Dispose();

    [Fact]
    public void The_layer_file_goes_to_standard_output_and_what_is_said_beside_it()
    {
        var ran = shell.Run("import", "a.yaml", "--type", "node");
        Assert.Equal(0, ran.Code);
        Assert.StartsWith("version: 1\nlayers:\n  a:\n    types:\n      node:\n        from: scratch\n", ran.Out, StringComparison.Ordinal);
        Assert.Contains("warning[import-left-out]: `tags` is not carried over: an image's tag is its fingerprint\n --> a.yaml:1:17\n", ran.Err, StringComparison.Ordinal);
        Assert.EndsWith("with `--output DIR`, these are written too: files/a/etc/motd\n2 messages above: `strata check` says what else is missing\n", ran.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_folder_gets_the_layer_file_and_what_stood_in_the_configuration()
    {
        Assert.Equal(0, shell.Run("import", "a.yaml", "--output", "site").Code);
        Assert.Equal("hello", File.ReadAllText(Path.Combine(shell.Folder, "site/files/a/etc/motd")));
        Assert.Equal(0, shell.Run("targets", "--file", "site/strata.yaml").Code);
        var again = shell.Run("import", "a.yaml", "--output", "site");
        Assert.Equal((2, "error: `--output` is `site`, which is not empty\nhint: name a new folder: nothing is overwritten\n"), (again.Code, again.Err));
    }

    [Fact]
    public void What_is_closed_in_the_image_is_closed_beside_the_layer_file()
    {
        shell.With("--- closed.yaml\nmeta: {name: a}\nlayer: {files: [{path: /etc/key, content: k, mode: '0600'}, {path: /usr/bin/run, content: r, mode: '4755'}, {path: /etc/motd, content: m}]}\n");
        Assert.Equal(0, shell.Run("import", "closed.yaml", "--output", "site").Code);
        string[] paths = ["etc/key", "usr/bin/run", "etc/motd"];
        Assert.Equal(["600", "755", "644"], paths.Select(p => Convert.ToString((int)File.GetUnixFileMode(Path.Combine(shell.Folder, "site/files/a", p)), 8)));
    }

    [Theory]
    [InlineData("error: there is no file `b.yaml`\nhint: name a configuration of image-builder or image-thrillhouse, or a manifest of the latter, by its path from here\n", "b.yaml")]
    [InlineData("error: `/tmp` is a folder, and a file is needed\nhint: name the configurations in it", "/tmp")]
    [InlineData("error[special-file]: this is a device, and no ordinary file\n  --> /dev/zero\n", "/dev/zero")]
    [InlineData("error: `--type` is `A B`, and takes lower-case letters", "a.yaml", "--type", "A B")]
    [InlineData("error[import-unknown-file]: the file is no configuration that can be imported\n  --> other.yaml\n", "other.yaml")]
    public void What_cannot_be_imported_writes_nothing(string expected, params string[] arguments)
    {
        var ran = shell.Run(["import", .. arguments]);
        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Assert.StartsWith(expected, ran.Err, StringComparison.Ordinal);
    }
}
