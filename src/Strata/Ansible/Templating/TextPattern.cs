using System.Collections.Immutable;

namespace Strata.Ansible.Templating;

/// <summary>
/// A text of which only some pieces are known: literal pieces with anything between them, as in `tasks/*.yml` for
/// `tasks/{{ ansible_os_family }}.yml`.
/// </summary>
internal sealed class TextPattern : IEquatable<TextPattern>
{
    /// <summary>Any text.</summary>
    public static readonly TextPattern Any = new(["", ""]);

    /// <summary>The literal pieces; anything may stand between two. One piece is a text that is known.</summary>
    private readonly ImmutableArray<string> pieces;

    private TextPattern(ImmutableArray<string> pieces) => this.pieces = pieces;

    /// <summary>The text where it is known; null otherwise.</summary>
    public string? Literal => pieces.Length == 1 ? pieces[0] : null;

    /// <summary>Whether no character of it is known.</summary>
    public bool IsAny => pieces.Length > 1 && pieces.All(p => p.Length == 0);

    /// <summary>What the text starts with for certain.</summary>
    public string Prefix => pieces[0];

    /// <summary>A known text.</summary>
    public static TextPattern Of(string text) => new([text]);

    /// <summary>This text and then another.</summary>
    public TextPattern Then(TextPattern other) =>
        new([.. pieces[..^1], pieces[^1] + other.pieces[0], .. other.pieces[1..]]);

    /// <summary>What follows the first characters, which are known.</summary>
    public TextPattern From(int start) => new([pieces[0][start..], .. pieces[1..]]);

    /// <summary>The folder that is known for certain, and what is below it.</summary>
    public (string Folder, TextPattern Below) Split() => Prefix.LastIndexOf('/') is var slash and > 0 ? (Prefix[..slash], From(slash + 1)) : ("", this);

    /// <summary>
    /// The same path, where what is not known is followed by `..`: anything, and then what comes behind that.
    /// </summary>
    public TextPattern Downwards()
    {
        const string Up = "../";
        for (var i = pieces.Length - 1; i > 0; i--)
        {
            if (pieces[i].LastIndexOf(Up, StringComparison.Ordinal) is var at and >= 0) return new(["", pieces[i][(at + Up.Length)..], .. pieces[(i + 1)..]]);
        }

        return this;
    }

    /// <summary>The pattern with each literal piece changed.</summary>
    public TextPattern Map(Func<string, string> change) => new([.. pieces.Select(change)]);

    /// <summary>Whether a text can be what this stands for.</summary>
    public bool Matches(string text)
    {
        if (pieces.Length == 1) return text == pieces[0];
        if (!text.StartsWith(pieces[0], StringComparison.Ordinal) || text.Length < pieces[0].Length + pieces[^1].Length) return false;
        var (at, end) = (pieces[0].Length, text.Length - pieces[^1].Length);
        foreach (var piece in pieces.AsSpan(1, pieces.Length - 2))
        {
            var found = text.IndexOf(piece, at, end - at, StringComparison.Ordinal);
            if (found < 0) return false;
            at = found + piece.Length;
        }

        return text.EndsWith(pieces[^1], StringComparison.Ordinal);
    }

    /// <summary>Whether two patterns can stand for the same text; said of two unknown ones by their ends alone.</summary>
    public bool CanEqual(TextPattern other)
    {
        if (Literal is { } text) return other.Matches(text);
        if (other.Literal is { } literal) return Matches(literal);
        return Agree(pieces[0], other.pieces[0], false) && Agree(pieces[^1], other.pieces[^1], true);
    }

    /// <inheritdoc/>
    public bool Equals(TextPattern? other) => other is not null && pieces.AsSpan().SequenceEqual(other.pieces.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TextPattern);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(ToString(), StringComparison.Ordinal);

    /// <summary>The pieces with `*` between them.</summary>
    public override string ToString() => string.Join('*', pieces);

    private static bool Agree(string a, string b, bool atEnd)
    {
        var (shorter, longer) = a.Length <= b.Length ? (a, b) : (b, a);
        return atEnd ? longer.EndsWith(shorter, StringComparison.Ordinal) : longer.StartsWith(shorter, StringComparison.Ordinal);
    }
}
