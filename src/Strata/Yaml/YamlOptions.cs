using System.Collections.Frozen;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>What a reader of YAML accepts.</summary>
public sealed record YamlOptions
{
    /// <summary>Ansible content: its own tags are known, and a repeated key is a warning and its last value counts.</summary>
    public static readonly YamlOptions Ansible = new()
    {
        MaxNodes = 2_000_000,
        RepeatedKeys = Severity.Warning,
        Tags = new[] { "!vault", "!vault-encrypted", "!unsafe" }.ToFrozenSet(StringComparer.Ordinal),
    };

    /// <summary>Strata's own files: no tag but YAML's own, and no key twice.</summary>
    public static readonly YamlOptions LayerFile = new();

    /// <summary>How many collections may stand in each other.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>How many nodes a text may have, those that aliases repeat counted each time.</summary>
    public int MaxNodes { get; init; } = 250_000;

    /// <summary>How bad a key is that a mapping has twice. Its last value counts in either case.</summary>
    public Severity RepeatedKeys { get; init; } = Severity.Error;

    /// <summary>The application's tags that are accepted and kept in <see cref="YamlNode.Tag"/>; YAML's own are always known.</summary>
    public FrozenSet<string> Tags { get; init; } = FrozenSet<string>.Empty;
}
