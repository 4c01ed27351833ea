using Strata.Jinja;

namespace Strata.Tests.Jinja;

/// <summary>What is said of a text that is no template, and where.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("{{ a", 4, "unexpected end of the text, expected `}}`")]
    [InlineData("{{ a b }}", 5, "unexpected `b`, expected `}}`")]
    [InlineData("{{ }}", 3, "unexpected `}}`, expected an expression")]
    [InlineData("{{ a | }}", 7, "unexpected `}}`, expected a name")]
    [InlineData("{{ a. }}", 6, "unexpected `}}`, expected a name or a number behind `.`")]
    [InlineData("{{ f(a }}", 7, "unexpected `}`, expected `)`")]
    [InlineData("{{ a) }}", 4, "unexpected `)`")]
    [InlineData("{{ a ! b }}", 5, "unexpected character `!`")]
    [InlineData("{{ 'a }}", 3, "the text has no end: expected `'`")]
    [InlineData("{{ '\\x4' }}", 3, "`\\x` begins no escape that is complete")]
    [InlineData("{{ a² }}", 3, "`a²` is no name")]
    [InlineData("{{ f(b=1, a) }}", 4, "the arguments of a call are out of order: expected those by position, then those by name, `*` and `**`")]
    [InlineData("{{ a is b is c }}", 10, "tests cannot follow each other: expected `and` or `or` before this `is`")]
    [InlineData("{# a", 2, "the end of the comment is missing: expected `#}`")]
    [InlineData("{% raw %}a", 9, "the end of the raw block is missing: expected `endraw`")]
    [InlineData("{% if a %}b", 11, "unexpected end of the text, expected `elif`, `else` or `endif`")]
    [InlineData("{% for a in b %}{% endif %}", 19, "unexpected statement `endif`, expected `endfor` or `else`")]
    [InlineData("{% nothing %}", 3, "unknown statement `nothing`")]
    [InlineData("{% do a %}", 3, "unknown statement `do`")]
    [InlineData("{% 1 %}", 3, "unexpected `1`, expected the name of a statement")]
    [InlineData("{% set a.b.c = 1 %}", 10, "unexpected `.`, expected `%}`")]
    [InlineData("{% set f() = 1 %}", 8, "unexpected `(`, expected `%}`")]
    [InlineData("{% set 'a' = 1 %}", 7, "cannot assign to what is no name")]
    [InlineData("{% set true = 1 %}", 7, "cannot assign to what is no name")]
    [InlineData("{% import 'a' as none %}", 17, "cannot assign to `none`")]
    [InlineData("{% for a in b %}{% set loop = 1 %}{% endfor %}", 23, "cannot assign to `loop` inside of a loop")]
    [InlineData("{% block a %}{% endblock %}{% block a %}{% endblock %}", 36, "there is a block `a` already")]
    [InlineData("{% block a required %}b{% endblock %}", 9, "the block `a` is required and can therefore hold only comments and spaces")]
    [InlineData("{% for a in b %}{% extends 'c' %}{% endfor %}", 19, "`extends` stands inside of another statement")]
    [InlineData("{% from 'a' import _b %}", 19, "`_b` cannot be imported: names that begin with `_` are private")]
    [InlineData("{% macro m(a=1, b) %}{% endmacro %}", 16, "the parameter `b` has no default and follows one that has")]
    [InlineData("{% macro m(caller) %}{{ caller() }}{% endmacro %}", 11, "the parameter `caller` is used and has no default")]
    [InlineData("{% call a %}{% endcall %}", 8, "expected a call, such as `name()`")]
    public void The_message_says_what_is_and_what_was_expected(string text, int offset, string message)
    {
        var fault = JinjaTemplate.Parse(text, JinjaOptions.Default).Fault;

        Assert.Equal(message, fault?.Message);
        Assert.Equal(offset, fault?.Span.Start);
    }

    [Theory]
    [InlineData("a b", 2, "unexpected `b` behind the expression")]
    [InlineData("a }}", 2, "unexpected `}}` behind the expression")]
    [InlineData("{{ a }}", 5, "unexpected `}`, expected `:`")]
    [InlineData("", 0, "unexpected end of the text, expected an expression")]
    public void An_expression_that_is_read_alone_is_all_there_is(string text, int offset, string message)
    {
        var fault = JinjaTemplate.ParseExpression(text, JinjaOptions.Default).Fault;

        Assert.Equal(message, fault?.Message);
        Assert.Equal(offset, fault?.Span.Start);
    }
}
