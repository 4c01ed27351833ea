using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Strata.Text;

namespace Strata.Tests.Support;

/// <summary>
/// A small site of `tests/impact`, and changes of it of which it is known what they change: the recorder, which runs the real
/// Ansible, has said it. The format is described in `tests/impact/README.md`.
/// </summary>
/// <param name="Name">The file's name without its extension.</param>
/// <param name="Rule">The rule that the site shows.</param>
/// <param name="Files">The site before.</param>
/// <param name="Edits">The changes, each of the site before.</param>
public sealed record ImpactSite(string Name, string Rule, ImmutableArray<MemoryFile> Files, ImmutableArray<ImpactEdit> Edits)
{
    private const string Folder = "tests/impact";

    /// <summary>All sites, in ordinal order of their names.</summary>
    public static ImmutableArray<ImpactSite> All()
    {
        var defaults = Repository.Read(Folder + "/defaults");
        var names = Directory.EnumerateFiles(Repository.Path(Folder), "*.txt").Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal);
        return [.. names.Select(n => Read(n, Repository.Read(FileOf(n)), defaults))];
    }

    /// <summary>Reads a site.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">Its text.</param>
    /// <param name="defaults">Files of every site that has nothing under the first folder of their paths.</param>
    /// <exception cref="FormatException">The text is not in the format; the message names site and edit.</exception>
    public static ImpactSite Read(string name, string text, string defaults = "")
    {
        var sections = text.Split("\n=== ");
        var start = sections[0].IndexOf("\n--- ", StringComparison.Ordinal);
        var rule = sections[0][..(start < 0 ? sections[0].Length : start)];
        if (!rule.StartsWith("rule: ", StringComparison.Ordinal)) throw new FormatException($"{name}: the first line is not `rule: …`");
        var changes = FileChange.Parse(sections[0][rule.Length..], name);
        var files = changes.Where(c => c.IsWhole).Aggregate(ImmutableArray<MemoryFile>.Empty, (all, c) => c.Apply(all, name));
        files = [.. files, .. MemoryFile.Parse(defaults).Where(d => !files.Any(f => First(f.Path) == First(d.Path)))];
        files = changes.Where(c => !c.IsWhole).Aggregate(files, (all, c) => c.Apply(all, name));
        return new(name, rule["rule: ".Length..].Trim(), files, [.. sections.Skip(1).Select(s => ImpactEdit.Read(name, s, files))]);
    }

    /// <summary>Writes other answers into the site's file.</summary>
    /// <param name="answers">For each edit what it does to which target; `same` is left out.</param>
    public void Rewrite(IReadOnlyList<ImmutableSortedDictionary<string, string>> answers)
    {
        var sections = Repository.Read(FileOf(Name)).Split("\n=== ");
        var written = sections.Select((s, i) => i == 0 ? s : ImpactEdit.WithAnswers(s, answers[i - 1]));
        File.WriteAllText(Repository.Path(FileOf(Name)), string.Join("\n=== ", written));
    }

    private static string FileOf(string name) => $"{Folder}/{name}.txt";

    private static string First(RepoPath path) => path.Value.Split('/')[0];
}

/// <summary>A change of an <see cref="ImpactSite"/>.</summary>
/// <param name="Title">What is changed.</param>
/// <param name="Answers">Target to `differs`, `differs in names only`, `added` or `removed`; all others are the same.</param>
/// <param name="Files">The whole site after.</param>
public sealed record ImpactEdit(string Title, ImmutableSortedDictionary<string, string> Answers, ImmutableArray<MemoryFile> Files)
{
    private const string Mark = "> ";

    internal static ImpactEdit Read(string site, string section, ImmutableArray<MemoryFile> before)
    {
        var lines = section.Split('\n');
        var answers = lines.Skip(1).TakeWhile(l => l.StartsWith(Mark, StringComparison.Ordinal)).Select(l => l[Mark.Length..]).ToList();
        var where = $"{site}: {lines[0]}";
        var changes = FileChange.Parse(string.Join('\n', lines.Skip(1 + answers.Count)), where);
        return new(
            lines[0],
            answers.Where(a => a != "same").Select(a => a.Split(": ", 2)).ToImmutableSortedDictionary(a => a[0], a => a[1], StringComparer.Ordinal),
            changes.Aggregate(before, (all, c) => c.Apply(all, where)));
    }

