using System.CommandLine;
using Strata.Cli.Terminal;
using Strata.Engine.Publishing;
using Strata.Inputs;
using Strata.Layers;
using Strata.Planning;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>`strata promote TARGET --tag T`: gives a tested image a release tag.</summary>
internal sealed class PromoteCommand : StrataCommand
{
    private readonly Argument<string> target;
    private readonly Option<string> tag;
    private readonly Option<string> to;
    private readonly Option<string> expect;
    private readonly Option<bool> accept;
    private readonly Option<bool> list;
    private readonly Option<string> file;
    private readonly Option<string[]> source;
    private readonly Option<string> at;
    private readonly RegistryArguments registry;
    private readonly Option<bool> json;

    /// <summary>The command.</summary>
    public PromoteCommand()
        : base(new()
        {
            Name = "promote",
            Summary = "gives a published image a release tag, by digest",
            About = "Finds the published image with the target's fingerprint and gives it a tag, in its repository or another one. Nothing is built; within one "
                + "repository nothing but the tag is sent. A tag that another image has is moved. When it happened is recorded in the repository "
                + "itself, by a second tag `TAG.promoted-TIME`, which `--list` shows.",
            Examples =
            [
                new("strata promote slurm/compute --tag v3", "Release what the working tree describes"),
                new("strata promote slurm/compute --at 4f2a91c --tag production --expect sha256:…", "The image that was tested, and no other"),
                new("strata promote slurm/compute --tag v3 --to registry.example.org/production", "Into another repository"),
                new("strata promote slurm/compute --list", "What was promoted, and when"),
            ],
            Exits =
            [
                new(ExitCode.Done, "done"),
                new(ExitCode.WorkFailed, "there is no such image, or git or the registry failed"),
                new(ExitCode.WrongInput, "wrong usage, a digest other than `--expect`, or errors in the layer file; nothing was promoted"),
            ],
        })
    {
        target = Add(new Argument<string>("TARGET") { Description = "`layer/type`, or `layer/type@system`" });
        tag = Add(new Option<string>("--tag") { HelpName = "TAG", Description = "The release tag, such as `v3` or `production`" });
        to = Add(new Option<string>("--to") { HelpName = "REPOSITORY", Description = "The repository that gets it, as in `registry.example.org/production`; without it `images: repository`" });
        expect = Add(new Option<string>("--expect") { HelpName = "DIGEST", Description = "The digest (`sha256:…`) that the image must have; another ends the command before any work" });
        accept = Add(new Option<bool>("--accept") { Description = "Take the image from `images: untrusted` where `images: repository` has none, and publish it there" });
        list = Add(new Option<bool>("--list") { Description = "Show what was promoted, when, and whether the tag still means it" });
        file = Add(CommonOptions.File());
        source = Add(CommonOptions.Source());
        at = Add(CommonOptions.At());
        registry = new(option => Add(option), withUntrusted: false);
        json = Add(CommonOptions.Json("strata/promote/1` or, with `--list`, `strata/promotions/1"));
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Surroundings around, CancellationToken cancellation)
    {
        var access = registry.Read(arguments, around);
        var repository = Repository(arguments.GetValue(to));
        var expected = DigestArgument.Read("--expect", arguments.GetValue(expect));
        var isList = arguments.GetValue(list);
        var release = isList ? default : Tag(arguments.GetValue(tag));
        if (isList && arguments.GetValue(tag) is not null) throw new UsageException("`--tag` and `--list` do not go together", "leave one of them out");
        var options = new WorkspaceOptions { File = arguments.GetValue(file), Sources = arguments.SourceArguments(source) };
        await using var workspace = await Workspace.OpenAsync(options, around, cancellation);
        var site = await workspace.LoadAsync(arguments.GetValue(at), cancellation);
        RegistryArguments.Require(site.File, access, "`promote`");
        var names = PlanningOptions.Select(site.File, [arguments.GetValue(target)!]);
        var promotion = new Promotion(workspace.Machine, site.File, access);
        if (isList)
        {
            var name = One(names, _ => default);
            var records = await promotion.ListAsync(name, repository, cancellation);
            around.Out.Write(arguments.GetValue(json)
                ? PromotionJson.Render(name, (repository ?? ImageRepository.Of(site.File)).Of(name), records)
                : PromotionText.Render(records));
            return ExitCode.Done;
        }

        var fingerprints = new InputReader().Read(site.File, site.Snapshot).Fingerprints;
        var promotable = One(names, n => fingerprints[n]);
        var found = await promotion.FindAsync(promotable, fingerprints[promotable], arguments.GetValue(accept), cancellation);
        if (expected is not null && found.Image.Digest != expected)
            throw new UsageException($"{found.Image.Reference} is {found.Image.Digest}, expected {expected}: it is not the image that was tested", "test this one, or name the revision that was tested with `--at`");
        var promoted = await promotion.PromoteAsync(found, release, repository, TimeProvider.System.GetUtcNow(), cancellation);
        around.Out.Write(arguments.GetValue(json) ? PromotionJson.Render(promoted) : PromotionText.Render(promoted));
        return ExitCode.Done;
    }

    /// <summary>The one image that a word names: targets of several systems are one where their fingerprints are.</summary>
    /// <exception cref="UsageException">It names several.</exception>
    private static TargetName One(IReadOnlyList<TargetName> names, Func<TargetName, Fingerprint> fingerprint)
    {
        var images = names.DistinctBy(n => (n.Layer, n.Type, fingerprint(n))).ToList();
        return images is [var only] ? only : throw new UsageException(
            $"{names.Count} targets are meant, and one image is promoted at a time", $"name one of them: {Wording.List(names.Take(6).Select(n => n.ToString()))}");
    }

    private static ReleaseTag Tag(string? text)
    {
        if (text is null) throw new UsageException("`--tag` is missing: it says what the image is released as", "`strata promote TARGET --tag TAG`, or `--list` for what was promoted");
        return ReleaseTag.TryParse(text, out var reason) ?? throw new UsageException($"`--tag` is {Wording.Quote(text)}, which is no release tag: {reason}");
    }

    private static ImageRepository? Repository(string? text)
    {
        if (text is null) return null;
        return ImageRepository.TryParse(text) ?? throw new UsageException(
            $"`--to` is {Wording.Quote(text)}; expected a repository as in `registry.example.org/production`", "a host, with a port where needed, and a path; no scheme, no tag, no credentials");
    }
}
