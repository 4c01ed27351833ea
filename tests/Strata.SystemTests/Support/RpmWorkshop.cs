namespace Strata.SystemTests.Support;

/// <summary>
/// Makes repositories of small rpm packages, signed by a key of its own: a shell, a package with a dependency and a recommended
/// one, in two versions, groups and an environment, a pattern, and a module.
/// </summary>
/// <param name="machine">Runs the tools.</param>
internal sealed class RpmWorkshop(Machine machine) : PackageWorkshop(machine)
{
    /// <summary>A workshop with its repositories made: `signed`, `unsigned` (packages) and `plain` (metadata not signed).</summary>
    public static Task<RpmWorkshop> OpenAsync(Machine machine) => OpenAsync(new RpmWorkshop(machine));

    /// <summary>Adds a package that holds copies of this machine's files to the repository `signed`.</summary>
    /// <param name="spec">The rest of its spec file, with its `%install` and `%files`.</param>
    public async Task AddAsync(string spec)
    {
        await BuildAsync(spec, "signed");
        await SignAsync("signed");
        await IndexAsync("signed", isSigned: true);
    }

    /// <summary>Adds packages that hold a file of data each to the repository `signed`.</summary>
    public async Task AddDataAsync(params string[] names)
    {
        foreach (var name in names) await BuildAsync(Data(name), "signed");
        await SignAsync("signed");
        await IndexAsync("signed", isSigned: true);
    }

    /// <summary>Adds a version of the package `hello` to the repository `signed`.</summary>
    public Task UpdateAsync(string version) => AddAsync(Hello(version));

    /// <inheritdoc/>
    protected override async Task MakeAsync()
    {
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101); // an ordinary user builds from it too
        foreach (var spec in Specs) await BuildAsync(spec, "signed");
        await BuildAsync(Data("unsigned"), "unsigned");
        await SignAsync("signed");
        foreach (var package in Packages("signed"))
        {
            Directory.CreateDirectory(Path.Combine(Folder, "plain"));
            File.Copy(package, Path.Combine(Folder, "plain", Path.GetFileName(package)));
        }

