using CsCheck;
using Strata.Jinja;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Jinja;

[Trait("Part", "long")]
public sealed class HostileTests
{
    private const int Mebibyte = 1024 * 1024;

    private static readonly JinjaOptions[] Options =
    [
        JinjaOptions.Default,
        new() { TrimsBlocks = true, StripsBeforeBlocks = true, TakesBackslashesLiterally = true, HasDo = true, HasLoopControls = true, HasTranslations = true },
        new() { LineStatementPrefix = "#", LineCommentPrefix = "##", NewlineSequence = "\r\n", KeepsTrailingNewline = true },
        new() { BlockStart = "<%", BlockEnd = "%>", VariableStart = "${", VariableEnd = "}", CommentStart = "<%#", CommentEnd = "%>" },
    ];

    private static readonly string[] Fragments =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "-%}", "{%-", "+%}", "(", ")", "[", "]", "{", "}", "'", "\"", "\\", "|", ".", ",", ":", "~", "=", "**", "0x", "1e5", "_",
        " is not ", " not ", " in ", " if ", " else ", "endif", "endfor", "raw", "endraw", "{% raw %}", "{% endraw %}", "{% for a in b %}", "{% endfor %}", "{% if a %}",
        "{% endif %}", "{% set a = ", "{% trans %}", "{% endtrans %}", "{% block a %}", "{% endblock %}", "\n", "\r", "\r\n", "\n# ", " ## ", "<%", "%>", "${", "é", "\u0663", "\ud800", "\U0001F600", "\0", "\u2028",
    ];

    private static readonly string[] Real =
    [
        """
        #jinja2: trim_blocks: True
        {# a file #}
        {% import 'macros.j2' as m with context %}{% from "x" import a, b as c %}
        {%- for host in groups['all'] | sort if hostvars[host].x is defined recursive -%}
        {{ loop.index }} {{ hostvars[host]['ip'] | default(omit, true) ~ "/" ~ 24 }} {{ loop(host.y) }}
        {%- else %}none{% endfor %}
        {% set ns = namespace(n=0) %}{% set ns.n = ns.n + 1 %}{% set t %}{{ x[1:-1:2] }}{% endset %}
        {% macro f(a, b={'k': [1, 2.5e3, 'it\'s']}, *c) %}{% endmacro %}
        """,
        """
        {% extends "base.j2" %}{% block body scoped %}{{ super() }}{% call(u) m.list(users, *rest, **more) %}{{ u.name | upper | replace('a', "b") }}{% endcall %}
        {% filter indent(2, first=true) %}{% include ['a.j2', b ~ '.j2'] ignore missing without context %}{% endfilter %}{% endblock %}
        {% if not a and b in [1, 2] or c is not divisibleby 3 %}{{ lookup('file', '{{ x }}') }}{% elif d %}{{ e if f else g }}{% else %}{% raw %}{{ }}{% endraw %}{% endif %}
        {% with a = 1, b = 2 %}{% autoescape false %}{{ -a ** +b // 2 % 3 }}{% endautoescape %}{% endwith %}{% trans n=f() %}{{ n }} one{% pluralize n %}many{% endtrans %}
        """,
    ];

    [Fact]
    public void No_mutilated_template_makes_the_reader_throw()
    {
        var change = Gen.Select(Gen.Int[0, 900], Gen.Int[0, 9], Gen.Int[0, Fragments.Length - 1].Select(i => Fragments[i]));
        Gen.Select(Gen.Int[0, Real.Length - 1].Select(i => Real[i]), change.List[1, 5])
            .Sample((text, changes) => ReadsQuietly(changes.Aggregate(text, Mutilated)), iter: Prove.Iterations(20_000));
    }

    [Fact]
    public void No_row_of_fragments_makes_the_reader_throw() =>
        Gen.Int[0, Fragments.Length - 1].Select(i => Fragments[i]).List[0, 40].Sample(row => ReadsQuietly(string.Concat(row)), iter: Prove.Iterations(20_000));

    [Fact]
    public void No_cut_template_makes_the_reader_throw()
    {
        foreach (var text in Real)
        {
            for (var end = 0; end <= text.Length; end++)
            {
                ReadsQuietly(text[..end]);
                ReadsQuietly(text[end..]);
            }
        }
    }

    [Theory]
    [InlineData("{{ ", "(", "")]
    [InlineData("{{ ", "[", "")]
    [InlineData("{{ ", "{a:", "")]
    [InlineData("{{ a", "(b", "")]
    [InlineData("{{ a", "[b", "")]
    [InlineData("{{ a", "|f(b", "")]
    [InlineData("{{ ", "not ", "a }}")]
    [InlineData("{{ ", "-", "a }}")]
    [InlineData("{{ a", " if b else a", " }}")]
    [InlineData("{{ a", " + a", " }}")]
    [InlineData("{{ a", " ** a", " }}")]
    [InlineData("{{ a", " or a", " }}")]
    [InlineData("{{ a", ".b", " }}")]
    [InlineData("{{ a", "[0]", " }}")]
    [InlineData("{{ a", "()", " }}")]
    [InlineData("{{ a", "|f", " }}")]
    [InlineData("{{ a", " is b is", " }}")]
    [InlineData("", "{% if a %}", "")]
    [InlineData("", "{% for a in b %}", "")]
    [InlineData("", "{% macro m() %}", "")]
    [InlineData("", "{% set a %}", "")]
    public void What_stands_in_itself_without_end_is_a_fault(string start, string repeated, string end)
    {
        var template = JinjaTemplate.Parse(start + Many(repeated) + end, JinjaOptions.Default);

        Assert.NotNull(template.Fault);
        Assert.True(
            template.Fault.Message is "nested deeper than 200 levels" or "more than 1000 operators in a row"
                || template.Fault.Message.StartsWith("tests cannot follow", StringComparison.Ordinal),
            template.Fault.Message);
    }

    [Theory]
    [InlineData("", "a", "")]
    [InlineData("", "{", "")]
    [InlineData("", "{%", "")]
    [InlineData("", "{% raw ", "")]
    [InlineData("{% raw %}", "{% endraw ", "")]
    [InlineData("{#", " -", "")]
    [InlineData("", "{{ a }}", "")]
    [InlineData("", "{{ a", "")]
    [InlineData("{{ '", "\\", "")]
    [InlineData("{{ '", "\\n", "' }}")]
    [InlineData("{{ ", "1_", "")]
    [InlineData("{{ ", "'a' ", "}}")]
    [InlineData("{{ a", " ~ a", " }}")]
    [InlineData("{{ a", " < a", " }}")]
    [InlineData("{{ [a", ", a", "] }}")]
    [InlineData("{{ f(a", ", a", ") }}")]
    [InlineData("{{ a", " ", "}}")]
    [InlineData("", "\n", "{%- if a %}")]
    [InlineData("", "{% if a %}{% set b = 1 %}{% endif %}", "")]
    [InlineData("{% if a %}", "{% elif a %}{% set b = 1 %}", "{% endif %}")]
    [InlineData("", "{% for a in b %}{{ c }}{% endfor %}", "")]
    [InlineData("", "{% set a = a %}", "")]
    [InlineData("", "\n  ## a", "")]
    [InlineData("", "\n# if a", "")]
    public void What_stands_one_behind_the_other_without_end_comes_to_an_end(string start, string repeated, string end) =>
        ReadsQuietly(start + Many(repeated) + end);

    [Theory]
    [InlineData(" ~ a")]
    [InlineData(" + a")]
    [InlineData(" or a")]
    [InlineData("|default(a)")]
    [InlineData(", a")]
    [InlineData(" }}{{ a")]
    [InlineData("|lower")]
    [InlineData(".b")]
    public void What_becomes_of_many_parts_is_computed_in_the_end(string repeated) =>
        ReadsQuietly("{{ a" + string.Concat(Enumerable.Repeat(repeated, 900)) + " }}");

    [Fact]
    public void Two_hundred_statements_may_stand_in_each_other()
    {
        var text = string.Concat(Enumerable.Repeat("{% for a in b %}", 199)) + "{{ a }}{{ loop }}" + string.Concat(Enumerable.Repeat("{% endfor %}", 199));
        var template = JinjaTemplate.Parse(text, JinjaOptions.Default);

        Assert.Null(template.Fault);
        Assert.Equal(["b"], template.References.Undeclared.Select(u => u.Name));
    }

    private static string Mutilated(string text, (int At, int Length, string Fragment) change)
    {
        var start = Math.Min(change.At, text.Length);
        return text[..start] + change.Fragment + text[Math.Min(text.Length, start + change.Length)..];
    }

    private static string Many(string text) => string.Concat(Enumerable.Repeat(text, Mebibyte / 4 / text.Length));

    /// <summary>Reads a text in every way; that spans are in the text is seen by walking all that was read.</summary>
    private static void ReadsQuietly(string text)
    {
        foreach (var options in Options)
        {
            foreach (var template in new[] { JinjaTemplate.Parse(text, options), JinjaTemplate.ParseExpression(text, options), JinjaTemplate.ParseCondition(text, options) })
            {
                if (template.Fault is not null) AssertIn(text, template.Fault.Span);
                new Spans(text).Visit(template.Body);
                foreach (var path in template.References.Paths) AssertIn(text, path.Span);
            }
        }
    }

    private static void AssertIn(string text, Span span)
    {
        if (span.Start < 0 || span.Length < 0 || span.End > text.Length) Assert.Fail($"{span} is not in the text");
    }

    private sealed class Spans(string text) : JinjaWalk
    {
        public override void Visit(JinjaExpression expression)
        {
            AssertIn(text, expression.Span);
            base.Visit(expression);
        }

        public override void Visit(JinjaStatement statement)
        {
            AssertIn(text, statement.Span);
            base.Visit(statement);
        }
    }
}
