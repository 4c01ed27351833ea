using System.Collections.Immutable;
using System.Globalization;
using Strata.Layers;
using Strata.Text;

namespace Strata.Reports.Html;

/// <summary>The targets as a picture, and, where they are many, a second one with a box for each layer where it stands.</summary>
internal sealed class PictureSection
{
    /// <summary>As many boxes as one looks through; of more, the layers are shown first.</summary>
    private const int Many = 60;

    /// <summary>A legend with more types says nothing.</summary>
    private const int MostTypes = 10;

    private readonly TargetGraph graph;
    private readonly ImmutableArray<ReportRow> rows;
    private readonly TypePalette palette;
    private readonly Dictionary<TargetName, int> indexes;

    private PictureSection(TargetGraph graph, ImmutableArray<ReportRow> rows)
    {
        this.graph = graph;
        this.rows = rows;
        palette = new(graph.Types);
        indexes = rows.ToDictionary(r => r.Name, r => r.Index);
    }

    /// <summary>The section; nothing where there are no targets.</summary>
    public static Markup Draw(TargetGraph graph, ImmutableArray<ReportRow> rows) => rows.IsEmpty ? Markup.None : new PictureSection(graph, rows).Draw();

    private Markup Draw()
    {
        var layers = Layers();
        var core = Core();
        var all = View("all", "every target with an arrow from the one it starts from", [.. rows.Select(r => Node(r, core.Contains(r.Index)))]);
        var byLayer = View("layers", "every layer where it stands, with how many targets it has there", layers);
        var isFolded = layers.Length < rows.Length;
        var views = !isFolded ? all : rows.Length > Many ? Markup.Join([byLayer, all]) : Markup.Join([all, byLayer]);
        return Markup.Of($"""
            <div class="tools scripted" role="toolbar" aria-label="Picture">
            {Button("all", $"all targets ({rows.Length})")}{(core.Count > 0 && core.Count < rows.Length ? Button("core", $"affected ({AffectedCount()})") : Markup.None)}{(isFolded ? Button("layers", $"by layer ({layers.Length})") : Markup.None)}<span class="zoom"><button type="button" data-zoom="0" aria-label="fit the picture">fit</button> <button type="button" data-zoom="-1" aria-label="smaller">−</button> <button type="button" data-zoom="1" aria-label="larger">+</button></span>
            </div>
            {Legend()}<div class="views{(isFolded && rows.Length > Many ? " many" : "")}">
            {views}</div>

            """);
    }

    private static Markup Button(string view, string label) => Markup.Of($"<button type=\"button\" data-view=\"{view}\" aria-pressed=\"false\">{label}</button>\n");

    private static Markup View(string name, string label, ImmutableArray<PictureNode> nodes) => Markup.Of($"""
        <div class="view" id="view-{name}">
        {Picture.Draw("dag-" + name, label, nodes)}</div>

        """);

    private PictureNode Node(ReportRow row, bool isCore) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"b{row.Index}"),
        Link = "#" + row.Id,
        Title = row.Name.Layer.Value,
        Below = row.Name.System is { } system ? $"{row.Name.Type} @{system}" : row.Name.Type.Value,
        Note = Note(row),
        Stress = row.Stress,
        IsBad = row.Built is { IsBad: true },
        Dot = palette.Of(row.Name.Type).Line,
        Parent = row.Target.Parent is { } parent ? indexes[parent] : null,
        IsCore = isCore,
    };

    /// <summary>The word for a target; beside it what a build did with it, where it went wrong.</summary>
    private static string Note(ReportRow row) =>
        row.Built is { IsBad: true } built && built.State != row.Word ? $"{row.Word}, {built.State}" : row.Word;

    private int AffectedCount() => rows.Count(r => r.Stress is Stress.Own or Stress.Follows);

    /// <summary>What is affected, and everything above it.</summary>
    private HashSet<int> Core()
    {
        var core = new HashSet<int>();
        foreach (var row in rows.Where(r => r.Stress is Stress.Own or Stress.Follows || r.Built is { IsBad: true }))
        {
            for (int? at = row.Index; at is { } index && core.Add(index); at = rows[index].Target.Parent is { } parent ? indexes[parent] : null)
            {
            }
        }

        return core;
    }

    /// <summary>
    /// A box for every layer under the same layers above it, whatever the types and systems: the same tree, folded.
    /// </summary>
    private ImmutableArray<PictureNode> Layers()
    {
        var groups = new List<(int? Parent, List<ReportRow> Rows)>();
        var byPlace = new Dictionary<(int? Parent, LayerName Layer), int>();
        var groupOf = new int[rows.Length];
        foreach (var row in rows)
        {
            int? parent = row.Target.Parent is { } name ? groupOf[indexes[name]] : null;
            if (!byPlace.TryGetValue((parent, row.Name.Layer), out var group))
            {
                byPlace[(parent, row.Name.Layer)] = group = groups.Count;
                groups.Add((parent, []));
            }

            groups[group].Rows.Add(row);
            groupOf[row.Index] = group;
        }

        return [.. groups.Select((g, i) => LayerNode(i, g.Parent, g.Rows))];
    }

    private static PictureNode LayerNode(int index, int? parent, List<ReportRow> members) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"g{index}"),
        Link = "#" + members[0].Id,
        Title = members[0].Name.Layer.Value,
        Below = Wording.Count(members.Count, "target"),
        Note = Notes(members),
        Stress = members.Select(m => m.Stress).Aggregate((one, other) => (one, other) switch
        {
            (Stress.Own, _) or (_, Stress.Own) => Stress.Own,
            (Stress.Follows, _) or (_, Stress.Follows) => Stress.Follows,
            _ => one,
        }),
        IsBad = members.Any(m => m.Built is { IsBad: true }),
        Parent = parent,
    };

    private static string Notes(List<ReportRow> members)
    {
        var notes = members.Where(m => m.Word.Length > 0).OrderBy(m => m.Stress).GroupBy(Note, StringComparer.Ordinal).ToList();
        return notes switch
        {
            [var only] when members.Count > 1 => $"all {only.Key}",
            [var only] => only.Key,
            _ => string.Join(", ", notes.Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {(g.Key == "follows" && g.Count() > 1 ? "follow" : g.Key)}"))),
        };
    }

    private Markup Legend()
    {
        var boxes = Stresses().Where(s => rows.Any(r => r.Stress == s.Stress))
            .Select(s => Markup.Of($"<li>{ReasonSection.Badge(s.Box, s.Stress)} {s.Meaning}</li>"));
        var types = graph.Types.Length > MostTypes ? [] : graph.Types.Select(t =>
            Markup.Of($"<li><svg class=\"dot\" width=\"10\" height=\"10\" aria-hidden=\"true\"><circle cx=\"5\" cy=\"5\" r=\"4\" fill=\"{palette.Of(t).Line}\"/></svg> {t}</li>"));
        return Markup.Of($"<ul class=\"legend\">{Markup.Join([.. boxes, .. types])}</ul>\n");
    }

    private (Stress Stress, string Box, string Meaning)[] Stresses() => rows.Any(r => r.Impact is not null)
        ? [(Stress.Own, "thick box", "its own inputs differ"), (Stress.Follows, "thin box", "only what it starts from differs"), (Stress.Quiet, "dotted", "not affected")]
        : [(Stress.Own, "thick box", "is built"), (Stress.Follows, "thin box", "follows what it starts from, or shares, exports or publishes an image"), (Stress.Quiet, "dotted", "nothing to do")];
}
