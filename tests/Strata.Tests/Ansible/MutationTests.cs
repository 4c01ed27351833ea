using CsCheck;
using Strata.Ansible;
using Strata.Sources;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Ansible;

[Trait("Part", "long")]
public sealed class MutationTests
{
    private const string Files = """
        --- ansible.cfg
        [defaults]
        roles_path = roles:lib
        --- hosts
        [Compute:children]
        x
        --- site.yml
        - import_playbook: more.yml
        - hosts: Compute:&all:!~x[0]
          roles: [r, {role: r, when: x, tags: [a, b]}]
          tasks:
            - block: [{include_tasks: a/b.yml, when: strata_build}]
              rescue: [{import_role: {name: r, tasks_from: main}}]
            - action: {module: shell echo, args: {chdir: /}}
            - local_action: command systemctl "restart x"
        --- more.yml
        - hosts: all
          handlers: [{service: name=x state={{ y }}, delegate_to: a}]
        --- a/b.yml
        - include_tasks: b.yml
        --- roles/r/tasks/main.yml
        - command: "echo 'x'; reboot"
        --- roles/r/meta/main.yml
        dependencies: [{src: "https://example.org/x.git"}]
        --- lib [link]
        roles
        """;

    private static readonly string[] Fragments =
        ["{{", "}}", "%}", "'", "\"", "\n", "  ", "- ", ": ", "[", "]", "{", "}", "=", "!", "&a ", "*a", "|\n", "import_tasks: ", "include_role: ", "../", "/", "\0", "#", "~", "null"];

    [Fact]
    public void No_mutilated_content_makes_the_reader_throw()
    {
        var change = Gen.Select(Gen.Int[0, Files.Length - 1], Gen.Int[0, 12], Gen.Int[0, Fragments.Length - 1].Select(i => Fragments[i]));
        change.List[1, 6].Sample(changes => Check(changes.Aggregate(Files, Mutilated)), iter: Prove.Iterations(2000));
    }

    [Fact]
    public void Files_that_include_each_other_in_every_way_come_to_an_end()
    {
        var files = Enumerable.Range(0, 12).Select(i => MemoryFile.Of($"roles/r{i}/tasks/main.yml", Everything()))
            .Append(MemoryFile.Of("site.yml", "- hosts: all\n  roles: [r0]\n"));
        Assert.Empty(AnsibleCheck.Of(Snapshot(files)));

        static string Everything() => string.Concat(Enumerable.Range(0, 12).Select(i => $"- include_role: {{name: r{i}}}\n- include_tasks: ../../r{i}/tasks/main.yml\n"));
    }

    [Fact]
    public void A_chain_of_imports_has_a_limit()
    {
        var files = Enumerable.Range(0, 150).Select(i => MemoryFile.Of($"t{i}.yml", $"- import_tasks: t{i + 1}.yml\n"))
            .Append(MemoryFile.Of("site.yml", "- hosts: all\n  tasks:\n    - import_tasks: t0.yml\n"));
        Expected.Diagnostics("""
            error[import-depth]: more than 100 files include each other in turn
             --> t99.yml:1:17
              |
            1 | - import_tasks: t100.yml
              |                 ^^^^^^^^ not followed further
            """, AnsibleCheck.Of(Snapshot(files)));
    }

    private static string Mutilated(string text, (int At, int Removed, string Added) change)
    {
        var at = Math.Min(change.At, text.Length);
        return text[..at] + change.Added + text[Math.Min(text.Length, at + change.Removed)..];
    }

    /// <summary>The headers of the mini-format stay, so that what changes is what the files say.</summary>
    private static void Check(string text)
    {
        var files = new Dictionary<RepoPath, MemoryFile>();
        try
        {
            foreach (var file in MemoryFile.Parse(text)) files[file.Path] = file;
            _ = MemoryTree.Of(files.Values);
        }
        catch (ArgumentException)
        {
            return;
        }

        var run = AnsibleCheck.Run() with { Inventory = [new(SourceName.Self, RepoPath.Of("hosts"))] };
        var diagnostics = AnsibleChecks.Of(Snapshot(files.Values), [run, run]);
        Assert.NotNull(Expected.Rendered(diagnostics));
    }

    private static Snapshot Snapshot(IEnumerable<MemoryFile> files) => new([new SourceTree(SourceName.Self, MemoryTree.Of(files), null)]);
}
