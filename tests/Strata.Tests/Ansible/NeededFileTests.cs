using Strata.Tests.Support;

namespace Strata.Tests.Ansible;

public sealed class NeededFileTests
{
    [Fact]
    public void A_template_that_no_place_holds_is_an_error() => AnsibleCheck.Expect("""
        error[missing-file]: template `slurm.conf.j2` does not exist
         --> roles/slurm/tasks/main.yml:1:19
          |
        1 | - template: {src: slurm.conf.j2, dest: /etc/slurm.conf}
          |                   ^^^^^^^^^^^^^ searched `roles/slurm/templates/`, `roles/slurm/`, `roles/slurm/tasks/templates/`, `roles/slurm/tasks/` and others
        hint: did you mean `roles/slurm/templates/slurm.conf`?
        """, """
        --- site.yml
        - hosts: Compute
          roles: [slurm]
        --- roles/slurm/tasks/main.yml
        - template: {src: slurm.conf.j2, dest: /etc/slurm.conf}
        --- roles/slurm/templates/slurm.conf
        """);

    [Fact]
    public void Where_the_task_may_not_run_it_is_a_warning() => Expect("""
        site.yml:4:23 warning missing-file: file `a` does not exist
        site.yml:7:19 warning missing-file: file `b` does not exist
        site.yml:9:23 warning missing-file: file `c` does not exist
        site.yml:11:33 warning missing-file: file `d` does not exist
        site.yml:13:19 error missing-file: file `e` does not exist
        """, """
        --- site.yml
        - hosts: Compute
          tasks:
            - block:
                - copy: {src: a, dest: /a}
              rescue: [{debug: {msg: x}}]
            - when: x is defined
              copy: {src: b, dest: /b}
            - block:
                - copy: {src: c, dest: /c}
              ignore_errors: true
            - ansible.builtin.copy: src=d dest=/d
              loop: [1]
            - copy: {src: e, dest: /e}
        """);

    [Fact]
    public void After_a_task_that_may_end_the_play_it_is_a_warning() => Expect("""
        site.yml:4:19 warning missing-file: file `a` does not exist
        """, """
        --- site.yml
        - hosts: Compute
          tasks:
            - meta: end_play
            - copy: {src: a, dest: /a}
        """);

    [Fact]
    public void A_handler_may_not_run() => Expect("""
        site.yml:4:19 warning missing-file: file `a` does not exist
        """, """
        --- site.yml
        - hosts: Compute
          handlers:
            - name: h
              copy: {src: a, dest: /a}
        """);

    [Theory]
    [InlineData("roles/inner/files/x")]
    [InlineData("roles/inner/x")]
    [InlineData("roles/inner/tasks/more/files/x")]
    [InlineData("roles/inner/tasks/more/x")]
    [InlineData("roles/inner/tasks/x")]
    [InlineData("roles/outer/files/x")]
    [InlineData("roles/outer/x")]
    [InlineData("files/x")]
    [InlineData("x")]
    [InlineData("roles/inner/files/x/in/a/folder")]
    [InlineData("action_plugins/copy.py")]
    [InlineData("files [link]")]
    public void Each_place_that_Ansible_searches_counts(string path) => AnsibleCheck.Expect("", $"""
        --- site.yml
        - hosts: Compute
          roles: [outer]
        --- roles/outer/meta/main.yml
        dependencies: [inner]
        --- roles/inner/tasks/main.yml
        - include_tasks: more/a.yml
        --- roles/inner/tasks/more/a.yml
        - copy: src=x dest=/x
        --- {path}
        /outside
        """);

    [Theory]
    [InlineData("{src: '{{ x }}', dest: /x}")]
    [InlineData("{src: /etc/motd, dest: /x}")]
    [InlineData("{src: ~/motd, dest: /x}")]
    [InlineData("{src: ../../../x, dest: /x}")]
    [InlineData("{src: x, remote_src: true, dest: /x}")]
    [InlineData("{src: x, remote_src: '{{ y }}', dest: /x}")]
    [InlineData("{content: x, dest: /x}")]
    public void What_is_no_name_of_a_file_of_a_source_is_left_alone(string arguments) =>
        AnsibleCheck.Expect("", $"--- site.yml\n- hosts: Compute\n  tasks: [{{copy: {arguments}}}]\n");

    [Fact]
    public void A_guarded_task_and_one_of_a_play_for_others_are_left_alone() => AnsibleCheck.Expect("", """
        --- site.yml
        - hosts: Compute
          tasks:
            - copy: {src: a, dest: /a}
              when: not strata_build | default(false)
        - hosts: all:!Compute
          tasks:
            - copy: {src: a, dest: /a}
        """);

    [Fact]
    public void A_folder_with_a_slash_at_its_end_is_found() =>
        AnsibleCheck.Expect("", "--- site.yml\n- hosts: Compute\n  tasks: [{copy: {src: conf/, dest: /x}}]\n--- files/conf/a\n");

    private static void Expect(string expected, string files) => Expected.Text(expected, string.Join('\n', AnsibleCheck.Of(MemoryTree.Snapshot(files))
        .Select(d => $"{d.At} {(d.IsError ? "error" : "warning")} {d.Id}: {d.Message}")));
}
