using System.Text;
using Strata.Text;

namespace Strata.Reports.Html;

/// <summary>
/// HTML that is whole: every name, value and path in it is escaped, so that none can break out of its place. It is made from the
/// text of our own code alone, by <see cref="Of"/>.
/// </summary>
/// <param name="Text">The HTML.</param>
internal readonly record struct Markup(string Text)
{
    private static readonly Escaping Escapes = new();

    /// <summary>Nothing.</summary>
    public static Markup None => new("");

    /// <summary>HTML in which whatever is filled in is escaped, what is <see cref="Markup"/> itself apart. Numbers are invariant.</summary>
    public static Markup Of(FormattableString html) => new(string.Format(Escapes, html.Format, html.GetArguments()));

    /// <summary>HTML where there is something to show; nothing otherwise.</summary>
    public static Markup If(bool condition, FormattableString html) => condition ? Of(html) : None;

    /// <summary>A message, with what it quotes in backticks as code.</summary>
    public static Markup Message(string message)
    {
        var parts = message.Split('`');
        return parts.Length % 2 == 0 ? Of($"{message}") : Join(parts.Select((part, i) => i % 2 == 0 ? Of($"{part}") : Of($"<code>{part}</code>")));
    }

    /// <summary>A list, one after the other.</summary>
    public static Markup Join(IEnumerable<Markup> parts, string separator = "") => new(string.Join(separator, parts.Select(p => p.Text)));

    /// <inheritdoc/>
    public override string ToString() => Text;

    private sealed class Escaping : IFormatProvider, ICustomFormatter
    {
        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            null => "",
            Markup markup => markup.Text ?? "",
            IFormattable number => Escape(number.ToString(format, System.Globalization.CultureInfo.InvariantCulture)),
            _ => Escape(arg.ToString() ?? ""),
        };

        private static string Escape(string text)
        {
            var escaped = new StringBuilder(text.Length);
            foreach (var c in Wording.Escape(text))
            {
                _ = c switch
                {
                    '&' => escaped.Append("&amp;"),
                    '<' => escaped.Append("&lt;"),
                    '>' => escaped.Append("&gt;"),
                    '"' => escaped.Append("&quot;"),
                    '\'' => escaped.Append("&#39;"),
                    _ => escaped.Append(c),
                };
            }

            return escaped.ToString();
        }
    }
}
