#!/usr/bin/python3
"""Tells how Jinja2 reads texts. Run with a Python that has Jinja2 and PyYAML (Debian: python3-jinja2, python3-yaml).

`oracle.py` records the answers for the texts below in oracle.jsonl beside this file. `oracle.py collections FOLDER SHARE`
prints the answers for every template and templated value of the YAML files below FOLDER (of one text in SHARE).

Each line: a name, the text, how it is read (`template`; `expression`: what `compile_expression` takes; `condition`: what
`{% if … %}` takes), options that differ from Jinja2's defaults, and what is read, in the notation of JinjaDump.cs: the
tree, then the names that are undeclared (those that are Jinja2's own functions with a `!`), the filters, the tests, the
undeclared names that are called, and the templates that are referenced. `error` for what Jinja2 refuses.
"""
import json
import os
import random
import struct
import sys
import warnings
import zlib

import jinja2
import yaml
from jinja2 import Environment, meta, nodes
from jinja2.compiler import CodeGenerator
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.parser import Parser

warnings.simplefilter("ignore")
OWN_OPTIONS = {"do": "jinja2.ext.do", "loopcontrols": "jinja2.ext.loopcontrols", "i18n": "jinja2.ext.i18n"}
BINARY = {nodes.Add: "add", nodes.Sub: "sub", nodes.Mul: "mul", nodes.Div: "div", nodes.FloorDiv: "floordiv", nodes.Mod: "mod", nodes.Pow: "pow", nodes.And: "and", nodes.Or: "or"}
UNARY = {nodes.Not: "not", nodes.Neg: "neg", nodes.Pos: "pos"}


class Every(dict):
    """Has a filter or test of every name, none of which is ever computed."""

    def __contains__(self, name):
        return True

    def __missing__(self, name):
        def unknown(*arguments, **keywords):
            raise nodes.Impossible()
        return unknown

    def get(self, name, default=None):
        return self[name]


def environment(options):
    extensions = [OWN_OPTIONS[name] for name, on in options.items() if name in OWN_OPTIONS and on]
    settings = {name: value for name, value in options.items() if name not in OWN_OPTIONS and name != "literal_backslashes"}
    env = Environment(extensions=extensions, **settings)
    env.filters, env.tests = Every(), Every()
    return env


