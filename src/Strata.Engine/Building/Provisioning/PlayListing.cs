using System.Collections.Immutable;

namespace Strata.Engine.Building.Provisioning;

/// <summary>A playbook as `ansible-playbook --list-hosts` shows it.</summary>
/// <param name="Path">The playbook as it was named.</param>
/// <param name="Patterns">The host patterns of its plays.</param>
/// <param name="MatchesImageHost">Whether a play has the image host.</param>
internal sealed record ListedPlaybook(string Path, ImmutableArray<string> Patterns, bool MatchesImageHost);

/// <summary>Reads the output of `ansible-playbook --list-hosts` (ansible-core 2.14 to 2.19).</summary>
internal static class PlayListing
{
    private const string PlaybookMark = "playbook: ";
    private const string PatternMark = "pattern: [";

    /// <summary>The playbooks in their order.</summary>
    public static ImmutableArray<ListedPlaybook> Read(string output)
    {
        var playbooks = ImmutableArray.CreateBuilder<ListedPlaybook>();
        foreach (var line in output.Split('\n').Select(l => l.Trim()))
        {
            if (line.StartsWith(PlaybookMark, StringComparison.Ordinal))
                playbooks.Add(new(line[PlaybookMark.Length..], [], false));
            else if (playbooks.Count > 0)
                playbooks[^1] = With(playbooks[^1], line);
        }

        return playbooks.ToImmutable();
    }

    private static ListedPlaybook With(ListedPlaybook playbook, string line)
    {
        if (line == ImageHost.Name) return playbook with { MatchesImageHost = true };
        if (!line.StartsWith(PatternMark, StringComparison.Ordinal)) return playbook;
        var patterns = line[PatternMark.Length..].TrimEnd(']').Split(',').Select(p => p.Trim().Trim('\'', '"')).Where(p => p.Length > 0);
        return playbook with { Patterns = [.. playbook.Patterns.Union(patterns, StringComparer.Ordinal)] };
    }
}
