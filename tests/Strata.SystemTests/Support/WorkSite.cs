namespace Strata.SystemTests.Support;

/// <summary>A site whose one target of interest, `work/base`, has every step.</summary>
internal static class WorkSite
{
    /// <summary>The target.</summary>
    public const string Target = "work/base";

    /// <summary>Its files. The command lines in it are those of this run of the tests alone.</summary>
    public static string Files => With("data");

    /// <summary>Its files, with a content of one of them by which the target is another one than those of other tests.</summary>
    public static string With(string data) => Site.Base +
        $$"""
          work:
            types:
              base:
                from: os/base
                groups: [Compute]
                packages: {manager: apt, release: bookworm, repositories: host, install: [hello]}
                files: [{source: tree, destination: /opt/tree, mode: "0640", owner: "daemon:adm"}]
                playbooks: [site.yml]
                commands: ["setpriv --reuid nobody id -u > /etc/id; ln /etc/id /etc/linked; mkdir /etc/gone; rmdir /etc/gone; {{Sleep}}"]
                outputs: [squashfs]
        --- tree/run
        #!/bin/sh
        --- tree/deep/data
        {{data}}
        --- site.yml
        - hosts: Compute
          gather_facts: false
          tasks:
            - ansible.builtin.user: {name: someone, uid: 2000}
            - ansible.builtin.copy: {content: "x", dest: /home/someone/x, owner: someone, mode: '0600'}
            - ansible.builtin.file: {path: /var/lib/misc, state: absent}
            - ansible.builtin.command: {{Sleep}}
              changed_when: false
        """;

    /// <summary>A command line that no other run of these tests has at the same time.</summary>
    private static string Sleep => string.Create(null, $"sleep 0.9{Environment.ProcessId}");
}
