using System.Text.Json;

namespace Strata.SystemTests.Support;

/// <summary>What a build's record says of a target whose packages failed.</summary>
internal sealed record StepFailure(string Message, string LastLines, string Hint)
{
    /// <summary>That of a target, which has to have failed in its packages.</summary>
    public static StepFailure Of(Site site, string target, string step = "packages")
    {
        var failure = site.Target(target).GetProperty("failure");
        Assert.Equal(step, failure.GetProperty("step").GetString());
        var lines = failure.GetProperty("lastLines").EnumerateArray().Select(l => l.GetString());
        return new(
            failure.GetProperty("message").GetString()!,
            string.Join('\n', lines),
            failure.TryGetProperty("hint", out var hint) && hint.ValueKind == JsonValueKind.String ? hint.GetString()! : "");
    }
}
