using System.Globalization;
using System.Text;
using Strata.Engine.Building;
using Strata.Text;

namespace Strata.Cli.Terminal;

/// <summary>What `strata clean` found, as text.</summary>
internal static class CleanText
{
    /// <summary>A line each thing, then how much it is; each line ends with `\n`.</summary>
    public static string Render(Removable found)
    {
        if (found.IsEmpty) return "nothing to remove\n";
        var text = new StringBuilder();
        foreach (var container in found.Containers) text.Append("container  ").Append(container).Append('\n');
        foreach (var file in found.Files) text.Append("files      ").Append(Wording.Escape(file)).Append('\n');
        foreach (var image in found.Images)
        {
            var name = image.References.IsEmpty ? image.Id[..12] + " (replaced)" : string.Join(", ", image.References);
            text.Append(CultureInfo.InvariantCulture, $"image      {image.Target}  {name}  {Amounts.Size(image.SizeBytes)}\n");
        }

        foreach (var folder in found.Requirements)
            text.Append("installed  ").Append(Wording.Escape(folder.Path)).Append("  ").Append(Amounts.Size(folder.SizeBytes)).Append('\n');
        return text.Append('\n').Append(Total(found)).Append('\n').ToString();
    }

    private static string Total(Removable found)
    {
        var parts = new List<string>();
        if (!found.Containers.IsEmpty) parts.Add(Wording.Count(found.Containers.Length, "container"));
        if (!found.Files.IsEmpty) parts.Add($"files of interrupted runs in {Wording.Count(found.Files.Length, "place")}");
        if (!found.Images.IsEmpty) parts.Add($"{Wording.Count(found.Images.Length, "image")} (at most {Amounts.Size(found.Images.Sum(i => i.SizeBytes))}, as far as no other image holds the same)");
        if (!found.Requirements.IsEmpty) parts.Add($"installed requirements in {Wording.Count(found.Requirements.Length, "folder")} ({Amounts.Size(found.Requirements.Sum(r => r.SizeBytes))})");
        return string.Join(", ", parts);
    }
}
