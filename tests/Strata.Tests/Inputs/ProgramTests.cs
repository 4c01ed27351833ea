using Strata.Inputs;
using Strata.Layers;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Inputs;

/// <summary>Programs on the build machine: they may read any file of the sources, unless they are known to read what they are told alone.</summary>
public sealed class ProgramTests
{
    private const string Files = """
        --- inventory/hosts
        [Compute]
        node1
        --- inventory/group_vars/Compute.yml
        name: told
        --- library/ours.py
        print('{}')
        --- conf/told
        told
        --- conf/untold
        untold
        --- tool
        tool
        --- site.yml
        - hosts: Compute
          tasks:

        """;

    [Theory]
    [InlineData("{shell: make image, delegate_to: localhost}", true, true)]
    [InlineData("{local_action: shell make image}", true, true)]
    [InlineData("{command: ./tool conf/told, delegate_to: localhost}", true, true)]
    [InlineData("{command: {argv: [./tool, conf/told]}, delegate_to: localhost}", true, true)]
    [InlineData("{script: tool, delegate_to: localhost}", true, true)]
    [InlineData("{raw: tar cf /x conf, delegate_to: localhost}", true, true)]
    [InlineData("{make: {chdir: conf}, delegate_to: localhost}", true, true)]
    [InlineData("{community.general.terraform: {project_path: conf}, delegate_to: localhost}", true, true)]
    [InlineData("{ours: {}, delegate_to: localhost}", true, true)]
    [InlineData("{acme.tools.ours: {}, delegate_to: localhost}", true, true)]
    [InlineData("{command: cat told, args: {chdir: conf}, delegate_to: localhost}", true, true)]
    [InlineData("{shell: cat conf/*, delegate_to: localhost}", true, true)]
    [InlineData("{shell: 'echo $(cat conf/untold)', delegate_to: localhost}", true, true)]
    [InlineData("{shell: 'echo {{ unknown }}', delegate_to: localhost}", true, true)]
    [InlineData("{command: 'cat {{ unknown }}', delegate_to: localhost}", true, true)]
    [InlineData("{command: '{{ unknown }} conf/told', delegate_to: localhost}", true, true)]
    [InlineData("{command: cp -r .. /x, delegate_to: localhost}", true, true)]
    [InlineData("{command: cp -r /run /x, delegate_to: localhost}", true, true)]
    [InlineData("{command: cp -r . /x, delegate_to: localhost}", true, true)]
    [InlineData("{command: cp -r conf /x, delegate_to: localhost}", true, true)]
    [InlineData("{command: cat conf/told, delegate_to: localhost}", true, false)]
    [InlineData("{command: 'cat conf/{{ name }}', delegate_to: localhost}", true, false)]
    [InlineData("{command: {argv: [cat, 'conf/{{ name }}']}, delegate_to: localhost}", true, false)]
    [InlineData("{shell: 'cat \"conf/told\"', delegate_to: localhost}", true, false)]
    [InlineData("{command: 'mkdir -p /x/{{ unknown }}', delegate_to: localhost}", false, false)]
    [InlineData("{command: date +%s, delegate_to: localhost}", false, false)]
    [InlineData("{command: ./tool conf/told}", false, false)]
    [InlineData("{ours: {}}", false, false)]
    [InlineData("{ansible.posix.synchronize: {src: tool, dest: /x, rsync_opts: ['--exclude-from=conf/told']}}", true, false)]
    [InlineData("{debug: {msg: \"{{ lookup('pipe', './tool') }}\"}}", true, true)]
    [InlineData("{debug: {msg: \"{{ lookup('pipe', 'cat conf/told') }}\"}}", true, false)]
    [InlineData("{debug: {msg: \"{{ lookup('pipe', 'date -r conf/told') }}\"}}", true, false)]
    [InlineData("{debug: {msg: \"{{ lookup('pipe', 'cat conf/told | tr a b') }}\"}}", true, true)]
    public void What_a_program_may_read_counts(string task, bool readsTold, bool readsUntold)
    {
        Assert.Equal(readsTold, Differs(task, "conf/told\ntold", "conf/told\nother"));
        Assert.Equal(readsUntold, Differs(task, "conf/untold\nuntold", "conf/untold\nother"));
        Assert.Equal(readsUntold && !task.Contains("-r conf ", StringComparison.Ordinal) && !task.Contains("-r . ", StringComparison.Ordinal), Read(Files + "    - " + task).Assumptions.Any(a => a.Covers == "every file of the sources"));
    }

    /// <summary>A module that only the run knows may be any that the site has, and any that reads files.</summary>
    [Theory]
    [InlineData("{action: '{{ unknown }}'}", true)]
    [InlineData("{action: 'o{{ unknown }}'}", true)]
    [InlineData("{action: 'acme.{{ unknown }}'}", true)]
    [InlineData("{action: 'other_{{ unknown }}'}", false)]
    [InlineData("{action: debug}", false)]
    public void A_module_of_which_the_name_is_not_known_may_be_any_of_the_sources(string task, bool counts) =>
        Assert.Equal(counts, Differs(task, "print('{}')", "print('[]')"));

    private static bool Differs(string task, string before, string after)
    {
        var site = Files + "    - " + task;
        Assert.Equal(2, site.Split(before).Length);
        return Read(site).Fingerprint != Read(site.Replace(before, after, StringComparison.Ordinal)).Fingerprint;
    }

    private static TargetInputs Read(string site)
    {
        var (file, _) = LayerFileReader.Read(new SourceFile("strata.yaml", SmallSite.Layers));
        return new InputReader().Read(file!, MemoryTree.Snapshot(site + "\n")).Targets[^1];
    }
}
