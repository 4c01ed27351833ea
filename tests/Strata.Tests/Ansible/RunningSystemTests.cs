using Strata.Tests.Support;

namespace Strata.Tests.Ansible;

public sealed class RunningSystemTests
{
    [Fact]
    public void A_service_that_is_started_needs_a_running_system() => AnsibleCheck.ExpectOfTasks("""
        warning[needs-running-system]: `ansible.builtin.service` with `state: started` acts on a running system; a build container is none
         --> roles/site/tasks/main.yml:4:12
          |
        4 |     state: started
          |            ^^^^^^^
        hint: `enabled: true` alone works in an image; guard the rest with `when: not strata_build | default(false)`
        """, """
        - name: Start chrony
          ansible.builtin.service:
            name: chrony
            state: started
            enabled: true
        """);

    [Fact]
    public void Each_kind_of_task_has_its_own_cure() => AnsibleCheck.ExpectOfTasks("""
        warning[needs-running-system]: `systemd` with `daemon_reload: true` acts on a running system; a build container is none
         --> roles/site/tasks/main.yml:1:28
          |
        1 | - systemd: {daemon_reload: true}
          |                            ^^^^
        hint: `enabled: true` alone works in an image; guard the rest with `when: not strata_build | default(false)`

        warning[needs-running-system]: `ansible.posix.mount` with `state: mounted` acts on a running system; a build container is none
         --> roles/site/tasks/main.yml:2:74
          |
        2 | - ansible.posix.mount: {src: nfs:/home, path: /home, fstype: nfs, state: mounted}
          |                                                                          ^^^^^^^
        hint: `state: present` writes /etc/fstab alone and works in an image; otherwise guard the task with `when: not strata_build | default(false)`

        warning[needs-running-system]: `sysctl` acts on a running system; a build container is none
         --> roles/site/tasks/main.yml:3:3
          |
        3 | - sysctl: {name: vm.swappiness, value: 1}
          |   ^^^^^^
        hint: `reload: false` writes the file alone, which a node reads when it boots; otherwise guard the task with `when: not strata_build | default(false)`

        warning[needs-running-system]: `community.general.modprobe` acts on a running system; a build container is none
         --> roles/site/tasks/main.yml:4:3
          |
        4 | - community.general.modprobe: name=lustre
          |   ^^^^^^^^^^^^^^^^^^^^^^^^^^
        hint: write the module's name to a file in /etc/modules-load.d/, which a node reads when it boots, or guard the task with `when: not strata_build | default(false)`

        warning[needs-running-system]: `shell` of `systemctl restart slurmd` acts on a running system; a build container is none
         --> roles/site/tasks/main.yml:7:5
          |
        7 |     systemctl restart slurmd && echo done
          |     ^^^^^^^^^^^^^^^^^^^^^^^^
        hint: guard the task with `when: not strata_build | default(false)`
        """, """
        - systemd: {daemon_reload: true}
        - ansible.posix.mount: {src: nfs:/home, path: /home, fstype: nfs, state: mounted}
        - sysctl: {name: vm.swappiness, value: 1}
        - community.general.modprobe: name=lustre
        - shell: |
            echo starting
            systemctl restart slurmd && echo done
        """);

    [Theory]
    [InlineData("hostname: {name: x}")]
    [InlineData("selinux: {state: disabled}")]
    [InlineData("ansible.posix.seboolean: {name: x, state: true}")]
    [InlineData("ansible.posix.firewalld: {service: ssh, state: enabled, immediate: yes}")]
    [InlineData("reboot:")]
    [InlineData("wait_for: port=22")]
    [InlineData("command: systemctl is-active x")]
    [InlineData("command: ip link set eth0 up")]
    [InlineData("command: date --set 12:00")]
    [InlineData("command: loginctl list-sessions")]
    [InlineData("sysctl: {name: x, value: 1, reload: false, sysctl_set: true}")]
    [InlineData("systemd_service: {name: x, state: reloaded}")]
    [InlineData("command: systemctl daemon-reload")]
    [InlineData("command: /usr/bin/systemctl --quiet restart {{ name }}")]
    [InlineData("command: {cmd: systemctl enable --now x}")]
    [InlineData("command: {argv: [systemctl, start, x]}")]
    [InlineData("shell: LANG=C sudo sysctl --system")]
    [InlineData("shell: test -e /x || modprobe lustre")]
    [InlineData("shell: mount -a")]
    [InlineData("command: sysctl vm.swappiness=1")]
    [InlineData("command: hostnamectl set-hostname x")]
    [InlineData("command: setenforce 0")]
    [InlineData("command: reboot chdir=/")]
    [InlineData("raw: service sshd restart")]
    public void A_task_that_needs_a_running_system_is_a_warning(string task) =>
        Assert.Equal(["needs-running-system"], IdsOf(task));

