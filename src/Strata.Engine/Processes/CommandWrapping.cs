namespace Strata.Engine.Processes;

/// <summary>The programs that stand before a guarded or sandboxed one, each of which becomes the next by exec.</summary>
/// <param name="Tools">Finds `setpriv` and `unshare` (util-linux).</param>
/// <param name="StrataPath">The executable that answers to `internal-enter`: Strata's own.</param>
public sealed record CommandWrapping(Tools Tools, string StrataPath)
{
    /// <summary>The command that is started in place of the given one; itself where nothing is wanted.</summary>
    /// <exception cref="ToolMissingException">A program of util-linux is not there.</exception>
    public Command Wrap(Command command)
    {
        if (command.Sandbox is { } sandbox) return Enter(command, sandbox);
        return command.IsGuarded
            ? command with
            {
                Program = Tools.Require("setpriv"),
                Arguments = ["--pdeathsig", "KILL", "--", command.Program, .. command.Arguments],
            }
            : command;
    }

    private Command Enter(Command command, Sandbox sandbox) => command with
    {
        Program = Tools.Require("setpriv"),
        WorkingDirectory = "/",
        Arguments =
        [
            "--pdeathsig", "KILL", "--",
            Tools.Require("unshare"), "--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child=KILL",
            .. sandbox.Isolation == Isolation.Namespaces ? ["--mount-proc"] : Array.Empty<string>(),
            "--propagation", "slave", "--",
            StrataPath, NamespaceEntry.Word, .. NamespaceEntry.Options(sandbox, command.WorkingDirectory), "--",
            command.Program, .. command.Arguments,
        ],
    };
}
