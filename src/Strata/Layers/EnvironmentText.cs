namespace Strata.Layers;

/// <summary>The placeholders of `ansible: environment:` values.</summary>
public static class EnvironmentText
{
    /// <summary>
    /// Replaces `{source}` by where the layer's source is seen, `{system}` and `{short}` by the names of the system (or
    /// of the one cluster); a name that is not given becomes an empty text. Replaced text is not read again.
    /// </summary>
    public static string Expand(string value, Target target, string source)
    {
        var result = new System.Text.StringBuilder();
        for (var i = 0; i < value.Length;)
        {
            var (length, text) = Placeholder(value.AsSpan(i), target, source);
            result.Append(text ?? value[i].ToString());
            i += text is null ? 1 : length;
        }

        return result.ToString();
    }

    private static (int Length, string? Text) Placeholder(ReadOnlySpan<char> rest, Target target, string source) => rest switch
    {
        _ when rest.StartsWith("{source}", StringComparison.Ordinal) => ("{source}".Length, source),
        _ when rest.StartsWith("{system}", StringComparison.Ordinal) => ("{system}".Length, target.Cluster?.Name ?? ""),
        _ when rest.StartsWith("{short}", StringComparison.Ordinal) => ("{short}".Length, target.Cluster?.Short ?? ""),
        _ => (0, null),
    };
}
