using Strata.Jinja;
using Strata.Tests.Support;

namespace Strata.Tests.Jinja;

/// <summary>What texts may become, with `*` for each gap. `os` is `el` or `deb`, `n` is 8, `l` is the list of `a` and `b`, `d.k` is `v`.</summary>
public sealed class FoldingTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("{{ 'a' }}", "a")]
    [InlineData("{{ os }}.yml", "el.yml|deb.yml")]
    [InlineData("{{ unknown }}.yml", "*.yml")]
    [InlineData("{{ os }}-{{ unknown }}{{ other }}-x", "el-*-x|deb-*-x")]
    [InlineData("{{ 'p_' ~ os ~ n }}", "p_el8|p_deb8")]
    [InlineData("{{ 'p_' + os + '.yml' }}", "p_el.yml|p_deb.yml")]
    [InlineData("{{ 'p_' + unknown }}", "p_*")]
    [InlineData("{{ unknown + '_p' }}", "*_p")]
    [InlineData("{{ unknown + other }}", "*")]
    [InlineData("{{ n + 1 }}", "9")]
    [InlineData("{{ n - 1 }}", "*")]
    [InlineData("{{ 'a' if x else 'b' }}", "a|b")]
    [InlineData("{{ 'a' if x }}", "a|")]
    [InlineData("{{ 'a' if x else unknown }}", "*")]
    [InlineData("{{ ('a' if x else os) ~ '.j2' }}", "a.j2|el.j2|deb.j2")]
    [InlineData("{% if x %}a{% elif y %}b{{ os }}{% else %}c{% endif %}.yml", "a.yml|c.yml|bel.yml|bdeb.yml")]
    [InlineData("{% if x %}a{% endif %}b", "ab|b")]
    [InlineData("a{% for i in l %}{{ i }}{% endfor %}b", "a*b")]
    [InlineData("{% set x = os %}{{ x }}-{{ os }}", "*-el|*-deb")]
    [InlineData("{% set os = 'x' %}{{ os }}", "*")]
    [InlineData("{{ d.k }}{{ d['k'] }}", "vv")]
    [InlineData("{{ d[unknown] }}", "*")]
    [InlineData("{{ d['k' if x else 'k'] }}", "v")]
    [InlineData("{{ d['k'].x }}", "*")]
    [InlineData("{{ {'el': 'httpd', 'deb': 'apache2', 'suse': 'x'}[os] }}", "httpd|apache2")]
    [InlineData("{{ {'el': 'httpd', 'deb': 'apache2'}[unknown] }}", "httpd|apache2")]
    [InlineData("{{ {'el': 'httpd'}.get(os, 'none') }}", "httpd|none")]
    [InlineData("{{ ['a', os][1] }}", "el|deb")]
    [InlineData("{{ ['a', os] | first }}", "a")]
    [InlineData("{{ ['a', os] | last }}", "el|deb")]
    [InlineData("{{ l | join('-') }}", "a-b")]
    [InlineData("{{ ['x', os, unknown] | join('/') }}", "x/el/*|x/deb/*")]
    [InlineData("{{ (l + [os]) | join }}", "abel|abdeb")]
    [InlineData("{{ unknown | default('x') }}", "*")]
    [InlineData("{{ os | default('x') }}", "el|deb|x")]
    [InlineData("{{ os | d }}", "el|deb|")]
    [InlineData("{{ os or 'x' }}", "el|deb|x")]
    [InlineData("{{ ('A-' ~ unknown ~ '-B') | lower }}", "a-*-b")]
    [InlineData("{{ os | upper }}", "EL|DEB")]
    [InlineData("{{ 'É' | lower }}", "*")]
    [InlineData("{{ ' a ' | trim }}", "a")]
    [InlineData("{{ n | string }}", "8")]
    [InlineData("{{ os | replace('e', 'E') }}", "El|dEb")]
    [InlineData("{{ os | replace(unknown, 'E') }}", "*")]
    [InlineData("{{ 'a/b/c.yml' | basename }}", "c.yml")]
    [InlineData("{{ (unknown ~ '/c.yml') | basename }}", "c.yml")]
    [InlineData("{{ (unknown ~ '.yml') | basename }}", "*.yml")]
    [InlineData("{{ ('a/' ~ unknown) | basename }}", "*")]
    [InlineData("{{ 'a/b//c' | dirname }}", "a/b")]
    [InlineData("{{ '/c' | dirname }}", "/")]
    [InlineData("{{ 'c' | dirname }}", "")]
    [InlineData("{{ (unknown ~ '/b/c') | dirname }}", "*/b")]
    [InlineData("{{ x | ternary('a', os) }}", "a|el|deb")]
    [InlineData("{{ '%s-%d.yml' % (os, n) }}", "el-8.yml|deb-8.yml")]
    [InlineData("{{ '%s%%' % os }}", "el%|deb%")]
    [InlineData("{{ '%05d-%s' | format(n, unknown) }}", "*-*")]
    [InlineData("{{ '%s-%s' % os }}", "*")]
    [InlineData("{{ '%(a)s' % d }}", "*")]
    [InlineData("{{ os | nothing }}", "*")]
    [InlineData("{{ lookup('file', os) }}x", "*x")]
    [InlineData("{% extends 'x' %}a", "*")]
    [InlineData("{{ true }}-{{ none }}", "True-*")]
    [InlineData("a{# b #}c", "ac")]
    [InlineData("{{ a", "*")]
    public void A_template_becomes_one_of_these(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', JinjaFolding.Of(Parse(text), Resolve).Texts.Select(t => t.ToString())));

    [Fact]
    public void A_template_of_one_expression_keeps_its_kind()
    {
        var values = JinjaFolding.Of(Parse("{{ l + [n] }}"), Resolve).Values;

        Assert.Equal([new PossibleValue.List([PossibleValue.Of("a"), PossibleValue.Of("b"), new PossibleValue.Integer(8)])], values);
    }

    [Fact]
    public void Of_more_than_64_texts_those_parts_are_gaps_that_make_them_too_many()
    {
        var choice = "{{ '0' if a else '1' if b else '2' if c else '3' }}";
        var texts = JinjaFolding.Of(Parse($"x{choice}{choice}{choice}{choice}y"), Resolve).Texts;

        Assert.Equal(64, texts.Length);
        Assert.All(texts, t => Assert.Equal((false, true), (t.Matches("x4444y"), t.ToString().EndsWith("*y", StringComparison.Ordinal))));
        Assert.Single(texts, t => t.Matches("x0123y"));
    }

    [Fact]
    public void The_resolver_is_asked_for_what_is_not_known()
    {
        var asked = new List<string>();
        JinjaFolding.Of(Parse("{{ lookup('x') }}{{ a.b[c].d }}{{ e | f }}{{ 1 }}{% set g = 1 %}{{ g }}"), (expression, path) =>
        {
            asked.Add(path is null ? expression.GetType().Name : $"{path.Name} {string.Join('.', path.Steps)}");
            return path is { Name: "c" } ? PossibleValues.OfTexts("k1", "k2") : null;
        });

        Expected.Text("Call\nc \na b.k1.d\na b.k2.d\nFilter", string.Join('\n', asked));
    }

    [Theory]
    [InlineData("{{ u }}", "anything", true)]
    [InlineData("a{{ u }}", "ba", false)]
    [InlineData("a{{ u }}a", "a", false)]
    [InlineData("a{{ u }}a", "aa", true)]
    [InlineData("a{{ u }}b{{ u }}c", "a-b-c", true)]
    [InlineData("a{{ u }}b{{ u }}c", "abc", true)]
    [InlineData("a{{ u }}b{{ u }}bc", "abc", false)]
    [InlineData("{{ u }}b{{ u }}", "aba", true)]
    [InlineData("{{ u }}b{{ u }}", "aa", false)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    public void A_pattern_matches_what_it_stands_for(string template, string text, bool matches) =>
        Assert.Equal(matches, Assert.Single(JinjaFolding.Of(Parse(template), Resolve).Texts).Matches(text));

    private static JinjaTemplate Parse(string text) => JinjaTemplate.Parse(text, JinjaOptions.Default);

    private static PossibleValues? Resolve(JinjaExpression expression, AccessPath? path) => path switch
    {
        { Name: "os", Steps: [], ComputedKey: null } => PossibleValues.OfTexts("el", "deb"),
        { Name: "n", Steps: [], ComputedKey: null } => PossibleValues.Of(new PossibleValue.Integer(8)),
        { Name: "l", Steps: [], ComputedKey: null } => PossibleValues.Of(new PossibleValue.List([PossibleValue.Of("a"), PossibleValue.Of("b")])),
        { Name: "d", Steps: ["k"], ComputedKey: null } => PossibleValues.OfTexts("v"),
        _ => null,
    };
}
