using System.Collections.Frozen;
using System.Numerics;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>What a play, a block, a task or an entry of `roles` says beside its content: `when`, `tags`, `delegate_to` …</summary>
/// <param name="Node">The mapping that says it; null where the entry is a name alone.</param>
public readonly record struct Keywords(YamlNode.Mapping? Node)
{
    /// <summary>
    /// Every keyword that a task, a handler or a block may have: the field attributes of `Task`, `Handler` and `Block` in
    /// ansible-core 2.14 to 2.19, with `local_action` and `static`, which are taken out before.
    /// </summary>
    private static readonly FrozenSet<string> OfTasks = new[]
    {
        "action", "always", "any_errors_fatal", "args", "async", "async_val", "become", "become_exe", "become_flags",
        "become_method", "become_user", "block", "changed_when", "check_mode", "collections", "connection", "debugger",
        "delay", "delegate_facts", "delegate_to", "diff", "environment", "failed_when", "ignore_errors",
        "ignore_unreachable", "listen", "local_action", "loop", "loop_control", "loop_with", "module_defaults", "name",
        "no_log", "notify", "poll", "port", "register", "remote_user", "rescue", "retries", "run_once", "static", "tags",
        "throttle", "timeout", "until", "vars", "when",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The names of all keywords of tasks.</summary>
    internal static IEnumerable<string> Names => OfTasks;

    /// <summary>Whether a key of a task is a keyword, not the name of a module.</summary>
    internal static bool IsOfTask(string key) => OfTasks.Contains(key) || key.StartsWith("with_", StringComparison.Ordinal);

    /// <summary>The value of a keyword; null where it is not said.</summary>
    public YamlNode? Find(string key) => Node?.Find(key);

    /// <summary>The mappings of a keyword that takes one or a list of them, the last of a name counts: `vars`.</summary>
    internal IEnumerable<YamlNode.Mapping> Mappings(string key) => Find(key) switch
    {
        YamlNode.Mapping mapping => [mapping],
        YamlNode.Sequence list => list.Items.OfType<YamlNode.Mapping>(),
        _ => [],
    };

    /// <summary>A keyword that takes one text or a list of them.</summary>
    internal IEnumerable<Located<string>> Texts(string key) => Find(key) switch
    {
        YamlNode.Sequence list => list.Items.SelectMany(Texts),
        { } node => Texts(node),
        null => [],
    };

    private static IEnumerable<Located<string>> Texts(YamlNode node) =>
        Scalars.TextOf(node) is { } text ? [new(text, node.At)] : [];
}

/// <summary>Scalars of Ansible content as the program takes them.</summary>
internal static class Scalars
{
    /// <summary>What a scalar says as text; null for nothing, lists and mappings.</summary>
    public static string? TextOf(YamlNode? node) => node switch
    {
        YamlNode.Scalar { Value: ScalarValue.Null } => null,
        YamlNode.Scalar { Value: ScalarValue.Text text } => text.Value,
        YamlNode.Scalar scalar => scalar.Raw,
        _ => null,
    };

    /// <summary>Whether a value is true as Ansible's `boolean()` takes it; null where that is not known (a template).</summary>
    public static bool? Truth(YamlNode? node) => node switch
    {
        YamlNode.Scalar { Value: ScalarValue.Boolean boolean } => boolean.Value,
        YamlNode.Scalar { Value: ScalarValue.Integer integer } => integer.Value != BigInteger.Zero,
        YamlNode.Scalar { Value: ScalarValue.Text text } => Truth(text.Value),
        _ => null,
    };

    /// <summary>Whether a text holds a template.</summary>
    public static bool IsTemplate(string text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal);

    /// <summary>The place of a stretch of a scalar's text; the whole scalar where escapes hide the place.</summary>
    public static Location Within(YamlNode.Scalar node, int start, string fragment)
    {
        var (file, span) = node.At;
        var end = Math.Min(span.End, file.Content.Length);
        var from = Math.Min(end, span.Start + (node.IsPlain ? 0 : 1) + start);
        if (file.Content.AsSpan(from, end - from).StartsWith(fragment, StringComparison.Ordinal)) return new(file, new(from, fragment.Length));
        var found = fragment.Length == 0 ? -1 : file.Content.IndexOf(fragment, span.Start, end - span.Start, StringComparison.Ordinal);
        return found < 0 ? node.At : new(file, new(found, fragment.Length));
    }

    private static bool? Truth(string text) => text.Trim().ToLowerInvariant() switch
    {
        "yes" or "true" or "on" or "1" or "y" or "t" => true,
        "no" or "false" or "off" or "0" or "n" or "f" => false,
        _ => null,
    };
}
