using Strata.Layers;
using Strata.Text;

namespace Strata.Importing;

/// <summary>Names of other programs as names of a layer file.</summary>
internal static class Names
{
    /// <summary>A text with `-` for every stretch of characters that a name may not have.</summary>
    /// <param name="text">The text.</param>
    /// <param name="allowed">What it may have besides letters and digits.</param>
    /// <param name="toLower">Whether capital letters become small ones.</param>
    public static string Fitting(string text, string allowed, bool toLower)
    {
        var fitting = string.Join('-', Pieces(toLower ? text.ToLowerInvariant() : text, allowed)).Trim('-', '.', '_', ':');
        return fitting.Length == 0 ? "image" : fitting.Length > NameRule.MaxLength ? fitting[..NameRule.MaxLength].TrimEnd('-', '.', '_') : fitting;
    }

    /// <summary>A layer's name, each different from those that are taken; where it is another than the image had, it is said.</summary>
    public static string OfLayer(Located<string> name, ISet<string> taken, Faults faults)
    {
        var fitting = Fitting(name.Value, "._-", toLower: true);
        if (!NameRule.Fits(fitting)) fitting = Fitting(fitting, "", toLower: true);
        var unique = fitting;
        for (var number = 2; !taken.Add(unique); number++) unique = string.Create(null, $"{fitting}-{number}");
        if (unique != name.Value) faults.Add(ImportFaults.OtherMeaning(name.Value, name.At, $"the layer is called {Wording.Quote(unique)}", null));
        return unique;
    }

    private static string[] Pieces(string text, string allowed) =>
        new string([.. text.Select(c => char.IsAsciiLetterOrDigit(c) || allowed.Contains(c, StringComparison.Ordinal) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
