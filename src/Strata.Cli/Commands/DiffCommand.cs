using System.CommandLine;
using Strata.Engine;
using Strata.Engine.Comparing;
using Strata.Engine.Machines;
using Strata.Images;
using Strata.Reports;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>`strata diff IMAGE IMAGE`: what differs between two images, and the inputs whose change explains it.</summary>
internal sealed class DiffCommand : StrataCommand
{
    private readonly Argument<string> from;
    private readonly Argument<string> to;
    private readonly Option<string> file;
    private readonly Option<string[]> source;
    private readonly RegistryArguments registry;
    private readonly Option<bool> json;

    /// <summary>The command.</summary>
    public DiffCommand()
        : base(new()
        {
            Name = "diff",
            Summary = "shows what differs between two images, and which inputs explain it",
            About = "Compares the packages, files, configuration and sizes of two images. Files of packages that differ are counted with the package, all others "
                + "are listed. Where both are images of one target, and the revisions in their labels are in the repository, it compares what they were built "
                + "from too, for the target and all above it. An image is a target, a target at a revision (`slurm/compute@v2.1`), or a name, digest or id of "
                + "the local storage or a registry. An image that has to be pulled for it is removed again, one of a target stays.",
            Examples =
            [
                new("strata diff slurm/compute@HEAD~1 slurm/compute", "What the last commit and the working tree did to the image"),
                new("strata diff registry.example.org/hpc/slurm/compute:production slurm/compute", "What a release would change"),
                new("strata diff slurm/compute@v2.0 slurm/compute@v2.1 --json | jq '.packages'", "For another program"),
            ],
            Exits =
            [
                new(ExitCode.Done, "done, whatever differs"),
                new(ExitCode.WorkFailed, "there is no such image, or git, the storage or the registry failed"),
                new(ExitCode.WrongInput, "wrong usage, a revision that is not there, or errors in the layer file"),
            ],
        })
    {
        from = Add(new Argument<string>("FROM") { Description = "The first image" });
        to = Add(new Argument<string>("TO") { Description = "The second image" });
        file = Add(CommonOptions.File());
        source = Add(CommonOptions.Source());
        registry = new(option => Add(option), withUntrusted: true);
        json = Add(CommonOptions.Json("strata/diff/1"));
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        foreach (var word in (string[])[arguments.GetValue(from)!, arguments.GetValue(to)!]) DiffWord.RequireName(word);
        await OwnUsers.EnterAsync(around, cancellation);
        var access = registry.Read(arguments, around);
        var options = new WorkspaceOptions { File = arguments.GetValue(file), Sources = arguments.SourceArguments(source) };
        await using var site = await DiffSite.OpenAsync(options, around, cancellation);
        var choices = await MachineChoices.OfAsync(site.Machine, cancellation);
        await using var images = new ImageDiff(choices.Apply(site.Machine), access, site.Run, choices.Isolation);
        var first = await FindAsync(arguments.GetValue(from)!, images, site, cancellation);
        var second = await FindAsync(arguments.GetValue(to)!, images, site, cancellation);
        var (before, after) = await images.ReadAsync(first, second, cancellation);
        var comparison = ImageComparison.Between(before, after);
        var report = new ImageDiffReport(Origin(first), Origin(second), comparison, await site.ExplainAsync(first, second, comparison, cancellation));
        around.Out.Write(arguments.GetValue(json) ? ImageDiffJson.Render(report) : ImageDiffText.Render(report, around.OutPaint));
        return ExitCode.Done;
    }

    private static async Task<FoundImage> FindAsync(string word, ImageDiff images, DiffSite site, CancellationToken cancellation)
    {
        if (await site.TargetAsync(word, cancellation) is var (layers, target))
        {
            return await images.FindAsync(layers.File, layers.Snapshot, target, cancellation)
                ?? throw new MissingImageException($"there is no image of {Wording.Quote(word)}", $"`strata build {target}` builds it{(word.Contains('@', StringComparison.Ordinal) ? ", with `--at REV`" : "")}");
        }

        return await images.FindAsync(word, site.Layers, cancellation)
            ?? throw new MissingImageException($"{Wording.Quote(word)} is no target of a layer file here, and no image of the local storage or of a registry", "`strata targets` lists targets, `buildah images` the images of the storage");
    }

    private static ImageOrigin Origin(FoundImage image) => new(image.Reference, image.Digest, image.Target, image.Fingerprint?.ToString(), image.Revisions);
}

/// <summary>An image that is named and is nowhere.</summary>
internal sealed class MissingImageException(string message, string hint) : FailureException(message, hint);
