using System.CommandLine;
using System.Text;
using Strata.Engine.Building;
using Strata.Engine.Files;
using Strata.Layers;
using Strata.Reports;

namespace Strata.Cli.Commands;

/// <summary>`strata refresh`: records the state of what is built from and is in no source.</summary>
internal sealed class RefreshCommand : StrataCommand
{
    private readonly Option<string> file;
    private readonly Option<string[]> source;
    private readonly Option<string[]> only;
    private readonly Option<bool> check;
    private readonly Option<bool> json;

    /// <summary>The command.</summary>
    public RefreshCommand()
        : base(new()
        {
            Name = "refresh",
            Summary = "records the state of package repositories in `strata.lock`",
            About = "Asks every package repository, and every URL that is fetched, for its present state, and writes it to `strata.lock` beside the layer "
                + "file. What the lock holds is an input of the targets that use it: an update of packages is then a change of that file, with the targets that it "
                + "rebuilds and the reason. It says what moved since, and what that does to which target. What has no entry floats, and is listed as external.",
            Examples =
            [
                new("strata refresh", "Take all updates"),
                new("strata refresh --only updates", "Those of one repository alone"),
                new("strata refresh --check", "In a pipeline: whether there is something to take; writes nothing"),
            ],
            Exits =
            [
                new(ExitCode.Done, "the lock is current now"),
                new(ExitCode.WorkFailed, "a repository or a URL cannot be had, and the lock is as it was; with `--check`, the lock is not current"),
                new(ExitCode.WrongInput, "wrong usage, or errors in the layer file or what it names"),
            ],
        })
    {
        file = Add(CommonOptions.File());
        source = Add(CommonOptions.Source());
        only = Add(new Option<string[]>("--only")
        {
            HelpName = "ID",
            Description = "Ask for this repository, by its id, or this URL alone, and keep the other entries; may be repeated",
            Arity = ArgumentArity.OneOrMore,
        });
        check = Add(new Option<bool>("--check") { Description = "Write nothing; exit with 1 where the lock is not current" });
        json = Add(CommonOptions.Json("strata/refresh/1"));
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var options = new WorkspaceOptions { File = arguments.GetValue(file), Sources = arguments.SourceArguments(source) };
        if (options.Sources.Any(s => s.Name == Sources.SourceName.Self))
            throw new UsageException("`--source` names `self`, and the lock is written beside the layer file of this folder", "run it where the layer file is, or name that with `--file`");
        var path = Path.Combine(Path.GetDirectoryName(LayerFileOnDisk.Find(options.File, around))!, InputLock.FileName);
        await using var workspace = await Workspace.OpenAsync(options, around, cancellation);
        var site = await LoadAsync(workspace, around, cancellation);
        var report = await new Refresh(workspace.Machine, workspace.Run.Path).ReadAsync(site, arguments.GetValue(only) ?? [], Path.GetRelativePath(around.Folder, path), cancellation);
        var isCurrent = report.Changes.IsEmpty && site.File.Lock.Damage is null;
        if (!arguments.GetValue(check)) await WriteAsync(report.After, path, workspace.Run.RunId);
        around.Out.Write(arguments.GetValue(json) ? RefreshJson.Render(report) : RefreshText.Render(report, around.OutPaint));
        return isCurrent || !arguments.GetValue(check) ? ExitCode.Done : ExitCode.WorkFailed;
    }

    /// <summary>The site as it is; of a lock that cannot be used nothing is said, since a new one is its cure.</summary>
    private static async Task<Site> LoadAsync(Workspace workspace, Surroundings around, CancellationToken cancellation)
    {
        var (site, diagnostics) = await workspace.ReadAsync(null, cancellation);
        var others = diagnostics.Where(d => Path.GetFileName(d.Path) != InputLock.FileName).ToList();
        if (site is null || others.Exists(d => d.IsError)) throw new FaultyInputException(workspace.FromHere.Of([.. others]));
        around.Err.Write(DiagnosticText.Render([.. workspace.FromHere.Of([.. others]), .. OpenSecrets.OfRepositories(site.File)], around.ErrPaint));
        return site;
    }

    /// <summary>A lock that is the same, or that would hold nothing and is not there, is not written.</summary>
    private static async Task WriteAsync(InputLock after, string path, string runId)
    {
        var text = LockText.Write(after);
        if (File.Exists(path) ? LockOnDisk.Has(path, text) : after.Entries.IsEmpty) return;
        await AtomicFile.WriteAsync(path, Encoding.UTF8.GetBytes(text), runId, CancellationToken.None);
    }
}
