using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Layers;

/// <summary>The keys that one kind of mapping in a layer file may have.</summary>
/// <param name="Noun">What the mapping is, as a message names it: `a target`.</param>
/// <param name="Keys">The keys, in the order in which the reference explains them.</param>
internal sealed record KeySet(string Noun, ImmutableArray<string> Keys)
{
    /// <summary>What a target does; may stand at its layer as defaults.</summary>
    private static readonly ImmutableArray<string> Steps =
        ["from", "groups", "packages", "files", "playbooks", "commands", "container", "outputs", "ansible"];

    /// <summary>The top of a file in Strata's own spelling.</summary>
    public static readonly KeySet File = new(
        "a layer file",
        ["version", "cluster", "inventory", "systems", "architecture", "sources", "images", "ansible", "pipeline", "layers"]);

    /// <summary>`cluster:`.</summary>
    public static readonly KeySet Cluster = new("`cluster`", ["name", "short"]);

    /// <summary>An entry of `systems:`.</summary>
    public static readonly KeySet System = new("a system", ["short", "inventory", "ansible"]);

    /// <summary>An entry of `sources:`.</summary>
    public static readonly KeySet Source = new("a source", ["url", "ref"]);

    /// <summary>`images:`.</summary>
    public static readonly KeySet Images = new("`images`", ["repository", "untrusted", "plain-http", "store", "epoch"]);

    /// <summary>`store:` of `images`.</summary>
    public static readonly KeySet Store = new("`store`", ["url", "region", "credentials"]);

    /// <summary>An entry of `layers:`.</summary>
    public static readonly KeySet Layer = new("a layer", ["source", "systems", "types", .. Steps]);

    /// <summary>An entry of a layer's `types:`.</summary>
    public static readonly KeySet Target = new("a target", Steps);

    /// <summary>A path in a named source.</summary>
    public static readonly KeySet PathInSource = new("a path in a source", ["source", "path"]);

    /// <summary>`packages:`, or the file it names.</summary>
    public static readonly KeySet Packages = new(
        "a package list",
        [
            "manager", "release", "repositories", "groups", "modules", "patterns", "install", "remove", "weak-dependencies",
            "credentials",
        ]);

    /// <summary>An entry of `repositories:`.</summary>
    public static readonly KeySet Repository = new("a package repository", ["id", "url", "gpgkey", "signed-metadata", "suite", "components"]);

    /// <summary>`credentials:`.</summary>
    public static readonly KeySet Credentials = new("`credentials`", ["file", "environment"]);

    /// <summary>An entry of `files:`.</summary>
    public static readonly KeySet FileStep = new("an entry of `files`", ["source", "destination", "mode", "directory-mode", "owner"]);

    /// <summary>`container:`.</summary>
    public static readonly KeySet Container = new("`container`", ["user", "environment", "directory", "entrypoint", "command", "volumes"]);

    /// <summary>The outputs there are.</summary>
    public static readonly KeySet Outputs = new("an output", ["squashfs", "erofs", "tar", "oci", "kernel"]);

    /// <summary>The options of `squashfs`.</summary>
    public static readonly KeySet Squashfs = new("`squashfs`", ["compression", "level"]);

    /// <summary>The options of `erofs`.</summary>
    public static readonly KeySet Erofs = new("`erofs`", ["compression", "level"]);

    /// <summary>The options of `tar`.</summary>
    public static readonly KeySet Tar = new("`tar`", ["compression"]);

    /// <summary>The options of `oci`: there are none.</summary>
    public static readonly KeySet Oci = new("`oci`", []);

    /// <summary>The options of `kernel`.</summary>
    public static readonly KeySet Kernel = new("`kernel`", ["version"]);

    /// <summary>`ansible:`.</summary>
    public static readonly KeySet Ansible = new(
        "`ansible`",
        [
            "config", "roles-path", "collections-path", "requirements", "extra-vars", "environment", "tags", "skip-tags",
            "localhost", "delegates", "vault-password-file", "version", "facts",
        ]);

