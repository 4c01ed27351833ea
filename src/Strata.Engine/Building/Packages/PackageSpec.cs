namespace Strata.Engine.Building.Packages;

/// <summary>An entry of `install:` taken apart: a package, and the version that is wanted of it.</summary>
/// <param name="Name">The package.</param>
/// <param name="Relation">`=`, `>=`, `&lt;=`, `>` or `&lt;`; null where any version will do.</param>
/// <param name="Version">The version; null where any will do.</param>
internal readonly record struct PackageSpec(string Name, string? Relation, string? Version)
{
    private static readonly string[] Relations = [">=", "<=", "==", ">", "<", "="];

    /// <summary>Takes an entry apart; it was validated with the layer file.</summary>
    public static PackageSpec Parse(string text)
    {
        foreach (var relation in Relations)
        {
            var at = text.IndexOf(relation, StringComparison.Ordinal);
            if (at > 0) return new(text[..at].Trim(), relation == "==" ? "=" : relation, text[(at + relation.Length)..].Trim());
        }

        return new(text, null, null);
    }
}
