namespace Strata.Text;

/// <summary>A place that a diagnostic or a reason can point at: a file and a stretch of it.</summary>
/// <param name="File">The text.</param>
/// <param name="Span">The stretch of it that is meant.</param>
public sealed record Location(SourceFile File, Span Span)
{
    /// <summary>Line, counted from 1, of the first character.</summary>
    public int Line => File.Position(Span.Start).Line;

    /// <summary>Column, counted from 1 in UTF-16 code units, of the first character.</summary>
    public int Column => File.Position(Span.Start).Column;

    /// <summary>`PATH:LINE:COLUMN`.</summary>
    public override string ToString() => string.Create(null, $"{File.Path}:{Line}:{Column}");
}

/// <summary>A value together with the place where a site wrote it.</summary>
/// <param name="Value">What was written.</param>
/// <param name="At">Where.</param>
public readonly record struct Located<T>(T Value, Location At);
