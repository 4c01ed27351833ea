using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Strata.Engine.Publishing;

namespace Strata.Cli.Terminal;

/// <summary>Promotions as text.</summary>
internal static class PromotionText
{
    /// <summary>What has just been promoted; each line ends with `\n`.</summary>
    public static string Render(PromotedImage promoted)
    {
        var text = new StringBuilder();
        Field("promoted", promoted.RecordReference is null ? promoted.Reference + ", which it was already" : promoted.Reference);
        Field("digest", promoted.Found.Image.Digest);
        Field("from", promoted.Found.Image.Reference + (promoted.Found.IsFromUntrusted ? ", accepted" : ""));
        if (promoted.RecordReference is null) return text.ToString();
        if (promoted.Previous is { } previous) Field("before", previous);
        Field("record", promoted.RecordReference);
        return text.ToString();

        void Field(string label, string value) => text.Append(CultureInfo.InvariantCulture, $"{label,-9} {value}\n");
    }

    /// <summary>What was promoted, a line each, oldest first.</summary>
    public static string Render(ImmutableArray<RecordedPromotion> records)
    {
        if (records.IsEmpty) return "nothing was promoted\n";
        var width = records.Max(r => r.Tag.Length);
        return string.Concat(records.Select(r =>
            $"{r.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}  {r.Tag.PadRight(width)}  {r.Digest}{(r.IsCurrent ? "" : "  (moved since)")}\n"));
    }
}
