using System.Text.Json;

namespace Strata.SystemTests.Support;

/// <summary>A site's repository in a temporary folder, made from a text that holds its files.</summary>
/// <param name="machine">The machine it is built on.</param>
/// <param name="folder">Its folder; made when it is written to.</param>
internal sealed class Site(Machine machine, string folder)
{
    /// <summary>
    /// The layer that all sites of the tests start from. Its definition is always the same, so that the first test that needs
    /// it builds it and the others find it.
    /// </summary>
    public const string Base =
        """
        --- strata.yaml
        version: 1
        inventory: inventory
        layers:
          os:
            types:
              base:
                from: scratch
                packages: {manager: apt, release: bookworm, repositories: host, install: [python3]}

        """;

    /// <summary>Its folder.</summary>
    public string Folder => folder;

    /// <summary>Its record of the last build.</summary>
    public JsonElement Record => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "out", "strata-build.json"))).RootElement;

    /// <summary>Writes files: a line `--- PATH` starts one, everything up to the next such line is its content.</summary>
    public void Write(string files)
    {
        foreach (var part in ("\n" + files).Split("\n--- ", StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, content) = part.Split('\n', 2) is [var first, var rest] ? (first.Trim(), rest) : (part.Trim(), "");
            if (name.Length == 0) continue;
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content.TrimEnd('\n') + "\n");
        }
    }

    /// <summary>Adds lines at the end of its layer file.</summary>
    public void Add(string lines) => Write("--- strata.yaml\n" + Read("strata.yaml") + lines);

    /// <summary>Makes it a git repository with one commit, or adds a commit.</summary>
    public async Task CommitAsync()
    {
        if (!Directory.Exists(Path.Combine(folder, ".git"))) (await machine.ExecAsync("git", ["init", "--quiet"], folder)).Ended(0);
        (await machine.ExecAsync("git", ["add", "--all"], folder)).Ended(0);
        (await machine.ExecAsync("git", ["commit", "--quiet", "--message", "state"], folder)).Ended(0);
    }

    /// <summary>Runs a command of Strata in it.</summary>
    public Task<Run> StrataAsync(params string[] arguments) => machine.StrataAsync(folder, arguments);

    /// <summary>What the record says of a target.</summary>
    public JsonElement Target(string name) =>
        Record.GetProperty("targets").EnumerateArray().Single(t => t.GetProperty("target").GetString() == name);

    /// <summary>The reference of a target's image, from the record.</summary>
    public string Image(string name) => Target(name).GetProperty("image").GetProperty("reference").GetString()!;

    /// <summary>The digest of a target's image, from the record.</summary>
    public string Digest(string name) => Target(name).GetProperty("image").GetProperty("digest").GetString()!;

    /// <summary>How a target ended, from the record.</summary>
    public string State(string name) => Target(name).GetProperty("state").GetString()!;

    /// <summary>The text of a file below it.</summary>
    public string Read(string path) => File.ReadAllText(Path.Combine(folder, path));
}
