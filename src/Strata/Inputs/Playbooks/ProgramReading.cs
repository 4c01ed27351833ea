using System.Buffers;
using System.Collections.Frozen;
using Strata.Ansible;
using Strata.Ansible.Templating;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>
/// Adds to a digest what a program on the build machine may read of the sources: every file, unless it is one that is known to
/// read no more than its command line names.
/// </summary>
/// <param name="world">The run.</param>
/// <param name="values">What expressions can come to.</param>
internal sealed class ProgramReading(RunWorld world, ValueReading values)
{
    /// <summary>Programs that read no file, whatever they are told.</summary>
    private static readonly FrozenSet<string> ReadingNothing = new[]
    {
        "arch", "basename", "dirname", "echo", "false", "id", "mkdir", "mktemp", "nproc", "printf", "pwd", "rmdir", "seq", "sleep", "true", "uname",
        "uuidgen", "whoami",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Programs that read the files and folders that they are told, and none besides.</summary>
    private static readonly FrozenSet<string> ReadingNamed = new[]
    {
        "cat", "chmod", "chown", "cp", "date", "head", "hostname", "ln", "mv", "readlink", "realpath", "rm", "stat", "tail", "tee", "test", "touch",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Modules that give a command line to a shell, which may find more in it than words.</summary>
    private static readonly FrozenSet<string> Shells = new[] { "expect", "raw", "shell" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Modules that start programs which do what files of the sources tell them.</summary>
    private static readonly FrozenSet<string> Starters = new[]
    {
        "ansible_galaxy_install", "bundler", "cargo", "composer", "cpanm", "gem", "go", "make", "npm", "packer", "pip", "pnpm", "script", "terraform", "yarn",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What a shell takes for more than a word.</summary>
    private static readonly SearchValues<char> OfShells = SearchValues.Create("|;&$<>()`*?~[{!#\n\\");

    /// <summary>What a task on the build machine reads beside what its arguments name, if its module starts a program.</summary>
    /// <param name="digest">Takes it.</param>
    /// <param name="task">The task.</param>
    /// <param name="place">From where it is run.</param>
    public void AddTask(InputDigest digest, TaskEntry.Task task, TaskPlace place)
    {
        var module = task.Module.Name;
        var isCommand = module == "command";
        if (Starters.Contains(module)) AddAny(digest, task.Module.At, place);
        else if (isCommand || Shells.Contains(module))
            Add(digest, task.Arguments.Find("chdir") is null ? Lines(task, place) : [TextPattern.Any], isCommand, world.Run.Root, task.Module.At, place);
    }

    /// <summary>What a lookup reads that gives command lines to a shell, in the folder of the playbook.</summary>
    /// <param name="digest">Takes it.</param>
    /// <param name="lines">What the lines can be.</param>
    /// <param name="place">From where it is called.</param>
    /// <param name="at">Where it is called.</param>
    public void AddLookup(InputDigest digest, IReadOnlyList<TextPattern> lines, TaskPlace place, Location at)
    {
        foreach (var line in lines) world.Sink.AddExternal("program", line.ToString());
        Add(digest, lines, isCommand: false, place.Playbook, at, place);
    }

    private void Add(InputDigest digest, IReadOnlyList<TextPattern> lines, bool isCommand, SourcePath folder, Location at, TaskPlace place)
    {
        var named = new SortedSet<string>(StringComparer.Ordinal);
        if (!lines.All(line => (isCommand && IsDeaf(line)) || IsFollowed(line, folder, named)))
        {
            AddAny(digest, at, place);
            return;
        }

        foreach (var path in named.Select(name => AnsibleContent.Join(folder, name)).OfType<SourcePath>().Distinct()) world.AddEntry(digest, path, place.Way);
    }

    private void AddAny(InputDigest digest, Location at, TaskPlace place) => world.AddEveryFile(digest, at, "a program is run on the build machine", place.Way);

    /// <summary>The command lines that a task can come to.</summary>
    private IReadOnlyList<TextPattern> Lines(TaskEntry.Task task, TaskPlace place)
    {
        if (task.Arguments.FreeForm is { } free) return [.. values.Texts(free.Value, place)];
        if (task.Arguments.Find("argv") is YamlNode.Sequence { Items: var words }) return [words.Aggregate(TextPattern.Of(""), (line, word) => line.Then(TextPattern.Of(" ")).Then(Word(word, place)))];
        return (task.Arguments.Find("cmd") ?? task.Arguments.Find("command")) is { } line ? [.. values.Texts(line, place)] : [TextPattern.Any];
    }

    /// <summary>One of a list of words; one with a space in it is no line of words.</summary>
    private TextPattern Word(YamlNode node, TaskPlace place) =>
        values.Texts(node, place).ToList() is [{ } only] && only.Literal?.Contains(' ', StringComparison.Ordinal) != true ? only : TextPattern.Any;

    /// <summary>Whether a line that no shell reads is of a program that reads nothing, whatever follows.</summary>
    private static bool IsDeaf(TextPattern line) => line.Prefix.TrimStart().Split(' ') is [var program, _, ..] && ReadingNothing.Contains(program);

    /// <summary>Whether a line is one of plain words that starts a known program; adds what may be files of those that it names.</summary>
    private static bool IsFollowed(TextPattern line, SourcePath folder, SortedSet<string> named)
    {
        if (line.Literal is not { } text || text.AsSpan().ContainsAny(OfShells)) return false;
        if (text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is not [var program, .. var words]) return true;
        if (ReadingNothing.Contains(program)) return true;
        named.UnionWith(words.SelectMany(FilesIn));
        return ReadingNamed.Contains(program) && named.All(name => !LeadsAbove(name, folder));
    }

    /// <summary>Whether a path is of a folder that the sources lie in.</summary>
    private static bool LeadsAbove(string path, SourcePath folder) => path.StartsWith('/')
        ? AnsibleContent.InBuild(folder).StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal) && AnsibleContent.Join(folder, path) is null
        : path.Split('/').Contains("..") && AnsibleContent.Join(folder, path) is null;

    /// <summary>What of a word may be the name of a file: `FILE`, `--file=FILE`, `-fFILE`.</summary>
    private static IEnumerable<string> FilesIn(string word)
    {
        var bare = word.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        yield return bare;
        if (bare.IndexOf('=', StringComparison.Ordinal) is var at and >= 0) yield return bare[(at + 1)..];
        for (var start = 2; bare.StartsWith('-') && start < bare.Length; start++) yield return bare[start..];
    }
}
