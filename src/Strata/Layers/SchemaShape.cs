using System.Collections.Immutable;

namespace Strata.Layers;

/// <summary>What may stand behind a key of a layer file, as far as a JSON Schema can say it.</summary>
internal abstract record SchemaShape
{
    /// <summary>A text that is not empty.</summary>
    public static readonly SchemaShape Filled = new OfText(IsEmptyAllowed: false, null);

    /// <summary>A text, which may be empty.</summary>
    public static readonly SchemaShape AnyText = new OfText(IsEmptyAllowed: true, null);

    /// <summary>A name by <see cref="NameRule"/>.</summary>
    public static readonly SchemaShape Name = new OfText(IsEmptyAllowed: false, NameRule.Pattern);

    private SchemaShape()
    {
    }

    /// <summary>A text, of a pattern where there is one.</summary>
    public sealed record OfText(bool IsEmptyAllowed, string? Pattern) : SchemaShape;

    /// <summary>A whole number within bounds.</summary>
    public sealed record Number(long Least, long Most) : SchemaShape;

    /// <summary>`true` or `false`.</summary>
    public sealed record Flag : SchemaShape;

    /// <summary>Nothing behind the key.</summary>
    public sealed record Nothing : SchemaShape;

    /// <summary>Anything but nothing.</summary>
    public sealed record Anything : SchemaShape;

    /// <summary>One of some texts.</summary>
    public sealed record Choice(ImmutableArray<string> Values) : SchemaShape;

    /// <summary>A list.</summary>
    public sealed record ListOf(SchemaShape Entry, int Least = 0) : SchemaShape;

    /// <summary>A mapping whose keys are names that the file gives; of a pattern where there is one.</summary>
    public sealed record MapOf(SchemaShape Value, string? KeyPattern, int Least = 0) : SchemaShape;

    /// <summary>A mapping with known keys.</summary>
    public sealed record Keys(KeySet Of) : SchemaShape;

    /// <summary>A mapping with exactly one of the known keys.</summary>
    public sealed record OneKey(KeySet Of) : SchemaShape;

    /// <summary>One of several.</summary>
    public sealed record Either(ImmutableArray<SchemaShape> Shapes) : SchemaShape;
}
