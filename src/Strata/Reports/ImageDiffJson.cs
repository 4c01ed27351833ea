using System.Text.Json;
using Strata.Images;
using Strata.Impact;
using Strata.Text;

namespace Strata.Reports;

/// <summary>What differs between two images as `strata/diff/1`; docs/reference/json.md says what each field means.</summary>
public static class ImageDiffJson
{
    /// <summary>The report as indented JSON with a final line break.</summary>
    public static string Render(ImageDiffReport report) => JsonText.Write(json =>
    {
        var comparison = report.Comparison;
        json.WriteStartObject();
        json.WriteString("schema", "strata/diff/1");
        WriteImage(json, "from", report.From, comparison.From);
        WriteImage(json, "to", report.To, comparison.To);
        json.WriteStartArray("packages");
        foreach (var package in comparison.Packages) WritePackage(json, package);
        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (var file in comparison.Files) WriteFile(json, file);
        json.WriteEndArray();
        json.WriteStartArray("settings");
        foreach (var setting in comparison.Settings) WriteSetting(json, setting);
        json.WriteEndArray();
        json.WriteStartArray("inputs");
        foreach (var target in report.Inputs.Targets) WriteTarget(json, target);
        json.WriteEndArray();
        json.WriteTexts("notes", report.Inputs.Notes);
        json.WriteEndObject();
    });

    private static void WriteImage(Utf8JsonWriter json, string name, ImageOrigin origin, ImageContent content)
    {
        json.WriteStartObject(name);
        json.WriteString("image", origin.Reference);
        json.WriteString("digest", origin.Digest);
        json.WriteText("target", origin.Target);
        json.WriteText("fingerprint", origin.Fingerprint);
        json.WriteStartObject("revisions");
        foreach (var (source, revision) in origin.Revisions) json.WriteString(source, revision);
        json.WriteEndObject();
        json.WriteNumber("bytes", content.SizeBytes);
        json.WriteNumber("fileBytes", content.FileBytes);
        json.WriteNumber("files", content.Files.Length);
        json.WriteNumber("packages", content.Packages.Packages.Length);
        json.WriteString("packagesDigest", content.Packages.Digest);
        json.WriteEndObject();
    }

    private static void WritePackage(Utf8JsonWriter json, PackageDifference package)
    {
        json.WriteStartObject();
        json.WriteString("change", package.Kind.Name());
        json.WriteString("system", package.System.Name());
        json.WriteString("name", package.Name);
        json.WriteString("architecture", package.Architecture);
        json.WriteTexts("from", package.Before);
        json.WriteTexts("to", package.After);
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, FileDifference file)
    {
        json.WriteStartObject();
        json.WriteString("change", file.Kind.Name());
        json.WriteString("path", NameBytes.Show(file.Path));
        json.WriteText("package", file.Package);
        json.WriteTexts("differs", file.Differing);
        WriteSide(json, "from", file.Before);
        WriteSide(json, "to", file.After);
        json.WriteEndObject();
    }

    private static void WriteSide(Utf8JsonWriter json, string name, ImageFile? file)
    {
        if (file is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("type", file.Type.Name());
        json.WriteString("mode", file.ModeText);
        json.WriteString("owner", file.OwnerText);
        json.WriteNumber("bytes", file.SizeBytes);
        json.WriteText("digest", file.Digest);
        json.WriteText("target", file.Target is { } target ? NameBytes.Show(target) : null);
        json.WriteText("package", file.Package);
        json.WriteStartObject("attributes");
        foreach (var (attribute, value) in file.Attributes) json.WriteString(attribute, FileAttribute.Words(attribute, value));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSetting(Utf8JsonWriter json, ValueDifference setting)
    {
        json.WriteStartObject();
        json.WriteString("change", setting.Kind.Name());
        json.WriteString("name", setting.Name);
        json.WriteText("from", setting.Before);
        json.WriteText("to", setting.After);
        json.WriteEndObject();
    }

    private static void WriteTarget(Utf8JsonWriter json, TargetImpact target)
    {
        json.WriteStartObject();
        json.WriteString("target", target.Target.Name.ToString());
        json.WriteString("state", target.State.Name());
        AffectedJson.WriteReasons(json, target.Reasons);
        json.WriteEndObject();
    }
}
