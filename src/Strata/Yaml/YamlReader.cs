using System.Collections.Immutable;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>
/// Reads YAML as Ansible does: YAML 1.1 as PyYAML's safe loader takes it. Never throws on bad input: what cannot be
/// read is a diagnostic, and what stands before it is returned.
/// </summary>
public static class YamlReader
{
    /// <summary>Reads a text of one document; a second one is a fault.</summary>
    public static YamlDocument Read(SourceFile file, YamlOptions options)
    {
        var composer = new Composer(file, options);
        var root = composer.NextDocument();
        composer.ExpectEnd();
        return new(file, root, composer.Diagnostics);
    }

    /// <summary>Reads a text of any number of documents. Each has the diagnostics that were found in it.</summary>
    public static ImmutableArray<YamlDocument> ReadAll(SourceFile file, YamlOptions options)
    {
        var composer = new Composer(file, options);
        var documents = ImmutableArray.CreateBuilder<YamlDocument>();
        for (var before = 0; !composer.IsAtEnd; before = composer.Diagnostics.Length)
        {
            var root = composer.NextDocument();
            var diagnostics = composer.Diagnostics[before..];
            if (root is not null || !diagnostics.IsEmpty) documents.Add(new(file, root, diagnostics));
        }

        return documents.ToImmutable();
    }
}
