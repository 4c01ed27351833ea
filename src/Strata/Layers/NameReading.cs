using System.Text;
using Strata.Sources;
using Strata.Text;

namespace Strata.Layers;

/// <summary>Checks names before anything is made of them: they become paths, tags of images, jobs and arguments.</summary>
internal static class NameReading
{
    /// <summary>The comparisons of a version range; a longer one stands before those it starts with.</summary>
    private static readonly string[] Comparisons = ["==", "!=", ">=", "<=", ">", "<"];

    /// <summary>A layer's name.</summary>
    public static LayerName? Layer(Located<string> name, Faults faults) =>
        Fits("a layer", name, faults) ? new LayerName(name.Value) : null;

    /// <summary>An image type.</summary>
    public static ImageType? Type(Located<string> name, Faults faults) =>
        Fits("an image type", name, faults) ? new ImageType(name.Value) : null;

    /// <summary>A source's name where one is declared: not `self`.</summary>
    public static SourceName? NewSource(Located<string> name, Faults faults)
    {
        if (name.Value == SourceName.Self.Value)
        {
            faults.Add(NameFaults.ReservedName(name, "the layer file's own source", "leave it out, or give the source another name"));
            return null;
        }

        return Fits("a source", name, faults) ? new SourceName(name.Value) : null;
    }

    /// <summary>A system's or cluster's name: as any other, but capital letters are allowed.</summary>
    public static SystemName? System(Located<string> name, string what, Faults faults)
    {
        if (NameRule.FitsSystem(name.Value)) return new SystemName(name.Value);
        faults.Add(NameFaults.BadName(what, name, NameRule.SystemWords, Suggest(name.Value, keepCase: true)));
        return null;
    }

    /// <summary>Whether a text may name an inventory group.</summary>
    public static bool Group(Located<string> name, Faults faults) => Check(Characters.IsDotted, name, NameFaults.BadGroup, faults);

    /// <summary>Whether a text may name a host that tasks are delegated to.</summary>
    public static bool Host(Located<string> name, Faults faults) => Check(Characters.IsDottedColon, name, NameFaults.BadHost, faults);

    /// <summary>Whether a text may be a tag of Ansible.</summary>
    public static bool Tag(Located<string> name, Faults faults) => Check(IsTag, name, NameFaults.BadTag, faults);

    /// <summary>Whether a text may name an Ansible variable.</summary>
    public static bool Variable(Located<string> name, Faults faults) =>
        Check(Characters.IsIdentifier, name, NameFaults.BadVariableName, faults);

    /// <summary>Whether a text may name a variable of a process's environment.</summary>
    public static bool EnvironmentVariable(Located<string> name, Faults faults) =>
        Check(Characters.IsIdentifier, name, NameFaults.BadEnvironmentName, faults);

    /// <summary>Whether a text may name a fact: an identifier without the prefix that facts have as variables.</summary>
    public static bool Fact(Located<string> name, Faults faults)
    {
        const string prefix = "ansible_";
        var prefixed = name.Value.StartsWith(prefix, StringComparison.Ordinal);
        if (!prefixed && Characters.IsIdentifier(name.Value)) return true;
        var rest = prefixed ? name.Value[prefix.Length..] : "";
        faults.Add(NameFaults.BadFactName(name, Characters.IsIdentifier(rest) ? rest : null));
        return false;
    }

    /// <summary>Whether a text may name a branch or a tag of git, and is no option.</summary>
    public static bool Ref(Located<string> name, Faults faults)
    {
        var fits = StartsWord(name.Value)
            && !name.Value.Any(c => c is '~' or '^' or ':' or '?' or '*' or '[' or '\\' || char.IsWhiteSpace(c) || char.IsControl(c))
            && !name.Value.Contains("..", StringComparison.Ordinal)
            && !name.Value.Contains("//", StringComparison.Ordinal)
            && !name.Value.Contains("@{", StringComparison.Ordinal)
            && !name.Value.EndsWith(".lock", StringComparison.Ordinal)
            && name.Value[^1] is not ('/' or '.');
        if (!fits) faults.Add(NameFaults.BadRef(name));
        return fits;
    }

    /// <summary>Whether a text is a range of versions such as `>=2.16,&lt;2.17`.</summary>
    public static bool VersionRange(Located<string> range, Faults faults) =>
        Check(IsVersionRange, range, NameFaults.BadVersionRange, faults);

    /// <summary>The name nearest to a text that fits the rule; null when nothing of it is left.</summary>
    public static string? Suggest(string text, bool keepCase = false)
    {
        var suggestion = new StringBuilder();
        foreach (var c in keepCase ? text : text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
                suggestion.Append(c);
            else if (suggestion.Length > 0 && char.IsAsciiLetterOrDigit(suggestion[^1]))
                suggestion.Append(c is '.' or '_' ? c : '-');
        }

        var cut = suggestion.ToString();
        cut = cut[..Math.Min(cut.Length, NameRule.MaxLength)].TrimEnd('.', '_', '-');
        return cut.Length == 0 ? null : cut;
    }

    private static bool Fits(string what, Located<string> name, Faults faults)
    {
        var fits = NameRule.Fits(name.Value);
        if (!fits) faults.Add(NameFaults.BadName(what, name, NameRule.Words, Suggest(name.Value)));
        return fits;
    }

    private static bool Check(Func<string, bool> rule, Located<string> name, Func<Located<string>, Diagnostic> fault, Faults faults)
    {
        var fits = rule(name.Value);
        if (!fits) faults.Add(fault(name));
        return fits;
    }

    private static bool IsTag(string text) =>
        StartsWord(text) && !text.Any(c => c == ',' || char.IsWhiteSpace(c) || char.IsControl(c));

    private static bool StartsWord(string text) => text.Length > 0 && (char.IsAsciiLetterOrDigit(text[0]) || text[0] == '_');

    private static bool IsVersionRange(string text) => text.Split(',').All(part =>
        Array.Find(Comparisons, c => part.StartsWith(c, StringComparison.Ordinal)) is { } comparison
        && Characters.IsNumericVersion(part[comparison.Length..]));
}
