using System.Collections.Immutable;
using static Strata.Layers.SchemaShape;

namespace Strata.Layers;

/// <summary>
/// The shape of a layer file for editors: every key of every <see cref="KeySet"/>, with what may stand behind it. What a schema cannot say (names
/// that have to be there, paths, keys that exclude each other) is left to `strata check`.
/// </summary>
internal static class LayerSchema
{
    private static readonly SchemaShape Texts = new ListOf(Filled);
    private static readonly SchemaShape Flags = new Flag();
    private static readonly SchemaShape Place = new Either([Filled, new Keys(KeySet.PathInSource)]);
    private static readonly SchemaShape Places = new ListOf(Place);
    private static readonly SchemaShape Inventory = new Either([Filled, new Keys(KeySet.PathInSource), new ListOf(Place, 1)]);
    private static readonly SchemaShape Variables = new MapOf(Filled, null);
    private static readonly SchemaShape Words = new ListOf(AnyText);

    /// <summary>What a target does, in both spellings.</summary>
    private static readonly ImmutableArray<(string Key, SchemaShape Shape)> Steps =
    [
        ("from", Filled), ("groups", Texts), ("packages", new Either([Filled, new Keys(KeySet.Packages)])), ("files", new ListOf(new Keys(KeySet.FileStep))),
        ("playbooks", Texts), ("commands", new ListOf(new Either([Filled, new ListOf(AnyText, 1)]))), ("container", new Keys(KeySet.Container)),
        ("outputs", new ListOf(new Either([new Choice(KeySet.Outputs.Keys), new OneKey(KeySet.Outputs)]))), ("ansible", new Keys(KeySet.Ansible)),
    ];

    private static readonly ImmutableArray<(string Key, SchemaShape Shape)> Jobs =
    [
        ("image", Filled), ("tags", Texts), ("timeout", Filled), ("before", Texts), ("after", Texts), ("variables", Variables),
        ("keep-days", new Number(1, PipelineReader.LongestKeeping)),
    ];

