using Strata.Tests.Support;

namespace Strata.SystemTests.Recorder;

/// <summary>The recorder itself: it does nothing, says the same each time, and one recording knows nothing of another.</summary>
public sealed class RecorderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("strata-recorder-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Nothing_is_run_written_or_sent()
    {
        var victim = Directory.CreateDirectory(Path.Combine(folder.FullName, "victim")).FullName;
        var site = Site(
            """
            rule: none
            --- site.yml
            - hosts: Compute
              tasks:
                - command: touch VICTIM/command
                - shell: touch VICTIM/shell
                - raw: touch VICTIM/raw
                - script: run.sh
                - copy: {content: x, dest: VICTIM/copy}
                - command: touch VICTIM/delegated
                  delegate_to: localhost
                - local_action: command touch VICTIM/local
                - command: echo {{ lookup('pipe', 'touch VICTIM/pipe') }} {{ q('lines', 'touch VICTIM/lines') }}
                - command: echo {{ lookup('url', 'http://127.0.0.1:1/') }}
                - fetch: {src: /etc/hostname, dest: VICTIM/fetch, flat: true}
                  ignore_errors: true
                - command: echo {{ 'VICTIM/filter' | touched }}
                  ignore_errors: true
                - command: echo {{ 'VICTIM/opened' | opened }}
                  ignore_errors: true
                - command: the end
            --- files/run.sh [executable]
            #!/bin/sh
            touch VICTIM/script
            --- inventory/hosts
            [Compute]
            node1
            --- inventory/script [executable]
            #!/bin/sh
            touch VICTIM/inventory
            echo '{}'
            --- filter_plugins/touched.py
            import subprocess
            class FilterModule:
                def filters(self):
                    return {'touched': lambda path: subprocess.run(['touch', path]) and path, 'opened': lambda path: open(path, 'w') and path}
            ~~~ strata.yaml
            -inventory: inventory
            +inventory: inventory
            +ansible: {localhost: true, delegates: [localhost]}
            """.Replace("VICTIM", victim, StringComparison.Ordinal));
        var text = await AnsibleRecorder.ShowAsync(site);
        Assert.Empty(Directory.EnumerateFileSystemEntries(victim));
        Assert.Contains($"touch {victim}/local", text, StringComparison.Ordinal);
        Assert.Contains($"pipe: touch {victim}/pipe", text, StringComparison.Ordinal);
        Assert.Contains("\"refused\": \"subprocess.Popen\"", text, StringComparison.Ordinal);
        Assert.Contains("the end", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_site_gives_the_same_bytes_wherever_it_lies_and_whoever_does_the_tasks()
    {
        const string Files =
            """
            rule: none
            --- site.yml
            - hosts: Compute
              roles: [chance]
            --- roles/chance/tasks/main.yml
            - command: echo {{ [1, 2, 3, 4] | shuffle }} {{ 100 | random }} {{ now() }} {{ ansible_date_time.epoch }}
              register: drawn
            - command: echo {{ ['a', 'b', 'c'] | union(['d', 'e', 'f']) }} {{ playbook_dir }}
              notify: tell
            - command: echo {{ lookup('password', 'secrets/x') }} {{ 'x' | password_hash('sha512') }} {{ drawn.stdout }}
            - template: {src: t.j2, dest: /t}
              with_items: [1, 2]
            - block:
                - copy: {content: "{{ item | default('x') }}", dest: /c}
              rescue:
                - command: rescue {{ ansible_failed_task.name }}
            --- roles/chance/handlers/main.yml
            - name: tell
              command: tell
            --- roles/chance/templates/t.j2
            {{ item }} {{ template_run_date }} {{ template_host }} {{ template_uid }} {{ template_mtime }} {{ template_fullpath }}
            """;
        var text = await AnsibleRecorder.ShowAsync(Site(Files));
        Assert.Equal(text, await AnsibleRecorder.ShowAsync(Site(Files, "some/where/else")));
        Assert.Equal(text, await AnsibleRecorder.ShowAsync(Site(Files), "--workers"));
        Assert.DoesNotContain("\"failed\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"refused\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"bug\"", text, StringComparison.Ordinal);
        Assert.Contains("rescue", text, StringComparison.Ordinal);
        Assert.Contains("\"name\": \"tell\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_knows_nothing_of_the_one_before()
    {
        using var recorder = new AnsibleRecorder();
        var site = Read("--- site.yml\n- hosts: Compute\n  gather_facts: false\n  tasks:\n    - command: echo {{ 'x' | loud }}\n=== a filter\n> same\n--- filter_plugins/loud.py\nclass FilterModule:\n    def filters(self):\n        return {'loud': str.upper}\n=== another file\n> same\n--- other\nx\n");
        var answers = await recorder.CompareAsync(site);
        Assert.Equal(["differs", "same"], answers.Select(a => a["site/compute"].Answer));
    }

    [Fact]
    public async Task A_run_that_fails_is_an_outcome_with_its_message()
    {
        var text = await AnsibleRecorder.ShowAsync(Site("rule: none\n--- site.yml\n- hosts: Compute\n  roles: [nowhere]\n"));
        Assert.Contains("{\"failed\": \"the role 'nowhere' was not found in ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_alone_are_told_apart_from_effects()
    {
        using var recorder = new AnsibleRecorder();
        var site = Read("--- site.yml\n- hosts: Compute\n  tasks:\n    - name: Say\n      command: echo\n=== a name\n> same\n~~~ site.yml\n-    - name: Say\n+    - name: Speak\n=== both\n> same\n~~~ site.yml\n-    - name: Say\n-      command: echo\n+    - name: Speak\n+      command: print\n");
        var answers = await recorder.CompareAsync(site);
        Assert.Equal(["differs in names only", "differs"], answers.Select(a => a["site/compute"].Answer));
    }

    [Fact]
    public async Task What_is_read_is_told()
    {
        var site = Site("rule: none\n--- site.yml\n- hosts: Compute\n  tasks:\n    - copy: {src: a, dest: /a}\n--- files/a\na\n--- files/b\nb\n--- roles/unused/tasks/main.yml\n- command: x\n");
        var text = await AnsibleRecorder.ShowAsync(site);
        var reads = text[text.LastIndexOf("  reads:", StringComparison.Ordinal)..];
        Assert.Equal("  reads:\n    self/files/a\n    self/inventory\n    self/inventory/hosts\n    self/site.yml\n", reads);
    }

    private static ImpactSite Read(string text) => ImpactSite.Read("site", "rule: none\n" + text, Repository.Read("tests/impact/defaults"));

    private string Site(string text, string place = "site")
    {
        var path = Path.Combine(folder.FullName, place);
        if (!Directory.Exists(path)) AnsibleRecorder.Write(ImpactSite.Read("site", text, Repository.Read("tests/impact/defaults")).Files, path);
        return path;
    }
}
