namespace Strata.Tests.Ansible;

public sealed class PlaybookTests
{
    [Fact]
    public void A_sound_playbook_has_no_diagnostics() => AnsibleCheck.Expect("", """
        --- site.yml
        - import_playbook: plays/time.yml
        - hosts: Compute
          pre_tasks:
            - debug: msg=before
          roles:
            - {role: slurm, slurm_version: 1, when: x}
            - name: munge
          tasks:
            - block:
                - ansible.builtin.copy: {src: a, dest: /b}
              rescue:
                - action: shell echo failed
              always:
                - include_tasks: more.yml
          post_tasks:
          handlers:
            - name: h
              listen: x
              command: scontrol reconfigure
        --- files/a
        --- more.yml
        - local_action:
            module: debug
            msg: x
        --- plays/time.yml
        - hosts: all
          roles: [time]
        --- plays/roles/time/tasks/main.yaml
        - meta: flush_handlers
        --- roles/slurm/tasks/main.json
        [{"import_tasks": "install.yml"}]
        --- roles/slurm/tasks/install.yml
        - package: name=slurm state=present
        --- roles/slurm/meta/main.yml
        dependencies: [munge, {role: munge}]
        --- roles/munge/tasks/main
        - import_role: {name: time2, tasks_from: install}
        --- roles/time2/tasks/install.yml
        - set_fact: x=1
        """);

    [Fact]
    public void A_playbook_that_is_not_there_is_said_where_it_is_named() => AnsibleCheck.Expect("""
        error[missing-playbook]: playbook `site.yml` does not exist
         --> strata.yaml:1:13
          |
        1 | playbooks: [site.yml]
          |             ^^^^^^^^
        hint: did you mean `sites.yml`?
        """, """
        --- sites.yml
        - hosts: all
        """);

    [Fact]
    public void An_imported_playbook_that_is_not_there_is_an_error() => AnsibleCheck.Expect("""
        error[missing-playbook]: playbook `tiem.yml` does not exist
         --> plays/all.yml:1:20
          |
        1 | - import_playbook: tiem.yml
          |                    ^^^^^^^^ there is no `plays/tiem.yml`
        hint: did you mean `plays/time.yml`?
        """, """
        --- site.yml
        - import_playbook: plays/all.yml
        --- plays/all.yml
        - import_playbook: tiem.yml
        - import_playbook: "{{ other }}.yml"
        - import_playbook: site.collection.nodes
        --- plays/time.yml
        - hosts: all
        """);

    [Fact]
    public void Playbooks_that_import_each_other_are_shown_as_a_circle() => AnsibleCheck.Expect("""
        error[import-cycle]: this playbook imports itself: `site.yml` -> `b.yml` -> `site.yml`
         --> b.yml:1:20
          |
        1 | - import_playbook: site.yml
          |                    ^^^^^^^^ the circle closes here
        """, """
        --- site.yml
        - import_playbook: b.yml
        --- b.yml
        - import_playbook: site.yml
        """);

    [Fact]
    public void A_playbook_is_a_list_of_plays() => AnsibleCheck.Expect("""
        error[not-a-playbook]: a playbook is a list of plays, not a mapping
         --> site.yml:1:1
          |
        1 | hosts: Compute
          | ^^^^^^^^^^^^^^
        hint: every play begins with `- hosts: …`
        """, """
        --- site.yml
        hosts: Compute
        tasks: []
        """);

    [Fact]
    public void A_playbook_without_a_play_is_an_error() => AnsibleCheck.Expect("""
        error[not-a-playbook]: a playbook has at least one play; this file has none
          --> site.yml
        hint: every play begins with `- hosts: …`
        """, """
        --- site.yml
        # nothing yet
        """);

    [Fact]
    public void A_file_of_tasks_is_no_playbook() => AnsibleCheck.Expect("""
        error[not-a-playbook]: a playbook is a list of plays; this is a list of tasks
         --> site.yml:1:3
          |
        1 | - name: Clean
          |   ^^^^
        hint: name a playbook that imports it with `import_tasks`
        """, """
        --- site.yml
        - name: Clean
          command: dnf clean all
        - block: []
        """);

    [Fact]
    public void A_play_needs_hosts() => AnsibleCheck.Expect("""
        error[play-without-hosts]: a play without `hosts` runs nowhere
         --> site.yml:1:3
          |
        1 | - name: Configure
          |   ^^^^
        hint: add `hosts:` with one of the groups that the layer file names for the target

        error[play-without-hosts]: a play without `hosts` runs nowhere
         --> site.yml:3:3
          |
        3 | - host: Compute
          |   ^^^^
        hint: did you mean `hosts` instead of `host`?

        error[play-without-hosts]: a play without `hosts` runs nowhere
         --> site.yml:4:10
          |
        4 | - hosts: []
          |          ^^
        hint: add `hosts:` with one of the groups that the layer file names for the target
        """, """
        --- site.yml
        - name: Configure
          tasks: []
        - host: Compute
        - hosts: []
        """);

    /// <summary>A bare `off` is no text: Ansible ends the run, also where the task would not run.</summary>
    [Fact]
    public void Arguments_that_are_no_text_are_said() => AnsibleCheck.Expect("""
        error[ansible-kind]: the arguments of `command` are a mapping or a text, not a yes/no value
         --> site.yml:3:16
          |
        3 |     - command: off
          |                ^^^
        """, """
        --- site.yml
        - hosts: all
          tasks:
            - command: off
              when: false
        """);

    [Fact]
    public void Entries_of_the_wrong_kind_are_said() => AnsibleCheck.Expect("""
        error[ansible-kind]: an entry of a playbook is a mapping, not a text
         --> site.yml:1:3
          |
        1 | - site
          |   ^^^^

        error[ansible-kind]: `tasks` is a list of tasks, not a mapping
         --> site.yml:4:5
          |
        4 |     debug:
          |     ^^^^^^

        error[ansible-kind]: `roles` is a list of roles, not a text
         --> site.yml:5:10
          |
        5 |   roles: slurm
          |          ^^^^^

        error[ansible-kind]: a task is a mapping, not nothing
         --> site.yml:7:6
          |
        7 |     -
          |      ^
        """, """
        --- site.yml
        - site
        - hosts: all
          tasks:
            debug:
          roles: slurm
          handlers:
            -
        """);

    [Fact]
    public void Faults_of_YAML_are_said_at_their_own_place() => AnsibleCheck.Expect("""
        warning[duplicate-key]: key `debug` stands twice in one mapping
         --> roles/site/tasks/main.yml:2:3
          |
        2 |   debug:
          |   ^^^^^ again here
         ::: roles/site/tasks/main.yml:1:3
          |
        1 | - debug:
          |   ----- first here
        hint: remove one of them
        """, """
        --- site.yml
        - hosts: all
          roles: [site]
        --- roles/site/tasks/main.yml
        - debug:
          debug:
        """);

    [Fact]
    public void What_is_encrypted_or_not_reached_is_not_judged() => AnsibleCheck.Expect("", """
        --- site.yml
        - hosts: Compute
          roles: [secret]
        --- roles/secret/tasks/main.yml
        $ANSIBLE_VAULT;1.1;AES256
        6162
        --- roles/other/tasks/main.yml
        - nothing
        --- other.yml
        [
        """);
}
