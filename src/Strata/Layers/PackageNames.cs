using Strata.Text;

namespace Strata.Layers;

/// <summary>Checks what is handed to a package manager as an argument: no blanks, nothing a shell or the program acts on.</summary>
internal static class PackageNames
{
    /// <summary>A package: a name, a name with a version (`foo>=1.2`), or a group's id (`@core`).</summary>
    public static bool Package(Located<string> name, Faults faults) => Check("a package", IsPackage, name, faults);

    /// <summary>The id of a package group.</summary>
    public static bool Group(Located<string> name, Faults faults) => Check("a package group", IsGroupId, name, faults);

    /// <summary>A module stream, `NAME:STREAM` or `NAME:STREAM/PROFILE`.</summary>
    public static bool Module(Located<string> name, Faults faults) => Check("a module stream", IsModule, name, faults);

    /// <summary>The id of a pattern.</summary>
    public static bool Pattern(Located<string> name, Faults faults) => Check("a pattern", IsGroupId, name, faults);

    /// <summary>An apt component such as `main`.</summary>
    public static bool Component(Located<string> name, Faults faults) => Check("a component", Characters.IsSuite, name, faults);

    /// <summary>A release, product version or suite.</summary>
    public static bool Release(Located<string> name, Faults faults) => Check("a release", Characters.IsSuite, name, faults);

    /// <summary>A suite of a repository; `./` is a repository that is one folder.</summary>
    public static bool Suite(Located<string> name, Faults faults) => name.Value == "./" || Check("a suite", Characters.IsSuite, name, faults);

    /// <summary>The id of a package repository.</summary>
    public static bool RepositoryId(Located<string> id, Faults faults)
    {
        var fits = Characters.IsDottedColon(id.Value);
        if (!fits) faults.Add(PackageFaults.BadRepositoryId(id));
        return fits;
    }

    private static bool Check(string what, Func<string, bool> rule, Located<string> name, Faults faults)
    {
        if (rule(name.Value)) return true;
        var (reason, hint) = Reason(what, name.Value);
        faults.Add(PackageFaults.BadPackageName(what, name, reason, hint));
        return false;
    }

    private static (string Reason, string? Hint) Reason(string what, string name)
    {
        if (name.StartsWith('-')) return ("it starts with `-`, which programs take for an option", null);
        if (what == "a package" && name.EndsWith('-')) return ("it ends in `-`, by which apt removes a package", "leave the `-` out; what is to be removed stands under `remove`");
        if (Literal.HasTemplate(name)) return ("it has a template", null);
        if (name.Any(char.IsWhiteSpace))
        {
            return what switch
            {
                "a package" => ("it has a blank", "write a version without blanks, as in `foo>=1.2`, and each package as an entry of its own"),
                "a package group" => ("it has a blank", "name the group by its id: `dnf group list --ids`"),
                _ => ("it has a blank", null),
            };
        }

        return ("letters, digits and `. _ + - : ~ ^` are expected", what == "a module stream" ? "write it as `NAME:STREAM`" : null);
    }

    /// <summary>A name, or a name, a comparison and a version; or a group's id behind an `@`.</summary>
    private static bool IsPackage(string text)
    {
        if (text.EndsWith('-')) return false;
        if (text.StartsWith('@')) return IsGroupId(text[1..]) || IsModule(text[1..]);
        var start = text.IndexOfAny(['<', '>', '=']);
        if (start < 0) return Characters.IsVersioned(text);
        var rest = text[start..];
        var comparison = rest.StartsWith(">=", StringComparison.Ordinal) || rest.StartsWith("<=", StringComparison.Ordinal) ? 2 : 1;
        return Characters.IsVersioned(text[..start]) && Characters.IsVersioned(rest[comparison..]);
    }

    /// <summary>An id; that of a dnf environment may have a `^` before it, as in kickstart files.</summary>
    private static bool IsGroupId(string text) => Characters.IsVersioned(text.StartsWith('^') ? text[1..] : text);

    private static bool IsModule(string text)
    {
        var (name, rest) = Halves(text, ':');
        var (stream, profile) = Halves(rest ?? "", '/');
        return Characters.IsStream(name) && Characters.IsStream(stream) && (profile is null || Characters.IsStream(profile));
    }

    private static (string First, string? Second) Halves(string text, char separator) =>
        text.IndexOf(separator) is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (text, null);
}
