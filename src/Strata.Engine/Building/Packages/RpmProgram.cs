using System.Collections.Immutable;
using System.Globalization;
using Strata.Engine.Processes;

namespace Strata.Engine.Building.Packages;

/// <summary>
/// The way to run dnf, zypper and rpm for a container: those of the build machine, which work on the mounted root, or the
/// image's own. The same arguments do for both.
/// </summary>
/// <param name="container">The container.</param>
/// <param name="isInside">Whether the image's own are run.</param>
/// <param name="proxies">Variables of programs that reach repositories.</param>
internal sealed class RpmProgram(BuildContainer container, bool isInside, ImmutableSortedDictionary<string, string> proxies)
{
    /// <summary>Whether the image's own are run.</summary>
    public bool IsInside => isInside;

    /// <summary>The container.</summary>
    public BuildContainer Container => container;

    /// <summary>Runs a program.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="rootOption">Its option that says which root it works on, as `--root`; given where it is the machine's.</param>
    /// <param name="arguments">The other arguments.</param>
    /// <param name="options">What it needs besides.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CommandFailedException">It fails.</exception>
    public Task<CommandResult> RunAsync(
        string tool, string rootOption, IEnumerable<string> arguments, ProgramOptions options, CancellationToken cancellation)
    {
        var environment = options.Environment.SetItems(proxies);
        if (isInside) return container.RunInsideAsync([tool, .. arguments], options with { Environment = environment }, cancellation);
        var outside = new OutsideOptions
        {
            // rpm takes the times of what it installs from it, and the order within a transaction adds seconds: seen with rpm 4.18.
            Environment = environment.SetItem("SOURCE_DATE_EPOCH", container.Machine.Epoch.ToString(CultureInfo.InvariantCulture)),
            Input = options.Input,
            Accepted = options.Accepted,
            IsQuiet = options.IsQuiet,
            WithImage = true,
            Binds = OwnFolders(),
        };
        return container.RunOutsideAsync(tool, [$"{rootOption}={container.Root.MountPoint}", .. arguments], outside, cancellation);
    }

    /// <summary>
    /// Folders of the machine that gpg (its sockets) and zypper (what it unpacks) write to, whatever HOME and TMPDIR say: they
    /// get the build's own in their place.
    /// </summary>
    private ImmutableArray<BindMount> OwnFolders() =>
    [
        .. from folder in (string[])["/run/user", "/var/tmp"]
           where Directory.Exists(folder)
           select new BindMount(Directory.CreateDirectory(Path.Combine(container.Work, "own" + folder.Replace('/', '-'))).FullName, folder, IsReadOnly: false),
    ];
}
