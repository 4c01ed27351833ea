using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>One entry of a list of tasks or handlers.</summary>
public abstract record TaskEntry
{
    private TaskEntry(Keywords keywords, Location at)
    {
        Keywords = keywords;
        At = at;
    }

    /// <summary>What it says beside its content.</summary>
    public Keywords Keywords { get; }

    /// <summary>Where it stands.</summary>
    public Location At { get; }

    /// <summary>A task: one module with its arguments.</summary>
    /// <param name="Module">The module.</param>
    /// <param name="Arguments">What it is told.</param>
    /// <param name="Keywords">What the task says beside that.</param>
    /// <param name="At">Where the task stands.</param>
    public sealed record Task(Module Module, ModuleArguments Arguments, Keywords Keywords, Location At) : TaskEntry(Keywords, At);

    /// <summary>`block`, with `rescue` and `always`.</summary>
    /// <param name="Tasks">The entries of all three, in this order.</param>
    /// <param name="Counts">How many entries each of the three has.</param>
    /// <param name="Keywords">What the block says beside them.</param>
    /// <param name="At">Where the block stands.</param>
    public sealed record Block(ImmutableArray<TaskEntry> Tasks, (int Block, int Rescue, int Always) Counts, Keywords Keywords, Location At) : TaskEntry(Keywords, At);
}

/// <summary>The module of a task.</summary>
/// <param name="Written">Its name as written: `copy`, `ansible.builtin.copy`.</param>
/// <param name="At">Where the name stands.</param>
/// <param name="IsLocal">Whether `local_action` names it: it then runs on the build machine.</param>
public sealed record Module(string Written, Location At, bool IsLocal)
{
    private static readonly ImmutableArray<string> KnownCollections =
        ["ansible.builtin.", "ansible.legacy.", "ansible.posix.", "community.general."];

    /// <summary>
    /// The name without the collection, where that is one of those whose modules had no collection once; otherwise the
    /// name as written.
    /// </summary>
    public string Name { get; } = WithoutCollection(Written);

    /// <summary>Whether this includes a file of tasks, when it is reached or, for `import_tasks`, when the play is read.</summary>
    public bool TakesTasks => Name is "include_tasks" or "import_tasks" or "include";

    /// <summary>Whether this includes a role.</summary>
    public bool TakesRole => Name is "include_role" or "import_role";

    /// <summary>Whether what it includes is read with the play, not when it is reached.</summary>
    public bool IsStatic => Name is "import_tasks" or "import_role";

    private static string WithoutCollection(string written)
    {
        foreach (var collection in KnownCollections)
        {
            if (written.StartsWith(collection, StringComparison.Ordinal)) return written[collection.Length..];
        }

        return written;
    }
}

/// <summary>What a module is told.</summary>
/// <param name="Named">Arguments with a name; those of `args:` come first, and the last of a name counts.</param>
/// <param name="FreeForm">What stands without a name: a command line, a file; null for nothing.</param>
public sealed record ModuleArguments(ImmutableArray<Argument> Named, Located<string>? FreeForm)
{
    /// <summary>The value of an argument; null where it is not given.</summary>
    public YamlNode? Find(string name)
    {
        for (var i = Named.Length - 1; i >= 0; i--)
        {
            if (Named[i].Name == name) return Named[i].Value;
        }

        return null;
    }
}

/// <summary>One argument of a module.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; of `name=value` a scalar at the place of the value.</param>
public readonly record struct Argument(string Name, YamlNode Value);
