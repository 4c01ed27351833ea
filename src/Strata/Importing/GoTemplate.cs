using System.Text;
using System.Text.RegularExpressions;
using Strata.Layers;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Importing;

/// <summary>
/// The part of Go's text/template that configurations of image-thrillhouse mostly use: `{{ .name }}`. Whatever else stands in braces is a
/// fault, since only the other program can tell what comes of it.
/// </summary>
internal static partial class GoTemplate
{
    /// <summary>Whether a text has anything to fill in.</summary>
    public static bool HasAction(string text) => text.Contains("{{", StringComparison.Ordinal);

    /// <summary>The text with its variables filled in, line by line as it was; null, with faults, when that cannot be done.</summary>
    public static SourceFile? Render(SourceFile file, IReadOnlyDictionary<string, YamlNode> variables, Faults faults)
    {
        var (text, done, isWhole) = (new StringBuilder(), 0, true);
        foreach (Match action in Action().Matches(file.Content))
        {
            text.Append(file.Content, done, action.Index - done);
            done = action.Index + action.Length;
            if (action.Groups["comment"].Success) continue;
            if (action.Groups["name"] is { Success: true, Value: var name } && variables.GetValueOrDefault(name) is YamlNode.Scalar scalar)
            {
                text.Append(scalar.Value is ScalarValue.Text value ? value.Value : scalar.Raw);
                continue;
            }

            isWhole = false;
            faults.Add(ImportFaults.Template(action.Value, new(file, Span.Between(action.Index, action.Index + action.Length)), action.Groups["name"].Success));
        }

        return isWhole ? new(file.Path, text.Append(file.Content, done, file.Content.Length - done).ToString()) : null;
    }

    [GeneratedRegex(@"\{\{-?\s*(?:\.(?<name>\w+)|(?<comment>/\*.*?\*/)|[^}]*)\s*-?\}\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Singleline, 5000)]
    private static partial Regex Action();
}
