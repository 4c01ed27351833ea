using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Strata.Engine.Execution;
using Strata.Layers;

namespace Strata.Engine.Building.Packages;

/// <summary>One deb822 stanza of an apt sources file: field names as written, values with their continuation lines.</summary>
internal sealed record AptStanza(ImmutableArray<(string Name, string Value)> Fields)
{
    /// <summary>The value of a field, letter case ignored; null where there is none.</summary>
    public string? this[string name] =>
        Fields.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Name: not null } field ? field.Value : null;

    /// <summary>A field's value as words.</summary>
    public IEnumerable<string> Words(string name) =>
        (this[name] ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The stanza with a field set to a value.</summary>
    public AptStanza With(string name, string value) =>
        new([.. Fields.Where(f => !f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)), (name, value)]);

    /// <summary>The stanza as text, with a final line break.</summary>
    public override string ToString() => string.Concat(Fields.Select(f => $"{f.Name}: {f.Value}\n"));
}

/// <summary>Reads the package sources that the build machine's apt is configured with (sources.list(5)).</summary>
internal static class AptSources
{
    /// <summary>The stanzas of `sources.list` and of what is in `sources.list.d`, in apt's order, the disabled ones left out.</summary>
    /// <param name="folder">`/etc/apt`.</param>
    public static ImmutableArray<AptStanza> OfMachine(string folder)
    {
        var parts = Path.Combine(folder, "sources.list.d");
        var files = Directory.Exists(parts) ? Directory.GetFiles(parts).Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        return
        [
            .. files.Prepend(Path.Combine(folder, "sources.list")).Where(File.Exists).SelectMany(ReadFile)
                .Where(s => !"no".Equals(s["Enabled"], StringComparison.OrdinalIgnoreCase))
                .Where(s => s.Words("Types").Contains("deb")),
        ];
    }

    /// <summary>
    /// Those that serve a release: stanzas with the suite itself or one derived from it (`bookworm-updates`), their other
    /// suites left out. What a machine has configured for other distributions or from vendors is not the release's.
    /// </summary>
    public static ImmutableArray<AptStanza> OfRelease(IEnumerable<AptStanza> stanzas, string release) =>
    [
        .. from stanza in stanzas
           let suites = stanza.Words("Suites").Where(s => BelongsTo(s, release)).ToList()
           where suites.Count > 0
           select stanza.With("Suites", string.Join(' ', suites)).With("Types", "deb"),
    ];

    /// <summary>The stanzas of a `.sources` file.</summary>
    public static IEnumerable<AptStanza> ReadStanzas(string text)
    {
        var fields = new List<(string Name, string Value)>();
        foreach (var line in text.Split('\n').Append(""))
        {
            if (line.StartsWith('#')) continue;
            if (string.IsNullOrWhiteSpace(line))
            {
                if (fields.Count > 0) yield return new([.. fields]);
                fields.Clear();
            }
            else if (char.IsWhiteSpace(line[0]) && fields.Count > 0)
            {
                fields[^1] = (fields[^1].Name, fields[^1].Value + "\n" + line);
            }
            else if (line.Split(':', 2) is [var name, var value])
            {
                fields.Add((name.Trim(), value.Trim()));
            }
        }
    }

    /// <summary>The stanza that a line of a `.list` file means; null for a comment or `deb-src`.</summary>
    public static AptStanza? ReadLine(string line)
    {
        var text = line.Split('#')[0].Trim();
        if (!text.StartsWith("deb ", StringComparison.Ordinal)) return null;
        var rest = text[4..].Trim();
        var options = "";
        if (rest.StartsWith('[') && rest.IndexOf(']', StringComparison.Ordinal) is var end and > 0)
            (options, rest) = (rest[1..end], rest[(end + 1)..]);
        var words = rest.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2) return null;
        return new(
        [
            ("Types", "deb"), ("URIs", words[0]), ("Suites", words[1]), ("Components", string.Join(' ', words[2..])),
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Option).OfType<(string, string)>(),
        ]);
    }

    /// <summary>The stanza of a repository that the layer file lists.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="release">The list's release, where the repository names no suite.</param>
    /// <param name="keyPath">Where the key is, as apt sees it; null trusts what apt trusts.</param>
    public static AptStanza Of(PackageRepository repository, string? release, string? keyPath) =>
        new(
        [
            ("Types", "deb"),
            ("URIs", repository.Url),
            ("Suites", repository.Suite ?? release ?? "./"),
            .. IsFolder(repository.Suite ?? release) ? [] : new[] { ("Components", string.Join(' ', repository.Components)) },
            .. keyPath is null ? [] : new[] { ("Signed-By", keyPath) },
        ]);

    /// <summary>
    /// An apt_auth.conf(5) file of the logins for what stanzas name. For anything but https apt wants the scheme said with the
    /// host, so that a login is not sent in the clear by accident.
    /// </summary>
    /// <exception cref="BuildFailedException">A login has a blank, which apt cannot be given.</exception>
    public static string Logins(IEnumerable<AptStanza> stanzas, RepositoryLogins logins)
    {
        var text = new StringBuilder();
        foreach (var uri in stanzas.SelectMany(s => s.Words("URIs")).Distinct(StringComparer.Ordinal))
        {
            if (logins.For(uri) is not { } login) continue;
            if (!login.IsTwoWords) throw new BuildFailedException("apt takes no user or password with a blank in it", "give the repository's user another password");
            text.Append(CultureInfo.InvariantCulture, $"machine {uri} login {login.User} password {login.Password}\n");
        }

        return text.ToString();
    }

    /// <summary>A `.sources` file of stanzas.</summary>
    public static string Text(IEnumerable<AptStanza> stanzas)
    {
        var text = new StringBuilder();
        foreach (var stanza in stanzas) text.Append(stanza).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<AptStanza> ReadFile(string path) => Path.GetExtension(path) switch
    {
        ".sources" => ReadStanzas(File.ReadAllText(path)),
        ".list" => File.ReadLines(path).Select(ReadLine).OfType<AptStanza>(),
        _ => [],
    };

    /// <summary>Whether a suite is the path of a folder with the packages in it; it has no components then.</summary>
    private static bool IsFolder(string? suite) => suite is null || suite.EndsWith('/');

    private static bool BelongsTo(string suite, string release) =>
        suite == release
        || suite.StartsWith(release + "-", StringComparison.Ordinal)
        || suite.StartsWith(release + "/", StringComparison.Ordinal);

    private static (string, string)? Option(string option) => option.Split('=', 2) switch
    {
        ["arch", var value] => ("Architectures", value.Replace(',', ' ')),
        ["signed-by", var value] => ("Signed-By", value.Replace(',', ' ')),
        ["trusted", var value] => ("Trusted", value),
        _ => null,
    };
}
