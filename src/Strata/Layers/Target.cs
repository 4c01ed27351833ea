using System.Collections.Immutable;
using Strata.Sources;
using Strata.Text;

namespace Strata.Layers;

/// <summary>
/// One layer for one image type, complete: the layer's defaults are applied, the parent is known, and every name and
/// path in it is valid because it exists. Steps run in the order packages, files, playbooks, commands.
/// </summary>
public sealed record Target
{
    /// <summary>`layer/type`, with `@system` where there are several systems.</summary>
    public required TargetName Name { get; init; }

    /// <summary>The target whose image this one starts from; null starts from nothing.</summary>
    public required TargetName? Parent { get; init; }

    /// <summary>The source that the layer's playbooks, files and package files are in.</summary>
    public required SourceName Source { get; init; }

    /// <summary>The inventory groups that the image host joins, in the file's order.</summary>
    public ImmutableArray<Located<string>> Groups { get; init; } = [];

    /// <summary>What is installed first; null where the layer installs nothing by itself.</summary>
    public PackageStep? Packages { get; init; }

    /// <summary>Files and folders that are copied in.</summary>
    public ImmutableArray<FileStep> Files { get; init; } = [];

    /// <summary>Playbooks that Ansible runs, in one process, in this order.</summary>
    public ImmutableArray<Located<RepoPath>> Playbooks { get; init; } = [];

    /// <summary>Commands that run inside the image, last.</summary>
    public ImmutableArray<CommandStep> Commands { get; init; } = [];

    /// <summary>How a container of the image begins; null where nothing is said of it.</summary>
    public ContainerSettings? Container { get; init; }

    /// <summary>Files made from the finished image; no input of it.</summary>
    public ImmutableArray<OutputRequest> Outputs { get; init; } = [];

    /// <summary>How Ansible is run.</summary>
    public AnsibleSettings Ansible { get; init; } = AnsibleSettings.None;

    /// <summary>The inventory's files and folders in the order Ansible is given them.</summary>
    public ImmutableArray<Located<SourcePath>> Inventory { get; init; } = [];

    /// <summary>The processor architecture, as rpm and the kernel spell it: `x86_64`.</summary>
    public required string Architecture { get; init; }

    /// <summary>Long and short name of the system or cluster this is built for; null where none is named.</summary>
    public ClusterNames? Cluster { get; init; }

    /// <summary>Where the target is declared in the layer file.</summary>
    public required Location At { get; init; }

    /// <summary>Whether the target has a step at all: one without has its parent's content.</summary>
    public bool HasSteps => Packages is not null || Files.Length + Playbooks.Length + Commands.Length > 0;
}

/// <summary>The names of the cluster an image is for.</summary>
/// <param name="Name">Long name.</param>
/// <param name="Short">Short name; null where none is given.</param>
public sealed record ClusterNames(string Name, string? Short);

/// <summary>One entry of `files:`.</summary>
/// <param name="Source">File or folder in the layer's source.</param>
/// <param name="Destination">Absolute path in the image; normalised, never `/`.</param>
/// <param name="Mode">Permission bits of files; null keeps 0644, or 0755 for an executable file.</param>
/// <param name="DirectoryMode">Permission bits of folders; null means 0755.</param>
/// <param name="Owner">`user:group`, by name or number as the image knows them.</param>
/// <param name="At">Where the entry stands.</param>
public sealed record FileStep(
    Located<RepoPath> Source, string Destination, UnixMode? Mode, UnixMode? DirectoryMode, string Owner, Location At);

/// <summary>Permission bits, such as 0644 (octal).</summary>
/// <param name="Bits">The bits as a number, 0 to 07777.</param>
public readonly record struct UnixMode(int Bits)
{
    /// <summary>Four octal digits.</summary>
    public override string ToString() => Convert.ToString(Bits, 8).PadLeft(4, '0');
}

/// <summary>One entry of `commands:`; runs as root, in `/`, inside the image.</summary>
public abstract record CommandStep
{
    private CommandStep(Location at) => At = at;

    /// <summary>Where the command stands.</summary>
    public Location At { get; }

    /// <summary>The argument list that is run inside the image.</summary>
    public abstract ImmutableArray<string> Arguments { get; }

    /// <summary>A text: `/bin/sh -e -c TEXT` inside the image.</summary>
    public sealed record Shell(string Text, Location At) : CommandStep(At)
    {
        /// <inheritdoc/>
        public override ImmutableArray<string> Arguments => ["/bin/sh", "-e", "-c", Text];
    }

    /// <summary>A list: run as it is.</summary>
    public sealed record Program(ImmutableArray<string> Words, Location At) : CommandStep(At)
    {
        /// <inheritdoc/>
        public override ImmutableArray<string> Arguments => Words;
    }
}
