namespace Strata.Tests.Ansible;

public sealed class TaskTests
{
    [Fact]
    public void A_task_needs_a_module() => AnsibleCheck.ExpectOfTasks("""
        error[task-without-module]: the task names no module
         --> roles/site/tasks/main.yml:1:3
          |
        1 | - name: Do it
          |   ^^^^
        hint: a task has one key that is no keyword: the module, such as `ansible.builtin.copy:`
        """, """
        - name: Do it
          when: x
          with_items: []
        """);

    [Fact]
    public void A_task_has_no_two_modules() => AnsibleCheck.ExpectOfTasks("""
        error[task-with-two-modules]: a task has one module; this one has `copy` and `file`
         --> roles/site/tasks/main.yml:2:3
          |
        2 |   file: path=/b
          |   ^^^^ the second
         ::: roles/site/tasks/main.yml:1:3
          |
        1 | - copy: dest=/a
          |   ---- the first
        hint: give each a task of its own, or indent what belongs to the first

        error[task-with-two-modules]: a task has one module; this one has `copy` and `notfy`
         --> roles/site/tasks/main.yml:4:3
          |
        4 |   notfy: x
          |   ^^^^^ the second
         ::: roles/site/tasks/main.yml:3:3
          |
        3 | - copy: dest=/a
          |   ---- the first
        hint: did you mean the keyword `notify` instead of `notfy`?

        error[task-with-two-modules]: a task has one module; this one has `copy` and `file`
         --> roles/site/tasks/main.yml:6:3
          |
        6 |   file: path=/c
          |   ^^^^ the second
         ::: roles/site/tasks/main.yml:5:11
          |
        5 | - action: copy dest=/a
          |           ---- the first
        hint: give each a task of its own, or indent what belongs to the first
        """, """
        - copy: dest=/a
          file: path=/b
        - copy: dest=/a
          notfy: x
        - action: copy dest=/a
          file: path=/c
        """);

    [Theory]
    [InlineData("service: {name: x, state: restarted}")]
    [InlineData("service: name=x state=restarted")]
    [InlineData("ansible.builtin.service: name={{ x }} state='restarted'")]
    [InlineData("ansible.legacy.systemd: {name: x, state: restarted}")]
    [InlineData("action: service name=x state=restarted")]
    [InlineData("action: {module: service, name: x, state: restarted}")]
    [InlineData("action: {module: service name=x, args: {state: restarted}}")]
    [InlineData("{service: name=x, args: {state: restarted}}")]
    public void A_task_is_understood_in_every_form(string task)
    {
        var diagnostic = Assert.Single(AnsibleCheck.Of(Support.MemoryTree.Snapshot($"--- site.yml\n- hosts: all\n  tasks:\n    - {task}\n")));
        Assert.Equal("needs-running-system", diagnostic.Id);
        Assert.Equal("restarted", diagnostic.At!.File.Content.Substring(diagnostic.At.Span.Start, diagnostic.At.Span.Length).Trim('\''));
    }

    [Fact]
    public void Included_files_are_found_as_Ansible_finds_them() => AnsibleCheck.Expect("", """
        --- site.yml
        - hosts: all
          roles: [r]
          tasks:
            - import_tasks: tasks/a.yml
            - include_tasks: {file: tasks/a.yml, apply: {tags: x}}
            - include_tasks: "{{ x }}.yml"
            - include_tasks: /srv/tasks.yml
          handlers:
            - import_tasks: handlers.yml
        --- handlers.yml
        []
        --- tasks/a.yml
        - import_tasks: b.yml
        --- tasks/b.yml
        - import_tasks: deep/c.yml
        --- tasks/deep/c.yml
        - include_tasks: d.yml
        --- tasks/deep/d.yml
        - ping:
        --- roles/r/tasks/main.yml
        - include_tasks: sub/one.yml
        - include_tasks: beside-playbook.yml
        - import_tasks: ../more/three.yml
        --- roles/r/tasks/sub/one.yml
        - include_tasks: two.yml
        --- roles/r/tasks/sub/two.yml
        - ping:
        --- roles/r/more/three.yml
        - ping:
        --- roles/r/handlers/main.yml
        - include_tasks: more.yml
        - import_tasks: more.yml
        --- roles/r/handlers/more.yml
        - ping:
        --- tasks/beside-playbook.yml
        - ping:
        """);

    [Fact]
    public void An_included_file_that_is_not_there_is_an_error() => AnsibleCheck.Expect("""
        error[missing-task-file]: task file `instal.yml` does not exist
         --> roles/r/tasks/main.yml:1:17
          |
        1 | - import_tasks: instal.yml
          |                 ^^^^^^^^^^ searched `roles/r/tasks/`, `tasks/`, `roles/r/`, `./`
        hint: did you mean `roles/r/tasks/install.yml`?

        error[missing-task-file]: task file `x.yml` does not exist
         --> site.yml:4:27
          |
        4 |     - include_tasks: file=x.yml
          |                           ^^^^^ searched `./`
        """, """
        --- site.yml
        - hosts: all
          roles: [r]
          tasks:
            - include_tasks: file=x.yml
        --- roles/r/tasks/main.yml
        - import_tasks: instal.yml
        --- roles/r/tasks/install.yml
        - ping:
        """);

    [Fact]
    public void A_file_that_imports_itself_is_an_error_and_one_that_includes_itself_is_not() => AnsibleCheck.Expect("""
        error[import-cycle]: this file imports itself: `tasks/a.yml` -> `tasks/b.yml` -> `tasks/a.yml`
         --> tasks/b.yml:1:17
          |
        1 | - import_tasks: a.yml
          |                 ^^^^^ the circle closes here
        """, """
        --- site.yml
        - hosts: all
          tasks:
            - import_tasks: tasks/a.yml
            - include_tasks: tasks/loop.yml
        --- tasks/a.yml
        - import_tasks: b.yml
        --- tasks/b.yml
        - import_tasks: a.yml
        --- tasks/loop.yml
        - include_tasks: loop.yml
          when: again
        """);

    [Fact]
    public void A_play_for_other_hosts_is_read_as_far_as_Ansible_reads_it() => AnsibleCheck.ExpectHeadings("""
        site.yml:4:21 missing-task-file: task file `x.yml` does not exist
        """, """
        --- site.yml
        - hosts: all:!Compute
          tasks:
            - service: name=x state=started
            - import_tasks: x.yml
            - include_tasks: y.yml
        - hosts: Compute
        """);
}
