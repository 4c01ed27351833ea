using Strata.Ansible;
using Strata.Jinja;

namespace Strata.Tests.Ansible;

public sealed class TemplateHeaderTests
{
    private static readonly JinjaOptions Base = new() { TrimsBlocks = true };

    [Fact]
    public void A_header_changes_how_the_rest_is_read()
    {
        var text = "#jinja2: variable_start_string: '[[' , variable_end_string:']]',trim_blocks: False, lstrip_blocks:True, line_statement_prefix: \"%\"\r\n[[ a ]]";
        var header = TemplateHeader.Read(text, Base);

        Assert.Null(header.Fault);
        Assert.Equal("[[ a ]]", text[header.BodyStart..]);
        Assert.Equal(
            new JinjaOptions { VariableStart = "[[", VariableEnd = "]]", TrimsBlocks = false, StripsBeforeBlocks = true, LineStatementPrefix = "%" },
            header.Options);
    }

    [Theory]
    [InlineData("a\n#jinja2: trim_blocks: False\n")]
    [InlineData(" #jinja2: trim_blocks: False\n")]
    [InlineData("# jinja2: trim_blocks: False\n")]
    [InlineData("")]
    public void A_text_that_does_not_begin_with_one_is_read_as_it_is(string text) =>
        Assert.Equal(new(Base, 0, null), TemplateHeader.Read(text, Base));

    [Fact]
    public void A_setting_that_the_reader_does_not_know_changes_nothing() =>
        Assert.Equal(new(Base, 37, null), TemplateHeader.Read("#jinja2: autoescape: True, mine: None\nx", Base) with { BodyStart = 37 });

    [Fact]
    public void A_header_without_a_line_behind_it_loses_its_last_character_and_is_the_body() =>
        Assert.Equal(new(Base with { TrimsBlocks = false }, 0, null), TemplateHeader.Read("#jinja2: trim_blocks: False!", Base));

    [Theory]
    [InlineData("#jinja2:\n", 8, "`` in the `#jinja2:` line has no colon: expected `key: value`")]
    [InlineData("#jinja2: trim_blocks=False\n", 8, "`trim_blocks=False` in the `#jinja2:` line has no colon: expected `key: value`")]
    [InlineData("#jinja2: trim_blocks: False,\n", 28, "`` in the `#jinja2:` line has no colon: expected `key: value`")]
    [InlineData("#jinja2: trim_blocks: false\n", 21, "`false` in the `#jinja2:` line is no value of Python: expected `'text'`, `True` or `False`")]
    [InlineData("#jinja2: trim_blocks: no\n", 21, "`no` in the `#jinja2:` line is no value of Python: expected `'text'`, `True` or `False`")]
    [InlineData("#jinja2: variable_start_string: None\n", 8, "`variable_start_string` in the `#jinja2:` line cannot be `None`")]
    [InlineData("#jinja2: newline_sequence: 'x'\n", 8, "`newline_sequence` in the `#jinja2:` line cannot be `'x'`")]
    public void A_header_that_Ansible_refuses_is_a_fault(string text, int offset, string message)
    {
        var fault = TemplateHeader.Read(text, Base).Fault;

        Assert.Equal(message, fault?.Message);
        Assert.Equal(offset, fault?.Span.Start);
    }
}