    internal static string WithAnswers(string section, ImmutableSortedDictionary<string, string> answers)
    {
        var lines = section.Split('\n');
        var rest = lines.Skip(1).SkipWhile(l => l.StartsWith(Mark, StringComparison.Ordinal));
        var said = answers.IsEmpty ? [Mark + "same"] : answers.Select(a => $"{Mark}{a.Key}: {a.Value}");
        return string.Join('\n', [lines[0], .. said, .. rest]);
    }
}

/// <summary>One `---` or `~~~` entry: a file that is written, or a change of one that is there.</summary>
internal sealed partial record FileChange(bool IsWhole, RepoPath Path, string Word, string Text)
{
    /// <summary>The entries of a text.</summary>
    public static ImmutableArray<FileChange> Parse(string text, string where)
    {
        var entries = ImmutableArray.CreateBuilder<FileChange>();
        var content = new StringBuilder();
        foreach (var line in (text.EndsWith('\n') ? text[..^1] : text).Split('\n'))
        {
            if (Header().Match(line) is { Success: true } header)
            {
                Close();
                entries.Add(new(header.Groups["mark"].Value == "---", RepoPath.Of(header.Groups["path"].Value), header.Groups["word"].Value, ""));
            }
            else if (entries.Count > 0)
            {
                content.Append(line).Append('\n');
            }
            else if (line.Length > 0)
            {
                throw new FormatException($"{where}: `{line}` stands before the first file");
            }
        }

        Close();
        return entries.ToImmutable();

        void Close()
        {
            if (entries.Count > 0) entries[^1] = entries[^1] with { Text = content.ToString() };
            content.Clear();
        }
    }

    /// <summary>The files with this change made.</summary>
    public ImmutableArray<MemoryFile> Apply(ImmutableArray<MemoryFile> files, string where)
    {
        var file = files.FirstOrDefault(f => f.Path == Path);
        if (IsWhole) return [.. files.Where(f => f.Path != Path), Whole()];
        if (file is null) throw new FormatException($"{where}: there is no `{Path}`");
        var others = files.Remove(file);
        return Word == "removed" ? others : [.. others, Changed(file, where)];
    }

    private MemoryFile Whole() => Word switch
    {
        "" => new(Path, EntryKind.File, Encoding.UTF8.GetBytes(Text)),
        "executable" => new(Path, EntryKind.Executable, Encoding.UTF8.GetBytes(Text)),
        "link" => new(Path, EntryKind.Link, Encoding.UTF8.GetBytes(Text.TrimEnd('\n'))),
        "base64" => new(Path, EntryKind.File, Convert.FromBase64String(Text)),
        _ => throw new FormatException($"`{Path}`: unknown word `{Word}`"),
    };

    private MemoryFile Changed(MemoryFile file, string where) => file with
    {
        Kind = Word switch { "executable" => EntryKind.Executable, "file" => EntryKind.File, _ => file.Kind },
        Path = Word.StartsWith("moved ", StringComparison.Ordinal) ? RepoPath.Of(Word["moved ".Length..]) : file.Path,
        Content = Encoding.UTF8.GetBytes(Hunks().Aggregate(Encoding.UTF8.GetString(file.Content), (text, hunk) => Replaced(text, hunk, where))),
    };

    /// <summary>Runs of `-` lines, each with the `+` lines after it.</summary>
    private IEnumerable<(string Old, string New)> Hunks() =>
        Hunk().Matches(Text).Select(m => (Lines(m.Groups["old"].Value), Lines(m.Groups["new"].Value)));

    private static string Lines(string marked) =>
        string.Concat(marked.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l[1..] + "\n"));

    private string Replaced(string text, (string Old, string New) hunk, string where)
    {
        var at = text.IndexOf(hunk.Old, StringComparison.Ordinal);
        if (at < 0 || text.IndexOf(hunk.Old, at + 1, StringComparison.Ordinal) >= 0)
            throw new FormatException($"{where}: `{hunk.Old.TrimEnd()}` does not stand once in `{Path}`");
        return text[..at] + hunk.New + text[(at + hunk.Old.Length)..];
    }

    [GeneratedRegex(@"^(?<mark>---|~~~) (?<path>[^\s#!&*|>{\[""'].*?)( \[(?<word>[^\]]+)\])?$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Header();

    [GeneratedRegex(@"(?<old>(^-.*\n)+)(?<new>(^\+.*\n)*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Hunk();
}
