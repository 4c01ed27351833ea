using Strata.Jinja;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Jinja;

/// <summary>What a template takes from outside, with the places: those of `oracle.jsonl` have the names alone.</summary>
public sealed class ReferencesTests
{
    [Fact]
    public void Names_are_told_with_every_place_they_are_used_at() =>
        Check(
            "{{ a }} {% for a in b %}{{ a }}{{ c }}{% endfor %} {{ a.x }} {{ c }}",
            """
            a: a@3 a@54
            b: b@20
            c: c@34 c@64
            """,
            r => r.Undeclared.Select(u => $"{u.Name}: {string.Join(' ', u.Spans.Select(s => $"{u.Name}@{s.Start}"))}"));

    [Fact]
    public void A_name_that_may_be_assigned_or_not_is_used_from_outside() =>
        Check(
            "{% if x %}{% set a = 1 %}{% endif %}{{ a }}{% set b = 2 %}{{ b }}{% if x %}{% set c = 3 %}{% endif %}",
            """
            a@39
            c@
            x@6 x@71
            """,
            r => r.Undeclared.Select(u => u.Name + "@" + string.Join($" {u.Name}@", u.Spans.Select(s => s.Start))));

    [Fact]
    public void Functions_of_Jinja2_are_undeclared_names_that_have_a_value() =>
        Check(
            "{% for i in range(3) %}{{ dict(a=i) }}{% endfor %}{{ lookup('env', 'HOME') }}",
            """
            dict, global
            lookup
            range, global
            """,
            r => r.Undeclared.Select(u => u.Name + (u.IsGlobal ? ", global" : "")));

    [Fact]
    public void Paths_end_at_the_first_key_that_is_computed_and_tell_the_steps_behind() =>
        Check(
            """{{ a }}{{ a.b['c'][0].d }}{{ hostvars[h]['x'].y[z].w }}{{ e.f | g }}{{ (i).j }}{{ k.l() }}{{ m[1:2].n }}{{ o['p' ~ q] }}{{ f().r }}""",
            """
            a in `a`
            a.b.c.0.d in `a.b['c'][0].d`
            hostvars[?].x.y in `hostvars[h]['x'].y[z].w`
            h in `h`
            z in `z`
            e.f in `e.f`
            i.j in `(i).j`
            k.l in `k.l`
            m[?].n in `m[1:2].n`
            o[?] in `o['p' ~ q]`
            q in `q`
            f in `f`
            """,
            (t, r) => r.Paths.Select(p => $"{Steps(p)} in `{In(t, p.Span)}`"));

    [Fact]
    public void Filters_tests_and_calls_come_in_the_order_of_the_text_with_their_arguments() =>
        Check(
            "{{ q('file', a | f(1)) | g | h(x=b) if c is not d(2) and e is defined else lookup('vars', 'p_' ~ n) }}{% macro m() %}{% endmacro %}{{ m() }}",
            """
            call q: 'file', a | f(1)
            call lookup: 'vars', 'p_' ~ n
            filter f: 1
            filter g:
            filter h: b
            test d: 2
            test defined:
            """,
            (t, r) =>
            [
                .. r.Calls.Select(c => $"call {In(t, c.Callee.Span)}:{Arguments(t, c.Arguments)}"),
                .. r.Filters.Select(f => $"filter {In(t, f.NameSpan)}:{Arguments(t, f.Arguments)}"),
                .. r.Tests.Select(s => $"test {In(t, s.NameSpan)}:{Arguments(t, s.Arguments)}"),
            ]);

    [Fact]
    public void Templates_are_told_with_how_they_are_used() =>
        Check(
            """
            {% extends 'base.j2' %}{% import "m.j2" as m %}{% from x import y %}
            {% include ['a.j2', b ~ '.j2'] ignore missing %}{% include c %}
            """,
            """
            Extends 'base.j2'
            Import "m.j2"
            Import x
            Include list 'a.j2', b ~ '.j2' or nothing
            Include c
            """,
            (t, r) => r.Templates.Select(
                u => $"{u.Use} {(u.IsList ? "list " : "")}{string.Join(", ", u.Candidates.Select(c => In(t, c.Span)))}{(u.IgnoresMissing ? " or nothing" : "")}"));

    [Fact]
    public void Constants_that_are_templates_themselves_are_told() =>
        Check(
            """{{ a | default('{{ b }}') }}{{ 'c' }}{{ lookup('x', "{% if d %}") }}{% raw %}{{ 'e' }}{% endraw %}""",
            """
            {{ b }} at '{{ b }}'
            {% if d %} at "{% if d %}"
            """,
            (t, r) => r.Embedded.Select(e => $"{e.Value} at {In(t, e.Span)}"));

    [Fact]
    public void A_text_without_delimiters_takes_nothing_from_outside()
    {
        var template = JinjaTemplate.Parse("plain text } with %} ends\n", JinjaOptions.Default);

        Assert.Null(template.Fault);
        Assert.Same(JinjaReferences.None, template.References);
    }

    [Fact]
    public void A_text_with_a_fault_takes_nothing_from_outside() =>
        Assert.Same(JinjaReferences.None, JinjaTemplate.Parse("{{ a }}{{ b", JinjaOptions.Default).References);

    private static void Check(string text, string expected, Func<JinjaReferences, IEnumerable<string>> show) => Check(text, expected, (_, r) => show(r));

    private static void Check(string text, string expected, Func<string, JinjaReferences, IEnumerable<string>> show)
    {
        var template = JinjaTemplate.Parse(text, JinjaOptions.Default);
        Assert.Null(template.Fault);
        Expected.Text(expected, string.Join('\n', show(text, template.References)));
    }

    private static string Steps(AccessPath path)
    {
        var steps = string.Concat(path.Steps.Select(s => "." + s));
        return path.Name + steps + (path.ComputedKey is null ? "" : "[?]") + string.Concat(path.StepsBehind.Select(s => "." + s));
    }

    private static string Arguments(string text, JinjaArguments arguments)
    {
        var all = arguments.Positional.Concat(arguments.Keywords.Select(k => k.Value)).Select(a => In(text, a.Span)).ToList();
        return all.Count == 0 ? "" : " " + string.Join(", ", all);
    }

    private static string In(string text, Span span) => text.Substring(span.Start, span.Length);
}
