#!/usr/bin/python3
"""Records how PyYAML reads texts, in oracle.jsonl beside this file.

PyYAML's safe loader over libyaml is what Ansible reads through; `pure` is added where PyYAML without libyaml says
something else. Run with a Python that has PyYAML with libyaml (Debian: python3-yaml).

Each line of oracle.jsonl: a name, the text, and what it is read as, in the notation of YamlDump.cs: `error` when it is
refused, documents separated by ` --- `. `!vault` and `!unsafe` are read as Ansible does; a key that stands twice keeps
its last value.
"""
import json
import os
import random
import struct

import yaml
from yaml.constructor import SafeConstructor


class Timestamp(str):
    pass


class Tagged:
    def __init__(self, tag, value):
        self.tag, self.value = tag, value


class Safe(yaml.CSafeLoader):
    pass


class Pure(yaml.SafeLoader):
    pass


def timestamp(loader, node):
    SafeConstructor.construct_yaml_timestamp(loader, node)
    return Timestamp(node.value)


def tagged(construct):
    return lambda loader, node: Tagged(node.tag, construct(loader, node))


for loader_class in (Safe, Pure):
    loader_class.add_constructor("tag:yaml.org,2002:timestamp", timestamp)
    loader_class.add_constructor("!vault", tagged(lambda loader, node: loader.construct_scalar(node)))
    loader_class.add_constructor("!vault-encrypted", tagged(lambda loader, node: loader.construct_scalar(node)))
    loader_class.add_constructor("!unsafe", tagged(lambda loader, node: getattr(loader, "construct_" + node.id)(node)))


