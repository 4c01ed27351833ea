using System.Text;
using Strata.Yaml;

namespace Strata.Layers;

/// <summary>The lock as a file: an entry a line, so that a merge request shows what has moved.</summary>
public static class LockText
{
    internal const string Version = "version";
    internal const string Digest = "digest";
    internal const string Made = "made";
    internal const string Commit = "commit";

    /// <summary>The whole file. The same entries give the same bytes.</summary>
    public static string Write(InputLock locked)
    {
        var text = new StringBuilder("# Written by `strata refresh`: what is built from and is in no source, as it was then. A change here is a change of what is built.\n");
        text.Append(Version).Append(": 1\n");
        foreach (var section in locked.Entries.GroupBy(e => e.Kind))
        {
            text.Append(Section(section.Key)).Append(":\n");
            foreach (var entry in section) text.Append("  ").Append(YamlText.Quote(entry.Address)).Append(": {").Append(Fields(entry)).Append("}\n");
        }

        return text.ToString();
    }

    /// <summary>The key that entries of a kind stand under.</summary>
    public static string Section(LockKind kind) => kind switch
    {
        LockKind.Repository => "repositories",
        LockKind.Url => "urls",
        LockKind.Requirement => "requirements",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Fields(LockEntry entry)
    {
        var state = $"{(entry.Kind == LockKind.Requirement ? Commit : Digest)}: {YamlText.Quote(entry.State)}";
        return entry.Made is { } made ? $"{state}, {Made}: {YamlText.Quote(made)}" : state;
    }
}
