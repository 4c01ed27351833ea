using System.Globalization;
using System.Text;
using Strata.Images;
using Strata.Impact;
using Strata.Text;

namespace Strata.Reports;

/// <summary>
/// What differs between two images as text. Files of packages that differ are counted with the package; all others are listed by
/// folder, long lists cut with a count.
/// </summary>
public static class ImageDiffText
{
    private const int MostInFolder = 8;
    private const int MostFolders = 40;
    private const int LongestAttribute = 80;

    /// <summary>The whole text; each line ends with `\n`.</summary>
    public static string Render(ImageDiffReport report, Paint paint)
    {
        var (text, comparison) = (new StringBuilder(), report.Comparison);
        AppendImage(text, "from", report.From, paint);
        AppendImage(text, "to", report.To, paint);
        if (comparison.IsEmpty)
        {
            text.Append("\nnothing differs: packages, files and configuration are the same\n");
        }
        else
        {
            AppendPackages(text, comparison, paint);
            AppendFiles(text, comparison, paint);
            AppendSettings(text, comparison, paint);
            AppendSizes(text, comparison, paint);
        }

        AppendInputs(text, report.Inputs, paint);
        return text.ToString();
    }

    private static void AppendImage(StringBuilder text, string side, ImageOrigin image, Paint paint)
    {
        text.Append(CultureInfo.InvariantCulture, $"{side,-5} {paint(Tone.Strong, Wording.Escape(image.Reference))}  {Wording.Escape(image.Digest)}\n");
        if (image.Target is not { } target) return;
        var revisions = string.Join(", ", image.Revisions.Select(r => (r.Key == "self" ? "" : r.Key + " ") + Revision(r.Value)));
        text.Append("      ").Append(Wording.Escape(target)).Append(revisions.Length == 0 ? "" : " at " + Wording.Escape(revisions)).Append('\n');
    }

    /// <summary>A commit cut to 12 digits, what follows it kept.</summary>
    private static string Revision(string revision) => revision.Split('+', 2) is [var commit, var rest] ? $"{AffectedText.Short(commit)}+{rest}" : AffectedText.Short(revision);

    private static void AppendPackages(StringBuilder text, ImageComparison comparison, Paint paint)
    {
        Heading(text, "packages", comparison.Packages.Select(p => p.Kind), paint);
        var several = comparison.From.Packages.Packages.Concat(comparison.To.Packages.Packages).ToLookup(p => p.Name, p => p.Architecture, StringComparer.Ordinal);
        foreach (var package in comparison.Packages)
        {
            var name = several[package.Name].Distinct(StringComparer.Ordinal).Count() > 1 ? $"{package.Name} ({package.Architecture})" : package.Name;
            text.Append(CultureInfo.InvariantCulture, $"  {package.Kind.Name(),-8}  {Wording.Escape(name)}  {Wording.Escape(Change(string.Join(", ", package.Before), string.Join(", ", package.After)))}\n");
        }
    }

