using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>
/// Tasks that act on a running system: its services, mounts, kernel, host name. Each was run in a build container
/// (ansible-core 2.14, Debian 12): it fails there, or acts on the build machine's kernel, or leaves in the image what
/// belongs to one computer. What worked, such as `wait_for_connection` or unmounting, is not here.
/// </summary>
internal static class RunningSystem
{
    private const string Id = "needs-running-system";
    private const string Guard = "`when: not strata_build | default(false)`";

    /// <summary>The modules, each with what of it needs a running system and what to write instead.</summary>
    private static readonly ImmutableArray<Rule> Rules =
    [
        new(["service", "systemd", "systemd_service", "sysvinit"], Service,
            $"`enabled: true` alone works in an image; guard the rest with {Guard}"),
        new(["mount"], task => Valued(task, "state", "mounted", "remounted", "ephemeral"),
            $"`state: present` writes /etc/fstab alone and works in an image; otherwise guard the task with {Guard}"),
        new(["sysctl"], Sysctl,
            $"`reload: false` writes the file alone, which a node reads when it boots; otherwise guard the task with {Guard}"),
        new(["modprobe"], Whole,
            $"write the module's name to a file in /etc/modules-load.d/, which a node reads when it boots, or guard the task with {Guard}"),
        new(["hostname"], Whole, $"a node gets its name when it boots: guard the task with {Guard}"),
        new(["seboolean"], Whole, $"guard the task with {Guard}"),
        new(["selinux"], Whole,
            $"write `SELINUX=` to /etc/selinux/config, which a node reads when it boots, or guard the task with {Guard}"),
        new(["firewalld"], task => True(task, "immediate"),
            $"`permanent: true` with `offline: true` writes the files alone; otherwise guard the task with {Guard}"),
        new(["reboot"], Whole, $"guard the task with {Guard}"),
        new(["wait_for"], Port, $"no service listens in a build container: guard the task with {Guard}"),
        new(["command", "shell", "raw"], CommandLine, $"guard the task with {Guard}"),
    ];

    /// <summary>The warning for a task that needs a running system; null for every other.</summary>
    public static Diagnostic? Warning(TaskEntry.Task task)
    {
        if (Rules.FirstOrDefault(r => r.Modules.Contains(task.Module.Name)) is not { } rule || rule.Find(task) is not { } found) return null;
        return Diagnostic.Warning(Id, $"{found.What} acts on a running system; a build container is none", found.At, "", rule.Hint);
    }

    private static Finding? Service(TaskEntry.Task task) =>
        Valued(task, "state", "started", "stopped", "restarted", "reloaded")
        ?? True(task, "daemon_reload", "daemon-reload")
        ?? True(task, "daemon_reexec", "daemon-reexec");

    /// <summary>`reload` is true unless it is said otherwise.</summary>
    private static Finding? Sysctl(TaskEntry.Task task)
    {
        if (True(task, "sysctl_set") is { } set) return set;
        return task.Arguments.Find("reload") is { } reload ? Scalars.Truth(reload) == true ? Of(task, "reload", reload) : null : Whole(task);
    }

    /// <summary>A port of the container itself.</summary>
    private static Finding? Port(TaskEntry.Task task) =>
        task.Arguments.Find("port") is { } port && (Scalars.TextOf(task.Arguments.Find("host")) is null or "localhost" or "127.0.0.1")
            ? Of(task, "port", port)
            : null;

    private static Finding Whole(TaskEntry.Task task) => new(task.Module.At, Wording.Quote(task.Module.Written));

    private static Finding? Valued(TaskEntry.Task task, string argument, params ReadOnlySpan<string> values) =>
        task.Arguments.Find(argument) is { } node && Scalars.TextOf(node) is { } text && values.Contains(text) ? Of(task, argument, node) : null;

    private static Finding? True(TaskEntry.Task task, params ReadOnlySpan<string> spellings)
    {
        foreach (var argument in spellings)
        {
            if (task.Arguments.Find(argument) is { } node && Scalars.Truth(node) == true) return Of(task, argument, node);
        }

        return null;
    }

    private static Finding Of(TaskEntry.Task task, string argument, YamlNode value) =>
        new(value.At, $"{Wording.Quote(task.Module.Written)} with {Wording.Quote($"{argument}: {Scalars.TextOf(value)}")}");

    /// <summary>The command line, free or as `cmd`; `argv` is one command of its own.</summary>
    private static Finding? CommandLine(TaskEntry.Task task)
    {
        if (task.Arguments.Find("argv") is YamlNode.Sequence list) return Arguments(task, list);
        if (task.Arguments.FreeForm is { } free) return InText(task, free.Value, free.At, null);
        return task.Arguments.Find("cmd") is YamlNode.Scalar scalar && Scalars.TextOf(scalar) is { } text
            ? InText(task, text, scalar.At, scalar)
            : null;
    }

    private static Finding? Arguments(TaskEntry.Task task, YamlNode.Sequence list)
    {
        var words = list.Items.Select(i => Scalars.TextOf(i) ?? "").ToList();
        return ShellCommands.NeedsRunningSystem(words) ? Command(task, string.Join(' ', words), list.Items[0].At) : null;
    }

    private static Finding? InText(TaskEntry.Task task, string text, Location at, YamlNode.Scalar? scalar)
    {
        var lines = task.Module.Name == "command" ? [text] : ShellCommands.Split(text);
        foreach (var line in lines)
        {
            if (ShellCommands.NeedsRunningSystem(ShellCommands.Words(line))) return Command(task, line.Trim(), PlaceOf(line.Trim(), at, scalar));
        }

        return null;
    }

    private static Finding Command(TaskEntry.Task task, string line, Location at) =>
        new(at, $"{Wording.Quote(task.Module.Written)} of {Wording.Quote(line.Split('\n')[0])}");

    /// <summary>Where a command stands in the text that holds it.</summary>
    private static Location PlaceOf(string line, Location at, YamlNode.Scalar? scalar)
    {
        if (scalar is not null) return Scalars.Within(scalar, 0, line);
        var content = at.File.Content;
        var found = content.IndexOf(line, at.Span.Start, Math.Min(at.Span.End, content.Length) - at.Span.Start, StringComparison.Ordinal);
        return found < 0 ? at : new(at.File, new(found, line.Length));
    }

    /// <summary>What of a task needs a running system.</summary>
    /// <param name="At">Where it is said.</param>
    /// <param name="What">What it is, to begin a sentence.</param>
    private sealed record Finding(Location At, string What);

    /// <summary>What of some modules needs a running system, and what to write instead.</summary>
    private sealed record Rule(ImmutableArray<string> Modules, Func<TaskEntry.Task, Finding?> Find, string Hint);
}
