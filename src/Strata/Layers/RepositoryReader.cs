using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Reads `repositories:` of a package list: `host`, or a list of package repositories.</summary>
internal static class RepositoryReader
{
    private static readonly string[] OfApt = ["suite", "components"];

    /// <summary>apt takes no metadata that is not signed.</summary>
    private static readonly string[] OfRpm = ["signed-metadata"];

    /// <summary>The repositories; null when none are named or, with faults, none can be used.</summary>
    public static RepositorySource? Read(Fields list, PackageManagerKind? manager, Faults faults)
    {
        if (list.Node("repositories") is not { } node) return null;
        if (node is YamlNode.Scalar { Value: ScalarValue.Text text })
        {
            if (text.Value == "host") return RepositorySource.Host.Instance;
            faults.Add(ShapeFaults.UnknownValue("`repositories`", new(text.Value, node.At), ["host"], "write `host`, or a list of `{id: ID, url: URL}`"));
            return null;
        }

        if (Expect.List(node, "`repositories`", faults) is not { } items) return null;
        if (items.Length == 0) faults.Add(ShapeFaults.EmptyCollection("`repositories`", list.KeyAt("repositories"), "list them, or say `host`"));
        return new RepositorySource.Listed(ReadEach(items, manager, faults));
    }

    private static ImmutableArray<PackageRepository> ReadEach(ImmutableArray<YamlNode> items, PackageManagerKind? manager, Faults faults)
    {
        var ids = new Dictionary<string, Location>(StringComparer.Ordinal);
        return [.. items.Select(item => ReadOne(item, manager, ids, faults)).OfType<PackageRepository>()];
    }

    private static PackageRepository? ReadOne(
        YamlNode node, PackageManagerKind? manager, Dictionary<string, Location> ids, Faults faults)
    {
        if (Fields.Open(node, KeySet.Repository, node.At, faults) is not { } fields) return null;
        CheckKeys(fields, manager, faults);
        var id = fields.RequiredText("id");
        if (id is { } i && PackageNames.RepositoryId(i, faults) && !ids.TryAdd(i.Value, i.At))
            faults.Add(ShapeFaults.DuplicateName("the repository", i, ids[i.Value]));
        var (writtenUrl, writtenKey) = (fields.RequiredText("url"), fields.Text("gpgkey"));
        var url = writtenUrl is { } u ? UrlReading.Packages(u, "`url`", faults) : null;
        var key = writtenKey is { } k ? Key(k, faults) : null;
        var suite = fields.Text("suite") is { } s && PackageNames.Suite(s, faults) ? s.Value : null;
        var components = fields.Texts("components", c => PackageNames.Component(c, faults));
        var requiresSigned = fields.Flag("signed-metadata") ?? false;
        return id is { } known && url is not null
            ? new(known.Value, url, key, suite, Values(components), known.At)
            {
                RequiresSignedMetadata = requiresSigned,
                Addresses = [.. new[] { writtenUrl, key is RepositoryKey.AtUrl ? writtenKey : null }.OfType<Located<string>>()],
            }
            : null;
    }

    private static ImmutableArray<string> Values(ImmutableArray<Located<string>>? texts) =>
        texts is { Length: > 0 } some ? [.. some.Select(t => t.Value)] : ["main"];

    private static void CheckKeys(Fields fields, PackageManagerKind? manager, Faults faults)
    {
        if (manager is not { } kind) return;
        var (foreign, owner) = kind == PackageManagerKind.Apt ? (OfRpm, "dnf and zypper") : (OfApt, "apt");
        foreach (var key in foreign.Where(fields.Has))
            faults.Add(PackageFaults.WrongManager(key, fields.KeyAt(key), owner, PackageListReader.NameOf(kind)));
    }

    private static RepositoryKey? Key(Located<string> key, Faults faults)
    {
        if (key.Value.Contains("://", StringComparison.Ordinal))
            return UrlReading.Packages(key, "`gpgkey`", faults) is { } url ? new RepositoryKey.AtUrl(url) : null;
        return PathReading.Inside(key, faults) is { } path ? new RepositoryKey.InSource(path) : null;
    }
}
