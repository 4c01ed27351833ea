using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Strata.Engine.Execution;
using Strata.Engine.Files;
using Strata.Layers;
using Strata.Planning;
using Strata.Reports;

namespace Strata.Engine.Building.Outputs;

/// <summary>
/// A target's output folder, `OUT/LAYER-TYPE` or `OUT/SYSTEM/LAYER-TYPE`: the files, what is installed, `SHA256SUMS`, and `outputs.json`, which
/// says what they were made from.
/// </summary>
internal sealed class OutputFolder
{
    /// <summary>The end of the names of files that are not whole yet.</summary>
    public const string PartialSuffix = ".partial";

    private const string SumsName = "SHA256SUMS";

    /// <summary>What is installed, which lies beside the outputs of every target.</summary>
    private const string PackageFile = "packages.cdx.json";
    private const string PackageKind = "packages";

    /// <summary>The folder of a target below the build's output folder.</summary>
    public OutputFolder(string outputs, TargetName target)
    {
        FullPath = target.System is { } system ? Path.Combine(outputs, system.Value, target.FileName) : Path.Combine(outputs, target.FileName);
    }

    /// <summary>Absolute path; the folder need not exist.</summary>
    public string FullPath { get; }

    /// <summary>The record's file name.</summary>
    public const string RecordName = "outputs.json";

    /// <summary>How what lies here compares with what is wanted of an image.</summary>
    /// <param name="wanted">The outputs.</param>
    /// <param name="image">The image.</param>
    /// <param name="store">The object store that they are to be in; null for none.</param>
    public ImmutableArray<OutputState> Compare(IEnumerable<OutputRequest> wanted, StoredImage image, StoreSettings? store)
    {
        var record = Record();
        return [.. wanted.Select(request => Compare(OutputFormats.Of(request), request, image, record, store))];
    }

    /// <summary>What lies here, where it is all that is wanted of an image and nothing has to be made; otherwise null.</summary>
    public OutputRecord? Current(ImmutableArray<OutputRequest> wanted, StoredImage image) =>
        Compare(wanted, image, null).All(o => o.Condition == OutputCondition.Current) ? Record() : null;

    /// <summary>Replaces the record: the files are the same, and more is known of them.</summary>
    public void Note(OutputRecord record, string runId)
    {
        using var file = new AtomicFile(Path.Combine(FullPath, RecordName), runId);
        File.WriteAllBytes(file.PartialPath, record.ToJson());
        file.Complete();
    }

    private OutputRecord? Record() => OutputRecord.TryRead(Path.Combine(FullPath, RecordName));

    /// <summary>
    /// Makes outputs of a mounted image. Files are written under temporary names and moved into place when all are whole;
    /// the record is written last and removed first, so that it never speaks of files that are not there.
    /// </summary>
    public async Task<OutputRecord> WriteAsync(
        ImmutableArray<OutputRequest> requests, StoredImage image, TargetName target, OutputJob job, CancellationToken cancellation)
    {
        if (new DirectoryInfo(FullPath).LinkTarget is not null)
            throw new BuildFailedException($"the output folder {FullPath} is a symbolic link", "remove it, or let `--output` name another folder");
        Directory.CreateDirectory(FullPath);
        var pending = new List<(string Kind, string Options, WrittenFile File)>();
        try
        {
            foreach (var request in requests)
            {
                var format = OutputFormats.Of(request);
                foreach (var file in await format.WriteAsync(request, job, cancellation)) pending.Add((format.Name, format.Options(request), file));
            }

            pending.Add((PackageKind, "", await WritePackagesAsync(CycloneDx.Render(target.ToString(), image.Digest, job.Distribution, job.Packages), job, cancellation)));

            var outputs = ImmutableArray.CreateBuilder<RecordedOutput>();
            foreach (var (kind, options, file) in pending) outputs.Add(await DescribeAsync(kind, options, file, cancellation));
            var record = new OutputRecord(target.ToString(), image.Reference, image.Id, image.Digest, outputs.ToImmutable());
            Publish(job, pending.Select(p => p.File), record);
            return record;
        }
        catch
        {
            foreach (var partial in Directory.EnumerateFiles(FullPath, job.PartialPattern)) File.Delete(partial);
            throw;
        }
    }

    private void Publish(OutputJob job, IEnumerable<WrittenFile> files, OutputRecord record)
    {
        var recordPath = Path.Combine(FullPath, RecordName);
        var former = OutputRecord.TryRead(recordPath);
        File.Delete(recordPath);
        foreach (var file in files) File.Move(file.PartialPath, Path.Combine(FullPath, file.Name), overwrite: true);
        foreach (var gone in former?.Outputs.Where(o => record.Outputs.All(n => n.File != o.File)) ?? [])
            File.Delete(Path.Combine(FullPath, gone.File));
        Write(job.File(SumsName), Encoding.UTF8.GetBytes(string.Concat(record.Outputs.Select(o => $"{o.Sha256}  {o.File}\n"))));
        Write(job.File(RecordName), record.ToJson());
    }

    private void Write(WrittenFile file, byte[] content)
    {
        File.WriteAllBytes(file.PartialPath, content);
        File.Move(file.PartialPath, Path.Combine(FullPath, file.Name), overwrite: true);
    }

    private static async Task<WrittenFile> WritePackagesAsync(string packages, OutputJob job, CancellationToken cancellation)
    {
        var file = job.File(PackageFile);
        await File.WriteAllTextAsync(file.PartialPath, packages, cancellation);
        return file;
    }

    private static async Task<RecordedOutput> DescribeAsync(string kind, string options, WrittenFile file, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(file.PartialPath);
        var sum = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
        return new(kind, options, file.Name, file.Version, stream.Length, sum);
    }

    private OutputState Compare(IOutputFormat format, OutputRequest request, StoredImage image, OutputRecord? record, StoreSettings? store)
    {
        var files = record?.Outputs.Where(o => o.Kind == format.Name).ToList() ?? [];
        if (files.Count == 0 || files.Any(f => !IsThere(f))) return new(format.Name, OutputCondition.Missing);
        var isCurrent = record!.Digest == image.Digest && files.All(f => f.Options == format.Options(request));
        if (!isCurrent) return new(format.Name, OutputCondition.Different);
        var isStored = store is null || files.All(f => f.Url?.StartsWith(store.UrlOf(""), StringComparison.Ordinal) == true);
        return new(format.Name, isStored ? OutputCondition.Current : OutputCondition.NotStored);
    }

    private bool IsThere(RecordedOutput output) =>
        new FileInfo(Path.Combine(FullPath, output.File)) is { Exists: true } file && file.Length == output.SizeBytes;
}