    /// <summary>What may be said of the jobs of a pipeline: of all, of a type's, of a layer's or of a target's.</summary>
    public static readonly KeySet Jobs = new("the settings of jobs", ["image", "tags", "timeout", "before", "after", "variables", "keep-days"]);

    /// <summary>`pipeline:`.</summary>
    public static readonly KeySet Pipeline = new("`pipeline`", [.. Jobs.Keys, "types", "targets", "external", "promote", "limits"]);

    /// <summary>An entry of `external:`.</summary>
    public static readonly KeySet External = new(
        "an external job", ["targets", "types", "script", "trigger", "outputs", "gate", "follows", "may-fail", .. Jobs.Keys]);

    /// <summary>`trigger:` of an external job.</summary>
    public static readonly KeySet Trigger = new("`trigger`", ["project", "ref"]);

    /// <summary>An entry of `promote:`.</summary>
    public static readonly KeySet Promotion = new("a promotion", ["tag", "to", "targets", "types", "manual"]);

    /// <summary>`limits:` of a pipeline.</summary>
    public static readonly KeySet PipelineLimits = new("`limits`", ["needs", "name-length", "jobs", "deployments", "patterns", "bytes"]);

    /// <summary>`inventory:` in the paper's spelling.</summary>
    public static readonly KeySet PaperInventory = new("`inventory`", ["path", "cluster_name", "cluster_name_short"]);

    /// <summary>A layer in the paper's spelling.</summary>
    public static readonly KeySet PaperLayer = new("a layer", ["repo", "image_types"]);

    /// <summary>An entry of `image_types:`.</summary>
    public static readonly KeySet PaperTarget = new(
        "an entry of `image_types`",
        ["type", "firstlayer", "groups", "pb", "children", "packages", "files", "commands", "container", "outputs", "ansible"]);

    /// <summary>Words that other tools have for the keys.</summary>
    private static readonly ImmutableArray<(string Word, string Key)> OtherWords =
    [
        ("src", "source"), ("dest", "destination"), ("dst", "destination"), ("target", "destination"), ("permissions", "mode"),
        ("parent", "from"), ("base", "from"), ("image", "from"), ("hosts", "groups"), ("plays", "playbooks"), ("roles", "playbooks"),
        ("tasks", "playbooks"), ("run", "commands"), ("script", "commands"), ("shell", "commands"), ("cmd", "commands"),
        ("baseurl", "url"), ("uri", "url"), ("repos", "repositories"), ("packages", "install"), ("pkgs", "install"),
        ("releasever", "release"), ("distribution", "release"), ("suite", "release"), ("name", "id"), ("branch", "ref"), ("revision", "ref"),
        ("rev", "ref"), ("tag", "ref"), ("arch", "architecture"), ("registry", "images"), ("env", "environment"), ("vars", "extra-vars"),
        ("variables", "extra-vars"), ("short_name", "short"), ("config", "container"), ("workdir", "directory"), ("cwd", "directory"),
        ("cmd", "command"), ("before_script", "before"), ("after_script", "after"), ("expire_in", "keep-days"), ("runners", "tags"),
        ("allow_failure", "may-fail"), ("branch", "ref"), ("when", "manual"), ("stages", "promote"), ("tests", "external"), ("after", "follows"), ("ci", "pipeline"), ("gitlab", "pipeline"),
    ];

    /// <summary>The key that is likely meant by an unknown one: nearly its name, or another tool's word for it; null for none.</summary>
    public string? Meant(string unknown)
    {
        var keys = Keys;
        return Wording.Nearest(unknown, keys) ?? OtherWords.FirstOrDefault(w => w.Word == unknown && keys.Contains(w.Key)).Key;
    }

    /// <summary>Every set above.</summary>
    public static readonly ImmutableArray<KeySet> All =
    [
        File, Cluster, System, Source, Images, Store, Layer, Target, PathInSource, Packages, Repository, Credentials, FileStep, Container, Outputs,
        Squashfs, Erofs, Tar, Oci, Kernel, Ansible, Jobs, Pipeline, External, Trigger, Promotion, PipelineLimits, PaperInventory, PaperLayer, PaperTarget,
    ];
}
