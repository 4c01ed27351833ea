using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Reads the entries of `commands:`: a text for the image's shell, or a list that is run as it is.</summary>
internal static class CommandReader
{
    /// <summary>One command; null, with a fault, when it cannot be run.</summary>
    public static CommandStep? Read(YamlNode node, Faults faults)
    {
        if (node is YamlNode.Sequence words) return Program(words, faults);
        if (node is YamlNode.Mapping)
        {
            faults.Add(ShapeFaults.WrongKind("a command", node, "a text or a list of texts", "put a command that holds `: ` in quotes"));
            return null;
        }

        if (Expect.Text(node, "a command", faults) is not { } text || HasNul(text, faults)) return null;
        return new CommandStep.Shell(text.Value, text.At);
    }

    private static CommandStep.Program? Program(YamlNode.Sequence list, Faults faults)
    {
        if (list.Items.IsEmpty)
        {
            faults.Add(NameFaults.BadCommand(list.At, "is an empty list; expected a program and its arguments"));
            return null;
        }

        var words = list.Items.Select((item, index) => Word(item, index, faults)).ToList();
        return words.Contains(null) ? null : new([.. words.OfType<string>()], list.At);
    }

    /// <summary>A word of a list; an argument may be the empty text, the program may not.</summary>
    public static string? Word(YamlNode node, int index, Faults faults)
    {
        if (index > 0 && node is YamlNode.Scalar { Value: ScalarValue.Text { Value.Length: 0 } }) return "";
        return Expect.Text(node, "a word of a command", faults) is { } text && !HasNul(text, faults) ? text.Value : null;
    }

    private static bool HasNul(Located<string> text, Faults faults)
    {
        var has = text.Value.Contains('\0', StringComparison.Ordinal);
        if (has) faults.Add(NameFaults.BadCommand(text.At, "has a NUL character, which no program can be given"));
        return has;
    }
}
