using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Reads the entries of `files:`.</summary>
internal static class FileStepReader
{
    /// <summary>Folders of an image that are empty in every image, so that nothing is put there.</summary>
    private static readonly string[] EmptyFolders = ["/dev", "/proc", "/run", "/sys"];

    /// <summary>One entry; null, with faults, when it cannot be used.</summary>
    public static FileStep? Read(YamlNode node, Faults faults)
    {
        if (Fields.Open(node, KeySet.FileStep, node.At, faults) is not { } fields) return null;
        var source = fields.RequiredText("source");
        var path = source is { } s ? PathReading.InsideOrRoot(s, faults) : null;
        var destination = fields.RequiredText("destination") is { } d ? Destination(d, source, faults) : null;
        var mode = Mode(fields, "mode", faults);
        var directoryMode = Mode(fields, "directory-mode", faults);
        var owner = fields.Text("owner") is { } o ? Owner(o, faults) : "root:root";
        return path is { } from && destination is not null && owner is not null
            ? new(from, destination, mode, directoryMode, owner, from.At)
            : null;
    }

    private static string? Destination(Located<string> path, Located<string>? source, Faults faults)
    {
        var (reason, hint) = Refusal(path.Value, source?.Value);
        if (reason is null) return Normalise(path.Value);
        faults.Add(NameFaults.BadDestination(path, reason, hint));
        return null;
    }

    private static (string? Reason, string? Hint) Refusal(string path, string? source)
    {
        if (!path.StartsWith('/')) return ("is relative; expected an absolute path in the image", $"write {Wording.Quote("/" + path)}");
        if (Literal.HasTemplate(path)) return ("has a template", Literal.Hint(path));
        if (path.Any(char.IsControl)) return ("has a control character", null);
        if (path.Split('/').Contains("..", StringComparer.Ordinal)) return ("has a `..`", "write the path without it");
        var plain = Normalise(path);
        if (plain == "/") return ("is the image's root; expected something below it", null);
        if (Array.Find(EmptyFolders, f => plain == f || plain.StartsWith(f + "/", StringComparison.Ordinal)) is { } empty)
            return ($"is in {Wording.Quote(empty)}, which is empty in every image", null);
        return path.EndsWith('/') && source is not null && !source.EndsWith('/')
            ? ("ends in `/`; expected what the source becomes in the image", $"write {Wording.Quote(path + LastPart(source))}")
            : (null, null);
    }

    private static string LastPart(string source) => source[(source.LastIndexOf('/') + 1)..];

    private static string Normalise(string path) => "/" + string.Join('/', path.Split('/').Where(part => part is not ("" or ".")));

    private static UnixMode? Mode(Fields fields, string key, Faults faults)
    {
        if (fields.Node(key) is not { } node) return null;
        if (node is YamlNode.Scalar { Value: ScalarValue.Integer } number)
        {
            faults.Add(NameFaults.UnquotedMode(Wording.Quote(key), number));
            return null;
        }

        if (Expect.Text(node, Wording.Quote(key), faults) is not { } text) return null;
        if (Characters.IsMode(text.Value)) return new UnixMode(Convert.ToInt32(text.Value, 8));
        faults.Add(NameFaults.BadMode(Wording.Quote(key), text));
        return null;
    }

    private static string? Owner(Located<string> owner, Faults faults)
    {
        var parts = owner.Value.Split(':');
        if (parts.Length == 2 && parts.All(Characters.IsPrincipal)) return owner.Value;
        faults.Add(NameFaults.BadOwner(owner, Characters.IsPrincipal(owner.Value) ? owner.Value + ":" + owner.Value : null));
        return null;
    }
}
