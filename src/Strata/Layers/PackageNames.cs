using System.Text.RegularExpressions;
using Strata.Text;

namespace Strata.Layers;

/// <summary>Checks what is handed to a package manager as an argument: no blanks, nothing a shell or the program acts on.</summary>
internal static partial class PackageNames
{
    /// <summary>A package: a name, a name with a version (`foo>=1.2`), or a group's id (`@core`).</summary>
    public static bool Package(Located<string> name, Faults faults) => Check("a package", PackagePattern(), name, faults);

    /// <summary>The id of a package group.</summary>
    public static bool Group(Located<string> name, Faults faults) => Check("a package group", IdPattern(), name, faults);

    /// <summary>A module stream, `NAME:STREAM` or `NAME:STREAM/PROFILE`.</summary>
    public static bool Module(Located<string> name, Faults faults) => Check("a module stream", ModulePattern(), name, faults);

    /// <summary>The id of a pattern.</summary>
    public static bool Pattern(Located<string> name, Faults faults) => Check("a pattern", IdPattern(), name, faults);

    /// <summary>An apt component such as `main`.</summary>
    public static bool Component(Located<string> name, Faults faults) => Check("a component", SuitePattern(), name, faults);

    /// <summary>A release, product version or suite.</summary>
    public static bool Release(Located<string> name, Faults faults) => Check("a release", SuitePattern(), name, faults);

    /// <summary>The id of a package repository.</summary>
    public static bool RepositoryId(Located<string> id, Faults faults)
    {
        var fits = RepositoryIdPattern().IsMatch(id.Value);
        if (!fits) faults.Add(PackageFaults.BadRepositoryId(id));
        return fits;
    }

    private static bool Check(string what, Regex pattern, Located<string> name, Faults faults)
    {
        if (pattern.IsMatch(name.Value)) return true;
        var (reason, hint) = Reason(what, name.Value);
        faults.Add(PackageFaults.BadPackageName(what, name, reason, hint));
        return false;
    }

    private static (string Reason, string? Hint) Reason(string what, string name)
    {
        if (name.StartsWith('-')) return ("it starts with `-`, which programs take for an option", null);
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

    [GeneratedRegex(@"\A(@\^?)?[A-Za-z0-9_][A-Za-z0-9._+:~^-]*((>=|<=|=|>|<)[A-Za-z0-9][A-Za-z0-9._+:~^-]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex PackagePattern();

    [GeneratedRegex(@"\A\^?[A-Za-z0-9_][A-Za-z0-9._+:~^-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._+-]*:[A-Za-z0-9_][A-Za-z0-9._+-]*(/[A-Za-z0-9_][A-Za-z0-9._+-]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex ModulePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._+~/-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex SuitePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._:-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex RepositoryIdPattern();
}
