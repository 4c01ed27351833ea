using System.Collections.Frozen;

namespace Strata.Inputs.Playbooks;

/// <summary>Keys of `ansible.cfg` whose effect is in what is read, or that change nothing in an image.</summary>
internal static class ConfigKeys
{
    /// <summary>Keys that decide which files are read: what they lead to counts, not how they are written.</summary>
    private static readonly FrozenSet<(string, string)> Resolved = new[]
    {
        ("defaults", "roles_path"), ("defaults", "collections_path"), ("defaults", "collections_paths"), ("defaults", "inventory"),
        ("defaults", "hash_behaviour"), ("defaults", "precedence"), ("defaults", "private_role_vars"), ("defaults", "yaml_valid_extensions"),
        ("defaults", "library"), ("defaults", "module_utils"), ("defaults", "filter_plugins"), ("defaults", "test_plugins"),
        ("defaults", "lookup_plugins"), ("defaults", "action_plugins"), ("defaults", "vars_plugins"), ("defaults", "callback_plugins"),
        ("defaults", "connection_plugins"), ("defaults", "become_plugins"), ("defaults", "strategy_plugins"), ("defaults", "cache_plugins"),
        ("defaults", "inventory_plugins"), ("defaults", "inventory_ignore_extensions"), ("defaults", "force_valid_group_names"),
        ("inventory", "ignore_extensions"), ("inventory", "ignore_patterns"), ("inventory", "enable_plugins"),
    }.ToFrozenSet();

    /// <summary>Keys that say how a run is shown, logged or repeated, or how computers are reached, which a build is not.</summary>
    private static readonly FrozenSet<(string, string)> WithoutEffect = new[]
    {
        ("defaults", "log_path"), ("defaults", "stdout_callback"), ("defaults", "callbacks_enabled"), ("defaults", "callback_whitelist"),
        ("defaults", "bin_ansible_callbacks"), ("defaults", "display_skipped_hosts"), ("defaults", "display_ok_hosts"), ("defaults", "nocows"),
        ("defaults", "cowsay_enabled"), ("defaults", "nocolor"), ("defaults", "force_color"), ("defaults", "deprecation_warnings"),
        ("defaults", "system_warnings"), ("defaults", "command_warnings"), ("defaults", "localhost_warning"), ("defaults", "devel_warning"),
        ("defaults", "retry_files_enabled"), ("defaults", "retry_files_save_path"), ("defaults", "forks"), ("defaults", "host_key_checking"),
        ("defaults", "remote_user"), ("defaults", "remote_port"), ("defaults", "private_key_file"), ("defaults", "timeout"),
        ("defaults", "vault_password_file"), ("defaults", "verbosity"), ("defaults", "display_args_to_stdout"), ("defaults", "check_mode_markers"),
    }.ToFrozenSet();

    /// <summary>Whether a key need not count by its value.</summary>
    public static bool IsResolved(string section, string key) =>
        section is "ssh_connection" or "paramiko_connection" or "persistent_connection" or "galaxy" or "colors" or "diff"
        || Resolved.Contains((section, key))
        || WithoutEffect.Contains((section, key));
}