        await IndexAsync("signed", isSigned: true);
        await IndexAsync("plain", isSigned: false);
        await IndexAsync("unsigned", isSigned: true);
    }

    private string[] Packages(string repository) => [.. Directory.GetFiles(Path.Combine(Folder, repository), "*.rpm").Order(StringComparer.Ordinal)];

    private async Task BuildAsync(string spec, string repository)
    {
        var file = Path.Combine(Folder, "package.spec");
        await File.WriteAllTextAsync(file, spec);
        (await Machine.ExecAsync(
            "rpmbuild",
            [
                "-bb", "--quiet", "--define", $"_topdir {Folder}/build", "--define", $"_rpmdir {Folder}/{repository}", "--define", "_build_name_fmt %{NAME}-%{VERSION}.rpm",
                "--define", "__os_install_post %{nil}", "--define", "debug_package %{nil}", "--define", "_build_id_links none", "--define", $"_dbpath {Folder}/db", file,
            ])).Ended(0);
    }

    private async Task SignAsync(string repository) => (await Machine.ExecAsync(
        "rpmsign",
        ["--define", "__gpg /usr/bin/gpg", "--define", $"_gpg_name {Signer}", "--define", $"_gpg_path {Keys.Folder}", "--resign", .. Packages(repository)])).Ended(0);

    private async Task IndexAsync(string repository, bool isSigned)
    {
        var (groups, modules) = (Path.Combine(Folder, "comps.xml"), Path.Combine(Folder, "modules.yaml"));
        await File.WriteAllTextAsync(groups, Groups);
        await File.WriteAllTextAsync(modules, Modules);
        var path = Path.Combine(Folder, repository);
        (await Machine.ExecAsync("createrepo_c", ["--quiet", "--groupfile", groups, path])).Ended(0);
        (await Machine.ExecAsync("modifyrepo_c", ["--mdtype=modules", modules, path + "/repodata"])).Ended(0);
        if (isSigned) await Keys.DetachAsync(Signer, path + "/repodata/repomd.xml");
    }

    private static string[] Specs =>
    [
        """
        Name: tiny-sh
        Version: 1.0
        Release: 1
        Summary: A shell
        License: GPL
        Provides: /bin/sh
        Requires: tiny-filesystem
        %description
        A shell that needs no library.
        %install
        mkdir -p %{buildroot}/usr/bin
        cp /bin/busybox %{buildroot}/usr/bin/busybox
        ln -s busybox %{buildroot}/usr/bin/sh
        ln -s busybox %{buildroot}/usr/bin/cat
        ln -s usr/bin %{buildroot}/bin
        %files
        /usr/bin/busybox
        /usr/bin/sh
        /usr/bin/cat
        /bin
        """,
        """
        Name: tiny-filesystem
        Version: 1.0
        Release: 1
        Summary: Folders
        License: GPL
        BuildArch: noarch
        %description
        Folders that builds have mounts on.
        %install
        mkdir -p %{buildroot}/proc %{buildroot}/sys %{buildroot}/dev %{buildroot}/run %{buildroot}/tmp %{buildroot}/etc
        %files
        %attr(0555,root,root) /proc
        %attr(0555,root,root) /sys
        /dev
        /run
        %attr(1777,root,root) /tmp
        %dir /etc
        """,
        Hello("1.0"), Hello("2.0"), Data("libhello"), Data("hello-doc"), Data("other"), Data("tool", "1.0"), Data("tool", "2.0"),
        Data("patterns-hpc", "1.0", "Provides: pattern() = hpc\nRequires: hello\n"),
    ];

    private static string Hello(string version) =>
        $$"""
        Name: hello
        Version: {{version}}
        Release: 1
        Summary: Says hello
        License: GPL
        BuildArch: noarch
        Requires: /bin/sh
        Requires: libhello
        Recommends: hello-doc
        %description
        Says hello.
        %install
        mkdir -p %{buildroot}/etc
        echo {{version}} >%{buildroot}/etc/hello
        %post
        echo "%{name} is set up" >/etc/hello-set-up
        %files
        /etc/hello
        """;

    private static string Data(string name, string version = "1.0", string relations = "") =>
        $$"""
        Name: {{name}}
        Version: {{version}}
        Release: 1
        Summary: Data of {{name}}
        License: GPL
        BuildArch: noarch
        {{relations}}
        %description
        Data.
        %install
        mkdir -p %{buildroot}/usr/share/{{name}}
        echo {{version}} >%{buildroot}/usr/share/{{name}}/version
        %files
        /usr/share/{{name}}
        """;

    private const string Groups =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <comps>
          <group>
            <id>hpc</id><name>HPC Base</name><description>What all computers have</description><default>true</default><uservisible>true</uservisible>
            <packagelist><packagereq type="mandatory">hello</packagereq><packagereq type="optional">other</packagereq></packagelist>
          </group>
          <group>
            <id>core</id><name>Core</name><description>The smallest system</description><default>true</default><uservisible>false</uservisible>
            <packagelist><packagereq type="mandatory">tiny-sh</packagereq></packagelist>
          </group>
          <group>
            <id>development</id><name>Development Tools</name><description>What compiles</description><default>false</default><uservisible>true</uservisible>
            <packagelist><packagereq type="mandatory">other</packagereq></packagelist>
          </group>
          <environment>
            <id>minimal-environment</id><name>Minimal Install</name><description>The smallest system</description><display_order>3</display_order>
            <grouplist><groupid>core</groupid></grouplist>
            <optionlist/>
          </environment>
        </comps>
        """;

    /// <summary>The stream's package is not to be had until the stream is enabled.</summary>
    private const string Modules =
        """
        ---
        document: modulemd
        version: 2
        data:
          name: tool
          stream: "2"
          version: 1
          context: deadbeef
          arch: noarch
          summary: A tool
          description: A tool.
          license: {module: [GPL]}
          dependencies: [{requires: {platform: [el9]}}]
          profiles: {common: {rpms: [tool]}}
          artifacts: {rpms: ["tool-0:2.0-1.noarch"]}
        ...
        """;
}
