using System.Collections.Immutable;
using System.Globalization;
using Strata.Engine.Building.Buildah;
using Strata.Engine.Processes;

namespace Strata.Engine.Building;

/// <summary>What the steps of every target of a build share: programs, storage, and the run's own folder.</summary>
internal sealed class BuildMachine
{
    /// <summary>A machine with everything in place.</summary>
    public required ICommandRunner Runner { get; init; }

    /// <summary>The programs of the machine.</summary>
    public required Tools Tools { get; init; }

    /// <summary>Containers and images.</summary>
    public required BuildahClient Buildah { get; init; }

    /// <summary>The folder of this run; gone after it, or swept by the next run.</summary>
    public required string RunFolder { get; init; }

    /// <summary>Strata's own executable, which answers Ansible's connection plugin under the name `buildah`.</summary>
    public required string StrataPath { get; init; }

    /// <summary>What the programs of a step have of their own.</summary>
    public required Isolation Isolation { get; init; }

    /// <summary>The time that every timestamp of an image is clamped to, in seconds since 1970.</summary>
    public required long Epoch { get; init; }

    /// <summary>The folder of a container, made empty.</summary>
    public string WorkFolder(string container) => Directory.CreateDirectory(Path.Combine(RunFolder, "work", container)).FullName;

    /// <summary>How programs of a mounted image are run.</summary>
    public InsideImage Inside(ImageRoot root) =>
        new(StrataPath, root.MountPoint, Epoch);

    /// <summary>For a program that takes the time of what it makes from SOURCE_DATE_EPOCH.</summary>
    public OutsideOptions WithEpoch() => new()
    {
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add("SOURCE_DATE_EPOCH", Epoch.ToString(CultureInfo.InvariantCulture)),
    };

    /// <summary>The whole environment of a program that a build runs on the machine.</summary>
    public ImmutableSortedDictionary<string, string> CleanEnvironment(string home) => ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("PATH", Tools.Path),
        KeyValuePair.Create("HOME", home),
        KeyValuePair.Create("TMPDIR", PlaceInBuild.Temporary),
        KeyValuePair.Create("LANG", "C.UTF-8"),
        KeyValuePair.Create("TZ", "UTC"),
    ]);
}
