using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Layers;

/// <summary>Gathers the faults of one reading, so that a reader can go on after each.</summary>
internal sealed class Faults
{
    /// <summary>Most faults that are given out; the last of them then says how many more there are.</summary>
    public const int Most = 50;

    private readonly List<Diagnostic> found = [];
    private readonly List<Location> secrets = [];

    /// <summary>Whether anything found makes the file unusable.</summary>
    public bool HasErrors => found.Exists(d => d.IsError);

    /// <summary>Notes a fault.</summary>
    public void Add(Diagnostic fault) => found.Add(fault);

    /// <summary>Notes several faults.</summary>
    public void AddRange(IEnumerable<Diagnostic> faults) => found.AddRange(faults);

    /// <summary>Keeps a stretch of a text out of what is shown of it: a diagnostic quotes whole lines.</summary>
    public void Hide(Location secret) => secrets.Add(secret);

    /// <summary>
    /// The faults in the order of the text, those of <paramref name="path"/> before those of other files, those of a file as
    /// a whole first; what an alias repeats is said once. At most <paramref name="most"/>.
    /// </summary>
    public ImmutableArray<Diagnostic> InOrder(string path, int most = Most)
    {
        var ordered = found.DistinctBy(d => (d.Id, d.Message, d.Path, d.At?.Span))
            .OrderBy(d => d.Path != path)
            .ThenBy(d => d.Path, StringComparer.Ordinal)
            .ThenBy(d => d.At is null ? -1 : d.At.Span.Start)
            .ToList();
        var shown = ordered.Count <= most
            ? ordered
            : [.. ordered.Take(most - 1), ShapeFaults.MoreFaults(path, ordered.Count - most + 1)];
        return secrets.Count == 0 ? [.. shown] : [.. WithoutSecrets(shown)];
    }

    private IEnumerable<Diagnostic> WithoutSecrets(List<Diagnostic> shown)
    {
        var masked = secrets.GroupBy(s => s.File).ToDictionary(file => file.Key, file => Mask(file.Key, file));
        return shown.Select(d => d with { At = Masked(d.At), Related = [.. d.Related.Select(r => r with { At = Masked(r.At)! })] });

        Location? Masked(Location? at) => at is not null && masked.TryGetValue(at.File, out var file) ? at with { File = file } : at;
    }

    private static SourceFile Mask(SourceFile file, IEnumerable<Location> secrets)
    {
        var content = file.Content.ToCharArray();
        foreach (var secret in secrets) content.AsSpan(secret.Span.Start, secret.Span.Length).Fill('*');
        return new(file.Path, new(content));
    }
}
