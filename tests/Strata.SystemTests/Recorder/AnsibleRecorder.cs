using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.SystemTests.Recorder;

/// <summary>What a change does to one target, and the lines of the recordings that differ.</summary>
internal sealed record RecordedAnswer(string Answer, ImmutableArray<string> Difference);

/// <summary>
/// `recorder.py`, kept and asked again: what targets of a site would have the real Ansible do. See the README beside it.
/// </summary>
internal sealed class AnsibleRecorder : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly Process process;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("strata-recorder-");

    /// <summary>Starts it.</summary>
    /// <param name="withWorkers">Whether each task has a process of its own, as Ansible has it: slower.</param>
    public AnsibleRecorder(bool withWorkers = false) =>
        process = Process.Start(new ProcessStartInfo(Python, [Program, "--serve", .. withWorkers ? ["--workers"] : Array.Empty<string>()])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    private static string Program => Repository.Path("tests/Strata.SystemTests/Recorder/recorder.py");

    /// <summary>For each edit of a site, what it does to each target.</summary>
    public async Task<IReadOnlyList<ImmutableSortedDictionary<string, RecordedAnswer>>> CompareAsync(ImpactSite site)
    {
        var places = new List<string> { Write(site.Files, $"{site.Name}/before") };
        places.AddRange(site.Edits.Select((e, i) => Write(e.Files, $"{site.Name}/after-{i}")));
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(places));
        await process.StandardInput.FlushAsync();
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"the recorder ended at {site.Name}");
        Directory.Delete(Path.Combine(folder.FullName, site.Name), recursive: true);
        using var answer = JsonDocument.Parse(line);
        return [.. answer.RootElement.EnumerateArray().Select(Answers)];
    }

    /// <summary>The recordings of one site, as text or JSON, from a process of its own.</summary>
    public static async Task<string> ShowAsync(string site, params string[] options)
    {
        using var show = Process.Start(new ProcessStartInfo(Python, [Program, "--show", .. options, site]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        show.StandardInput.Close();
        var text = await show.StandardOutput.ReadToEndAsync();
        await show.WaitForExitAsync();
        Assert.Equal(0, show.ExitCode);
        return text;
    }

    /// <summary>Writes files below a folder.</summary>
    public static void Write(IEnumerable<MemoryFile> files, string place)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(place, file.Path.Value);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (file.Kind == EntryKind.Link)
            {
                File.CreateSymbolicLink(path, System.Text.Encoding.UTF8.GetString(file.Content));
                continue;
            }

            File.WriteAllBytes(path, file.Content);
            if (file.Kind == EntryKind.Executable) File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        }
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static ImmutableSortedDictionary<string, RecordedAnswer> Answers(JsonElement edit) =>
        edit.EnumerateObject().ToImmutableSortedDictionary(
            t => t.Name,
            t => new RecordedAnswer(t.Value.GetProperty("answer").GetString()!, [.. t.Value.GetProperty("diff").EnumerateArray().Select(l => l.GetString()!)]),
            StringComparer.Ordinal);

    private string Write(ImmutableArray<MemoryFile> files, string place)
    {
        var path = Path.Combine(folder.FullName, place);
        Directory.CreateDirectory(path);
        Write(files.AsEnumerable(), path);
        return path;
    }
}
