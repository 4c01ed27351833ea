using System.Buffers;
using System.Collections.Frozen;

namespace Strata.Ansible;

/// <summary>
/// Command lines as far as it takes to see which programs they run: quotes and templates are kept whole, and nothing is
/// expanded.
/// </summary>
internal static class ShellCommands
{
    /// <summary>Programs that act on the running system whatever they are told.</summary>
    private static readonly FrozenSet<string> Always = new[]
    {
        "reboot", "shutdown", "poweroff", "halt", "telinit", "umount", "swapon", "swapoff", "insmod", "rmmod", "setenforce",
        "kexec",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Verbs of `systemctl` that need systemd running; `enable`, `disable`, `mask` and `preset` do not.</summary>
    private static readonly FrozenSet<string> SystemctlVerbs = new[]
    {
        "start", "stop", "restart", "reload", "try-restart", "reload-or-restart", "try-reload-or-restart", "condrestart", "isolate", "kill",
        "daemon-reload", "daemon-reexec", "reset-failed", "is-active", "is-failed", "is-system-running", "status", "list-units", "reboot",
        "poweroff", "halt", "kexec", "rescue", "default", "set-environment", "import-environment",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] ServiceVerbs = ["start", "stop", "restart", "reload", "try-restart", "force-reload", "condrestart"];

    /// <summary>Words that may stand before a command: other programs that run it, and the shell's own.</summary>
    private static readonly string[] Prefixes = ["sudo", "exec", "nohup", "time", "env", "if", "then", "else", "while", "until", "do", "!", "{", "("];

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>The single commands of a shell text: split at `;`, `&amp;`, `|` and line breaks outside of quotes.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var start = 0;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '"' or '\'' && (i == 0 || text[i - 1] != '\\')) quote = quote == c ? '\0' : quote == '\0' ? c : quote;
            if (quote != '\0' || c is not (';' or '&' or '|' or '\n') || (c == '\n' && i > 0 && text[i - 1] == '\\')) continue;
            yield return text[start..i];
            start = i + 1;
        }

        yield return text[start..];
    }

    /// <summary>The words of one command, quotes taken off.</summary>
    public static List<string> Words(string command) =>
        [.. FreeForm.Words(command).Select(w => w.Text.Trim('"', '\'')).TakeWhile(w => !w.StartsWith('#'))];

    /// <summary>Whether a command acts on the running system.</summary>
    public static bool NeedsRunningSystem(IReadOnlyList<string> words)
    {
        var rest = words.SkipWhile(w => Prefixes.Contains(w) || IsAssignment(w)).ToList();
        if (rest.Count == 0 || rest.Exists(w => w is "--help" or "--version")) return false;
        var program = rest[0][(rest[0].LastIndexOf('/') + 1)..];
        var arguments = rest.Skip(1).ToList();
        return NeedsRunningSystem(program, arguments);
    }

    private static bool NeedsRunningSystem(string program, List<string> arguments) => program switch
    {
        "systemctl" => !arguments.Exists(IsOffline) && (arguments.Contains("--now") || SystemctlVerbs.Contains(FirstPlain(arguments))),
        "service" or "rc-service" => arguments.Count > 1 && ServiceVerbs.Contains(arguments[1]),
        "init" => arguments is ["0" or "6", ..],
        "sysctl" => arguments.Exists(a => a is "-w" or "-p" or "--write" or "--load" or "--system" || a.StartsWith("-p", StringComparison.Ordinal) || IsSetting(a)),
        "hostname" => FirstPlain(arguments).Length > 0,
        "hostnamectl" => arguments.Exists(a => a is "set-hostname" or "hostname" or "set-chassis" or "set-location"),
        "timedatectl" => arguments.Exists(a => a.StartsWith("set-", StringComparison.Ordinal)),
        "localectl" => arguments.Exists(a => a.StartsWith("set-", StringComparison.Ordinal)),
        "loginctl" => true,
        "ip" => arguments.Exists(a => a is "add" or "del" or "delete" or "set" or "replace" or "flush"),
        "date" => arguments.Exists(a => a is "-s" || a.StartsWith("--set", StringComparison.Ordinal)),
        "firewall-cmd" => !arguments.Contains("--permanent") || arguments.Contains("--reload"),
        "udevadm" => FirstPlain(arguments) is "trigger" or "control" or "settle",
        "mount" => arguments.Count > 0,
        "modprobe" => !arguments.Exists(a => a is "-n" or "--dry-run" or "--show-depends" or "-c" or "--showconfig"),
        _ => Always.Contains(program),
    };

    private static string FirstPlain(List<string> arguments) => arguments.Find(a => !a.StartsWith('-')) ?? "";

    private static bool IsOffline(string argument) => argument.StartsWith("--root", StringComparison.Ordinal) || argument.StartsWith("--image", StringComparison.Ordinal);

    /// <summary>`vm.swappiness=1`, which `sysctl` takes without `-w`.</summary>
    private static bool IsSetting(string argument) => !argument.StartsWith('-') && argument.Contains('=', StringComparison.Ordinal);

    private static bool IsAssignment(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is var equals and > 0 && word.AsSpan(0, equals).IndexOfAnyExcept(NameCharacters) < 0;
}
