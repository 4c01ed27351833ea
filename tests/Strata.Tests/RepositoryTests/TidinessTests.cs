namespace Strata.Tests.RepositoryTests;

public sealed class TidinessTests
{
    private const int LongestFile = 500;

    /// <summary>Files over the limit, each with the reason why it is one file.</summary>
    private static readonly Dictionary<string, string> LongForAReason = new(StringComparer.Ordinal)
    {
        ["tests/Strata.Tests/Layers/NameFaultTests.cs"] = "one short test a message, each with the whole message",
        ["tests/Strata.Tests/Layers/ValueFaultTests.cs"] = "one short test a message, each with the whole message",
    };

    /// <summary>Paths that only the machine of one person has. Written in halves, so that this file is not found.</summary>
    private static readonly string[] MachinePaths = ["/wo" + "rk/", "/Us" + "ers/", "C:\\Us" + "ers\\", "/tmp/w" + "t/"];

    /// <summary>Public hosts that the sources and documents may name; sites are `example.org`.</summary>
    private static readonly string[] Hosts =
    [
        "example.org", "example.com", "localhost", "127.0.0.1", "snapshot.debian.org",
        "api.nuget.org", "git-lfs.github.com", "github.com", "docs.gitlab.com", "gitlab.com", "docs.ansible.com", "no-color.org",
        "keepachangelog.com", "semver.org", "www.apache.org", "yaml.org", "www.w3.org", "reproducible-builds.org", "json.schemastore.org", "json-schema.org", "cyclonedx.org",
    ];

    [Fact]
    public void Every_text_file_ends_in_one_line_break() =>
        RepositoryFiles.AssertNone(RepositoryFiles.Texts().Where(f => IsOurs(f.Path) && f.Text.Length > 0 && (!f.Text.EndsWith('\n') || f.Text.EndsWith("\n\n", StringComparison.Ordinal))).Select(f => f.Path));

    [Fact]
    public void No_file_of_code_is_longer_than_a_reader_bears_without_a_reason()
    {
        var tooLong = RepositoryFiles.Texts().Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal) && f.Text.Count(c => c == '\n') > LongestFile)
            .Select(f => f.Path).ToList();
        RepositoryFiles.AssertNone(tooLong.Where(f => !LongForAReason.ContainsKey(f)));
        RepositoryFiles.AssertNone(LongForAReason.Keys.Except(tooLong));
    }

    [Fact]
    public void No_file_names_a_path_of_somebody_s_machine() =>
        RepositoryFiles.AssertNone(RepositoryFiles.Texts().SelectMany(f => MachinePaths.Where(p => NamesFromTheTop(f.Text, p)).Select(p => $"{f.Path}: {p}")));

    [Fact]
    public void Sources_and_documents_name_no_host_but_known_public_ones() =>
        RepositoryFiles.AssertNone(RepositoryFiles.Texts()
            .Where(f => !f.Path.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(f => HostsIn(f.Text).Where(h => !Hosts.Any(known => h == known || h.EndsWith("." + known, StringComparison.Ordinal))).Select(h => $"{f.Path}: {h}")));

    /// <summary>NuGet writes the lock files; what an example copies into an image may end as it likes.</summary>
    private static bool IsOurs(string path) =>
        !path.EndsWith("packages.lock.json", StringComparison.Ordinal) && !path.StartsWith("examples/", StringComparison.Ordinal);

    /// <summary>Whether a path stands in a text as the start of one, not as folders inside another.</summary>
    private static bool NamesFromTheTop(string text, string path)
    {
        for (var at = text.IndexOf(path, StringComparison.Ordinal); at >= 0; at = text.IndexOf(path, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !(char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] is '.' or '_' or '-' or '}' or ']' or '*')) return true;
        }

        return false;
    }

    private static IEnumerable<string> HostsIn(string text)
    {
        foreach (var scheme in (string[])["https://", "http://"])
        {
            for (var at = text.IndexOf(scheme, StringComparison.Ordinal); at >= 0; at = text.IndexOf(scheme, at + 1, StringComparison.Ordinal))
            {
                var host = new string([.. text.Skip(at + scheme.Length).TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')]);
                if (host.Contains('.', StringComparison.Ordinal)) yield return host.TrimEnd('.');
            }
        }
    }
}
