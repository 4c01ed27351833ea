using System.Reflection;

namespace Strata.Cli;

/// <summary>The version of this program.</summary>
internal static class StrataVersion
{
    /// <summary>Such as `0.1.0`.</summary>
    public static string Text =>
        typeof(StrataVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
