using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>Tasks that run on another computer than the image host: a build contacts none but those that are named.</summary>
internal static class Delegation
{
    private const string Id = "delegated-task";
    private const string Cure = "name it under `ansible: {delegates: [...]}` in the layer file, or guard the task with `when: not strata_build | default(false)`";

    /// <summary>Modules that Ansible runs by itself and that touch no computer, wherever they are delegated to.</summary>
    private static readonly ImmutableArray<string> WithoutHost =
        ["add_host", "assert", "debug", "fail", "group_by", "include_vars", "meta", "pause", "set_fact", "set_stats", "validate_argument_spec"];

    /// <summary>Templates that mean the host itself.</summary>
    private static readonly ImmutableArray<string> ImageHostTemplates = ["inventory_hostname", "inventory_hostname_short", "ansible_host"];

    /// <summary>What is to be said of where a task runs; null where it runs for the image host, or where it may run.</summary>
    public static Diagnostic? Fault(ReachedTask reached, ImmutableArray<string> delegates)
    {
        var (task, scope, _) = reached;
        if (WithoutHost.Contains(task.Module.Name)) return null;
        if (task.Module.IsLocal) return IsAllowed("localhost", delegates) ? null : Local(task.Module.At, $"`local_action` runs {Wording.Quote(task.Module.Written)} on the build machine");
        if (scope.Delegate is { } delegated && Scalars.TextOf(delegated) is { Length: > 0 } host) return Delegated(delegated, host, delegates);
        return scope.Connection is { } connection && Scalars.TextOf(connection) is "local" or "ansible.builtin.local" or "ansible.legacy.local" && !IsAllowed("localhost", delegates)
            ? Local(scope.Connection.At, "`connection: local` runs tasks on the build machine, not in the image")
            : null;
    }

    private static Diagnostic? Delegated(YamlNode node, string host, ImmutableArray<string> delegates)
    {
        if (IsAllowed(host, delegates) || host == HostPattern.ImageHost || IsImageHost(host)) return null;
        if (Scalars.IsTemplate(host))
        {
            return Diagnostic.Warning(
                Id, $"which computer {Wording.Quote(host)} is, is known when the task runs; a build contacts only those that are named", node.At, "", Cure);
        }

        return IsLocalhost(host)
            ? Local(node.At, $"the task runs on the build machine, {Wording.Quote(host)}, not in the image")
            : Diagnostic.Error(Id, $"the task runs on {Wording.Quote(host)}; a build contacts no computer of the site", node.At, "", Cure);
    }

    private static Diagnostic Local(Location at, string message) =>
        Diagnostic.Error(Id, message, at, "", "name `localhost` under `ansible: {delegates: [...]}` in the layer file, or guard the task with `when: not strata_build | default(false)`");

    private static bool IsAllowed(string host, ImmutableArray<string> delegates) =>
        delegates.Contains(host) || (IsLocalhost(host) && delegates.Any(IsLocalhost));

    private static bool IsLocalhost(string host) => host is "localhost" or "127.0.0.1" or "::1";

    private static bool IsImageHost(string host) =>
        host.StartsWith("{{", StringComparison.Ordinal) && host.EndsWith("}}", StringComparison.Ordinal) && ImageHostTemplates.Contains(host[2..^2].Trim());
}
