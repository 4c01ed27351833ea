using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>What is known of a `when` from its text alone.</summary>
internal static class Conditions
{
    /// <summary>The variable that is true in every build, and undefined elsewhere.</summary>
    public const string BuildVariable = "strata_build";

    private static readonly string[] ConditionalKeywords =
        ["when", "loop", "rescue", "ignore_errors", "failed_when", "module_defaults", "listen"];

    /// <summary>
    /// Whether a condition mentions <see cref="BuildVariable"/>: the site has then decided what happens in a build.
    /// </summary>
    public static bool MentionBuild(Keywords keywords) => keywords.Texts("when").Any(condition => Mentions(condition.Value, BuildVariable));

    /// <summary>Whether a condition is plainly false.</summary>
    public static bool NeverHold(Keywords keywords) => keywords.Find("when") switch
    {
        YamlNode.Sequence list => list.Items.Any(IsFalse),
        { } node => IsFalse(node),
        null => false,
    };

    /// <summary>Whether a failure is ignored by `ignore_errors: true` or `failed_when: false`.</summary>
    public static bool Tolerate(Keywords keywords) =>
        Scalars.Truth(keywords.Find("ignore_errors")) == true || keywords.Find("failed_when") is { } failed && IsFalse(failed);

    /// <summary>Whether keywords can keep what they are for from running, from failing, or from being told what its text says.</summary>
    public static bool ArePossible(Keywords keywords) =>
        Scalars.TextOf(keywords.Find("args")) is not null
        || ConditionalKeywords.Any(k => keywords.Find(k) is not null)
        || (keywords.Node is { } node && node.Entries.Any(e => Scalars.TextOf(e.Key)?.StartsWith("with_", StringComparison.Ordinal) == true));

    private static bool IsFalse(YamlNode node) =>
        node is YamlNode.Scalar { Value: ScalarValue.Boolean { Value: false } } || Scalars.TextOf(node)?.Trim() is "false" or "False";

    /// <summary>Whether an expression has a name in it as a whole word.</summary>
    private static bool Mentions(string expression, string name)
    {
        for (var at = expression.IndexOf(name, StringComparison.Ordinal); at >= 0; at = expression.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            if (!IsWordCharacter(expression, at - 1) && !IsWordCharacter(expression, at + name.Length)) return true;
        }

        return false;
    }

    private static bool IsWordCharacter(string text, int at) =>
        at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');
}
