using System.Collections.Immutable;
using System.Text;

namespace Strata.Jinja;

/// <summary>
/// A text of which parts are not known: literal pieces with gaps between them, each of which stands for any text, the empty one
/// included. No two gaps and no two literals follow each other, and no literal is empty.
/// </summary>
public sealed class TextPattern : IEquatable<TextPattern>
{
    private TextPattern(ImmutableArray<string?> pieces) => Pieces = pieces;

    /// <summary>Any text.</summary>
    public static TextPattern Anything { get; } = new([null]);

    /// <summary>The empty text.</summary>
    public static TextPattern Empty { get; } = new([]);

    /// <summary>The pieces in their order; null is a gap.</summary>
    public ImmutableArray<string?> Pieces { get; }

    /// <summary>The text where there is no gap; else null.</summary>
    public string? Constant => Pieces switch
    {
        [] => "",
        [{ } text] => text,
        _ => null,
    };

    /// <summary>Whether no part is known.</summary>
    public bool IsAnything => Pieces is [null];

    /// <summary>A known text.</summary>
    public static TextPattern Of(string text) => text.Length == 0 ? Empty : new([text]);

    /// <summary>One behind the other.</summary>
    public static TextPattern Join(params ReadOnlySpan<TextPattern> patterns)
    {
        var joined = new Builder();
        foreach (var pattern in patterns) joined.Append(pattern);
        return joined.ToPattern();
    }

    /// <summary>Every literal replaced by what it is turned into, of which null is a gap.</summary>
    public TextPattern Turned(Func<string, string?> turn)
    {
        var turned = new Builder();
        foreach (var piece in Pieces) turned.Append(piece is null ? null : turn(piece));
        return turned.ToPattern();
    }

    /// <summary>All but the last piece.</summary>
    internal TextPattern WithoutLast() => new(Pieces[..^1]);

    /// <summary>Whether a text is one of those that the pattern stands for.</summary>
    public bool Matches(string text)
    {
        if (Constant is { } constant) return constant == text;
        var at = 0;
        var end = text.Length;
        if (Pieces[0] is { } first)
        {
            if (!text.StartsWith(first, StringComparison.Ordinal)) return false;
            at = first.Length;
        }

        if (Pieces[^1] is { } last)
        {
            if (end - at < last.Length || !text.EndsWith(last, StringComparison.Ordinal)) return false;
            end -= last.Length;
        }

        for (var i = 1; i < Pieces.Length - 1; i++)
        {
            if (Pieces[i] is not { } middle) continue;
            var found = text.AsSpan(at, end - at).IndexOf(middle);
            if (found < 0) return false;
            at += found + middle.Length;
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Equals(TextPattern? other) => other is not null && Pieces.SequenceEqual(other.Pieces);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TextPattern);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var piece in Pieces) hash.Add(piece, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    /// <summary>The literals with `*` for each gap.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var piece in Pieces) text.Append(piece ?? "*");
        return text.ToString();
    }

    /// <summary>A pattern that grows at its end.</summary>
    internal sealed class Builder
    {
        private readonly ImmutableArray<string?>.Builder pieces = ImmutableArray.CreateBuilder<string?>();
        private readonly StringBuilder literal = new();

        /// <summary>Appends a pattern.</summary>
        public Builder Append(TextPattern pattern)
        {
            foreach (var piece in pattern.Pieces) Append(piece);
            return this;
        }

        /// <summary>Appends a literal, or null for a gap.</summary>
        public void Append(string? piece)
        {
            literal.Append(piece);
            if (piece is not null || (literal.Length == 0 && pieces is [.., null])) return;
            EndLiteral();
            pieces.Add(null);
        }

        /// <summary>Another with the same pattern so far.</summary>
        public Builder Copy()
        {
            var copy = new Builder();
            copy.pieces.AddRange(pieces);
            copy.literal.Append(literal);
            return copy;
        }

        /// <summary>What has grown, which is the end of it.</summary>
        public TextPattern ToPattern()
        {
            EndLiteral();
            return new(pieces.DrainToImmutable());
        }

        private void EndLiteral()
        {
            if (literal.Length > 0) pieces.Add(literal.ToString());
            literal.Clear();
        }
    }
}
