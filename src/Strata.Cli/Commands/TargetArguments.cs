using System.Collections.Immutable;
using Strata.Layers;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>Targets as a command line names them.</summary>
internal static class TargetArguments
{
    /// <summary>
    /// The targets that words name: `layer/type`, `layer/type@system`, or a layer for all its types. Without a system a name
    /// means the target in every system.
    /// </summary>
    /// <exception cref="UsageException">A word names no target.</exception>
    public static ImmutableArray<TargetName> Select(LayerFile layers, IEnumerable<string> words) =>
        [.. words.SelectMany(word => Named(layers, word)).Distinct()];

    private static IEnumerable<TargetName> Named(LayerFile layers, string word)
    {
        var names = layers.Targets.Select(t => t.Name).Where(n => Fits(n, word)).ToList();
        if (names.Count > 0) return names;
        var known = layers.Targets.Select(t => t.Name.ToString()).ToList();
        var nearest = Wording.Nearest(word, known.Concat(layers.Targets.Select(t => t.Name.Layer.Value)));
        throw new UsageException(
            $"there is no target {Wording.Quote(word)}",
            nearest is null ? $"the targets are {Wording.List(known.Take(12), "and")}" : $"did you mean `{nearest}`?");
    }

    private static bool Fits(TargetName name, string word) =>
        word == name.ToString() || word == name.Layer.Value || word == $"{name.Layer}/{name.Type}";
}
