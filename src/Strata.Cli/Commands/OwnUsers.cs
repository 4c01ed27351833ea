using System.Collections.Immutable;
using Strata.Engine.Files;
using Strata.Engine.Processes;

namespace Strata.Cli.Commands;

/// <summary>
/// What a command does first that mounts images: an ordinary user enters namespaces of their own (<see cref="UserNamespace"/>).
/// </summary>
internal static class OwnUsers
{
    /// <summary>Returns at once with root's rights, and otherwise never: this process becomes the same command inside.</summary>
    /// <exception cref="Engine.FailureException">The machine does not let this user; says what to do about it.</exception>
    public static async Task EnterAsync(Surroundings around, CancellationToken cancellation)
    {
        if (around.IsRoot()) return;
        var environment = around.Environment.ToImmutableSortedDictionary(StringComparer.Ordinal);

        // Inside, the user's name is root's: without HOME, what is named after the user would be another folder.
        if (!environment.ContainsKey("HOME")) environment = environment.SetItem("STRATA_STATE", UserFolders.State(around.Environment));
        var tools = new Tools(around.Environment.GetValueOrDefault("PATH"));
        var namespaces = new UserNamespace(tools, around.StrataPath);
        around.Out.Flush();
        around.Err.Flush();
        cancellation.ThrowIfCancellationRequested();
        var reason = namespaces.Become(around.Arguments, around.Folder, environment);
        throw await MachineFaults.OfUserNamespaceAsync(
            reason, namespaces.HoldCommand(environment), new ProcessRunner(new(tools, around.StrataPath), new(), TimeProvider.System), cancellation);
    }
}
