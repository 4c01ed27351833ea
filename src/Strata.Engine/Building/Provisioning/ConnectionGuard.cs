namespace Strata.Engine.Building.Provisioning;

/// <summary>
/// Connection plugins that take the place of `local`, `ssh` and `paramiko_ssh` and refuse: no computer of the site is
/// contacted and nothing runs on the build machine, not even by a task whose `delegate_to` only a run can know.
/// </summary>
internal static class ConnectionGuard
{
    /// <summary>What a person reads when a task is refused.</summary>
    public const string Refusal = "Strata does not let a build reach";

    private static readonly string[] Remote = ["ssh", "paramiko_ssh"];

    /// <summary>Writes the plugins into a folder.</summary>
    /// <param name="folder">Where; made if it is not there.</param>
    /// <param name="allowsLocal">Whether tasks may run on the build machine.</param>
    /// <param name="allowsRemote">Whether tasks may be delegated to other computers.</param>
    public static void Write(string folder, bool allowsLocal, bool allowsRemote)
    {
        Directory.CreateDirectory(folder);
        string[] refused = [.. allowsLocal ? [] : new[] { "local" }, .. allowsRemote ? [] : Remote];
        foreach (var name in refused) File.WriteAllText(Path.Combine(folder, name + ".py"), Plugin(name));
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
