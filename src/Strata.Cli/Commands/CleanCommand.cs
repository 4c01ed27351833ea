using System.CommandLine;
using System.Globalization;
using Strata.Cli.Terminal;
using Strata.Engine.Building;
using Strata.Engine.Machines;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>`strata clean`: removes what interrupted runs left, and images and installed requirements that nothing needs.</summary>
internal sealed class CleanCommand : StrataCommand
{
    private const int UsualKeep = 3;

    private readonly Option<string> keep;
    private readonly Option<bool> yes;
    private readonly Option<bool> json;

    /// <summary>The command.</summary>
    public CleanCommand()
        : base(new()
        {
            Name = "clean",
            Summary = "removes what interrupted runs left, and what nothing needs any more",
            About = "Shows containers and unfinished files of runs that were killed, images of the local storage that no release tag and none of the last "
                + "images of a target needs, and roles and collections that `requirements` had installed and no layer file of this machine names any more, as it was built "
                + "last; then asks on a terminal, and elsewhere removes nothing without `--yes`. A release tag is any name that "
                + "is not the image's fingerprint. Images that others are built from, other programs' images and containers kept by `--keep-failed` stay. "
                + "Needs no layer file.",
            Examples =
            [
                new("strata clean", "Look, then answer"),
                new("strata clean --keep 1 --yes", "In a nightly job: of each target only the latest image, and what that needs"),
                new("strata clean --json | jq '[.images[].bytes] | add'", "How much it would remove"),
            ],
            Exits =
            [
                new(ExitCode.Done, "done, or there is nothing to remove, or it was only shown"),
                new(ExitCode.WorkFailed, "something could not be removed"),
                new(ExitCode.WrongInput, "wrong usage"),
            ],
        })
    {
        keep = Add(new Option<string>("--keep") { HelpName = "N", Description = "How many images of each target stay, the latest; 3 without it" });
        yes = Add(new Option<bool>("--yes") { Description = "Remove without asking" });
        json = Add(CommonOptions.Json("strata/clean/1"));
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var kept = Keep(arguments.GetValue(keep));
        await OwnUsers.EnterAsync(around, cancellation);
        var machine = Workspace.MachineOf(around, new());
        var cleanup = new Cleanup((await MachineChoices.OfAsync(machine, cancellation)).Apply(machine));
        var found = await cleanup.FindAsync(kept, cancellation);
        var isJson = arguments.GetValue(json);
        if (!isJson) around.Out.Write(CleanText.Render(found));
        var removes = !found.IsEmpty && (arguments.GetValue(yes) || (!isJson && IsConfirmed(around)));
        var left = removes ? await cleanup.RemoveAsync(found, cancellation) : [];
        if (isJson) around.Out.Write(CleanJson.Render(found, removes));
        if (!removes && !found.IsEmpty) around.Err.Write("nothing was removed; `--yes` removes it\n");
        foreach (var line in left) around.Err.Write($"{around.ErrPaint(Reports.Tone.Error, "error")}: still there: {Wording.Escape(line)}\n");
        if (removes && left.IsEmpty) around.Err.Write("removed\n");
        return left.IsEmpty ? ExitCode.Done : ExitCode.WorkFailed;
    }

    private static bool IsConfirmed(Surroundings around)
    {
        if (!around.CanAnswer) return false;
        around.Out.Flush();
        around.Err.Write("remove all of it? [y/N] ");
        around.Err.Flush();
        return around.ReadAnswer()?.Trim() is "y" or "Y" or "yes";
    }

    private static int Keep(string? text)
    {
        if (text is null) return UsualKeep;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UsageException($"`--keep` is {Wording.Quote(text)}, and takes a number", "0 keeps only images with a release tag, and what they need");
    }
}
