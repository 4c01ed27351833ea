using System.Collections.Immutable;
using System.Globalization;
using Strata.Engine.Publishing;
using Strata.Layers;
using Strata.Reports;

namespace Strata.Cli.Terminal;

/// <summary>Promotions as JSON; docs/reference/json.md says what each field means.</summary>
internal static class PromotionJson
{
    /// <summary>What has just been promoted, as `strata/promote/1`.</summary>
    public static string Render(PromotedImage promoted) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "strata/promote/1");
        json.WriteString("target", promoted.Found.Target.ToString());
        json.WriteString("fingerprint", promoted.Found.Image.Fingerprint.ToString());
        json.WriteString("digest", promoted.Found.Image.Digest);
        json.WriteString("from", promoted.Found.Image.Reference);
        json.WriteBoolean("accepted", promoted.Found.IsFromUntrusted);
        json.WriteString("image", promoted.Reference);
        json.WriteString("previous", promoted.Previous);
        json.WriteString("promoted", Time(promoted.At));
        json.WriteString("record", promoted.RecordReference);
        json.WriteEndObject();
    });

    /// <summary>What was promoted, as `strata/promotions/1`.</summary>
    public static string Render(TargetName target, string repository, ImmutableArray<RecordedPromotion> records) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "strata/promotions/1");
        json.WriteString("target", target.ToString());
        json.WriteString("repository", repository);
        json.WriteStartArray("promotions");
        foreach (var record in records)
        {
            json.WriteStartObject();
            json.WriteString("promoted", Time(record.At));
            json.WriteString("tag", record.Tag);
            json.WriteString("digest", record.Digest);
            json.WriteBoolean("current", record.IsCurrent);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
