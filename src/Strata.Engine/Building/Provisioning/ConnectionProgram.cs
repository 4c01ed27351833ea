using System.Collections.Immutable;
using System.Globalization;
using Strata.Engine.Processes;

namespace Strata.Engine.Building.Provisioning;

/// <summary>
/// Strata under the name `buildah`, first in the PATH of ansible-playbook: it answers the few calls that the connection
/// plugin `containers.podman.buildah` makes, and runs each command in the root that the sandbox has prepared
/// (<see cref="InsideImage"/> says why not by `buildah run`). The plugin and its behaviour are the real ones.
/// </summary>
public static class ConnectionProgram
{
    /// <summary>The name it is called by.</summary>
    public const string Name = "buildah";

    private const string Root = "STRATA_ROOT";
    private const string Epoch = "STRATA_EPOCH";
    private const string Apt = "STRATA_APT";

    /// <summary>The exit code that Buildah ends with on wrong usage.</summary>
    private const int Usage = 125;

    /// <summary>
    /// Whether this process was started by the connection plugin of a build. The kernel is asked for the name that it was
    /// called by, since .NET gives the executable's.
    /// </summary>
    public static bool IsCalled() =>
        Environment.GetEnvironmentVariable(Root) is not null
        && Path.GetFileName(File.ReadAllText("/proc/self/cmdline").Split('\0')[0]) == Name;

    /// <summary>Answers a call; returns only when it could not become the program that was asked for.</summary>
    public static int Run(ReadOnlySpan<string> arguments, TextWriter output, TextWriter errors)
    {
        switch (arguments)
        {
            case ["mount", var name] when name == ImageHost.Name:
                output.WriteLine(Environment.GetEnvironmentVariable(Root));
                return 0;
            case ["umount", ..]:
                return 0;
            case ["run", .. var rest] when TakeUser("--user", ref rest) is var user && rest is [var name, .. var command] && name == ImageHost.Name:
                return Enter(user, [.. command], errors);
            case ["copy", .. var rest] when TakeUser("--chown", ref rest) is var owner && rest is [var name, var source, var destination] && name == ImageHost.Name:
                return Copy(owner, source, destination, errors);
            default:
                errors.WriteLine($"strata: the connection plugin of containers.podman called `buildah {string.Join(' ', arguments)}`, which a build does not answer");
                return Usage;
        }
    }

    /// <summary>The environment by which the program finds its container.</summary>
    internal static ImmutableSortedDictionary<string, string> EnvironmentFor(BuildContainer container)
    {
        var inside = container.Inside;
        return ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create(Root, inside.Root),
            KeyValuePair.Create(Epoch, inside.Epoch.ToString(CultureInfo.InvariantCulture)),
            KeyValuePair.Create(Apt, inside.HasAptConfiguration ? "1" : "0"),
        ]);
    }

    private static string TakeUser(string option, ref ReadOnlySpan<string> arguments)
    {
        var user = InsideImage.RootUser;
        while (arguments is [var first, var given, .. var rest] && first == option)
        {
            user = given == "root" ? InsideImage.RootUser : given;
            arguments = rest;
        }

        return user;
    }

    private static int Enter(string user, ImmutableArray<string> command, TextWriter errors)
    {
        var inside = OwnContainer();
        return ImageEntry.Become(inside.Root, user, command, inside.Environment, fault => errors.WriteLine("strata: " + fault));
    }

    /// <summary>
    /// Copies a file in: by a program of the image that reads it from standard input, so that no link in the image can lead
    /// the writing out of it.
    /// </summary>
    private static int Copy(string owner, string source, string destination, TextWriter errors)
    {
        Exec.ReadFrom(source);
        string[] copy = ["/bin/sh", "-c", "cat >\"$1\" && chown \"$2\" \"$1\"", "sh", destination, owner];
        return Enter(InsideImage.RootUser, [.. copy], errors);
    }

    private static InsideImage OwnContainer()
    {
        var epoch = long.Parse(Environment.GetEnvironmentVariable(Epoch)!, CultureInfo.InvariantCulture);
        return new(Environment.ProcessPath!, Environment.GetEnvironmentVariable(Root)!, epoch)
        {
            HasAptConfiguration = Environment.GetEnvironmentVariable(Apt) == "1",
        };
    }
}
