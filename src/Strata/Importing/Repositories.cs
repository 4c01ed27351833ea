using System.Text.RegularExpressions;
using Strata.Layers;
using Strata.Text;

namespace Strata.Importing;

/// <summary>Package repositories of other programs' configurations.</summary>
internal static partial class Repositories
{
    /// <summary>Adds a repository; what a layer file does not take of it is said.</summary>
    public static void Add(LayerDraft draft, Located<string> id, Located<string> url, Located<string>? key, Faults faults)
    {
        var probe = new Faults();
        if (key is { } named && !IsUsable(named, faults)) return;
        var name = new Located<string>(Names.Fitting(id.Value, "._:-", toLower: false), id.At);
        if (UrlReading.Packages(url, "the repository's URL", faults) is null) return;
        if (!PackageNames.RepositoryId(name, probe) || url.Value.EndsWith(".repo", StringComparison.Ordinal))
        {
            faults.Add(ImportFaults.LeftOut(id.Value, url.At, probe.InOrder("") is [var fault, ..] ? fault.Message : "its URL is that of a `.repo` file", "write its `id`, `url` and `gpgkey` into the layer file"));
            return;
        }

        if (name.Value != id.Value) faults.Add(ImportFaults.OtherMeaning(id.Value, id.At, $"the repository's id is {Wording.Quote(name.Value)}", null));
        if (key is null) faults.Add(ImportFaults.OtherMeaning(id.Value, id.At, "packages are always verified, and no key is named", "say `gpgkey`, a URL or a file, in the layer file"));
        if (draft.Repositories.All(r => r.Id != name.Value)) draft.Repositories.Add(new(name.Value, url.Value, key?.Value));
    }

    /// <summary>
    /// Takes the release from a repository's URL, whose path has it as a part of its own: nothing else says it, and a layer from scratch
    /// needs it.
    /// </summary>
    public static void GuessRelease(LayerDraft draft, Location at, Faults faults)
    {
        if (draft.Release is not null || draft.Parent is not null || draft.Manager is null) return;
        foreach (var repository in draft.Repositories)
        {
            if (ReleasePart().Match(repository.Url) is not { Success: true } found) continue;
            draft.Release = found.Groups["release"].Value;
            faults.Add(ImportFaults.OtherMeaning(repository.Url, at, $"the release {Wording.Quote(draft.Release)} is taken from it, since nothing else says one", "see that it is the release of the image"));
            return;
        }
    }

    /// <summary>Reads a `.repo` file: sections with `baseurl`, `gpgkey` and `gpgcheck`.</summary>
    public static void ReadIni(LayerDraft draft, Located<string> text, Located<string>? key, Faults faults)
    {
        foreach (var section in ("\n" + text.Value).Split("\n[").Skip(1))
        {
            var lines = section.Split('\n').Select(l => l.Trim()).ToList();
            var id = new Located<string>(lines[0].TrimEnd(']'), text.At);
            var values = lines.Skip(1).Where(l => l.Length > 0 && l[0] is not ('#' or ';')).Select(l => l.Split('=', 2)).Where(l => l.Length == 2)
                .DistinctBy(l => l[0].Trim(), StringComparer.Ordinal).ToDictionary(l => l[0].Trim(), l => l[1].Trim(), StringComparer.Ordinal);
            foreach (var left in values.Keys.Except(["name", "baseurl", "enabled", "gpgcheck", "gpgkey", "type", "autorefresh"], StringComparer.Ordinal))
                faults.Add(ImportFaults.LeftOut($"{id.Value}: {left}", text.At, "a repository of a layer file has `id`, `url`, `gpgkey` and `signed-metadata`", null));
            if (values.ContainsKey("password") || values.ContainsKey("proxy_password")) faults.Hide(text.At);
            if (values.GetValueOrDefault("gpgcheck") is "0" or "no" or "false") faults.Add(ImportFaults.LeftOut($"{id.Value}: gpgcheck", text.At, "packages are always verified", "name the repository's key in `gpgkey`"));
            if (values.GetValueOrDefault("enabled") is "0" or "no" or "false") continue;
            if (values.GetValueOrDefault("baseurl") is not { } url)
            {
                faults.Add(ImportFaults.LeftOut(id.Value, text.At, "it has no `baseurl`", "write its `id` and `url` into the layer file"));
                continue;
            }

            var named = values.GetValueOrDefault("gpgkey") is { } keys && keys.Split(' ')[0] is var first && !first.StartsWith("file:", StringComparison.Ordinal) ? new Located<string>(Filled(first, draft), text.At) : key;
            Add(draft, id, new(Filled(url, draft), text.At), named, faults);
        }
    }

    /// <summary>Reads lines of apt: `deb [OPTIONS] URL SUITE COMPONENT…`, or a paragraph with `URIs`, `Suites` and `Components`.</summary>
    public static void ReadApt(LayerDraft draft, string path, Located<string> text, Located<string>? key, Faults faults)
    {
        var id = Names.Fitting(path.Split('/')[^1].Split('.')[0], "._:-", toLower: false);
        foreach (var paragraph in text.Value.ReplaceLineEndings("\n").Split("\n\n"))
        {
            var lines = paragraph.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').ToList();
            string? Field(string name) => lines.Find(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
            if (Field("URIs") is { } uris) AddApt(uris.Split(' ')[0], Field("Suites") ?? "./", (Field("Components") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
            foreach (var words in lines.Where(l => l.StartsWith("deb ", StringComparison.Ordinal)).Select(l => AptOptions().Replace(l[4..], "").Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            {
                if (words is [var url, var suite, .. var components]) AddApt(url, suite, components);
            }
        }

        void AddApt(string url, string suite, string[] components)
        {
            if (!IsUsable(new(url, text.At), faults) || (key is { } signing && !IsUsable(signing, faults))) return;
            var number = draft.Repositories.Count(r => r.Id == id || r.Id.StartsWith(id + "-", StringComparison.Ordinal));
            if (key is null) faults.Add(ImportFaults.OtherMeaning(url, text.At, "packages are always verified, by the machine's keys where no other is named", "say `gpgkey` in the layer file where it is signed by another"));
            draft.Repositories.Add(new(number == 0 ? id : string.Create(null, $"{id}-{number + 1}"), url, key?.Value, suite, components));
        }
    }

    /// <summary>Whether the address of a repository or of its key has no login in it.</summary>
    public static bool IsUsable(Located<string> address, Faults faults) =>
        !UrlLogins.Refuse(address, "the repository's URL or key", "name it without them, and the credentials under `credentials` of the package list", faults);

    private static string Filled(string url, LayerDraft draft) => url
        .Replace("$basearch", "x86_64", StringComparison.Ordinal).Replace("$arch", "x86_64", StringComparison.Ordinal)
        .Replace("$releasever", draft.Release ?? "$releasever", StringComparison.Ordinal);

    [GeneratedRegex(@"/(?:leap/)?(?<release>\d{1,2}(\.\d+)?)(/|$)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex ReleasePart();

    [GeneratedRegex(@"^\s*\[[^\]]*\]", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex AptOptions();
}
