using System.Collections.Immutable;
using Strata.Engine.Building.Buildah;
using Strata.Engine.Files;

namespace Strata.Engine.Building;

/// <summary>What `strata clean` removes.</summary>
/// <param name="Containers">Containers of runs that were killed.</param>
/// <param name="Files">Unfinished files of runs that were killed.</param>
/// <param name="Images">Images that nothing needs, by target.</param>
/// <param name="Requirements">Installed requirements that no layer file needs.</param>
public sealed record Removable(
    ImmutableArray<string> Containers, ImmutableArray<string> Files, ImmutableArray<RemovableImage> Images, ImmutableArray<RemovableRequirements> Requirements)
{
    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Containers.IsEmpty && Files.IsEmpty && !MayBeInUse;

    /// <summary>Whether there is something that a run at work may take.</summary>
    internal bool MayBeInUse => !Images.IsEmpty || !Requirements.IsEmpty;
}

/// <summary>A folder of the cache of requirements that no layer file needs.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="SizeBytes">What is in it.</param>
public sealed record RemovableRequirements(string Path, long SizeBytes);

/// <summary>An image that nothing needs.</summary>
/// <param name="Target">`layer/type`.</param>
/// <param name="Id">Its id.</param>
/// <param name="References">Its names; none for one whose name a later image of the same fingerprint has taken.</param>
/// <param name="SizeBytes">The sum of its OCI layers, of which other images may hold some.</param>
public sealed record RemovableImage(string Target, string Id, ImmutableArray<string> References, long SizeBytes);

/// <summary>Finds and removes what interrupted runs left, and images and installed requirements that nothing needs.</summary>
public sealed class Cleanup
{
    private readonly LocalMachine machine;
    private readonly BuildahClient buildah;
    private readonly ImageStore images;
    private readonly RequirementFolders requirements;

    /// <summary>The storage and state of the user who runs Strata.</summary>
    /// <exception cref="Processes.ToolMissingException">There is no buildah.</exception>
    public Cleanup(LocalMachine machine)
    {
        this.machine = machine;
        buildah = new(machine.Runner, machine.Tools.Require("buildah"), StorageEnvironment.From(name => machine.Environment.GetValueOrDefault(name), machine.Tools.Path));
        images = new(buildah, new(Path.Combine(machine.StateFolder, "images")));
        requirements = RequirementFolders.Of(machine.Environment);
    }

    /// <summary>Looks, and removes nothing.</summary>
    /// <param name="keep">How many images of a target stay, the latest.</param>
    /// <param name="cancellation">Ends Buildah.</param>
    public async Task<Removable> FindAsync(int keep, CancellationToken cancellation)
    {
        var containers = ImmutableArray.CreateBuilder<string>();
        var files = ImmutableArray.CreateBuilder<string>();
        foreach (var dead in RunFolder.TakeDead(machine.StateFolder))
        {
            using (dead)
            {
                containers.AddRange(await new Leftovers(buildah).ContainersAsync(dead.RunId, cancellation));
                files.AddRange(Leftovers.PartialFiles(dead.RunId, dead.Outputs));
                files.Add(dead.Path);
            }
        }

        return new(containers.ToImmutable(), files.ToImmutable(), Unneeded(await images.ListAllAsync(cancellation), keep), requirements.Unneeded());
    }

    /// <summary>Removes what was found, as far as it is still so: what a run at work may be using stays.</summary>
    /// <param name="found">What <see cref="FindAsync"/> found.</param>
    /// <param name="cancellation">Ends Buildah.</param>
    /// <returns>What could not be removed, and why, a line each.</returns>
    public async Task<ImmutableArray<string>> RemoveAsync(Removable found, CancellationToken cancellation)
    {
        await new LocalBuild(machine, new()).SweepAsync(cancellation);
        using var nobodyBegins = RunFolder.HoldNew(machine.StateFolder);
        if (found.MayBeInUse && RunFolder.CountLiving(machine.StateFolder) > 0)
            return ["images and installed requirements: another run of Strata is at work, which may use them"];
        var left = ImmutableArray.CreateBuilder<string>();
        foreach (var image in found.Images)
        {
            foreach (var name in image.References.IsEmpty ? [image.Id] : image.References)
            {
                if (await buildah.RemoveImageAsync(name, cancellation) is { } reason) left.Add($"{name}: {reason}");
            }
        }

        foreach (var folder in requirements.Unneeded().Select(r => r.Path).Intersect(found.Requirements.Select(r => r.Path), StringComparer.Ordinal))
        {
            if (await RemoveAsync(folder, cancellation) is { } reason) left.Add($"{folder}: {reason}");
        }

        return left.ToImmutable();
    }

    /// <summary>Removes a folder of requirements; says why where that cannot be. By `rm`, since .NET does not delete names that are no UTF-8.</summary>
    private async Task<string?> RemoveAsync(string folder, CancellationToken cancellation)
    {
        using var exclusive = requirements.Locks.TryAcquire(requirements.DigestOf(folder));
        if (exclusive is null) return "it is being installed";
        var removal = await machine.Runner.RunAsync(new(machine.Tools.Require("rm"), ["-rf", "--one-file-system", "--", folder]), null, cancellation);
        return removal.ExitCode == 0 ? null : removal.LastLines.LastOrDefault("it cannot be removed");
    }

    /// <summary>
    /// Needed are the images with a name that is not their fingerprint's (a release tag), the latest few of each target, and
    /// whatever those were built from.
    /// </summary>
    internal static ImmutableArray<RemovableImage> Unneeded(ImmutableArray<KnownImage> all, int keep)
    {
        var latest = all.GroupBy(i => i.Target, StringComparer.Ordinal)
            .SelectMany(g => g.OrderByDescending(i => i.Image.Names.Length > 0).ThenByDescending(i => i.FirstSeen).ThenBy(i => i.Image.Id, StringComparer.Ordinal).Take(keep));
        var byDigest = all.ToLookup(i => i.Image.Digest, StringComparer.Ordinal);
        var needed = new HashSet<KnownImage>();
        var open = new Stack<KnownImage>(latest.Where(i => i.Image.Names.Length > 0).Concat(all.Where(HasReleaseTag)));
        while (open.TryPop(out var next))
        {
            if (!needed.Add(next) || next.ParentDigest is not { Length: > 0 } parent) continue;
            foreach (var image in byDigest[parent]) open.Push(image);
        }

        return
        [
            .. all.Where(i => !needed.Contains(i)).OrderBy(i => i.Target, StringComparer.Ordinal).ThenBy(i => i.FirstSeen).ThenBy(i => i.Image.Id, StringComparer.Ordinal)
                .Select(i => new RemovableImage(i.Target, i.Image.Id, i.Image.Names, i.SizeBytes)),
        ];
    }

    private static bool HasReleaseTag(KnownImage image) => image.Image.Names.Any(n => !n.EndsWith(":" + image.Fingerprint.Tag, StringComparison.Ordinal));
}