    private static void AppendFiles(StringBuilder text, ImageComparison comparison, Paint paint)
    {
        Heading(text, "files", comparison.Files.Select(f => f.Kind), paint);
        foreach (var package in comparison.Files.Where(f => f.Package is not null).GroupBy(f => f.Package!, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            text.Append("  of ").Append(Wording.Escape(package.Key)).Append(": ").Append(Counts(package.Select(f => f.Kind))).Append('\n');
        var folders = comparison.Files.Where(f => f.Package is null).GroupBy(f => f.Folder, StringComparer.Ordinal).ToList();
        foreach (var folder in folders.Take(MostFolders)) AppendFolder(text, folder, paint);
        if (folders.Count > MostFolders) text.Append(CultureInfo.InvariantCulture, $"  and {folders.Count - MostFolders} more folders (`--json` has all)\n");
    }

    private static void AppendFolder(StringBuilder text, IGrouping<string, FileDifference> folder, Paint paint)
    {
        text.Append("  ").Append(paint(Tone.Strong, Shown(folder.Key))).Append('\n');
        var files = folder.ToList();
        foreach (var file in files.Take(files.Count > MostInFolder + 1 ? MostInFolder : files.Count))
            text.Append(CultureInfo.InvariantCulture, $"    {file.Kind.Name(),-8}  {Shown(file.Path[(file.Path.LastIndexOf('/') + 1)..])}  {What(file)}\n");
        if (files.Count > MostInFolder + 1) text.Append(CultureInfo.InvariantCulture, $"    and {files.Count - MostInFolder} more: {Counts(files.Skip(MostInFolder).Select(f => f.Kind))} (`--json` has all)\n");
    }

    /// <summary>`content, 12 B → 14 B`; of a file that only one image has, what it is.</summary>
    private static string What(FileDifference file)
    {
        if (file.Before is not { } before || file.After is not { } after)
        {
            var only = (file.After ?? file.Before)!;
            return $"{only.Type.Name()} {only.ModeText} {only.OwnerText}" + only.Type switch
            {
                ImageFileType.File => $", {Amounts.Size(only.SizeBytes)}",
                ImageFileType.Link => " → " + Shown(only.Target!),
                ImageFileType.Special => ", " + only.Target,
                _ => "",
            } + string.Concat(file.Attributes.Select(a => $", {Wording.Escape(a.Name)} {Words(a.Name, a.Before ?? a.After)}"));
        }

        return string.Join(", ", file.Differing.Where(d => d != "content" || before.SizeBytes == after.SizeBytes).Select(d => d switch
        {
            "type" => Change(before.Type.Name(), after.Type.Name()),
            "mode" => "mode " + Change(before.ModeText, after.ModeText),
            "owner" => "owner " + Change(before.OwnerText, after.OwnerText),
            "size" => "content " + Change(Amounts.Size(before.SizeBytes), Amounts.Size(after.SizeBytes)),
            "target" => Change(Shown(before.Target ?? ""), Shown(after.Target ?? "")),
            "attributes" => string.Join(", ", file.Attributes.Select(What)),
            _ => d,
        })) + (after.Package is { } package ? $" (of {Wording.Escape(package)})" : "");
    }

    /// <summary>`security.capability cap_net_raw=ep added`.</summary>
    private static string What(ValueDifference attribute) =>
        $"{Wording.Escape(attribute.Name)} {Change(Words(attribute.Name, attribute.Before), Words(attribute.Name, attribute.After))}" + (attribute.Kind == Difference.Changed ? "" : " " + attribute.Kind.Name());

    /// <summary>An attribute's value, cut where it is long.</summary>
    private static string Words(string name, string? value)
    {
        if (value is null) return "";
        var words = FileAttribute.Words(name, value);
        return Wording.Escape(words.Length > LongestAttribute ? string.Concat(words.AsSpan(0, LongestAttribute), "…") : words);
    }

    private static void AppendSettings(StringBuilder text, ImageComparison comparison, Paint paint)
    {
        Heading(text, "configuration", comparison.Settings.Select(s => s.Kind), paint);
        foreach (var setting in comparison.Settings)
            text.Append($"  {setting.Kind.Name(),-8}  {Wording.Escape(setting.Name)}  {Wording.Escape(Change(setting.Before ?? "", setting.After ?? ""))}".TrimEnd()).Append('\n');
    }

    private static void AppendSizes(StringBuilder text, ImageComparison comparison, Paint paint)
    {
        var (from, to) = (comparison.From, comparison.To);
        text.Append('\n').Append(paint(Tone.Strong, "sizes")).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"  OCI layers  {Change(Amounts.Size(from.SizeBytes), Amounts.Size(to.SizeBytes))}\n");
        text.Append(CultureInfo.InvariantCulture, $"  files       {Change(Amounts.Size(from.FileBytes), Amounts.Size(to.FileBytes))}, {Change(Number(from.Files.Length), Number(to.Files.Length))} names\n");
        text.Append(CultureInfo.InvariantCulture, $"  packages    {Change(Number(from.Packages.Packages.Length), Number(to.Packages.Packages.Length))}\n");
    }

    private static void AppendInputs(StringBuilder text, InputExplanation inputs, Paint paint)
    {
        text.Append('\n').Append(paint(Tone.Strong, "inputs")).Append('\n');
        foreach (var target in inputs.Targets)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {target.State.Name(),-8}  {paint(Tone.Strong, target.Target.Name.ToString())}\n");
            foreach (var line in AffectedText.Lines(target.Reasons, paint)) text.Append("  ").Append(line).Append('\n');
        }

        foreach (var note in inputs.Notes) text.Append("  ").Append(Wording.Escape(note)).Append('\n');
    }

    private static void Heading(StringBuilder text, string what, IEnumerable<Difference> kinds, Paint paint) =>
        text.Append('\n').Append(paint(Tone.Strong, what)).Append(": ").Append(Counts(kinds)).Append('\n');

    /// <summary>`2 added, 1 changed`, or `the same`.</summary>
    private static string Counts(IEnumerable<Difference> kinds)
    {
        var all = kinds.ToList();
        var parts = from kind in (Difference[])[Difference.Added, Difference.Removed, Difference.Changed]
                    let count = all.Count(k => k == kind)
                    where count > 0
                    select $"{Number(count)} {kind.Name()}";
        return all.Count == 0 ? "the same" : string.Join(", ", parts);
    }

    private static string Change(string before, string after) => (before, after) switch
    {
        ("", _) => after,
        (_, "") => before,
        _ => before == after ? after : $"{before} → {after}",
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Shown(string name) => Wording.Escape(NameBytes.Show(name));
}
