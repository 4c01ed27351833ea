using System.Globalization;

namespace Strata.Layers;

/// <summary>
/// A tag by which a tested image is released, such as `v3` or `production`. It can be moved to another image; a tag that says when
/// that happened (<see cref="Record"/>) stays.
/// </summary>
public readonly record struct ReleaseTag
{
    private const string Mark = ".promoted-";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>A tag has at most 128 characters, and the record's are added.</summary>
    private const int Longest = 100;

    /// <summary>The length of a fingerprint's tag.</summary>
    private const int FingerprintLength = 32;

    private ReleaseTag(string text) => Text = text;

    /// <summary>The tag.</summary>
    public string Text { get; }

    /// <summary>A tag from a text; null, and why, where it can be none.</summary>
    public static ReleaseTag? TryParse(string text, out string reason)
    {
        reason = text switch
        {
            { Length: 0 or > Longest } => "1 to 100 characters are expected",
            _ when !IsTag(text) => "letters, digits, `_`, `.` and `-` are expected, no `.` or `-` first",
            { Length: FingerprintLength } when text.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f') => "it looks like the tag of a fingerprint, which is written by builds alone",
            _ when text.Contains(Mark, StringComparison.Ordinal) => "tags with `.promoted-` say when something was promoted",
            _ => "",
        };
        return reason.Length == 0 ? new(text) : null;
    }

    /// <summary>The tag that says that this one was given at a time: `v3.promoted-20250131T120000Z`.</summary>
    public string Record(DateTimeOffset at) => Text + Mark + at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>What a tag records; null for any other tag.</summary>
    public static (string Tag, DateTimeOffset At)? TryReadRecord(string tag)
    {
        var mark = tag.LastIndexOf(Mark, StringComparison.Ordinal);
        if (mark <= 0) return null;
        var isTime = DateTimeOffset.TryParseExact(
            tag.AsSpan(mark + Mark.Length), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at);
        return isTime ? (tag[..mark], at) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>As the distribution specification has it.</summary>
    private static bool IsTag(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') && text[0] is not ('.' or '-');
}
