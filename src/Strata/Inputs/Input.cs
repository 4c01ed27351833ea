using System.Collections.Immutable;
using System.Diagnostics;
using Strata.Inputs.Playbooks;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs;

/// <summary>What kind of thing an input is.</summary>
public enum InputKind
{
    /// <summary>The content of a file or folder that is read as it is.</summary>
    File,

    /// <summary>A folder with all that is in it.</summary>
    Listing,

    /// <summary>The values of a variable that can win where it is used.</summary>
    Variable,

    /// <summary>Which groups a host is in, or which hosts a group has.</summary>
    Membership,

    /// <summary>What a play says itself: its hosts, its tasks and their order.</summary>
    Play,

    /// <summary>What a role says itself: its tasks, handlers and dependencies.</summary>
    Role,

    /// <summary>What is installed and removed, and from where.</summary>
    PackageList,

    /// <summary>A step of the layer file: its playbooks and groups, or a command.</summary>
    Step,

    /// <summary>What the layer file or a configuration file sets.</summary>
    Setting,

    /// <summary>Galaxy requirements.</summary>
    Requirements,

    /// <summary>The target that this one starts from.</summary>
    Parent,

    /// <summary>Everything that a place which the text does not decide could mean.</summary>
    Assumption,
}

/// <summary>The names of the kinds of inputs in outputs.</summary>
public static class InputKinds
{
    /// <summary>The kind as outputs name it: `package-list`.</summary>
    public static string Name(this InputKind kind) => kind switch
    {
        InputKind.File => "file",
        InputKind.Listing => "listing",
        InputKind.Variable => "variable",
        InputKind.Membership => "membership",
        InputKind.Play => "play",
        InputKind.Role => "role",
        InputKind.PackageList => "package-list",
        InputKind.Step => "step",
        InputKind.Setting => "setting",
        InputKind.Requirements => "requirements",
        InputKind.Parent => "parent",
        InputKind.Assumption => "assumption",
        _ => throw new UnreachableException(),
    };

    /// <summary>How a variable stands in a chain.</summary>
    internal static string VariableStep(string name) => "variable " + name;
}

/// <summary>One thing that can change a target's image.</summary>
public sealed record Input
{
    private readonly Way way;

    /// <summary>An input with the place that says it and the way by which it is reached.</summary>
    internal Input(InputKind kind, string name, Fingerprint digest, SourcePath? path, Location? at, Way way) =>
        (Kind, Name, Digest, Path, At, this.way) = (kind, name, digest, path, at, way);

    /// <summary>What it is.</summary>
    public InputKind Kind { get; }

    /// <summary>
    /// Which one, as a person knows it: a variable's name, a file's path, a role's name. Kind, name and <see cref="Path"/> together say
    /// that inputs of two snapshots are the same thing, changed or not.
    /// </summary>
    public string Name { get; }

    /// <summary>The digest of its value.</summary>
    public Fingerprint Digest { get; }

    /// <summary>The file that says it; null where none does.</summary>
    public SourcePath? Path { get; }

    /// <summary>Where that file says it; null where the file as a whole is meant.</summary>
    internal Location? At { get; }

    /// <summary>What makes another input of the same snapshot the same thing.</summary>
    internal InputKey Key => InputKey.Of(Kind, Name, Path, At);

    /// <summary>The same input, of which only the way inside of something was known, with the way to there.</summary>
    internal Input Onto(Way below) => new(Kind, Name, Digest, Path, At, way.Onto(below));

    /// <summary>The line in that file, from 1; null where the file as a whole is meant.</summary>
    public int? Line => At?.Line;

    /// <summary>
    /// By which way it is reached, from the input to the playbook: `roles/slurm/templates/slurm.conf.j2:12`, `role slurm`, `slurm.yml:1`.
    /// </summary>
    public ImmutableArray<string> Chain => way.Steps();
}

/// <summary>An input that is wider than needed because the text does not say more.</summary>
/// <param name="Path">The file with the text.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Because">What is not known.</param>
/// <param name="Covers">What is taken instead: `roles/x/tasks/`, `every variable`.</param>
public sealed record Assumption(SourcePath Path, int Line, string Because, string Covers)
{
    /// <summary>What is said where any file of the sources may be read.</summary>
    internal const string EveryFile = "every file of the sources";

    /// <summary>Whether any file may be read, so that none can be said not to matter.</summary>
    internal bool CoversSource => Covers.StartsWith("every file of", StringComparison.Ordinal);
}

/// <summary>Something that reaches the image and is in no source.</summary>
/// <param name="Kind">`package-repository`, `url`, `role`, `collection`, `facts`, `requirements`, `program`.</param>
/// <param name="Name">Which one.</param>
/// <param name="Url">Where it is fetched from; null where that is not known.</param>
public sealed record ExternalInput(string Kind, string Name, string? Url)
{
    /// <summary>The kind of what a playbook fetches.</summary>
    public const string UrlKind = "url";
}
