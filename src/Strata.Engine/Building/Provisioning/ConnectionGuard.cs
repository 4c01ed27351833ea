using System.Collections.Immutable;
using Strata.Engine.Processes;

namespace Strata.Engine.Building.Provisioning;

/// <summary>
/// Connection plugins that take the place of Ansible's own and refuse: no computer of the site is contacted and nothing runs on
/// the build machine, not even by a task whose `delegate_to` only a run can know. They are seen where Ansible's own files are
/// (bound over them in the sandbox), so that a full name such as `ansible.builtin.local` finds them too.
/// </summary>
internal static class ConnectionGuard
{
    /// <summary>What a person reads when a task is refused.</summary>
    public const string Refusal = "Strata does not let a build reach";

    private const string Local = "local";

    /// <summary>Writes a refusing plugin for each of Ansible's own, and gives the binds that put them in their places.</summary>
    /// <param name="own">The folder of Ansible's own plugins.</param>
    /// <param name="folder">Where the refusing ones are written; made if it is not there.</param>
    /// <param name="allowsLocal">Whether tasks may run on the build machine.</param>
    /// <param name="allowsRemote">Whether tasks may be delegated to other computers.</param>
    public static ImmutableArray<BindMount> Write(string own, string folder, bool allowsLocal, bool allowsRemote)
    {
        Directory.CreateDirectory(folder);
        var names = Directory.EnumerateFiles(own, "*.py").Select(p => Path.GetFileNameWithoutExtension(p)).Where(n => n != "__init__")
            .Where(n => n == Local ? !allowsLocal : !allowsRemote).Order(StringComparer.Ordinal).ToList();
        foreach (var name in names) File.WriteAllText(Path.Combine(folder, name + ".py"), Plugin(name));
        return [.. names.Select(n => new BindMount(Path.Combine(folder, n + ".py"), Path.Combine(own, n + ".py"), IsReadOnly: true))];
    }

    private static string Plugin(string name) =>
        $$"""
        from ansible.errors import AnsibleError
        from ansible.plugins.connection import ConnectionBase

        DOCUMENTATION = '''
        name: {{name}}
        short_description: refuses to connect
        description: Stands in for the connection plugin of this name while an image is built.
        options: {}
        '''


        class Connection(ConnectionBase):
            transport = '{{name}}'
            has_pipelining = True

            def _refuse(self, *args, **kwargs):
                host = getattr(self._play_context, 'remote_addr', None) or 'localhost'
                raise AnsibleError(
                    "{{Refusal}} '%s' (connection '{{name}}'): a build touches nothing but its image. "
                    "Guard the task with 'when: not strata_build | default(false)', or name the host under "
                    "'ansible: {delegates: [...]}' of the layer file." % host)

            _connect = exec_command = put_file = fetch_file = _refuse

            def close(self):
                pass

        """;
}
