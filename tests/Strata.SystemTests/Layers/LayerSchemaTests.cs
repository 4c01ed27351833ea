using Strata.SystemTests.Support;

namespace Strata.SystemTests.Layers;

/// <summary>
/// What `strata schema` writes, as an editor's plugin uses it: another reader of YAML and a validator of JSON Schema. It agrees with the reader of
/// layer files on what is sound, and on the faults that a schema can see.
/// </summary>
[Collection(PublishingCollection.Name)]
public sealed class LayerSchemaTests(PublishingMachines machines)
{
    private const string Whole =
        """
        version: 1
        inventory: [inventory, {source: other, path: hosts}]
        architecture: aarch64
        sources:
          other:
          hsn-config: {url: "https://gitlab.example.org/hpc/hsn-config.git", ref: main}
        images: {repository: registry.example.org/hpc, untrusted: registry.example.org/fork, plain-http: false, epoch: 0, store: {url: "https://s3.example.org/boot", region: eu-1, credentials: {environment: STORE}}}
        ansible: {config: ansible.cfg, roles-path: [roles, {source: other, path: roles}], extra-vars: {a: 1, b: [x], c: }, environment: {CLUSTER: "{system}", EMPTY: ""}, localhost: true, version: ">=2.14", facts: {processor_count: 4}}
        pipeline:
          image: registry.example.org/hpc/builder:1
          timeout: 2h
          keep-days: 7
          types: {base: {tags: [large]}}
          external: {boot: {targets: [os], outputs: true, script: ["true"], gate: testbed}}
          promote: [{tag: testbed, manual: true}]
          limits: {needs: 10}
        layers:
          os:
            from: scratch
            types:
              base:
                groups: [Compute]
                packages: {manager: apt, release: bookworm, repositories: [{id: a, url: "https://deb.example.org/debian", components: [main]}], install: [python3, "vim>=2"], weak-dependencies: true}
                files: [{source: etc, destination: /etc, mode: "0640", owner: "root:root"}]
                playbooks: [site.yml]
                commands: ["echo a", [/bin/true, ""]]
                container: {user: nobody, environment: {A: ""}, command: [sh], volumes: [/var/lib/data]}
                outputs: [squashfs, {squashfs: {compression: zstd, level: 3}}, {erofs: {level: 12}}, {tar: }, oci, {kernel: {version: 6.1.0-1-amd64}}]
              all:
        """;

    [Fact]
    public async Task What_is_sound_for_Strata_is_sound_for_an_editor()
    {
        var reference = await File.ReadAllTextAsync(Path.Combine(Machine.Root, "docs/reference/layer-file.md"), TestContext.Current.CancellationToken);
        var shown = reference.Split("```yaml\n").Skip(1).Select(b => b.Split("\n```")[0]).Where(b => b.StartsWith("version: 1", StringComparison.Ordinal) || b.Contains("image_types", StringComparison.Ordinal));
        string[] files = ["examples/cluster/strata.yaml", "examples/listing5/strata.yaml", "examples/minimal/strata.yaml", "packaging/builder/strata.yaml"];
        string[] texts = [Whole, .. shown, .. files.Select(f => File.ReadAllText(Path.Combine(Machine.Root, f)))];
        Assert.Equal(7, texts.Length);
        foreach (var text in texts) (await ValidateAsync(text)).Ended(0);
    }

    [Theory]
    [InlineData("version: 2\nlayers: {os: {types: {base: {from: scratch}}}}")]
    [InlineData("version: 1")]
    [InlineData("version: 1\nlayers: {}")]
    [InlineData("version: 1\nlayer: {}\nlayers: {os: {types: {base: {from: scratch}}}}")]
    [InlineData("version: 1\nlayers: {OS: {types: {base: {from: scratch}}}}")]
    [InlineData("version: 1\nlayers: {os: {types: {base: {from: scratch, playbook: [a.yml]}}}}")]
    [InlineData("version: 1\nlayers: {os: {types: {base: {from: scratch, playbooks: a.yml}}}}")]
    [InlineData("version: 1\nlayers: {os: {types: {base: {from: scratch, outputs: [{squashfs: {compression: zst}}]}}}}")]
    [InlineData("version: 1\nlayers: {os: {types: {base: {from: scratch, outputs: [{squashfs: {level: high}}]}}}}")]
    [InlineData("version: 1\nlayers: {os: {types: {base: {from: scratch, outputs: [{squashfs: , kernel: }]}}}}")]
    [InlineData("version: 1\nlayers: {os: {types: {base: {from: scratch, packages: {manager: yum, release: '9', repositories: host}}}}}")]
    [InlineData("version: 1\nlayers: {os: {types: {base: {from: scratch, packages: {manager: dnf, release: 9, repositories: host}}}}}")]
    [InlineData("version: 1\nlayers: {os: {types: {base: {from: scratch, files: [{source: a, destination: /b, mode: 0644}]}}}}")]
    [InlineData("version: 1\nimages: {epoch: -1}\nlayers: {os: {types: {base: {from: scratch}}}}")]
    [InlineData("os: {image_types: [{firstlayer: True}]}")]
    [InlineData("os: {image_types: [{type: base, children: hsn}]}")]
    public async Task What_is_wrong_for_an_editor_is_wrong_for_Strata(string text)
    {
        Assert.NotEqual(0, (await ValidateAsync(text)).ExitCode);
        var site = machines.First.NewSite("--- strata.yaml\n" + text + "\n");
        (await site.StrataAsync("check")).Ended(2);
    }

    [Fact]
    public async Task The_file_that_init_writes_names_the_schema_beside_it()
    {
        var site = machines.First.NewSite("--- x\n");
        (await site.StrataAsync("init", "new")).Ended(0);
        Assert.Equal("# yaml-language-server: $schema=strata.schema.json", site.Read("new/strata.yaml").Split('\n')[0]);
        Assert.Equal((await site.StrataAsync("schema")).Ended(0).Output, site.Read("new/strata.schema.json"));
    }

    private async Task<Run> ValidateAsync(string text)
    {
        var path = Path.Combine(Directory.CreateDirectory(machines.First.State).FullName, Guid.NewGuid().ToString("n") + ".yaml");
        await File.WriteAllTextAsync(path, text + "\n", TestContext.Current.CancellationToken);
        return await machines.First.ExecAsync(
            "node", [Path.Combine(Machine.Root, "tests/tools/validate.mjs"), Path.Combine(Machine.Root, "docs/reference/strata.schema.json"), path]);
    }
}
