namespace Strata.Layers;

/// <summary>The variables that Strata gives every job.</summary>
public static class JobVariables
{
    /// <summary>What their names start with; a site's own do not.</summary>
    public const string Prefix = "STRATA_";
}
