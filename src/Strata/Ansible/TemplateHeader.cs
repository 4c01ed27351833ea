using System.Numerics;
using Strata.Jinja;

namespace Strata.Ansible;

/// <summary>
/// The first line of a template that begins with `#jinja2:`, which changes how the rest is read: `#jinja2: trim_blocks: False,
/// variable_start_string: '[['`. Source: `do_template` in ansible-core 2.14's `template/__init__.py`; values are what Python's
/// `literal_eval` takes, of which texts, `True`, `False`, `None` and whole numbers can be meant.
/// </summary>
/// <param name="Options">How the template is to be read.</param>
/// <param name="BodyStart">Offset of the text behind the header; 0 where there is none.</param>
/// <param name="Fault">What is wrong with the header; null when nothing is. Its offset counts in the whole text.</param>
public sealed record TemplateHeader(JinjaOptions Options, int BodyStart, JinjaFault? Fault)
{
    private const string Marker = "#jinja2:";

    /// <summary>Reads the header of a text, if it has one.</summary>
    /// <param name="text">The whole text of the template.</param>
    /// <param name="options">How the template is read where the header says nothing.</param>
    public static TemplateHeader Read(string text, JinjaOptions options)
    {
        if (!text.StartsWith(Marker, StringComparison.Ordinal)) return new(options, 0, null);
        var lineEnd = text.IndexOf('\n', StringComparison.Ordinal);

        // A header without a line behind it loses its last character, and is itself the body.
        var end = lineEnd < 0 ? Math.Max(Marker.Length, text.Length - 1) : lineEnd;
        JinjaFault? fault = null;
        for (var at = Marker.Length; at <= end && fault is null;)
        {
            var comma = text.IndexOf(',', at, end - at);
            var next = comma < 0 ? end : comma;
            options = With(options, text, at, next, out fault);
            at = next + 1;
        }

        return new(options, lineEnd + 1, fault);
    }

    /// <summary>The options with one pair of the header.</summary>
    private static JinjaOptions With(JinjaOptions options, string text, int start, int end, out JinjaFault? fault)
    {
        var colon = text.IndexOf(':', start, end - start);
        fault = colon < 0 ? new($"`{text[start..end].Trim()}` in the `{Marker}` line has no colon: expected `key: value`", new(start, end - start)) : null;
        if (colon < 0) return options;
        var key = text[start..colon].Trim();
        var written = text[(colon + 1)..end].Trim();
        if (Literal(written) is not { } value) fault = new($"`{written}` in the `{Marker}` line is no value of Python: expected `'text'`, `True` or `False`", new(colon + 1, end - colon - 1));
        else if (!Fits(key, value)) fault = new($"`{key}` in the `{Marker}` line cannot be `{written}`", new(start, end - start));
        else return With(options, key, value);
        return options;
    }

    /// <summary>A value; null where none is written.</summary>
    private static JinjaExpression? Literal(string written)
    {
        var value = JinjaTemplate.ParseExpression(written, JinjaOptions.Default).Expression;
        if (value is JinjaExpression.Boolean or JinjaExpression.None) return char.IsAsciiLetterUpper(written[0]) ? value : null;
        return value is JinjaExpression.Text or JinjaExpression.Integer ? value : null;
    }

    /// <summary>Whether Jinja2 can work with the value: delimiters are texts, and only those of lines may be absent.</summary>
    private static bool Fits(string key, JinjaExpression value) => key switch
    {
        "line_statement_prefix" or "line_comment_prefix" => value is JinjaExpression.None or JinjaExpression.Text { Value.Length: > 0 },
        "newline_sequence" => value is JinjaExpression.Text { Value: "\n" or "\r\n" or "\r" },
        _ => !key.EndsWith("_string", StringComparison.Ordinal) || value is JinjaExpression.Text { Value.Length: > 0 },
    };

    /// <summary>The options with a setting; those that Jinja2's reader does not look at change nothing.</summary>
    private static JinjaOptions With(JinjaOptions options, string key, JinjaExpression value)
    {
        var text = (value as JinjaExpression.Text)?.Value;
        var isOn = value is JinjaExpression.Boolean { Value: true } or JinjaExpression.Text { Value.Length: > 0 } || (value is JinjaExpression.Integer number && number.Value != BigInteger.Zero);
        return TemplateOptions.With(options, key, text, isOn) ?? options;
    }
}
