using Strata.Text;

namespace Strata.Ansible.Inventories;

/// <summary>What is wrong with a file of YAML.</summary>
/// <param name="Reason">Whether Ansible fails on it, or only Strata.</param>
/// <param name="Detail">The first fault, with its line.</param>
internal sealed record YamlFault(OpaqueReason Reason, string Detail)
{
    /// <summary>The ids of what only Strata refuses.</summary>
    private static readonly string[] Limits = ["yaml-too-deep", "yaml-too-large", "yaml-recursive", "file-too-large"];

    /// <summary>The fault of a file; null where there is none.</summary>
    public static YamlFault? Of(ContentFile file)
    {
        foreach (var diagnostic in file.Document.Diagnostics)
        {
            if (diagnostic.IsError) return new(ReasonOf(file, diagnostic), Detailed(diagnostic));
        }

        return null;
    }

    /// <summary>Ansible takes a text for JSON first, and not every JSON is YAML.</summary>
    private static OpaqueReason ReasonOf(ContentFile file, Diagnostic fault) =>
        Limits.Contains(fault.Id) || file.Document.File.Content.AsSpan().TrimStart() is ['{', ..] ? OpaqueReason.NotRead : OpaqueReason.Unreadable;

    private static string Detailed(Diagnostic fault) =>
        fault.At is { } at ? string.Create(null, $"line {at.Line}: {fault.Message}") : fault.Message;
}
