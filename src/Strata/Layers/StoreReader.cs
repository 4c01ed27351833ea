using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Layers;

/// <summary>Reads `store:` of `images`: the object store that outputs are sent to.</summary>
internal static class StoreReader
{
    /// <summary>What stores that know no regions take, too.</summary>
    private const string DefaultRegion = "us-east-1";

    private const string Expected = "`https://HOST/BUCKET` or `http://HOST/BUCKET`, with a path behind it where one is wanted";

    private static readonly ImmutableArray<string> Schemes = ["https://", "http://"];

    /// <summary>The store; null where none is named, or with a fault.</summary>
    public static StoreSettings? Read(Fields images, Faults faults)
    {
        if (images.Node("store") is not { } node) return null;
        if (!images.Has("repository"))
            faults.Add(ShapeFaults.MissingKey("repository", "`store`", images.KeyAt("store"), "say where images are published: outputs go to the store when they are"));
        if (Fields.Open(node, KeySet.Store, images.KeyAt("store"), faults) is not { } fields) return null;
        var credentials = CredentialReader.Read(fields, faults);
        var region = Region(fields, faults);
        return fields.RequiredText("url") is { } url && Place(url, faults) is { } place && region is not null
            ? place with { Region = region, Credentials = credentials }
            : null;
    }

    private static string? Region(Fields fields, Faults faults)
    {
        if (fields.Text("region") is not { } region) return DefaultRegion;
        if (region.Value.Length is > 0 and <= 63 && region.Value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')) return region.Value;
        faults.Add(NameFaults.BadName("a region", region, "lower-case letters, digits and `-`", null));
        return null;
    }

    private static StoreSettings? Place(Located<string> url, Faults faults)
    {
        if (UrlReading.RefuseSecret(url, "`url`", "name them under `credentials`", faults)) return null;
        var scheme = Schemes.FirstOrDefault(s => url.Value.StartsWith(s, StringComparison.Ordinal));
        var parts = scheme is null ? [] : url.Value[scheme.Length..].TrimEnd('/').Split('/');
        if (parts.Length >= 2 && IsHost(parts[0]) && IsBucket(parts[1]) && parts.Skip(2).All(IsPart))
            return new(scheme + parts[0], parts[1], string.Concat(parts.Skip(2).Select(p => p + "/")), DefaultRegion, null);
        faults.Add(NameFaults.BadUrl("`url`", url, Expected));
        return null;
    }

    /// <summary>A name or an address, with a port where one is needed.</summary>
    private static bool IsHost(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var isPort = colon < 0 || (text.Length - colon is > 1 and <= 6 && text[(colon + 1)..].All(char.IsAsciiDigit));
        return isPort && Characters.IsDotted(colon < 0 ? text : text[..colon]);
    }

    /// <summary>A bucket as S3 names them.</summary>
    private static bool IsBucket(string text) =>
        text.Length is >= 3 and <= 63
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-')
        && char.IsAsciiLetterOrDigit(text[0])
        && char.IsAsciiLetterOrDigit(text[^1]);

    /// <summary>A part of a path that needs no escaping in any URL.</summary>
    private static bool IsPart(string text) => Characters.IsDotted(text) && !text.Contains("..", StringComparison.Ordinal);
}
