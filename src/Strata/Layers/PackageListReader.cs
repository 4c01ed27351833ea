using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>Reads a package list, inline or in a file of its own.</summary>
internal static class PackageListReader
{
    private static readonly ImmutableArray<(string Name, PackageManagerKind Kind)> Managers =
        [("dnf", PackageManagerKind.Dnf), ("zypper", PackageManagerKind.Zypper), ("apt", PackageManagerKind.Apt)];

    /// <summary>Keys that one manager alone knows.</summary>
    private static readonly ImmutableArray<(string Key, PackageManagerKind Kind)> OfOneManager =
        [("groups", PackageManagerKind.Dnf), ("modules", PackageManagerKind.Dnf), ("patterns", PackageManagerKind.Zypper)];

    /// <summary>The value of `packages:`: a mapping, or the path of a file that holds one.</summary>
    /// <param name="node">The value.</param>
    /// <param name="owner">Where `packages` stands.</param>
    /// <param name="faults">Where faults go.</param>
    public static PackageStep? ReadStep(YamlNode node, Location owner, Faults faults)
    {
        if (node is YamlNode.Mapping) return ReadList(node, owner, faults) is { } list ? new PackageStep.Inline(list) : null;
        if (node is YamlNode.Sequence)
        {
            faults.Add(ShapeFaults.WrongKind(
                "`packages`", node, "a mapping or the path of a file", "put the packages under `install`, and say the `manager`"));
            return null;
        }

        return Expect.Text(node, "`packages`", faults) is { } text && PathReading.Inside(text, faults) is { } path
            ? new PackageStep.InFile(path)
            : null;
    }

    /// <summary>A package list; null, with faults, when it cannot be used.</summary>
    public static PackageList? ReadList(YamlNode node, Location owner, Faults faults)
    {
        if (Fields.Open(node, KeySet.Packages, owner, faults) is not { } fields) return null;
        var manager = Manager(fields, faults);
        if (manager is { } kind) CheckKeys(fields, kind, faults);
        var list = new PackageList
        {
            Manager = manager ?? PackageManagerKind.Dnf,
            Release = fields.Text("release") is { } release && PackageNames.Release(release, faults) ? release.Value : null,
            Repositories = RepositoryReader.Read(fields, manager, faults),
            Groups = Texts("groups", PackageNames.Group),
            Modules = Texts("modules", PackageNames.Module),
            Patterns = Texts("patterns", PackageNames.Pattern),
            Install = Texts("install", PackageNames.Package),
            Remove = Texts("remove", PackageNames.Package),
            WeakDependencies = fields.Flag("weak-dependencies") ?? false,
            Credentials = CredentialReader.Read(fields, faults),
            At = owner,
        };
        return manager is null || IsBroken(list) ? null : list;

        bool IsBroken(PackageList read) =>
            (fields.IsMeant("release") && read.Release is null) || (fields.IsMeant("repositories") && read.Repositories is null);

        ImmutableArray<Located<string>> Texts(string key, Func<Located<string>, Faults, bool> fits) =>
            fields.Texts(key, text => fits(text, faults)) ?? [];
    }

    /// <summary>The managers' names.</summary>
    public static ImmutableArray<string> ManagerNames => [.. Managers.Select(m => m.Name)];

    /// <summary>The manager's name as the layer file has it.</summary>
    public static string NameOf(PackageManagerKind kind) => Managers.First(m => m.Kind == kind).Name;

    private static PackageManagerKind? Manager(Fields fields, Faults faults)
    {
        if (fields.RequiredText("manager", $"say which: {Wording.List(Managers.Select(m => m.Name))}") is not { } name) return null;
        foreach (var (known, kind) in Managers)
        {
            if (known == name.Value) return kind;
        }

        var hint = name.Value == "yum" ? "write `dnf`: it reads yum's repositories" : null;
        faults.Add(ShapeFaults.UnknownValue("`manager`", name, Managers.Select(m => m.Name), hint));
        return null;
    }

    private static void CheckKeys(Fields fields, PackageManagerKind manager, Faults faults)
    {
        foreach (var (key, kind) in OfOneManager)
        {
            if (kind != manager && fields.Has(key))
                faults.Add(PackageFaults.WrongManager(key, fields.KeyAt(key), NameOf(kind), NameOf(manager)));
        }
    }
}