    [Theory]
    [InlineData("service: {name: x, enabled: true}")]
    [InlineData("service: {name: x, state: '{{ state }}'}")]
    [InlineData("systemd: {name: x, masked: true, daemon_reload: false}")]
    [InlineData("mount: {path: /x, src: y, fstype: nfs, state: present}")]
    [InlineData("sysctl: {name: x, value: 1, reload: false}")]
    [InlineData("firewalld: {service: ssh, state: enabled, permanent: true, immediate: no, offline: true}")]
    [InlineData("command: systemctl enable x")]
    [InlineData("command: systemctl --root=/mnt daemon-reload")]
    [InlineData("command: systemctl set-default multi-user.target")]
    [InlineData("command: echo systemctl restart x")]
    [InlineData("command: echo; reboot")]
    [InlineData("shell: \"echo 'a; reboot'\"")]
    [InlineData("shell: mount")]
    [InlineData("shell: sysctl -n vm.swappiness")]
    [InlineData("shell: modprobe --showconfig")]
    [InlineData("command: hostname -f")]
    [InlineData("site.cluster.reboot:")]
    [InlineData("ansible.builtin.wait_for_connection:")]
    [InlineData("wait_for: port=22 host=mirror.example.org")]
    [InlineData("wait_for: path=/x")]
    [InlineData("mount: {path: /x, state: unmounted}")]
    [InlineData("shell: ip -o addr; date +%s")]
    [InlineData("{service: name=x state=started, ignore_errors: true}")]
    [InlineData("{command: systemctl restart x, failed_when: false}")]
    public void A_task_that_works_in_a_container_is_none(string task) => Assert.Empty(IdsOf(task));

    [Theory]
    [InlineData("not strata_build | default(false)")]
    [InlineData("not (strata_build | default(false))")]
    [InlineData("not strata_build|default(false)|bool")]
    [InlineData("strata_build is not defined")]
    [InlineData("[x is defined, not strata_build | default(false)]")]
    [InlineData("false")]
    public void A_guard_is_seen_in_every_form(string condition) =>
        Assert.Empty(IdsOf($"{{service: name=x state=started, when: {Flow(condition)}}}"));

    [Theory]
    [InlineData("not my_strata_build")]
    [InlineData("x is defined")]
    [InlineData("true")]
    public void Another_condition_is_no_guard(string condition) =>
        Assert.Equal(["needs-running-system"], IdsOf($"{{service: name=x state=started, when: {Flow(condition)}}}"));

    [Fact]
    public void A_guard_may_stand_at_all_that_encloses_a_task() => AnsibleCheck.Expect("", """
        --- site.yml
        - hosts: Compute
          roles:
            - {role: start, when: not strata_build | default(false)}
          tasks:
            - when: not strata_build | default(false)
              block:
                - block:
                    - reboot:
            - import_tasks: start.yml
              when: strata_build is not defined
            - include_tasks: start.yml
              when: strata_build is not defined
            - include_tasks: {file: start.yml, apply: {when: strata_build is not defined}}
            - import_role: {name: start}
              when: strata_build is not defined
            - include_role: {name: start}
              when: strata_build is not defined
        - import_playbook: other.yml
          when: strata_build is not defined
        --- other.yml
        - hosts: Compute
          tasks: [reboot: ]
        --- start.yml
        - reboot:
        --- roles/start/tasks/main.yml
        - reboot:
        --- roles/start/handlers/main.yml
        - reboot:
        --- roles/start/meta/main.yml
        dependencies: [start2]
        --- roles/start2/tasks/main.yml
        - reboot:
        """);

    [Fact]
    public void A_file_that_is_guarded_in_one_place_is_not_in_another() => AnsibleCheck.ExpectHeadings("""
        start.yml:1:3 needs-running-system: `reboot` acts on a running system; a build container is none
        """, """
        --- site.yml
        - hosts: Compute
          tasks:
            - import_tasks: start.yml
              when: strata_build is not defined
            - import_tasks: start.yml
        --- start.yml
        - reboot:
        """);

    [Fact]
    public void Handlers_of_plays_and_roles_count() => AnsibleCheck.ExpectHeadings("""
        roles/r/handlers/main.yml:1:25 needs-running-system: `service` with `state: restarted` acts on a running system; a build container is none
        site.yml:4:29 needs-running-system: `service` with `state: restarted` acts on a running system; a build container is none
        """, """
        --- site.yml
        - hosts: Compute
          roles: [r]
          handlers:
            - service: name=x state=restarted
        --- roles/r/handlers/main.yml
        - service: name=x state=restarted
        """);

    [Fact]
    public void Tasks_that_the_tags_leave_out_are_not_judged()
    {
        const string Files = """
            --- site.yml
            - hosts: Compute
              tasks:
                - reboot:
                  tags: [start, "late"]
                - hostname: name=x
                  tags: never
                - import_tasks: more.yml
                  tags: start
                - include_tasks: more.yml
                  tags: other
            --- more.yml
            - modprobe: name=x
            """;
        AnsibleCheck.ExpectHeadings("""
            more.yml:1:3 needs-running-system: `modprobe` acts on a running system; a build container is none
            site.yml:3:7 needs-running-system: `reboot` acts on a running system; a build container is none
            """, Files);
        AnsibleCheck.ExpectHeadings("", Files, run => run with { Tags = new([], ["start", "other"]) });
        AnsibleCheck.ExpectHeadings("""
            site.yml:5:7 needs-running-system: `hostname` acts on a running system; a build container is none
            """, Files, run => run with { Tags = new(["never"], []) });
    }

    private static IEnumerable<string> IdsOf(string task) =>
        AnsibleCheck.Of(MemoryTree.Snapshot($"--- site.yml\n- hosts: all\n  tasks:\n    - {task}\n")).Select(d => d.Id);

    /// <summary>A condition as a flow value: a text in quotes, a list as it is.</summary>
    private static string Flow(string condition) => condition is ['[', ..] or "true" or "false" ? condition : $"\"{condition}\"";
}