    private static readonly ImmutableArray<SchemaPart> Parts =
    [
        new(KeySet.File, ["version", "layers"],
        [
            ("version", new Number(1, 1)), ("cluster", new Keys(KeySet.Cluster)), ("inventory", Inventory),
            ("systems", new MapOf(new Either([new Nothing(), new Keys(KeySet.System)]), null, 1)), ("architecture", new Choice([.. OwnSpelling.Architectures])),
            ("sources", new MapOf(new Either([new Nothing(), new Keys(KeySet.Source)]), NameRule.Pattern)), ("images", new Keys(KeySet.Images)),
            ("ansible", new Keys(KeySet.Ansible)), ("pipeline", new Keys(KeySet.Pipeline)), ("layers", new MapOf(new Keys(KeySet.Layer), NameRule.Pattern, 1)),
        ]),
        new(KeySet.Cluster, ["name"], [("name", Filled), ("short", Filled)]),
        new(KeySet.System, [], [("short", Filled), ("inventory", Inventory), ("ansible", new Keys(KeySet.Ansible))]),
        new(KeySet.Source, [], [("url", Filled), ("ref", Filled)]),
        new(KeySet.Images, [],
        [
            ("repository", Filled), ("untrusted", Filled), ("plain-http", Flags), ("store", new Keys(KeySet.Store)), ("epoch", new Number(0, ImagesReader.LastSecond)),
        ]),
        new(KeySet.Store, ["url"], [("url", Filled), ("region", Filled), ("credentials", new Keys(KeySet.Credentials))]),
        new(KeySet.Layer, ["types"],
        [
            ("source", Filled), ("systems", new ListOf(Filled, 1)), ("types", new MapOf(new Either([new Nothing(), new Keys(KeySet.Target)]), NameRule.Pattern, 1)), .. Steps,
        ]),
        new(KeySet.Target, [], Steps),
        new(KeySet.PathInSource, [], [("source", Filled), ("path", Filled)]),
        new(KeySet.Packages, ["manager"],
        [
            ("manager", new Choice(PackageListReader.ManagerNames)), ("release", Filled),
            ("repositories", new Either([new Choice(["host"]), new ListOf(new Keys(KeySet.Repository), 1)])), ("groups", Texts), ("modules", Texts),
            ("patterns", Texts), ("install", Texts), ("remove", Texts), ("weak-dependencies", Flags), ("credentials", new Keys(KeySet.Credentials)),
        ]),
        new(KeySet.Repository, ["id", "url"], [("id", Filled), ("url", Filled), ("gpgkey", Filled), ("suite", Filled), ("components", Texts), ("signed-metadata", Flags)]),
        new(KeySet.Credentials, [], [("file", Filled), ("environment", Filled)]),
        new(KeySet.FileStep, ["source", "destination"],
        [
            ("source", Filled), ("destination", Filled), ("mode", new OfText(false, "^[0-7]{3,4}$")), ("directory-mode", new OfText(false, "^[0-7]{3,4}$")), ("owner", Filled),
        ]),
        new(KeySet.Container, [],
        [
            ("user", Filled), ("environment", new MapOf(AnyText, null)), ("directory", Filled), ("entrypoint", Words), ("command", Words), ("volumes", Texts),
        ]),
        new(KeySet.Outputs, [],
        [
            ("squashfs", Options(KeySet.Squashfs)), ("erofs", Options(KeySet.Erofs)), ("tar", Options(KeySet.Tar)), ("oci", Options(KeySet.Oci)),
            ("kernel", Options(KeySet.Kernel)),
        ]),
        new(KeySet.Squashfs, [], Compression(OutputReader.OfSquashfs)),
        new(KeySet.Erofs, [], Compression(OutputReader.OfErofs)),
        new(KeySet.Tar, [], [.. Compression(OutputReader.OfTar).Take(1)]),
        new(KeySet.Oci, [], []),
        new(KeySet.Kernel, [], [("version", Filled)]),
        new(KeySet.Ansible, [],
        [
            ("config", Filled), ("roles-path", Places), ("collections-path", Places), ("requirements", Texts), ("extra-vars", new MapOf(new Either([new Nothing(), new Anything()]), null)),
            ("environment", new MapOf(AnyText, null)), ("tags", Texts), ("skip-tags", Texts), ("localhost", Flags), ("delegates", Texts),
            ("vault-password-file", Filled), ("version", Filled), ("facts", new MapOf(new Anything(), null)),
        ]),
        new(KeySet.Jobs, [], Jobs),
        new(KeySet.Pipeline, [],
        [
            .. Jobs, ("types", new MapOf(new Keys(KeySet.Jobs), null)), ("targets", new MapOf(new Keys(KeySet.Jobs), null)),
            ("external", new MapOf(new Keys(KeySet.External), NameRule.Pattern)), ("promote", new ListOf(new Keys(KeySet.Promotion))), ("limits", new Keys(KeySet.PipelineLimits)),
        ]),
        new(KeySet.External, [],
        [
            ("targets", Texts), ("types", new ListOf(Name)), ("script", Texts), ("trigger", new Keys(KeySet.Trigger)), ("outputs", Flags), ("gate", Filled),
            ("follows", Filled), ("may-fail", Flags), .. Jobs,
        ]),
        new(KeySet.Trigger, ["project"], [("project", Filled), ("ref", Filled)]),
        new(KeySet.Promotion, ["tag"], [("tag", Filled), ("to", Filled), ("targets", Texts), ("types", new ListOf(Name)), ("manual", Flags)]),
        new(KeySet.PipelineLimits, [],
        [
            ("needs", Most(0)), ("name-length", Most(1)), ("jobs", Most(0)), ("deployments", Most(0)), ("patterns", Most(1)), ("bytes", Most(1)),
        ]),
        new(KeySet.PaperInventory, ["path"], [("path", Filled), ("cluster_name", Filled), ("cluster_name_short", Filled)]),
        new(KeySet.PaperLayer, ["image_types"], [("repo", Filled), ("image_types", new ListOf(new Keys(KeySet.PaperTarget), 1))]),
        new(KeySet.PaperTarget, ["type"],
        [
            ("type", Name), ("firstlayer", Flags), ("pb", new Either([Filled, Texts])), ("children", Texts), .. Steps.Where(s => s.Key is not ("from" or "playbooks")),
        ]),
    ];

    /// <summary>The shape of a mapping's keys, in the order of its <see cref="KeySet"/>, and which of them it needs.</summary>
    /// <exception cref="InvalidOperationException">A key has no shape here: every new key of a layer file gets one.</exception>
    public static (ImmutableArray<(string Key, SchemaShape Shape)> Keys, ImmutableArray<string> Required) Of(KeySet set)
    {
        var part = Parts.Single(p => p.Set == set);
        if (!part.Keys.Select(k => k.Key).Order(StringComparer.Ordinal).SequenceEqual(set.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal))
            throw new InvalidOperationException($"the schema of {set.Noun} does not have the keys that may be there");
        return ([.. set.Keys.Select(key => part.Keys.Single(k => k.Key == key))], part.Required);
    }

    private static Either Options(KeySet keys) => new([new Nothing(), new Keys(keys)]);

    private static ImmutableArray<(string Key, SchemaShape Shape)> Compression(ImmutableArray<OutputReader.Compressor> compressors) =>
        [("compression", new Choice([.. compressors.Select(c => c.Name)])), ("level", new Number(1, compressors.Max(c => c.MostLevel)))];

    private static Number Most(long least) => new(least, PipelineReader.MostOfAnything);

    private sealed record SchemaPart(KeySet Set, ImmutableArray<string> Required, ImmutableArray<(string Key, SchemaShape Shape)> Keys);
}
