using System.Diagnostics;

namespace Strata.Impact;

/// <summary>How a change is traced to targets.</summary>
public enum Precision
{
    /// <summary>By what each target's plays can read: values of variables, files, plays.</summary>
    Values,

    /// <summary>By the names of variables, as Listing 6 of the paper and its section III.B say.</summary>
    Names,

    /// <summary>By the paths of changed files, as Listing 2 of the paper says.</summary>
    Files,
}

/// <summary>The names of the precisions on the command line and in outputs.</summary>
public static class Precisions
{
    /// <summary>`values`, `names` or `files`.</summary>
    public static string Name(this Precision precision) => precision switch
    {
        Precision.Values => "values",
        Precision.Names => "names",
        Precision.Files => "files",
        _ => throw new UnreachableException(),
    };
}
