using System.Collections.Immutable;
using System.Text;
using Strata.Engine.Git;
using Strata.Engine.Processes;
using Strata.Text;

namespace Strata.Tests.Support;

/// <summary>Repositories for one test, made by the real git, and what Strata reads of them.</summary>
internal sealed class GitSandbox : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly List<GitRepository> opened = [];
    private int scratches;

    public GitSandbox()
    {
        Directory.CreateDirectory(folder["home"]);
        Caller = ImmutableDictionary<string, string>.Empty.Add("HOME", folder["home"]);
        Git = new(RealPrograms.Host, RealPrograms.Runner(), Caller);
        RunGit(".", "config", "--global", "init.defaultBranch", "main");
        RunGit(".", "config", "--global", "user.name", "Tester");
        RunGit(".", "config", "--global", "user.email", "tester@example.org");
        RunGit(".", "config", "--global", "protocol.file.allow", "always");
    }

    /// <summary>The environment that Strata is taken to run in.</summary>
    public ImmutableDictionary<string, string> Caller { get; set; }

    public GitProgram Git { get; set; }

    /// <summary>A path among the repositories.</summary>
    public string this[string relative] => folder[relative];

    public string Write(string relative, string content) => folder.Write(relative, content);

    /// <summary>Runs git in a folder; returns what it wrote, without the last line break.</summary>
    public string RunGit(string relative, params ImmutableArray<string> arguments)
    {
        var command = new Command(RealPrograms.Host.Require("git"), arguments)
        {
            WorkingDirectory = folder[relative],
            Environment = RealPrograms.BareEnvironment.SetItem("HOME", folder["home"])
                .SetItem("GIT_AUTHOR_DATE", "2024-01-02T03:04:05Z").SetItem("GIT_COMMITTER_DATE", "2024-01-02T03:04:05Z"),
        };
        return RealPrograms.TextOf(command).GetAwaiter().GetResult().TrimEnd('\n');
    }

    /// <summary>A repository with these files committed; returns the commit's id.</summary>
    public string Commit(string repository, params (string Path, string Content)[] files)
    {
        Directory.CreateDirectory(folder[repository]);
        if (!Directory.Exists(folder[repository + "/.git"])) RunGit(repository, "init", "--quiet");
        foreach (var (path, content) in files) Write(repository + "/" + path, content);
        RunGit(repository, "add", "--all");
        RunGit(repository, "commit", "--quiet", "--allow-empty", "--message", "change");
        return RunGit(repository, "rev-parse", "HEAD");
    }

    public async Task<GitRepository> Open(string relative)
    {
        var scratch = folder[$"scratch-{++scratches}"];
        var repository = await GitRepository.OpenAsync(Git, folder[relative], scratch, TestContext.Current.CancellationToken);
        opened.Add(repository);
        return repository;
    }

    /// <summary>What Strata takes a working tree to be.</summary>
    public async Task<string> ShowWorkTree(string relative, params string[] outputFolders) =>
        Show(await (await Open(relative)).ReadWorkTreeAsync(outputFolders, TestContext.Current.CancellationToken));

    /// <summary>A tree as text: kind, path and content of everything in it.</summary>
    public static string Show(IFileTree tree)
    {
        var text = new StringBuilder();
        Append(text, tree, RepoPath.Root);
        return text.ToString();
    }

    public void Dispose()
    {
        foreach (var repository in opened) repository.Dispose();
        folder.Dispose();
    }

    private static void Append(StringBuilder text, IFileTree tree, RepoPath path)
    {
        foreach (var entry in tree.List(path))
        {
            var content = entry.Kind is EntryKind.Folder or EntryKind.Gitlink ? "" : NameBytes.Show(NameBytes.Decode(tree.Read(entry).Span));
            text.Append($"{entry.Kind,-10} {NameBytes.Show(entry.Path.Value)}");
            if (content.Length > 0) text.Append($" {content.Replace("\r", "\\r").Replace("\n", "\\n")}");
            text.Append('\n');
            if (entry.Kind == EntryKind.Folder) Append(text, tree, entry.Path);
        }
    }
}