def quote(text):
    units = struct.unpack(">%dH" % (len(text.encode("utf-16-be")) // 2), text.encode("utf-16-be"))
    return '"' + "".join("\\" + chr(u) if u in (34, 92) else chr(u) if 32 <= u <= 126 else "\\u%04x" % u for u in units) + '"'


def dump(value):
    if value is None:
        return "null"
    if value is True or value is False:
        return str(value).lower()
    if isinstance(value, int):
        return "int:" + ("-" if value < 0 else "") + "%x" % abs(value)
    if isinstance(value, float):
        return "float:" + ("nan" if value != value else struct.pack(">d", value).hex())
    if isinstance(value, Timestamp):
        return "time:" + quote(value)
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, bytes):
        return "binary:" + value.hex()
    if isinstance(value, Tagged):
        return value.tag + " " + dump(value.value)
    if isinstance(value, set):
        return "set[" + ", ".join(sorted(map(dump, value))) + "]"
    if isinstance(value, tuple):
        return "{" + dump(value[0]) + ": " + dump(value[1]) + "}"
    if isinstance(value, list):
        pairs = "pairs" if value and all(isinstance(item, tuple) for item in value) else ""
        return pairs + "[" + ", ".join(map(dump, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(dump(k) + ": " + dump(v) for k, v in value.items()) + "}"
    raise TypeError(type(value))


def read(text, loader_class):
    try:
        return " --- ".join(dump(document) for document in yaml.load_all(text, loader_class))
    except Exception:  # PyYAML raises ValueError, KeyError, IndexError and others for values that do not fit
        return "error"


SCALARS = """
yes Yes YES yEs no No NO true True TRUE tRue false False FALSE on On ON off Off OFF y Y n N t f
~ null Null NULL nULL none None nil
0 1 -1 +1 00 01 010 -010 +010 08 09 0o10 0O10 0b11 0b12 0B11 -0b11 0b1_0 0b_ 0x1F 0X1F 0x1_F 0xg -0x1f 0x_ 0_ 1_000 1__0 _1 1_ -_1
1:30 01:30 -1:30 1:60 1:59:59 1:5 12:345 1:2:3:4 0:30 190:20:30 1:30.5 1:30:00.25 -1:30.5 190:20:30.15 1:60.0 22:22 8080:80
1.0 1. .5 -.5 +.5 -1.5 +1.5 1.5e3 1.5e+3 1.5E-3 1e3 1e+3 1E5 1.e+3 1_0.5 1_0.5_0 ._5 .5_ 0.1 00.5 08.5 1.5.2 1.2.3 9.50 3.10
1.0e+400 1.0e-400 5.0e-324 0.1e+1 123456789012345678901234567890 -9223372036854775809 1.7976931348623157e+308
.inf .Inf .INF .iNf -.inf +.inf .nan .NaN .NAN .Nan -.nan inf nan . .. ... -. +. - + -- +- 1- -a
2001-01-01 2001-1-1 2001-13-01 2001-02-29 2000-02-29 2001-02-30 0000-01-01 9999-12-31 2001-01-01T 2001-01-01T1:02:03 2001-1-1T01:02:03Z
2001-12-14t21:59:43.10-05:00 2001-12-14T21:59:43 2001-12-14T24:00:00 2001-12-14T23:59:60 2001-12-14T21:59:43+24:00 2001-12-14T21:59:43+5
2001-12-14T21:59:43.1234567 2001-12-14T21:59 12:30:45 2024-01 2024
= << < == =a <<a a= http://x:80/ a:b a#b a'b a"b c:\\dir /path ../x .hidden x, x] %a @a `a &a *a !a |a >a ?a -a :a
0777 0644 "0644" '0644' 1.10 1:1 007 0.0.0.0 10.0.0.1/8 fe80::1 52:54:00:12:34:56 00:00:00:00:00:00 1e10 0e0 0x 0b 1kB 5% v1.2
""".split()

SPACED_SCALARS = [
    "2001-12-14 21:59:43.10 -5", "2001-12-14  21:59:43 Z", "2001-12-14 21:59:43\t+01:30", "2001-12-14 21", "a b  c", "1 2", "- 1", "yes no",
    "~ ~", "a # b", "a #b", "a# b", "a: b", "a : b", "{{ x }}", "{{ x }}/y", "x {{ y }}", "'{{ x }}'", '"{{ x }}"', "[{{ x }}]", "{% if x %}",
    '"a" b', "'a' 'b'", "\"a\" # c", "\"a\"# c", "a\\nb", "'a\\nb'", '"a\\nb"', "'it''s'", '"it\\"s"', "''", '""', "' '", "'''", '"""',
    '"\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\"\\/\\\\\\N\\_\\L\\P"', '"\\x41\\u263a\\U0001F600"', '"\\q"', '"\\\'"', '"\\x4"', '"\\ud83d\\ude00"', '"\\UFFFFFFFF"',
    '"\\c:"', "'\\c:'", "\u00e9", "\U0001F600", "\u00a0", "a\u00a0b", "\ufeff", "\x07", "\x7f", "\x80", "\ufffe", "a\tb", "\ta", "a\t", "\u0663",
    "x " * 600, "9" * 4300, "9" * 4301, "0x" + "f" * 300,
]

TAGS = [
    "!!str 5", "!!str", "!!str ~", "!!str yes", "!!int '0x1f'", "!!int 5.5", "!!int a", "!!int", "!!int ' 12 '", "!!int '1:99'", "!!int '0o17'", "!!int '08'",
    "!!float 1", "!!float 1e3", "!!float a", "!!float inf", "!!float nan", "!!float '1_0.5'", "!!float 0x10", "!!float '1:30'", "!!bool YES", "!!bool 1", "!!bool maybe",
    "!!null foo", "!!null", "!!timestamp 2001-01-01", "!!timestamp x", "!!timestamp 2001-1-1", "!!binary aGk=", "!!binary aGk", "!!binary 'aG k='", "!!binary |\n  aGVs\n  bG8=\n",
    "!!binary \u00e9", "!!binary ''", "!!seq [a]", "!!seq {a: 1}", "!!seq a", "!!map {a: 1}", "!!map [a]", "!!map a", "!!str [a]", "!!str {a: 1}", "!!set {a, b}", "!!set [a]",
    "!!set {b: null, a: null}", "!!omap [a: 1, b: 2]", "!!omap [a]", "!!omap {a: 1}", "!!omap [{a: 1, b: 2}]", "!!pairs [a: 1, a: 2]", "!!pairs []", "!!value x", "!!merge x", "!!foo x",
    "!!python/none x", "!!python/object/apply:os.system [x]", "!!python/tuple [a]", "!foo x", "!foo [a]", "! 12", "! '12'", "! [a]", "!", "! a: b", "!<tag:yaml.org,2002:str> 5",
    "!<!unsafe> x", "!<x", "!e!x y", "!x!y", "!!", "!a,b", "[!a,b]", "[!!str,b]", "!unsafe 5", "!unsafe '{{ x }}'", "!unsafe [1, yes]", "!unsafe {a: 1}", "!unsafe {{ x }}",
    "!unsafe", "!vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6161\n", "!vault [a]", "!vault {a: b}", "!vault-encrypted x", "&a !!str 5", "!!str &a 5", "!!str !!int 5", "&a &b x", "!!str &a *a",
    "a: !!str\nb: !!int 3", "!!map\na: b", "!!seq\n- a", "!!str\na", "!unsafe\na: '{{ b }}'", "%TAG !y! tag:yaml.org,2002:\n---\n!y!int '3'", "%TAG ! tag:yaml.org,2002:\n---\n!int '3'",
    "%TAG ! a\n%TAG ! b\n---\nx", "%TAG !y tag:x\n---\nx", "%YAML 1.1\n---\nx", "%YAML 1.2\n---\nx", "%YAML 1.3\n---\nx", "%YAML 2.0\n---\nx", "%YAML 1.1\nx", "%YAML\n---\nx", "%FOO bar\n---\nx",
    "%YAML 1.1\n%YAML 1.1\n---\nx", "%YAML 1.1 # c\n---\nx", "a: %x", "!t%41g x", "!t%C3%A9 x", "!t%C3 x", "!t\u00e9 x",
]

MAPPINGS = [
    "a: 1\nb: 2", "a: 1\na: 2", "{a: 1, a: 2}", "1: a\n1.0: b\ntrue: c", "yes: 1\n'yes': 2", "no: 1", "~: 1", ": 1", "? a", "? a\n: b", "? a\n? b", "? [a]\n: b", "? {a: 1}\n: b", "[a]: b", "{a: 1}: b",
    "{a}: b", "{{ x }}: y", "a: {{ x }}", "a: [{{ x }}]", "a: {b}", "{a, b: c}", "{a: }", "{a:}", "{a:b}", "{\"a\":b}", "{'a':b}", "{a: b, }", "{, a}", "{a: b,, c}", "{a: b c: d}", "{a: 'b' c: d}",
    "{a", "{a: b", "{a: b]", "[a}", "]", "}", "a: ]", "a:\n b: 1\n  c: 2", "a:\n  b: 1\n c: 2", "a: 1\n b: 2", " a: 1\nb: 2", "a: b: c", "a: 'b': c", "a: b\n  c: d", "a: b\n  c", "a: b\nc", "a\nb: c", "a b: c",
    "a :b", "a : b", "a:  b", "a:\tb", "a\t: b", "a: b\t", "a: b\t# c", "\ta: b", "a:\n\tb: c", "a:\n\t- b", "-\ta", "- \ta", "-\t- a", "? \ta", "a: 1\n\t\nb: 2", "a: 1\n\t# c\nb: 2", "a: 1\n  \t\nb: 2",
    "a:\n- b\n- c", "a:\n- b\nc: d", "a:\n  - b\n c: d", "a: - b", "- a: 1\n  b: 2", "- a: 1\n b: 2", "- a: 1\n   b: 2", "-a: 1", "- - a\n  - b\n- c", "- a\n b", "- a\nb", "-\n  a: 1", "-\n- a", "- # c\n  a", "--- a", "--- - a", "---\n- a", "--- a: b", "--- {a: b}",
    "a: &x 1\nb: *x", "a: *x", "&x a: 1\nb: *x", "*x : 1", "a: &x 1\n*x : 2", "a: &x 1\n*x: 2", "&a [*a]", "&a {b: *a}", "a: &x 1\nb: &x 2", "a: &x\nb: *x", "&x\na: 1", "a: &x-1_b 1\nb: *x-1_b", "a: &\u00e9 1", "a: &x: 1", "[&x a, *x]", "[&x, *x]", "{&x a: *x}", "a: *", "a: &", "a: *.txt", "- *x",
    "b: &b {x: 1, y: 2}\nc: {<<: *b}", "b: &b {x: 1, y: 2}\nc: {<<: *b, x: 3}", "b: &b {x: 1, y: 2}\nc: {x: 3, <<: *b}", "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b]}", "a: &a {x: 1}\nb: &b {x: 2}\nc: {<<: *a, <<: *b}",
    "a: &a {x: 1}\nb: &b {<<: *a, y: 1}\nc: {<<: *b, z: 1}", "<<: {a: 1}\nb: 2", "<<: [{a: 1}, {a: 2, b: 2}]", "<<: 1", "<<: [1]", "<<: []", "<<: ~", "<<:", "'<<': {a: 1}", "!!str <<: {a: 1}", "!!merge x: {a: 1}", "a: <<", "[<<]", "<<", "{<<}", "x: &x {<<: {a: 1}}\ny: {<<: *x}", "<<: {yes: 1}\n1: 2", "<<: {1: a}\ntrue: b",
    "&a {<<: *a}", "=: 1", "a: =", "[=]", "{=}", "!!set {=}", "a: 1\n...\nb: 2", "a: 1\n---\nb: 2", "---\n---\na", "--- a\n...\n--- b", "a\n...", "...", "...\na", "a\n... b", "---", "--- # c", "# c", "", " ", "\n", "a: 1\n--- b", "'a\n---\nb'", "a\n---b", "--- |\n a\n---\nb", "%a", "a: 1\n%YAML 1.1\n---\nb",
    "[a, b]", "[a, b,]", "[a,, b]", "[,]", "[]", "[a: b]", "[a: b, c: d]", "[a: b: c]", "['a': b]", "[\"a\":b]", "[? a: b]", "[? a]", "[?]", "[? : b]", "[: b]", "[a:]", "[a:, b]", "[a: , b]", "[:]", "[a:b]", "[http://x/y]", "[a#b]", "[a #b\n]", "[a\n]", "[\na,\nb\n]", "a: [\nb\n]", "a: [b,\nc]", "a:\n  [b,\nc]", "[a\nb]", "['a\nb']", "[- a]", "[-a]", "[-]", "[-,a]", "{?a: b}", "{? a: b}", "{a ? b}", "{a?: b}", "{a: ?b}", "[a b, c d]", "[a]b", "[a] b", "[a] # c", "[a]# c", "[a] : b", "[a]: b\nc: d", "[|]", "[>]", "[|x]", "[@]", "[%a]", "[a%]", "[a, [b, [c]]]", "{a: {b: {c: d}}}", "[{a: b}, {c: d}]", "{a: [b]}", "{[a]: b}", "[\ta\t,\tb\t]", "{\ta\t:\tb\t}",
    '{"a": 1, "b": [true, null, 1.5, "x"]}', '{"a":1,"b":{"c":[]}}', '{"a": "\\u00e9\\/\\n"}', '{"a": 1e3}', '[\n\t1,\n\t2\n]', "a: 1\r\nb: 2\r\n", "a: 1\rb: 2\r", "a: 1\x85b: 2", "a: 1\u2028b: 2", "a: |\r\n  x\r\n  y\r\n", "a: 'x\r\n  y'", "- a\r\n- b", "k" * 1024 + ": v", "k" * 1025 + ": v", "? " + "k" * 2000 + "\n: v", "'" + "k" * 1022 + "': v", "'" + "k" * 1023 + "': v", "\U0001F600" * 1024 + ": v", "{" + "k" * 1025 + ": v}", "[" + "k" * 1025 + ": v]", "{" + "k" * 1025 + "}",
    "a\n b: c", "a: b\n\n  c\n\n\n  d", "a: b # c\n  d", "a:\n  b\n  # c\n  d", "a: 'b\n  c\n\n  d'", "a: \"b\n  c\\\n  d\\\n\n  e\"", "a: \"b \\\n  c\"", "a: \"b\\ \n  c\"", "a: 'b\nc'", "a: \"b\nc\"", "a: \"\n\"", "a: ' b\n c '", "a: \"b\n\tc\"", "a: b\n\tc", "a: b\n \tc", "a:\n   b\n  c", "a:\n - b\n   c", "a: b\n  - c", "a: b\n  # c\n", "'a\n b': c", "\"a\n b\": c", "a\\: b", "a: \"b", "a: 'b", "a: b'", "a: 'b'c", "a: \"b\"c: d", "- 'a': b", "- \"a\": b\n  c: d",
    "tasks:\n  - name: install\n    dnf: {name: slurm, state: present}\n    when: not strata_build | default(false)\n", "- hosts: all\n  roles:\n    - {role: a, tags: [b]}\n", "a: yes # c\nb: 'no'\n", "mode: 0644\nmode2: '0644'\n", "x: >-\n  {{ a }}\n  b\n", "when: a == \"b\"", "when: \"a\" == b", "msg: \"{{ x }}\" y", "cmd: echo a: b", "path: C:\\x", "shell: |\n  set -e\n  echo \"a: b\"\n\n  exit\nargs: {chdir: /}\n", "version: 9.10\nport: 22:22\n",
]

BLOCKS = [head + "\n" + body
          for head in ("|", ">", "|-", ">-", "|+", ">+")
          for body in ("  a\n  b\n", "  a\n\n  b\n\n\n", "  a\n    b\n  c\n", "\n\n  a\n", "  a", "", "\n", "  a \n  b\t\n", "  a\n \n  b", " a\n  b\n c\n", "  a\n# c\n", "  # a\n  b\n")]
BLOCKS += ["k: " + text for text in (
    "|\n  a\nl: b", "|\n a\nl: b", "|\na\n", "|2\n   a\n", "|1\n  a\n", "|1-\n  a\n", "|-1\n  a\n", "|+2\n   a\n\n", "|9\n  a\n", "|0\n a", "|10\n a", "|x\n a", "|--\n a", "| # c\n  a\n", "|# c\n  a\n", "|\n\ta\n", "|\n \ta\n", "|\n    a\n  b\n", "|\n\n    \n  a\n",
    "|\n  a\n b\n", ">\n  a\n  b\n\n  c\n    d\n\n    e\n  f\n", ">\n\n  a\n\n\n  b\n", ">\n  a\n  \n  b", ">\n    a\n\n  # c\n", "|\n  a\u2028  b\n", ">\n  a\x85  b\n", ">\n  a\u2028  b\n", "|\r\n  a\r\n\r\n  b\r\n", "&x |\n  a\nl: *x", "!!str |\n  1\n", "|\n  ---\n  a\n", "|\n---\na\n", "|\n  a: b\n  - c\n  {{ d }}\n", "> a\n", "|a\n")]
BLOCKS += ["- |\n a\n- b", "- |\n  a\n  - b\n", "- - |\n   a\n", "- k: |\n    a\n  l: b", "- k: |\n   a\n  l: b", "- k: |\n  a\n", "[|\n a]", "? |\n  a\n: b", "- >1\n  a\n  b\n", "a:\n- |\n  b\n- c"]

PIECES = ["a", "b", "key", "- ", "-", ": ", ":", "? ", ", ", ",", "[", "]", "{", "}", "\n", "\n", "\n  ", "\n    ", " ", "  ", '"', "'", '"x"', "'y'", "|\n", ">-\n", "# c", " # c", "&a ", "*a", "*a ", "!!str ", "!unsafe ", "---\n", "...\n", "\t", "\\", "1", "0x1F", "<<: ", "=", "\u00e9", "\u2028", "{{ x }}", "yes", "\r\n", "a: b", "[a, b]", "{a: b}"]


def block(generator, depth, indent):
    pad, text = " " * indent, ""
    for _ in range(generator.randint(1, 3)):
        value = generator.choice(["a", "'b'", "1", "", "a b", "x:y", "[1, a: b]", "{p: q, r}", "m\n" + pad + "  l", "|\n" + pad + "  lit\n" + pad + "   more", ">\n" + pad + "  f\n\n" + pad + "  g", "&x y", "# c", "'m\n" + pad + " n'", "- z", "{{ x }}"])
        lead = generator.choice(["k", "'q'", "yes", "<<", "? x", "k k"]) + generator.choice([": ", ":  ", " : "]) if indent % 4 == 0 else "- "
        text += pad + lead + value + generator.choice(["", "", " # c", " "]) + "\n"
        if depth and generator.random() < 0.4:
            text += pad + ("n:" if indent % 4 == 0 else "-") + "\n" + block(generator, depth - 1, indent + generator.choice([1, 2, 2, 2, 4]))
    return text


def cases():
    groups = {"scalar": SCALARS + SPACED_SCALARS, "tag": TAGS, "mapping": MAPPINGS, "block": BLOCKS}
    groups["value"] = ["k: " + scalar for scalar in SCALARS[:60]]
    groups["item"] = ["[" + scalar + "]" for scalar in SCALARS[-60:]]
    generator = random.Random(20)
    groups["pieces"] = ["".join(generator.choice(PIECES) for _ in range(generator.randint(2, 9))) for _ in range(300)]
    groups["layout"] = [block(generator, 2, generator.choice([0, 0, 2])) for _ in range(150)]
    for group, texts in groups.items():
        for number, text in enumerate(dict.fromkeys(texts), 1):
            yield "%s-%d" % (group, number), text


def main():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "oracle.jsonl"), "w", encoding="utf-8") as out:
        out.write(json.dumps({"pyyaml": yaml.__version__, "libyaml": yaml._yaml.get_version_string()}) + "\n")
        for name, text in cases():
            case = {"name": name, "yaml": text, "read": read(text, Safe)}
            if read(text, Pure) != case["read"]:
                case["pure"] = read(text, Pure)
            out.write(json.dumps(case) + "\n")


main()
