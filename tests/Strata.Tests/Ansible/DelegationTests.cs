
namespace Strata.Tests.Ansible;

public sealed class DelegationTests
{
    [Fact]
    public void A_task_for_another_computer_is_an_error() => AnsibleCheck.ExpectOfTasks("""
        error[delegated-task]: the task runs on `ca-head01`; a build contacts no computer of the site
         --> roles/site/tasks/main.yml:2:16
          |
        2 |   delegate_to: ca-head01
          |                ^^^^^^^^^
        hint: name it under `ansible: {delegates: [...]}` in the layer file, or guard the task with `when: not strata_build | default(false)`

        error[delegated-task]: the task runs on the build machine, `localhost`, not in the image
         --> roles/site/tasks/main.yml:4:16
          |
        4 |   delegate_to: localhost
          |                ^^^^^^^^^
        hint: name `localhost` under `ansible: {delegates: [...]}` in the layer file, or guard the task with `when: not strata_build | default(false)`

        error[delegated-task]: `local_action` runs `command` on the build machine
         --> roles/site/tasks/main.yml:5:17
          |
        5 | - local_action: command hostname
          |                 ^^^^^^^
        hint: name `localhost` under `ansible: {delegates: [...]}` in the layer file, or guard the task with `when: not strata_build | default(false)`

        warning[delegated-task]: which computer `{{ head }}` is, is known when the task runs; a build contacts only those that are named
         --> roles/site/tasks/main.yml:7:16
          |
        7 |   delegate_to: "{{ head }}"
          |                ^^^^^^^^^^^^
        hint: name it under `ansible: {delegates: [...]}` in the layer file, or guard the task with `when: not strata_build | default(false)`
        """, """
        - command: scontrol show nodes
          delegate_to: ca-head01
        - command: hostname
          delegate_to: localhost
        - local_action: command hostname
        - command: hostname
          delegate_to: "{{ head }}"
        """);

    [Fact]
    public void A_local_connection_is_said_once_where_it_is_written() => AnsibleCheck.Expect("""
        error[delegated-task]: `connection: local` runs tasks on the build machine, not in the image
         --> site.yml:2:15
          |
        2 |   connection: local
          |               ^^^^^
        hint: name `localhost` under `ansible: {delegates: [...]}` in the layer file, or guard the task with `when: not strata_build | default(false)`
        """, """
        --- site.yml
        - hosts: Compute
          connection: local
          tasks:
            - command: hostname
            - command: date
        """);

    [Fact]
    public void Named_delegates_the_image_host_and_what_touches_no_computer_are_fine() => AnsibleCheck.Expect("", """
        --- site.yml
        - hosts: Compute
          tasks:
            - command: a
              delegate_to: ca-head01
            - local_action: command b
            - service: name=x state=started
              delegate_to: 127.0.0.1
            - command: c
              delegate_to: strata-image
            - command: d
              delegate_to: "{{ inventory_hostname }}"
            - debug: msg=x
              delegate_to: other
            - command: e
              delegate_to: other
              when: not strata_build | default(false)
            - delegate_to: other
              block:
                - set_fact: {x: 1}
        """, run => run with { Delegates = ["ca-head01", "localhost"] });

    [Fact]
    public void A_play_for_the_build_machine_is_left_out_unless_it_is_wanted()
    {
        const string Files = """
            --- site.yml
            - hosts: localhost
              connection: local
              tasks:
                - command: hostname
            - hosts: [localhost, Compute]
            """;
        AnsibleCheck.Expect("""
            warning[localhost-play]: a build leaves this play out: it is for the build machine, not for an image
             --> site.yml:1:10
              |
            1 | - hosts: localhost
              |          ^^^^^^^^^
            hint: `ansible: {localhost: true}` in the layer file runs it on the build machine
            """, Files);
        AnsibleCheck.Expect("", Files, run => run with { Localhost = true });
    }
}
