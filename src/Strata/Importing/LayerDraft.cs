using Strata.Layers;
using Strata.Text;

namespace Strata.Importing;

/// <summary>A layer as far as a configuration of another program says it.</summary>
/// <param name="name">Its name there.</param>
/// <param name="faults">Where faults go.</param>
internal sealed class LayerDraft(Located<string> name, Faults faults)
{
    /// <summary>Why a path in a store is not carried over.</summary>
    public const string PlaceInStore = "a store has each target's outputs under `LAYER/TYPE`";

    /// <summary>The image's name in the other program, by which others name it as their parent.</summary>
    public Located<string> ImageName => name;

    /// <summary>The image that it starts from; null from scratch.</summary>
    public Located<string>? Parent { get; set; }

    /// <summary>dnf, zypper or apt; null where no packages are spoken of.</summary>
    public string? Manager { get; set; }

    /// <summary>The release; null where nothing says it.</summary>
    public string? Release { get; set; }

    /// <summary>Whether recommended packages are installed too.</summary>
    public bool HasWeakDependencies { get; set; }

    /// <summary>Package repositories.</summary>
    public List<RepositoryDraft> Repositories { get; } = [];

    /// <summary>Keys of the package list that hold names, with the names.</summary>
    public SortedDictionary<string, List<string>> Packages { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that are copied.</summary>
    public List<FileDraft> Files { get; } = [];

    /// <summary>Inventory groups.</summary>
    public List<string> Groups { get; } = [];

    /// <summary>Playbooks, by path.</summary>
    public List<string> Playbooks { get; } = [];

    /// <summary>Commands, a text each.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>Keys of `ansible` with mappings: `extra-vars` and `environment`.</summary>
    public SortedDictionary<string, SortedDictionary<string, string>> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys of `ansible` with lists: `roles-path`, `tags` and `skip-tags`.</summary>
    public SortedDictionary<string, List<string>> Ansible { get; } = new(StringComparer.Ordinal);

    /// <summary>Inventories, by path.</summary>
    public List<string> Inventories { get; } = [];

    /// <summary>Outputs.</summary>
    public List<string> Outputs { get; } = [];

    /// <summary>Where images are published; null where that is not said.</summary>
    public string? Repository { get; set; }

    /// <summary>The object store that outputs are sent to, `https://HOST/BUCKET`; null for none.</summary>
    public Located<string>? Store { get; private set; }

    /// <summary>Whether the registry has no TLS that is checked.</summary>
    public bool IsPlainHttp { get; set; }

    /// <summary>Files that are to be written, by path: what stood in the configuration itself.</summary>
    public SortedDictionary<string, string> Content { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether there is anything to install or remove.</summary>
    public bool HasPackages => Packages.Count > 0 || Repositories.Count > 0;

    /// <summary>Adds names to a key of the package list; what cannot be handed to a package manager is said.</summary>
    public void AddPackages(string key, IEnumerable<Located<string>> names, Func<Located<string>, Faults, bool> fits)
    {
        foreach (var one in names)
        {
            var probe = new Faults();
            if (!fits(one, probe)) faults.Add(ImportFaults.LeftOut(one.Value, one.At, probe.InOrder("")[0].Message, probe.InOrder("")[0].Hint));
            else if (ListOf(Packages, key) is var list && !list.Contains(one.Value)) list.Add(one.Value);
        }
    }

    /// <summary>Adds to a list of `ansible`.</summary>
    public void AddAnsible(string key, IEnumerable<string> values) => ListOf(Ansible, key).AddRange(values);

    /// <summary>Sets a variable of `ansible`.</summary>
    public void Set(string key, string variable, string value)
    {
        if (!Variables.TryGetValue(key, out var variables)) Variables[key] = variables = new(StringComparer.Ordinal);
        variables[variable] = value;
    }

    /// <summary>Adds an output once.</summary>
    public void AddOutput(string output)
    {
        if (!Outputs.Contains(output)) Outputs.Add(output);
    }

    /// <summary>A repository where images are published, as `HOST/PATH`.</summary>
    public void PublishTo(Located<string> url)
    {
        if (UrlLogins.Refuse(url, "the registry", "name it without them; `podman login` or `--authfile` has them for a build", faults)) return;
        var scheme = url.Value.IndexOf("://", StringComparison.Ordinal);
        var place = (scheme < 0 ? url.Value : url.Value[(scheme + 3)..]).TrimEnd('/');
        if (scheme >= 0 && url.Value.StartsWith("http:", StringComparison.Ordinal)) IsPlainHttp = true;
        if (place.Contains('/', StringComparison.Ordinal)) Repository = place;
        else faults.Add(ImportFaults.LeftOut(url.Value, url.At, "a registry without a path is no repository for several images", $"say `images: {{repository: {place}/NAME}}`"));
    }

    /// <summary>An object store that what nodes boot from is sent to.</summary>
    public void StoreIn(Located<string> endpoint, Located<string>? bucket)
    {
        AddOutput("squashfs");
        AddOutput("kernel");
        if (UrlLogins.Refuse(endpoint, "the store", "name it without them, and its credentials under `images: {store: {credentials: …}}`", faults)) return;
        var url = $"{endpoint.Value.TrimEnd('/')}/{bucket?.Value}";
        if (StoreReader.IsPlace(url)) Store = endpoint with { Value = url };
        else LeaveOutStore(endpoint, "it is no address of a server with a bucket");
    }

    /// <summary>Says of a store that it is not in the layer file.</summary>
    public void LeaveOutStore(Located<string> store, string why) =>
        faults.Add(ImportFaults.LeftOut(store.Value, store.At, why, "say `images: {repository: …, store: {url: \"https://HOST/BUCKET\"}}`"));

    /// <summary>Sets the proxy that everything is fetched by.</summary>
    public void FetchBy(Located<string> proxy)
    {
        if (UrlLogins.Refuse(proxy, "the proxy", "a layer file is read by many: name it without them, and let a proxy that the build machine runs log in", faults)) return;
        foreach (var variable in (string[])["http_proxy", "https_proxy"]) Set("environment", variable, proxy.Value);
    }

    /// <summary>Adds a file whose content stands in the configuration; one that would be a part of a git repository of its own is refused.</summary>
    public void AddContent(Located<string> path, string content, string? mode, string? owner)
    {
        var relative = Relative(path.Value);
        var parts = relative.Split('/');
        if (relative.Any(c => Wording.Escape(c.ToString()).Length > 1) || parts.Any(p => p.Equals(".git", StringComparison.OrdinalIgnoreCase)) || parts[^1].Equals("HEAD", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add(ImportFaults.LeftOut(path.Value, path.At, "git would take it for a part of a repository, and run what that says, or nobody could see its name", "let a command write it in the image, where it is meant"));
            return;
        }

        var place = $"files/{Names.Fitting(ImageName.Value, "._-", toLower: true)}/{relative}";
        Content[place] = content;
        Files.Add(new(place, path.Value, mode, owner));
    }

    /// <summary>
    /// A path of the other program as one of the layer file's: relative to `strata.yaml`, and inside its folder. Where that is another
    /// place, it is said.
    /// </summary>
    public string Inside(Located<string> path)
    {
        var inside = Relative(path.Value) is { Length: > 0 } relative ? relative : ".";
        if (path.Value.StartsWith('/') || path.Value.Split('/').Contains(".."))
            faults.Add(ImportFaults.OtherMeaning(path.Value, path.At, $"paths of a layer file are relative and inside its folder; it is looked for at {Wording.Quote(inside)}", "put it there, or correct the path in the layer file"));
        return inside;
    }

    /// <summary>A path without what leads out of the folder that it is taken from.</summary>
    public static string Relative(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/').Where(p => p is not ("" or ".")))
        {
            if (part != "..") parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
        }

        return string.Join('/', parts);
    }

    private static List<string> ListOf(SortedDictionary<string, List<string>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list)) lists[key] = list = [];
        return list;
    }
}

/// <summary>A package repository.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Key">The key that it is signed with, a URL or a path; null where none is named.</param>
/// <param name="Suite">apt's suite.</param>
/// <param name="Components">apt's components.</param>
internal sealed record RepositoryDraft(string Id, string Url, string? Key, string? Suite = null, IReadOnlyList<string>? Components = null);

/// <summary>A file that is copied.</summary>
/// <param name="Source">Its path.</param>
/// <param name="Destination">Its path in the image.</param>
/// <param name="Mode">Octal digits; null where the file's own count.</param>
/// <param name="Owner">`user:group`; null for root.</param>
internal sealed record FileDraft(string Source, string Destination, string? Mode, string? Owner);
