using System.Collections.Immutable;

namespace Strata.Text;

/// <summary>A text that diagnostics can point into: the path it is shown under and its content.</summary>
public sealed class SourceFile
{
    private readonly Lazy<ImmutableArray<int>> lineStarts;

    /// <summary>A file shown as <paramref name="path"/> with the given content (without a byte order mark).</summary>
    public SourceFile(string path, string content)
    {
        Path = path;
        Content = content;
        lineStarts = new(() => FindLineStarts(content));
    }

    /// <summary>The path as a person is shown it: relative to its source, or as it was given on the command line.</summary>
    public string Path { get; }

    /// <summary>The whole text.</summary>
    public string Content { get; }

    /// <summary>Number of lines; an empty text has one.</summary>
    public int LineCount => lineStarts.Value.Length;

    /// <summary>Line and column, both from 1, of a character offset; offsets beyond the text count as its end.</summary>
    public (int Line, int Column) Position(int offset)
    {
        var bounded = Math.Clamp(offset, 0, Content.Length);
        var index = lineStarts.Value.BinarySearch(bounded);
        var line = index >= 0 ? index : ~index - 1;
        return (line + 1, bounded - lineStarts.Value[line] + 1);
    }

    /// <summary>The text of a line (from 1) without its line break.</summary>
    public string Line(int number)
    {
        var start = lineStarts.Value[number - 1];
        var end = number < LineCount ? lineStarts.Value[number] : Content.Length;
        return Content[start..end].TrimEnd('\n', '\r');
    }

    private static ImmutableArray<int> FindLineStarts(string content)
    {
        var starts = ImmutableArray.CreateBuilder<int>();
        starts.Add(0);
        for (var i = content.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = content.IndexOf('\n', i + 1))
            starts.Add(i + 1);
        return starts.ToImmutable();
    }
}