def quote(text):
    data = text.encode("utf-16-be", "surrogatepass")
    units = struct.unpack(">%dH" % (len(data) // 2), data)
    return '"' + "".join("\\" + chr(u) if u in (34, 92) else chr(u) if 32 <= u <= 126 else "\\u%04x" % u for u in units) + '"'


def flag(value):
    return "true" if value else "false"


def each(items):
    return ", ".join(map(dump, items))


def body(statements):
    return "[" + each(statements) + "]"


def constant(value):
    if value is None:
        return "none"
    if isinstance(value, bool):
        return flag(value)
    if isinstance(value, int):
        return "int:%x" % value
    if isinstance(value, float):
        return "float:" + struct.pack(">d", value).hex()
    return quote(value)


def arguments(n):
    given = [dump(a) for a in n.args] + [k.key + "=" + dump(k.value) for k in n.kwargs]
    given += ["*" + dump(n.dyn_args)] if n.dyn_args is not None else []
    given += ["**" + dump(n.dyn_kwargs)] if n.dyn_kwargs is not None else []
    return "".join(", " + text for text in given)


def parameters(n):
    plain = len(n.args) - len(n.defaults)
    return "[" + ", ".join(a.name if i < plain else a.name + "=" + dump(n.defaults[i - plain]) for i, a in enumerate(n.args)) + "]"


def dump(n):
    kind = type(n)
    if n is None:
        return "-"
    if kind in BINARY:
        return "%s(%s, %s)" % (BINARY[kind], dump(n.left), dump(n.right))
    if kind in UNARY:
        return "%s(%s)" % (UNARY[kind], dump(n.node))
    return WRITERS[kind](n)


WRITERS = {
    nodes.TemplateData: lambda n: "data(%s)" % quote(n.data),
    nodes.Const: lambda n: constant(n.value),
    nodes.Name: lambda n: "$" + n.name,
    nodes.NSRef: lambda n: "$%s.%s" % (n.name, n.attr),
    nodes.Tuple: lambda n: "tuple[%s]" % each(n.items),
    nodes.List: lambda n: "list[%s]" % each(n.items),
    nodes.Dict: lambda n: "dict[%s]" % ", ".join(dump(p.key) + ": " + dump(p.value) for p in n.items),
    nodes.CondExpr: lambda n: "cond(%s, %s, %s)" % (dump(n.test), dump(n.expr1), dump(n.expr2)),
    nodes.Concat: lambda n: "concat(%s)" % each(n.nodes),
    nodes.Compare: lambda n: "compare(%s, %s)" % (dump(n.expr), ", ".join(o.op + " " + dump(o.expr) for o in n.ops)),
    nodes.Filter: lambda n: "filter:%s(%s%s)" % (n.name, dump(n.node), arguments(n)),
    nodes.Test: lambda n: "test:%s(%s%s)" % (n.name, dump(n.node), arguments(n)),
    nodes.Call: lambda n: "call(%s%s)" % (dump(n.node), arguments(n)),
    nodes.Getattr: lambda n: "attr(%s, %s)" % (dump(n.node), n.attr),
    nodes.Getitem: lambda n: "item(%s, %s)" % (dump(n.node), dump(n.arg)),
    nodes.Slice: lambda n: "slice(%s, %s, %s)" % (dump(n.start), dump(n.stop), dump(n.step)),
    nodes.MarkSafeIfAutoescape: lambda n: dump(n.expr),
    nodes.Output: lambda n: "out[%s]" % each(n.nodes),
    nodes.Extends: lambda n: "extends(%s)" % dump(n.template),
    nodes.For: lambda n: "for(%s, %s, %s, %s, %s, %s)" % (dump(n.target), dump(n.iter), dump(n.test), flag(n.recursive), body(n.body), body(n.else_)),
    nodes.If: lambda n: "if(%s, %s, [%s], %s)" % (dump(n.test), body(n.body), each(n.elif_), body(n.else_)),
    nodes.Macro: lambda n: "macro(%s, %s, %s)" % (n.name, parameters(n), body(n.body)),
    nodes.CallBlock: lambda n: "callblock(%s, %s, %s)" % (dump(n.call), parameters(n), body(n.body)),
    nodes.FilterBlock: lambda n: "filterblock(%s, %s)" % (dump(n.filter), body(n.body)),
    nodes.With: lambda n: "with([%s], [%s], %s)" % (each(n.targets), each(n.values), body(n.body)),
    nodes.Block: lambda n: "block(%s, %s, %s, %s)" % (n.name, flag(n.scoped), flag(n.required), body(n.body)),
    nodes.Include: lambda n: "include(%s, %s, %s)" % (dump(n.template), flag(n.ignore_missing), flag(n.with_context)),
    nodes.Import: lambda n: "import(%s, %s, %s)" % (dump(n.template), n.target, flag(n.with_context)),
    nodes.FromImport: lambda n: "from(%s, [%s], %s)" % (dump(n.template), ", ".join(m if isinstance(m, str) else m[0] if m[0] == m[1] else "%s as %s" % m for m in n.names), flag(n.with_context)),
    nodes.ExprStmt: lambda n: "do(%s)" % dump(n.node),
    nodes.Assign: lambda n: "set(%s, %s)" % (dump(n.target), dump(n.node)),
    nodes.AssignBlock: lambda n: "setblock(%s, %s, %s)" % (dump(n.target), dump(n.filter), body(n.body)),
    nodes.Scope: lambda n: "autoescape(%s, %s)" % (dump(n.body[0].options[0].value), body(n.body[0].body)),
    nodes.Break: lambda n: "break",
    nodes.Continue: lambda n: "continue",
}


def undeclared(env, tree, names):
    env.globals = names
    return meta.find_undeclared_variables(tree)


def references(env, tree):
    everything = undeclared(env, tree, {})
    free = undeclared(env, tree, DEFAULT_NAMESPACE)
    called = {c.node.name for c in tree.find_all(nodes.Call) if isinstance(c.node, nodes.Name)}
    templates = ["?" if name is None else quote(name) for name in meta.find_referenced_templates(tree)]
    lists = (
        ("undeclared", {name if name in free else name + "!" for name in everything}),
        ("filters", {f.name for f in tree.find_all(nodes.Filter)}),
        ("tests", {t.name for t in tree.find_all(nodes.Test)}),
        ("calls", called & everything),
    )
    return " ".join("%s[%s]" % (name, " ".join(sorted(found))) for name, found in lists) + " templates[%s]" % ", ".join(templates)


def double_backslashes(env, text):
    """As Ansible's _escape_backslashes."""
    if "\\" not in text or "{{" not in text:
        return text
    parts, inside = [], False
    for _, kind, value in env.lex(env.preprocess(text)):
        inside = kind == "variable_begin" or (inside and kind != "variable_end")
        parts.append(value.replace("\\", "\\\\") if inside and kind == "string" else value)
    return "".join(parts)


def parse(env, text, how, options):
    if how == "template":
        return env.parse(double_backslashes(env, text) if options.get("literal_backslashes") else text)
    parser = Parser(env, text, state="variable") if how == "expression" else Parser(env, "{% if " + text + " %}{% endif %}")
    if how == "condition":
        tree = parser.parse()
        if len(tree.body) != 1:
            raise jinja2.TemplateSyntaxError("more than one condition", 1)
        expression = tree.body[0].test
    else:
        expression = parser.parse_expression()
        if not parser.stream.eos:
            raise jinja2.TemplateSyntaxError("chunk after expression", 1)
    tree = nodes.Template([nodes.Output([expression])], lineno=1)
    tree.set_environment(env)
    return tree


def read(text, how="template", options=None):
    env = environment(options or {})
    try:
        tree = parse(env, text, how, options or {})
        return body(tree.body) + " " + references(env, tree)
    except Exception:  # Jinja2 raises AssertionError, AttributeError, ValueError, RecursionError and others besides its own
        return "error"


def answer(name, text, how="template", options=None):
    line = {"name": name, "text": text, "as": how}
    if options:
        line["options"] = options
    line["read"] = read(text, how, options)
    return json.dumps(line)


EXPRESSIONS = """\
a¦1¦1_000¦0x1F¦0X1f¦0xg¦0b101¦0b2¦0o17¦0o8¦00¦0_0¦012¦1__0¦1_¦_1¦1.5¦1.¦.5¦1.5.2¦1e5¦1E5¦1e+5¦1e-5¦1.5e3¦1.e5¦1e¦1_0.5_0e1_0¦1._5¦1.5_¦9999999999999999999999¦1e999¦5e-324¦\
a.b¦a.b.c¦a.0¦a.0.1¦a.1.5¦a[0]¦a['b']¦a["b"].c¦a[b]¦a[b.c][d]¦a[0:1]¦a[:1]¦a[1:]¦a[:]¦a[::]¦a[1:2:3]¦a[::2]¦a[:2:]¦a[1,2]¦a[1:2,3]¦a[]¦a[1,]¦a[,]¦a.¦a.'b'¦a..b¦a.b()¦a().b¦a()()¦a[0]()¦a.-1¦a.1e5¦1.a¦1.0.a¦1 .a¦'a'.b¦[1].b¦{}.b¦\
f()¦f(a)¦f(a,)¦f(a,b)¦f(a, b=c)¦f(b=c, a)¦f(b=c,)¦f(*a)¦f(**a)¦f(a,*b)¦f(*a,b)¦f(*a,*b)¦f(*a,b=c)¦f(**a,b=c)¦f(**a,**b)¦f(b=1,*a,**c)¦f(*a,**b)¦f(**b,*a)¦f(,)¦f(a b)¦f(a=)¦f(=a)¦f(a==b)¦f(a=b=c)¦f(1=2)¦f((a))¦f(a, b=c, d=e)¦f(if=1)¦f(a if b)¦f(a for b)¦\
a+b¦a-b¦a*b¦a/b¦a//b¦a%b¦a**b¦a~b¦a+b+c¦a-b-c¦a-(b-c)¦a*b+c¦a+b*c¦a**b**c¦-a**b¦a**-b¦-a¦--a¦+a¦-+a¦-a.b¦-(-a)¦-a[0]¦-f()¦- 1¦-1¦2 - 1¦2-1¦2 -1¦a ~ b ~ c¦a ~ b + c¦a + b ~ c¦a ~ b * c¦a * b ~ c¦a ~ -b¦a % b % c¦'%s' % a¦a // b / c¦a + -b¦a - -b¦a+¦+¦a b¦a 1¦1 a¦1a¦a;b¦a&b¦a@b¦a!b¦a!¦!a¦a^b¦a\\b¦`a`¦$a¦a?b:c¦a:b¦a=b¦\
a|f¦a|f|g¦a|f(1)|g(2)¦a|f()¦a|f(*b)¦a|f(b=c)¦a|f.g¦a|f.g.h(1)¦a|f.1¦a|1¦a||b¦a|f b¦a|'f'¦a | f | g¦a.b|f¦(a|f).b¦a|f[0]¦(a|f)[0]¦a|f()()¦a|f(1)(2)¦a+b|f¦(a+b)|f¦-a|f¦not a|f¦a in b|f¦a|f in b¦f(a|g)¦a|f(b|g(c|h))¦a|default('x')¦a|d(b, true)¦a|f|is g¦a|f is g¦a is b|f¦a is not b|f¦a|¦|a¦(-a)|f¦-a[0]|f¦-f()|f¦[a]|f¦(a, b)|f¦(a|a)¦'a'|f¦a == b|f¦a is b c|f¦a|f(b)|g is h(c|i)¦\
a is b¦a is not b¦a is b c¦a is b 'c'¦a is b 1¦a is b 1.5¦a is b [c]¦a is b {}¦a is b(c)¦a is b(c, d=e)¦a is b(*c)¦a is b (c)¦a is b.c¦a is b.c d¦a is b -1¦a is b not c¦a is b c d¦a is b c.d¦a is b c[0]¦a is b c(d)¦a is b c|f¦a is b and c¦a is b or c¦a is b else c¦a if b is c else d¦a is b is c¦a is b c is d¦(a is b) is c¦a is in b¦a is in(b)¦a is in [b]¦a is not in b¦not a is b¦not a is not b¦not (a is b)¦a is defined¦a is not defined and b is defined¦a is divisibleby 3¦a is divisibleby(3)¦a is sameas none¦a is b none¦a is b true¦a is 1¦a is¦a is not¦is a¦a is b, c¦a is b ~ c¦a is b + c¦a + b is c¦-a is b¦a.b is c¦a is b == c¦a == b is c¦a is b in c¦a is eq b¦a is not not b¦a is (b)¦\
a and b¦a or b¦not a¦not not a¦a and b or c¦a or b and c¦not a and b¦not (a and b)¦a and not b¦a or not b or c¦a and¦and a¦or¦not¦a not b¦a and or b¦a if b¦a if b else c¦a if b if c¦a if b else c if d else e¦(a if b else c) if d else e¦a if b if c else d¦a if b else c or d¦a or b if c else d¦a if not b else c¦a if¦a if b else¦if a¦a else b¦a if (b if c else d) else e¦f(a if b else c)¦[a if b]¦a if b, c¦a and b if c and d else e and f¦\
a == b¦a != b¦a < b¦a <= b¦a > b¦a >= b¦a <> b¦a === b¦a = = b¦a < b < c¦a == b != c¦a < b == c < d¦a in b¦a not in b¦a in b in c¦a in b not in c¦not a in b¦not a not in b¦a in [b, c]¦a not b¦a in¦in a¦a == ¦== a¦a not in¦a == not b¦a < -b¦a + b == c + d¦a ~ b == c¦a == b and c == d¦(a == b) == c¦a == (b == c)¦a in b and c not in d or e¦a == b|f¦a is b == c is d¦\
()¦(a)¦(a,)¦(a, b)¦(a, b,)¦(,)¦(a,,b)¦((a))¦((a, b), c)¦(a b)¦a)¦(a]¦[¦[]¦[a]¦[a,]¦[a, b]¦[a,,b]¦[,]¦[[a]]¦[a}¦a, b¦a,¦,a¦[*a]¦{}¦{a: b}¦{a: b,}¦{'a': 1, 'b': 2}¦{a}¦{a: b c: d}¦{a:}¦{:a}¦{,}¦{a: {b: c}}¦{a: b}.c¦{a: b}[c]¦{**a}¦{1: 2}¦{(a, b): c}¦[a, b][0]¦(a, b)[0]¦(a, b)|f¦[a] + [b]¦[(a, b), (c, d)]¦{'a': [1, {'b': (2,)}]}¦\
true¦True¦TRUE¦false¦False¦none¦None¦null¦true.a¦none()¦not true¦True and False¦none is none¦trueish¦_true¦true1¦\
'a'¦"a"¦''¦""¦'a' 'b'¦'a' "b" 'c'¦'a'b¦'a' ~ 'b'¦'a'.b¦'a'[0]¦'a'|f¦'a¦"a¦'¦'a\\'b'¦'a\\\\'¦'a\\\\'b'¦"a\\"b"¦'\\n\\t\\r\\a\\b\\f\\v'¦'\\0'¦'\\12'¦'\\777'¦'\\8'¦'\\x41'¦'\\x4'¦'\\xg1'¦'\\u0041'¦'\\u004'¦'\\U0001F600'¦'\\U00110000'¦'\\ud83d\\ude00'¦'\\ud800'¦'\\N{DASH}'¦'\\N{EM DASH}'¦'\\N'¦'\\N{}'¦'\\q\\w\\.'¦'^\\d+\\s*$'¦'\\é'¦'\\😀'¦'é😀'¦'\\\\é'¦'a\nb'¦'a\\\nb'¦'{{ b }}'¦'{% b %}'¦'{# b #}'¦'}}'¦'%}'¦"it's"¦'"'¦\
é¦ñame¦日本¦名.前¦a1¦_¦__a__¦a·b¦℘¦x℮¦ªb¦²¦a²¦٣¦a٣¦1٣¦ͺ¦ﹰ¦a‿b¦a-b¦a–b¦😀¦𝐱¦ⅷ¦؟¦a\u200bb¦a\u0301¦\u0301a¦a\u00a0+\u00a0b¦a\u2003b¦a\x1fb¦a\x00b¦\ufeffa¦ﬀ¦Å¦ʹ¦꧰¦\
a\n+\nb¦\ta\t¦a # b¦a {# b #}¦{a}¦a }} b¦a %} b¦a -}}¦a -¦(a}}¦a}¦lookup('file', 'a')¦lookup('vars', 'a' ~ b)¦query('x', *y)¦q('x')¦hostvars[a]['b'].c¦vars['a']¦groups['all'] | map('extract', hostvars, 'b') | list¦range(3)¦dict(a=b)¦namespace(a=1).a¦lipsum(n=1)¦cycler(1)¦joiner()¦self.a()¦super()¦loop.index¦caller()¦varargs¦kwargs¦range¦a.range()¦omit¦undef(hint='x')¦\
print¦for¦if¦in¦set a¦block¦import¦with¦else¦elif¦endif¦raw¦loop¦recursive¦context¦ignore¦from¦as¦call¦filter¦macro¦not_a¦is_a¦android¦order¦iffy¦input¦notin"""

TEMPLATES = r"""
a
{{ a }}
{{a}}
a{{ b }}c
{{ a }}{{ b }}
{{ a }
{{ a
{{
{{ }}
{{}}
{{ a, b }}
{{ a, }}
{{ (a, b) }}
{{ () }}
{{ a if b }}
{{ a b }}
{{ {} }}
{{ {'a': {'b': c}} }}
{{ {'a': {'b': c}}}}
{{ {'a': b}}}
{{{a: b}}}
{{{'a': b}.c}}
{{{ a }}}
{{ [a}} ]
{{ "}}" }}
{{ '%}' }}
{{ "{{ a }}" }}
{{ '{%' }}
{{ a }} }}
{{ a }} %}
{{ a #}}
}} {{ a }}
{%
{% %}
{%%}
{% a %}
{% 1 %}
{% if %}
{% if a %}
{% if a %}b
{% if a %}b{% endif %}
{% if a %}b{% end %}
{% if a %}b{% endfor %}
{% if a %}{% for b in c %}{% endif %}{% endfor %}
{% endif %}
{% else %}
{% if a %}b{% else %}c{% endif %}
{% if a %}b{% elif c %}d{% endif %}
{% if a %}b{% elif c %}d{% elif e %}f{% else %}g{% endif %}
{% if a %}b{% else if c %}d{% endif %}
{% if a %}b{% elseif c %}d{% endif %}
{% if a %}b{% else %}c{% else %}d{% endif %}
{% if a %}b{% else %}c{% elif d %}e{% endif %}
{% if a: %}b{% endif %}
{% if a: %}b{% else: %}c{% endif %}
{% if a, b %}c{% endif %}
{% if a if b else c %}d{% endif %}
{% if (a if b else c) %}d{% endif %}
{% if a %}b{% endif a %}
{% if not a %}b{% endif %}
{% if a %}{% if b %}c{% endif %}{% endif %}
{% if a is defined and a %}{{ a }}{% endif %}
{% for a in b %}{{ a }}{% endfor %}
{% for a in b %}{{ a }}{% else %}{{ a }}{% endfor %}
{% for a, b in c %}{{ a }}{{ b }}{% endfor %}
{% for (a, b) in c %}{{ a }}{{ b }}{% endfor %}
{% for a, (b, c) in d %}{{ a }}{{ b }}{{ c }}{% endfor %}
{% for a, in b %}{{ a }}{% endfor %}
{% for a,b, in c %}{{ a }}{% endfor %}
{% for [a] in b %}{% endfor %}
{% for a.b in c %}{% endfor %}
{% for a[0] in c %}{% endfor %}
{% for 1 in c %}{% endfor %}
{% for 'a' in c %}{% endfor %}
{% for true in c %}{% endfor %}
{% for in c %}{% endfor %}
{% for a %}{% endfor %}
{% for a in %}{% endfor %}
{% for a in b, c %}{{ a }}{% endfor %}
{% for a in b,c, %}{{ a }}{% endfor %}
{% for a in b if a %}{{ a }}{% endfor %}
{% for a in b if a and loop %}{{ a }}{% endfor %}
{% for a in b if c else d %}{{ a }}{% endfor %}
{% for a in (b if c else d) %}{{ a }}{% endfor %}
{% for a in b if c if d else e %}{{ a }}{% endfor %}
{% for a in b recursive %}{{ loop(a.c) }}{% endfor %}
{% for a in b if a.c recursive %}{{ loop(a.d) }}{% endfor %}
{% for a in b recursive if c %}{% endfor %}
{% for a in b, recursive %}{% endfor %}
{% for a in a %}{{ a }}{% endfor %}
{% for a in b %}{{ loop.index }}{% endfor %}
{% for a in b %}{% endfor %}{{ loop.index }}
{% for a in b %}{{ loop }}{% else %}{{ loop }}{% endfor %}
{% for a in b %}{% for c in d %}{{ loop }}{% endfor %}{% endfor %}
{% for a in b %}{% for c in loop %}{{ c }}{% endfor %}{% endfor %}
{% for a in loop %}{{ a }}{% endfor %}
{% for a in b %}{% set loop = 1 %}{% endfor %}
{% for loop in b %}{% endfor %}
{% for a in b %}{% for loop in c %}{% endfor %}{% endfor %}
{% for a in b %}{% with loop = 1 %}{{ loop }}{% endwith %}{% endfor %}
{% for a in b %}{% with loop = 1 %}{{ loop }}{% endwith %}{{ loop }}{% endfor %}
{% for a in b %}{% macro m(loop) %}{{ loop }}{% endmacro %}{% endfor %}
{% for a in b %}{% macro m() %}{{ loop }}{% endmacro %}{% endfor %}
{% macro m() %}{% for a in b %}{{ caller() }}{{ loop }}{% endfor %}{% endmacro %}
{% set loop = 1 %}{% for a in b %}{{ loop }}{% endfor %}
{% for a in b %}{% set c = a %}{{ c }}{% endfor %}{{ c }}
{% for a in b %}{{ c }}{% set c = a %}{% endfor %}
{% for a in b %}{% if c %}{% set d = 1 %}{% endif %}{{ d }}{% endfor %}
{% for a in b %}{% endfor a %}
{% for a in b %}{{ a }}{% endfor %}{{ a }}
{{ a }}{% for a in b %}{{ a }}{% endfor %}
{% set a = 1 %}{% for b in c %}{{ a }}{% set a = 2 %}{% endfor %}{{ a }}
{% for b in c %}{{ a }}{% endfor %}{% set a = 1 %}
{% for a in range(3) %}{{ a }}{% endfor %}
{% for k, v in d.items() %}{{ k }}{{ v }}{% endfor %}
{% for a in b %}{% block c scoped %}{{ a }}{% endblock %}{% endfor %}
{% for a in b %}{% block c %}{{ a }}{{ loop }}{% endblock %}{% endfor %}
{% for a in b %}{% block c scoped %}{{ loop }}{% endblock %}{% endfor %}
{% for a in b %}{% if c %}{% break %}{% endif %}{% endfor %}
{% set a = b %}{{ a }}
{% set a = b %}
{% set a = a %}
{{ a }}{% set a = 1 %}
{% set a %}b{% endset %}{{ a }}
{% set a %}{{ b }}{% endset %}
{% set a | f %}{{ b }}{% endset %}{{ a }}
{% set a | f | g(1) %}b{% endset %}
{% set x | f(y) %}a{% endset %}
{% set x | f(y) %}{{ y }}{% endset %}
{{ y }}{% set x | f(y) %}a{% endset %}
{% set a, b = c %}{{ a }}{{ b }}
{% set a, b = c, d %}
{% set (a, b) = c %}
{% set a = b, c %}
{% set a = b, %}
{% set a, = b %}
{% set a.b = c %}
{% set a.b.c = d %}
{% set a['b'] = c %}
{% set ns = namespace(a=1) %}{% set ns.a = b %}{{ ns.a }}
{% set a.b %}c{% endset %}
{% set a.b | f %}c{% endset %}
{% set a.b, c = d %}
{% set 1 = 2 %}
{% set true = 2 %}
{% set none = 2 %}
{% set a() = 2 %}
{% set a %}
{% set a = %}
{% set = b %}
{% set %}
{% set a == b %}
{% set a = b = c %}
{% set a = b if c else d %}
{% set a = b %}c{% endset %}
{% set a %}{% set b = 1 %}{{ b }}{% endset %}{{ b }}
{% set a %}{{ a }}{% endset %}
{% set a = 1 %}{% set b %}{{ a }}{% endset %}
{% if a %}{% set b = 1 %}{% endif %}{{ b }}
{% if a %}{% set b = 1 %}{% else %}{% set b = 2 %}{% endif %}{{ b }}
{% if a %}{% set b = 1 %}{% elif c %}{% set b = 2 %}{% else %}{% set b = 3 %}{% endif %}{{ b }}
{% if a %}{{ b }}{% else %}{% set b = 2 %}{% endif %}{{ b }}
{% if a %}{% set b = 1 %}{% else %}{{ b }}{% endif %}{{ b }}
{% if a %}{% if c %}{% set b = 1 %}{% endif %}{% else %}{% set b = 2 %}{% endif %}{{ b }}
{% set b = 0 %}{% if a %}{% set b = 1 %}{% endif %}{{ b }}
{% if a %}{% set b = 1 %}{{ b }}{% endif %}
{% if a %}{% macro b() %}{% endmacro %}{% endif %}{{ b() }}
{% if a %}{% set b = 1 %}{% endif %}{% for c in d %}{{ b }}{% endfor %}
{% for c in d %}{% if a %}{% set b = 1 %}{% else %}{% set b = 2 %}{% endif %}{{ b }}{% endfor %}
{% if x %}{% for c in d %}{{ b }}{% endfor %}{% set b = 1 %}{% endif %}
{% macro m() %}{% endmacro %}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1) }}
{% macro m(a, b=c) %}{{ a }}{{ b }}{{ d }}{% endmacro %}
{% macro m(a, b=a) %}{{ b }}{% endmacro %}
{% macro m(a=b, b=1) %}{{ b }}{% endmacro %}
{% macro m(a=1, b) %}{% endmacro %}
{% macro m(a,) %}{% endmacro %}
{% macro m(,) %}{% endmacro %}
{% macro m(a b) %}{% endmacro %}
{% macro m(a, a) %}{{ a }}{% endmacro %}
{% macro m %}{% endmacro %}
{% macro m( %}{% endmacro %}
{% macro m(*a) %}{% endmacro %}
{% macro m(1) %}{% endmacro %}
{% macro m((a, b)) %}{% endmacro %}
{% macro m.n() %}{% endmacro %}
{% macro true() %}{% endmacro %}
{% macro m() %}{{ caller() }}{% endmacro %}
{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}
{% macro m(caller) %}{{ caller }}{% endmacro %}
{% macro m(caller=none) %}{{ caller }}{% endmacro %}
{% macro m(caller, b=1) %}{{ caller }}{% endmacro %}
{% macro m(caller) %}{% endmacro %}
{% macro m(caller) %}{% set caller = 1 %}{{ caller }}{% endmacro %}
{% macro m(kwargs) %}{{ kwargs }}{% endmacro %}
{% macro m() %}{% set varargs = 1 %}{{ varargs }}{% endmacro %}
{% macro m() %}{{ m() }}{% endmacro %}
{% macro m() %}{{ a }}{% set a = 1 %}{% endmacro %}{{ a }}
{% set a = 1 %}{% macro m() %}{{ a }}{% endmacro %}
{% macro m() %}{{ a }}{% endmacro %}{% set a = 1 %}
{% macro m() %}{% macro n() %}{{ caller() }}{% endmacro %}{% endmacro %}
{% macro m() %}{% macro n(a) %}{{ a }}{{ b }}{% endmacro %}{{ n(c) }}{% endmacro %}
{% macro m() %}{% endmacro m %}
{{ caller() }}{{ varargs }}
{% call m() %}a{% endcall %}
{% call m(a) %}{{ b }}{% endcall %}
{% call(a) m() %}{{ a }}{% endcall %}
{% call(a, b=c) m(d) %}{{ a }}{{ b }}{{ caller }}{% endcall %}
{% call (a) m() %}{{ a }}{% endcall %}
{% call m %}a{% endcall %}
{% call m()|f %}a{% endcall %}
{% call a.b() %}c{% endcall %}
{% call 'a'() %}c{% endcall %}
{% call() m() %}a{% endcall %}
{% call m() %}a
{% call(caller) m() %}{{ caller }}{% endcall %}
{% call m() %}{{ caller() }}{% endcall %}
{% filter f %}a{% endfilter %}
{% filter f|g(b) %}{{ a }}{% endfilter %}
{% filter f(x) %}{% set x = 1 %}{{ x }}{% endfilter %}
{% filter f(x=y) %}a{% endfilter %}
{% filter f.g %}a{% endfilter %}
{% filter %}a{% endfilter %}
{% filter |f %}a{% endfilter %}
{% filter f b %}a{% endfilter %}
{% filter f %}{% set a = 1 %}{% endfilter %}{{ a }}
{% with %}{% set a = 1 %}{{ a }}{% endwith %}{{ a }}
{% with a = 1 %}{{ a }}{% endwith %}{{ a }}
{% with a = b, c = a %}{{ a }}{{ c }}{% endwith %}
{% with a = 1, %}{{ a }}{% endwith %}
{% with a %}{{ a }}{% endwith %}
{% with a, b = c %}{{ a }}{% endwith %}
{% with (a, b) = c %}{{ a }}{{ b }}{% endwith %}
{% with a.b = c %}{% endwith %}
{% with a = a %}{{ a }}{% endwith %}
{% with a = 1 %}{% block b %}{{ a }}{% endblock %}{% endwith %}
{% with true = 1 %}{% endwith %}
{% with a = b if c else d %}{{ a }}{% endwith %}
{% autoescape true %}{{ a }}{% endautoescape %}
{% autoescape a %}{% set b = 1 %}{{ b }}{% endautoescape %}{{ b }}
{% autoescape %}{% endautoescape %}
{% block a %}b{% endblock %}
{% block a %}b{% endblock a %}
{% block a %}b{% endblock b %}
{% block a scoped %}b{% endblock %}
{% block a required %}{% endblock %}
{% block a required %} {% endblock %}
{% block a required %} {# c #}  {% endblock %}
{% block a required %}b{% endblock %}
{% block a required %}{{ b }}{% endblock %}
{% block a required %}{% if b %}{% endif %}{% endblock %}
{% block a scoped required %}{% endblock %}
{% block a required scoped %}{% endblock %}
{% block a-b %}{% endblock %}
{% block 'a' %}{% endblock %}
{% block %}{% endblock %}
{% block scoped %}{% endblock %}
{% block a %}{% endblock %}{% block a %}{% endblock %}
{% block a %}{% block a %}{% endblock %}{% endblock %}
{% block a %}{% block b %}{{ c }}{% endblock %}{% endblock %}
{% block a %}{{ super() }}{{ self.b() }}{% endblock %}
{{ super() }}{{ self.a() }}
{% block a %}{% for b in c %}{{ super() }}{{ loop }}{% endfor %}{% endblock %}
{% set a = 1 %}{% block b %}{{ a }}{% endblock %}
{% block b %}{% set a = 1 %}{{ a }}{% endblock %}{{ a }}
{% macro m() %}{% block b %}{{ c }}{% endblock %}{% endmacro %}
{% if a %}{% block b %}{{ c }}{% endblock %}{% endif %}
{% extends 'a' %}
{% extends a %}
{% extends a ~ 'b' %}
{% extends 'a' if b else 'c' %}
{% extends ['a', 'b'] %}
{% extends %}
{% extends 'a' 'b' %}
{% extends 'a', 'b' %}
{% extends 'a' %}{% extends 'b' %}
{% extends 'a' %}{% extends b %}{% for c in d %}{{ e }}{{ c }}{% endfor %}{{ f }}
{% extends 'a' %}{{ b }}{% for c in d %}{{ e }}{% endfor %}
{% if a %}{% extends 'b' %}{% endif %}
{% if a %}{% extends 'b' %}{% else %}{% extends 'c' %}{% endif %}
{% for a in b %}{% extends 'b' %}{% endfor %}
{% block a %}{% extends 'b' %}{% endblock %}
{% macro a() %}{% extends 'b' %}{% endmacro %}
{% with %}{% extends 'b' %}{% endwith %}
{% extends 'a' %}{% block b %}{{ c }}{% endblock %}
{% include 'a' %}
{% include a %}
{% include "a.j2" %}
{% include ['a', 'b'] %}
{% include ['a', b, 1] %}
{% include ('a', b) %}
{% include 'a', 'b' %}
{% include [] %}
{% include 1 %}
{% include none %}
{% include 'a' ~ b %}
{% include a.b %}
{% include 'a' if b %}
{% include 'a' ignore missing %}
{% include 'a' ignore missing with context %}
{% include 'a' ignore missing without context %}
{% include 'a' with context %}
{% include 'a' without context %}
{% include 'a' with context ignore missing %}
{% include 'a' ignore %}
{% include 'a' missing %}
{% include 'a' with %}
{% include a ignore missing %}
{% include %}
{% include 'a' | f %}
{% for a in b %}{% include a %}{% endfor %}
{% import 'a' as b %}{{ b.c() }}
{% import a as b %}
{% import 'a' as b with context %}
{% import 'a' as b without context %}
{% import 'a' %}
{% import 'a' as %}
{% import 'a' as 1 %}
{% import 'a' as b, c %}
{% import 'a' as b.c %}
{% import 'a' as true %}
{% import ['a'] as b %}
{{ b }}{% import 'a' as b %}
{% for a in b %}{% import 'a' as c %}{{ c }}{% endfor %}{{ c }}
{% from 'a' import b %}{{ b }}
{% from 'a' import b as c %}{{ b }}{{ c }}
{% from 'a' import b, c as d, e %}{{ b }}{{ c }}{{ d }}{{ e }}
{% from 'a' import b, %}
{% from 'a' import b, c, with context %}
{% from 'a' import b with context %}
{% from 'a' import b, c without context %}
{% from 'a' import b as c with context %}
{% from 'a' import with context %}
{% from 'a' import with %}
{% from 'a' import with, context %}
{% from 'a' import with as context %}
{% from 'a' import without as b with context %}
{% from 'a' import _b %}
{% from 'a' import b as _c %}
{% from 'a' import %}
{% from 'a' import 1 %}
{% from 'a' import b c %}
{% from 'a' import * %}
{% from 'a' import (b) %}
{% from a import b %}
{% from 'a' %}
{% from import b %}
{% print a %}
{% print a, b %}
{% print %}
{% print a, %}
{% print a b %}
{% do a %}
{% debug %}
{% trans %}a{% endtrans %}
{% break %}
{% raw %}{{ a }}{% endraw %}
{% raw %}{% if %}{% endraw %}
{% raw %}a
{% raw %}
{% raw
{%raw%}{{ a }}{%endraw%}
{%- raw -%} a {%- endraw -%} b
{% raw -%} a {%- endraw %} b
{%+ raw %} a {%+ endraw +%} b
{% raw +%} a {% endraw %}
{% raw %}a{% endraw
{% raw %}a{% end raw %}
{% raw %}a{% endraw a %}
{% raw %}{% raw %}{% endraw %}{% endraw %}
{% raw a %}{% endraw %}
{% raw %}{# a #}{% endraw %}
{%  raw  %}a{%  endraw  %}
{% raw:%}a{% endraw %}
{% endraw %}
{# a #}
{# a
{#
{##}
{#}
{#-#}
{#- a -#}
{# {{ a }} #}
{# {# a #} #}
{# #} #}
a {#- b -#} c
a {# b #} c
a {#+ b +#} c
{# a -#} 
  b
 {{- a -}} b
a {{ b -}}  c
a  {{- b }} c
a  {{+ b }} c
a {{ b +}} c
a {%- if b -%} c {%- endif -%} d
a {%+ if b +%} c {%+ endif +%} d
a {%- if b %} c {% endif -%} d
{{-a-}}
{{--a}}
{{- -a}}
{{a--}}
{{ -}}
{{-}}
{%-%}
{%- if a -%}b{%- endif -%}
{% if a -%} {{ b }} {%- endif %}
{{ a }}{{- b }}
a {{- '' -}} b
{{ a -}}
{{ '\n' }}
a { { b } }
a {b} %c% #d#
{ { a }}
{%if a%}b{%endif%}
{% if a%}b{%endif %}
{%if(a)%}b{%endif%}
{%for(a)in(b)%}{%endfor%}
{{a if b else c}}
{{a|f|g}}
{{a.b.c['d'].e[0]}}
{{ lookup('file', a) }}{{ query('x') }}{{ q(b) }}
{{ (a).b }}
{{ a.b(c).d[e] }}
{{ a[b[c]] }}
{{ "a" ~ b ~ "{{ c }}" }}
{{ a }} text {% if b %} more {{ c.d }} {% else %} {{ e | f(g) }} {% endif %} end {# note #}
{{ a is mapping }}{{ b is not none }}{{ c is eq 1 }}
{{ a|map(attribute='b')|select('defined')|list }}
{{ [1, 2] | map('regex_replace', '^(.*)$', '\\1') | list }}
{{ a | selectattr('b', 'equalto', 'c') | map(attribute='d') | first | default(omit) }}
{{ hostvars[groups['x'][0]]['ansible_facts'].y }}
{% for h in groups['all'] if h != inventory_hostname %}{{ hostvars[h].ip }}{% endfor %}
{% set x = [] %}{% for a in b %}{{ x.append(a) }}{% endfor %}{{ x }}
{% set ns = namespace(found=false) %}{% for a in b %}{% if a == c %}{% set ns.found = true %}{% endif %}{% endfor %}{{ ns.found }}
{{ ansible_managed | comment }}
[{{ section }}]
{% for key in config | sort %}
{{ key }} = {{ config[key] }}
{% endfor %}
"""

BREAKS = [
    "", "\n", "\n\n", "a\n", "a\r\n", "a\r", "\ra", "a\n\n", "{{ a }}\n", "{% if a %}\nb\n{% endif %}\n", "{% if a %}\r\nb\r\n{% endif %}\r\n", "{% if a %}\rb\r{% endif %}\r",
    "a\n  {% if b %}\n  c\n  {% endif %}\nd", "  {% if b %}\n  c\n  {% endif %}  \nd\n", "\t{% if b %}\tc{% endif %}", "a  {% if b %}c{% endif %}", "\n  {# c #}\n  a", "  {# c #}", "  {{ a }}\n  {{ b }}",
    "{% if a %}  \n  {% endif %}", "{% if a +%}\nb{% endif %}", "{%+ if a %}\n  {%+ endif %}", "  {%+ if a %}b{% endif %}", "  {%- if a %}\n  b  \n  {%- endif %}", "{# a #}\nb", "{# a -#}\n\n b", "{# a +#}\nb", "a\n{# b\nc #}\nd",
    "{% raw %}\n a\n{% endraw %}\nb", "  {% raw %}\n  {{ a }}\n  {% endraw %}\n", "a\n  {% raw %}b{% endraw %}", "{{ a }}\n\n", "{{ a -}}\n\n b", "{% set a = 1 %}\n{% set b = 2 %}\n", "\u00a0 {% if a %}\u2003\n{% endif %}", "\x0b {%- if a %}\x0c{% endif %}\x1c",
    "x{% if a %}\n\n\ny{% endif %}\n", "{% if a -%}\n b{% endif %}\n\n", "{{ 'a\nb' }}", "{{ 'a\r\nb' }}", "{{\na\n}}", "{%\nif\na\n%}b{%\nendif\n%}", "{{ a }}   \n   {% if b %}  {% endif %}   \n", "  a  {% if b %}", "\n\n  {% if b %}\n\n{% endif %}", "{% if a %}{% endif %}  {% if b %}\n  {% endif %}", "{% if a %}\n  {% if b %}\n    c\n  {% endif %}\n{% endif %}\n",
    "{{ a }}  {% if b %}{% endif %}", "  {% block a %}  {% endblock %}  ", "{# a #}  {# b #}  {% if c %}{% endif %}", "{% for a in b %}\n  {{ a }}\n{% endfor %}\n\n", "a\x85b {%- if c %}{% endif %}", "a\u2028  {% if c %}{% endif %}",
]
BREAK_OPTIONS = [
    {}, {"trim_blocks": True}, {"lstrip_blocks": True}, {"trim_blocks": True, "lstrip_blocks": True}, {"keep_trailing_newline": True},
    {"newline_sequence": "\r\n"}, {"newline_sequence": "\r", "trim_blocks": True, "keep_trailing_newline": True},
]

LINES = [
    "# if a\nb\n# endif", "# if a:\nb\n# else:\nc\n# endif\n", "  # if a\n  b\n  # endif\n", "# for a in b\n{{ a }}\n# endfor", "# for a in [\n 1,\n 2]\n{{ a }}\n# endfor", "# if a", "#if a\n#endif", "a # if b\n# if c\n# endif", "# if a  \n\n\nb\n# endif", "# set a = 1\n{{ a }}",
    "# set a = {'b':\n 1}\n{{ a }}", "## comment\na", "a ## comment\nb", "a## comment\nb", "{{ a }} ## comment {{ b }}\nc", "# if a ## comment\nb\n# endif", "  ## comment\nb", "## comment", "a\n## b", "# a", "#", "# ", "## ", "###", "a #b", "\t# if a\n# endif", "\v# if a\n# endif", "\u00a0# if a\n# endif",
    "#- if a\nb\n#- endif", "#+ if a\n#+ endif", "  #- if a\nb\n  #- endif\n", "a\n\n  # if b\n# endif\n", "{% if a %}\n# endif", "# if a\n{% endif %}", "# raw\n# endraw", "{% raw %}\n# if a\n{% endraw %}", "{# \n# if a\n#}", "# if a %}\n# endif", "# if a -%}\n# endif", "# print a\r\n# print b\r\n", "# print a\r# print b", "# print (a\n# print b)", "# print a\n", "# print a   ", "{{ '\n# x' }}", "# set a\nb\n# endset", "{{ a }}# if b\n# endif", "{{ a }}\n# if b\n# endif", "a ##", "##\n##\n", "x\n   ## y\nz",
]
LINE_OPTIONS = [
    {"line_statement_prefix": "#", "line_comment_prefix": "##"}, {"line_statement_prefix": "#"}, {"line_comment_prefix": "##"},
    {"line_statement_prefix": "#", "line_comment_prefix": "##", "trim_blocks": True, "lstrip_blocks": True},
]

DELIMITERS = [
    ({"block_start_string": "<%", "block_end_string": "%>", "variable_start_string": "${", "variable_end_string": "}", "comment_start_string": "<%#", "comment_end_string": "%>"},
     ["<% if a %>${b}<% endif %>", "<%# c %>a", "${ {'a': b} }", "${{'a': b}}", "${a}}", "{{ a }}", "<%- if a -%> b <%- endif -%>", "<% raw %>${a}<% endraw %>", "${ '}' }", "${a", "<%# a", "<% %>", "$ {a}", "${a-}", "${-a-}"]),
    ({"block_start_string": "[%", "block_end_string": "%]", "variable_start_string": "[[", "variable_end_string": "]]", "comment_start_string": "[#", "comment_end_string": "#]"},
     ["[[ a ]]", "[[ a[b[c]] ]]", "[[ a[0]]]", "[[[a]]]", "[% if a %]b[% endif %]", "{{ a }}", "{% if %}", "[# a #]b", "[[ [a, [b]] ]]", "[[a]b]]", "[% raw %][[ a ]][% endraw %]", "[%raw%]a[%endraw%]", "'[[a]]'", "[[ '{{ b }}' ]]", "[[ '[[ b ]]' ]]"]),
    ({"variable_start_string": "{%=", "variable_end_string": "%}"}, ["{%= a %}{% if b %}c{% endif %}", "{% = a %}", "{%=a%}", "{%- = a %}", "{%=- a -%} b"]),
    ({"block_start_string": "\\BLOCK{", "block_end_string": "}", "variable_start_string": "\\VAR{", "variable_end_string": "}", "comment_start_string": "\\#{", "comment_end_string": "}", "line_statement_prefix": "%%", "line_comment_prefix": "%#"},
     ["\\VAR{a}\\BLOCK{if b}c\\BLOCK{endif}", "\\#{a}b", "%% if a\nb\n%% endif\n", "a %# b\nc", "\\VAR{ {'a': b} }", "%%if a\n%%endif"]),
    ({"comment_start_string": "{{!", "comment_end_string": "}}"}, ["{{! a }}b", "{{ a }}", "{{!a}}{{b}}"]),
    ({"comment_start_string": "#", "comment_end_string": "\n"}, ["a # b\nc {{ d }}", "# a", "{{ a }} # {{ b }}\n"]),
    ({"block_end_string": "-%}"}, ["{% if a -%} b {% endif -%}", "{% if a --%} b {% endif -%}", "{% if a %}"]),
    ({"do": True}, ["{% do a.append(b) %}", "{% do a, b %}", "{% do %}", "{% for a in b %}{% do c(a) %}{% endfor %}", "{% do a if b else c %}"]),
    ({"loopcontrols": True}, ["{% for a in b %}{% break %}{% endfor %}", "{% for a in b %}{% if a %}{% continue %}{% endif %}{{ a }}{% endfor %}", "{% break a %}", "{% continue %}"]),
    ({"i18n": True}, ["{% trans %}a{% endtrans %}", "{% trans %}a {{ b }} c{% endtrans %}", "{% trans %}100% {{ b }}{% endtrans %}", "{% trans %}100%{% endtrans %}", "{% trans a=b %}{{ a }}{% endtrans %}", "{% trans a=b.c, d=e %}{{ a }}{{ d }}{% endtrans %}", "{% trans a %}{{ a }}{% endtrans %}", "{% trans a=f() %}{{ a }}{% pluralize %}{{ a }}s{% endtrans %}",
                     "{% trans count=n %}one{% pluralize %}{{ count }}{% endtrans %}", "{% trans count=n %}one{% pluralize count %}many{% endtrans %}", "{% trans a=1, count=n %}one{% pluralize count %}many{% endtrans %}", "{% trans %}one{% pluralize %}many{% endtrans %}", "{% trans %}{{ a }}{% pluralize %}{{ a }}s{% endtrans %}", "{% trans a=1 %}{% pluralize b %}{% endtrans %}",
                     "{% trans 'ctx' %}a{% endtrans %}", "{% trans 'ctx' n=m %}a{% pluralize %}b{% endtrans %}", "{% trans trimmed %}\n  a\n  b\n\n c {% endtrans %}", "{% trans trimmed a=b %} {{ a }}\n x{% endtrans %}", "{% trans notrimmed %} a {% endtrans %}", "{% trans a=b: %}{{ a }}{% endtrans %}", "{% trans: %}a{% endtrans %}", "{% trans a=b, a=c %}{% endtrans %}", "{% trans %}{{ a.b }}{% endtrans %}", "{% trans %}{% if a %}{% endif %}{% endtrans %}",
                     "{% trans %}a", "{% trans %}a{% pluralize %}b{% pluralize %}c{% endtrans %}", "{% trans a b %}{% endtrans %}", "{% trans a= %}{% endtrans %}", "{% trans %}{{ a b }}{% endtrans %}", "{% trans a=b if c else d %}{{ a }}{% endtrans %}", "{{ _('a') }}{{ gettext('b') }}", "{% set b = 1 %}{% trans %}{{ b }}{% endtrans %}", "{% for a in b %}{% trans %}{{ a }}{% endtrans %}{% endfor %}"]),
    ({"literal_backslashes": True}, ["{{ 'a\\nb' }}", "{{ a | regex_replace('^(.*)_x$', '\\1') }}", "{{ '\\\\' }}", "{{ 'a\\'b' }}", "{% if a is match('\\d+') %}b{% endif %}", "{% set a = '\\n' %}{{ '\\n' }}", "\\{{ a }}", "{{ \"\\x\" }}", "{{ '\\N' }}", "{% if a == '\\x41' %}{{ b }}{% endif %}"]),
]

CONDITIONS = ["a", "a and b", "a if b else c", "a, b", "a,", "(a, b)", "", " ", "not a", "a is defined", "a == 'b'", "a %}", "a -%}", "a }}", "a b", "a:", "{{ a }}", "'%}' in a", "a in ['b', 'c']", "a\nand b", "a |", "a # b", "true", "'a\\n'", "(a", "{'a': b}", "{a: {b: c}}", "a is not b", "not a is not b", "lookup('env', 'X') == 'y'", "a.b | default(false) | bool", "a ~ b", "-a", "a +", "a-"]

PIECES = ["a", "b", "c", "loop", "a.b", "1", "1.5", "'x'", '"y"', "(", ")", "[", "]", "{", "}", ",", ":", ".", "|", "f", "|f", "is", "is not", "not", "and", "or", "if", "else", "in", "for", "set", "=", "==", "<", "+", "-", "*", "**", "/", "//", "%", "~",
          "{{", "}}", "{%", "%}", "{{-", "-}}", "{%-", "-%}", "{#", "#}", " ", "\n", "text", "endif", "endfor", "elif", "recursive", "block", "endblock", "macro", "endmacro", "m()", "include", "with", "endwith", "raw", "endraw", "true", "none", "\\", "é", "0x1", "1_0", ";", "!"]
SHAPES = ["{{ %s }}", "{%% if %s %%}x{%% endif %%}", "{%% for a in %s %%}{{ a }}{%% endfor %%}", "{%% set a = %s %%}{{ a }}", "{{ f(%s) }}", "{{ a[%s] }}", "{{ a | f(%s) }}", "{{ [%s] }}", "{{ {%s} }}", "{%% %s %%}", "%s"]
STATEMENTS = ["{% if a %}", "{% elif b %}", "{% else %}", "{% endif %}", "{% for a in b %}", "{% for c, d in a if c %}", "{% for a in a recursive %}", "{% endfor %}", "{% set a = b %}", "{% set b = a %}", "{% set c %}", "{% set ns.a = c %}", "{% endset %}", "{% macro m(a, b=c) %}", "{% macro a() %}", "{% endmacro %}",
              "{% call(c) m(a) %}", "{% endcall %}", "{% filter f(a) %}", "{% endfilter %}", "{% with a = b, c = a %}", "{% with b = 1 %}", "{% endwith %}", "{% block x %}", "{% block y scoped %}", "{% endblock %}", "{% include a %}", "{% import 'i' as a %}", "{% from 'i' import b, d as c %}", "{% autoescape a %}", "{% endautoescape %}",
              "{{ a }}", "{{ b }}", "{{ c }}", "{{ loop }}", "{{ caller() }}", "{{ varargs }}{{ kwargs }}", "{{ self.x() }}", "{{ super() }}", "{{ a.b(c) }}", "t", " ", "\n"]
ENDS = {"if": "endif", "for": "endfor", "macro": "endmacro", "call": "endcall", "filter": "endfilter", "with": "endwith", "block": "endblock", "autoescape": "endautoescape"}


def well_formed(choose):
    """Statements that close in the right order, so that most of them are templates and scopes are what differs."""
    text, open_tags = "", []
    for _ in range(choose.randint(3, 14)):
        piece = choose.choice([s for s in STATEMENTS if "{% end" not in s and "{% el" not in s])
        word = piece.split()[1].split("(")[0] if piece.startswith("{%") else ""
        text += piece
        if word in ENDS:
            open_tags.append(ENDS[word])
        elif word == "set" and "=" not in piece:
            open_tags.append("endset")
        while open_tags and choose.random() < 0.35:
            if open_tags[-1] == "endif" and choose.random() < 0.5:
                text += choose.choice(["{% elif b %}{% set a = 1 %}{{ c }}", "{% else %}{{ a }}{% set b = c %}"]) if "{% else %}" not in text else ""
            text += "{% " + open_tags.pop() + " %}"
    return text + "".join("{% " + tag + " %}" for tag in reversed(open_tags)) + choose.choice(["", "{{ a }}", "{{ b }}{{ c }}"])


def record_lines():
    yield json.dumps({"jinja2": jinja2.__version__})
    for i, text in enumerate(EXPRESSIONS.split("¦"), 1):
        yield answer("expression-%d" % i, text, "expression")
        yield answer("printed-%d" % i, "{{ " + text + " }}")
    for i, text in enumerate(TEMPLATES.strip("\n").split("\n"), 1):
        yield answer("template-%d" % i, text)
    for i, text in enumerate(BREAKS, 1):
        for j, options in enumerate(BREAK_OPTIONS, 1):
            yield answer("breaks-%d-%d" % (i, j), text, "template", options)
    for i, text in enumerate(LINES, 1):
        for j, options in enumerate(LINE_OPTIONS, 1):
            yield answer("lines-%d-%d" % (i, j), text, "template", options)
    for i, (options, texts) in enumerate(DELIMITERS, 1):
        for j, text in enumerate(texts, 1):
            yield answer("options-%d-%d" % (i, j), text, "template", options)
    for i, text in enumerate(CONDITIONS, 1):
        yield answer("condition-%d" % i, text, "condition")
    choose = random.Random(2)
    for i in range(700):
        inner = "".join(choose.choice(PIECES) + choose.choice(["", " "]) for _ in range(choose.randint(1, 7)))
        yield answer("pieces-%d" % i, choose.choice(SHAPES) % inner)
    for i in range(300):
        yield answer("statements-%d" % i, "".join(choose.choice(STATEMENTS) for _ in range(choose.randint(2, 9))))
    for i in range(700):
        yield answer("scopes-%d" % i, well_formed(choose))


class Loader(yaml.CSafeLoader):
    """Takes every tag for nothing more than what it stands at."""


def untagged(loader, _, node):
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    return loader.construct_sequence(node, True) if isinstance(node, yaml.SequenceNode) else loader.construct_mapping(node, True)


Loader.add_multi_constructor("", untagged)
CONDITION_KEYS = {"when", "changed_when", "failed_when", "until", "that"}


def values(node, key=None):
    """Every text of a YAML value with the key it stands under."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from values(name)
            yield from values(value, name)
    elif isinstance(node, list):
        for item in node:
            yield from values(item, key)
    elif isinstance(node, str):
        yield node, key


def texts_of(path):
    with open(path, "rb") as file:
        content = file.read()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return
    if path.endswith(".j2") or "/templates/" in path:
        yield text, "template", {"trim_blocks": True}
    if not path.endswith((".yml", ".yaml")):
        return
    try:
        documents = list(yaml.load_all(text, Loader))
    except Exception:
        return
    for document in documents:
        for value, key in values(document):
            if key in CONDITION_KEYS:
                yield value, "condition", {}
                yield value, "expression", {}
            if "{{" in value or "{%" in value or "{#" in value:
                yield value, "template", {"trim_blocks": True, "literal_backslashes": True}


def print_collections(folder, share):
    seen = set()
    for path, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            for text, how, options in texts_of(os.path.join(path, name)):
                key = (text, how, tuple(options))
                if key in seen or zlib.crc32(text.encode("utf-8", "surrogatepass")) % share:
                    continue
                seen.add(key)
                print(answer(os.path.relpath(os.path.join(path, name), folder), text, how, options))


def main():
    if sys.argv[1:2] == ["collections"]:
        print_collections(sys.argv[2], int(sys.argv[3]))
        return
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "oracle.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in record_lines())


if __name__ == "__main__":
    main()
