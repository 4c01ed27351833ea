using System.Text.Json;
using Strata.Images;

namespace Strata.Reports;

/// <summary>
/// The packages of an image as CycloneDX 1.6, which other programs look up vulnerabilities and licences by. It has no serial number
/// and no time, both of which the format leaves out at will, so that equal images have equal files.
/// </summary>
public static class CycloneDx
{
    /// <summary>The document as JSON with a final line break.</summary>
    /// <param name="image">The image's name: its target.</param>
    /// <param name="digest">Its digest, `sha256:…`.</param>
    /// <param name="os">Its distribution; null where it says none.</param>
    /// <param name="packages">What is installed.</param>
    public static string Render(string image, string digest, OsRelease? os, PackageSet packages) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        json.WriteString("bomFormat", "CycloneDX");
        json.WriteString("specVersion", "1.6");
        json.WriteNumber("version", 1);
        json.WriteStartObject("metadata");
        json.WriteStartObject("tools");
        json.WriteStartArray("components");
        WriteComponent(json, "application", "strata", null);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WritePropertyName("component");
        WriteComponent(json, "container", image, digest);
        json.WriteString("bom-ref", digest);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("components");
        if (os is not null) WriteSystem(json, os);
        foreach (var package in packages.Packages) WritePackage(json, package, os);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteSystem(Utf8JsonWriter json, OsRelease os)
    {
        WriteComponent(json, "operating-system", os.Id, os.Version);
        json.WriteEndObject();
    }

    private static void WritePackage(Utf8JsonWriter json, InstalledPackage package, OsRelease? os)
    {
        var url = PackageUrl.Of(package, os);
        WriteComponent(json, "library", package.Name, package.Version);
        json.WriteString("bom-ref", url);
        json.WriteString("purl", url);
        if (package.License is { } license)
        {
            json.WriteStartArray("licenses");
            json.WriteStartObject();
            json.WriteStartObject("license");
            json.WriteString("name", license);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Begins a component, which the caller ends.</summary>
    private static void WriteComponent(Utf8JsonWriter json, string type, string name, string? version)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("name", name);
        if (version is not null) json.WriteString("version", version);
    }
}
