"""The inventories that oracle.py asks Ansible about."""
import random

VALUES = [
    "", "1", "01", "0", "00", "0644", "1_000", "1__0", "1_", "0x1F", "0xg", "0o17", "0b101", "0b12", "1.5", "1.", ".5", "1.5.2", "1e5", "1e", "1E-3", "1_0.5", "09.5", "1e999", "-1", "+1", "- 1", "--1", "-1.5", "-True", "1j", "1+2j", "1-2j", "1+2", "2024-01-01",
    "10.0.0.1", "1a", "1 2", "1,2", "1,", ",1", "(1)", "()", "(1,)", "(1, 2", "[1, 'a', None]", "[]", "[1,]", "[,]", "[1 2]", "['a' 'b']", "[a, b]", "[[1], [2, [3]]]", "{}", "{'a': 1}", "{'a': 1, 'a': 2}", "{'a': {'b': [1, (2, 3)]}}", "{1: 'x', True: 'y'}", "{'a': b}", "{'a'}", "{1, 2, 1}", "{(1, 2): 3}",
    "set()", "set([1])", "True", "False", "None", "true", "false", "yes", "no", "null", "TRUE", "...", "'a'", "'1'", '"1"', '"a b"', "'a' 'b'", "'a' + 'b'", "'a", "'''a'''", "r'\\n'", "'\\n'", "'\\x41'", "'\\u00e9'", "'\\101'", "'\\q'", "b'ab'", "[b'ab']", "u'x'", "f'x'", "rb'x\\y'", "'a' b'b'", "'\\x4'", "'a' # c",
    "a", "a b", "a=b", "a=b=c", "=", "==", "/usr/bin", "http://x/y?a=b#c", "a#b", "a #b", "a # b", "1 # c", "True # c", "[1] # c", "# c", "a;b", "a ; b", "{{ x }}", "{{ x }} y", "{{ x | default(1) }}", "{{ [1, 2] | join(',') }}", "'{{ x }}'", "~/x", "$HOME", "a\\b", "a\\\\b", "a\\", "é", "'é'", "\u00a0", "lambda: 0", "if", "a.b", "a[0]", "f(1)", "not True", "1 if 2 else 3", "*a", "@x", "`x`", "1;2", "x y=z",
    "(1, [2])", "(('a'))", "((1, 2), 3)", "-(1)", "-(-1)", "(-1)", "[-1, +2]", "[1, -1.5e3]", "{'a': -1}", "{'a': 1,}", "{'a' 1}", "{'a': 1 'b': 2}", "{,}", "[[[[[[[[]]]]]]]]", "12345678901234567890123", "1.0", "100.0", "-0", "-0.0", "0.1", "1E5", "0xFF_FF", "0_0", "0_1", "00.5", "1 .5", "None None",
]

FATAL_VALUES = ["{{ 'a' }}", "{{ 1 }}", "{[]: 1}", "{[1]}", "{{}}", "{{}: 1}", "{([],)}", "[{[]}]", "{[], x}", "{x, []}", "{[]: x}", "{{ 'a' }} b", "{{ 'a' }}, {{ b }}"]

INI = [
    "h1", "h1\nh2\nh1", "h1 a=1", "h1 a=1 a=2", "h1 a = 1", "h1 a= 1", "h1 a", "h1 =1", "h1 a=", "h1 a==b", "h1 a='x y' b=\"z w\"", "h1 a='\"1\"'", "h1 a=\"'1'\"", "h1 a=x\\ y", "h1 a=\"x\\\"y\"", "h1 a=\"x\\ny\"", "h1 a='x\\'", "h1 a='x", "h1 a=x'y z'w", "h1 'a b'=c", "'h1' a=1", "\"h 1\" a=1", "h1\ta=1\tb=2",
    "h1 # c", "h1#c", "h1 a=b#c", "h1 a='b#c'", "h1 a=b ;c", "; c\nh1", "# c\nh1", "  h1", "h1;x", "#", "", "\n\n", "   ", "h1 a=\"\"", "h1 ''", "'' a=1", "h1 a=''", "h1 a=[1,2]", "h1 a='[1, 2]'", "h1 a=[1, 2]", "h1 a={'b':1}", "h1 a=\"{'b': 1}\"", "h1 a=1,2", "h1 a=True b=true c=None", "h1 a-b=1 c.d=2 1=3", "h1 a=1\\", "\\",
    "[web]\nh1", "[web]\n[web]\nh1\n[web]\nh2", "[ web ]\nh1", "[web] # c\nh1", "[web]# c\nh1", "[web] ; c\nh1", "[web]x\nh1", "[web\nh1", "web]\nh1", "[]\nh1", "[web:hosts]\nh1", "[web:x]\nh1", "[web:]\nh1", "[:vars]\na=1", "[web:vars:x]\na=1", "[a b]\nh1", "[a-b]\nh1", "[a.b]\nh1", "[1a]\nh1", "[ungrouped]\nh1", "[all]\nh1", "[all]\nh1\n[web]\nh1", "[web]\nh1\n[ungrouped]\nh1", "[all:vars]\na=1\nh1=2",
    "[web:vars]\na=1", "[web:vars]\na=1\n[web]\nh1", "[web]\nh1\n[web:vars]\na=1\na=2\nb = x y \nc=\nd\n", "[web]\nh1\n[web:vars]\na", "[web]\nh1\n[web:vars]\n=1", "[web]\nh1\n[web:vars]\n a = 'x # y' # z", "[web]\nh1\n[web:vars]\na=x # y", "[web]\nh1\n[web:vars]\na: 1", "[web]\nh1\n[web:vars]\nansible_group_priority=5", "[web]\nh1\n[web:vars]\nansible_group_priority=x", "[web]\nh1\n[web:vars]\nansible_group_priority='7'",
    "[web]\nh1\n[web:vars]\na=[1,\n 2]", "[web:vars]\na=1\n[x:children]\nweb\n[web:children]\ny\n[y]\nh1",
    "[p:children]\nc\n[c]\nh1", "[c]\nh1\n[p:children]\nc", "[p:children]\nc", "[p:children]\nc # x\n[c]\nh1", "[p:children]\nc#x\n[c#x]\nh1", "[p:children]\nc x\n[c]\nh1", "[p:children]\nc#x y\n[c]\nh1", "[p:children]\nc:x\n[c]", "[p:children]\nc\nc\n[c]\nh1", "[p:children]\np", "[a:children]\nb\n[b:children]\na", "[a:children]\nb\n[b:children]\nc\n[c:children]\na", "[c]\nh1\n[b:children]\nc\n[a:children]\nb\n[c:children]\na",
    "[a:children]\nb\nc\n[b:children]\nd\n[c:children]\nd\n[d]\nh1", "[d]\nh1\n[b:children]\nd\n[a:children]\nb", "[a:children]\nb\n[b:children]\nc\n[c:children]\nd\n[d]\nh1 v=1", "[p:children]\nall", "[p:children]\nungrouped\n[ungrouped]\nh1", "[p:children]\nungrouped\n[p]\nh2\n[ungrouped]\nh1\nh2", "[all:children]\nweb\n[web]\nh1", "[web:children]\nh1\n[web]\nh1", "h1\n[web:children]\nh1", "[p:children]\nc\n[c:vars]\na=1\n[c]\nh1", "[c:vars]\na=1\n[p:children]\nc\n[c]\nh1", "[p:children]\nc\n[q:children]\nc\np\n[c]\nh1",
    "[web]\nweb", "[web]\nweb a=1\nh2", "web a=1\n[web]\nh1 b=2", "all", "all a=1", "ungrouped", "localhost", "localhost a=1\n127.0.0.1", "[web]\nlocalhost ansible_connection=ssh",
    "h1:22", "h1:22 a=1", "h1: a=1", "h1:x", "h1:0", "h1:22\nh1:23", "h1\nh1:22", "10.0.0.1:22", "10.0.0.256:22", "[::1]:22", "::1", "fe80::1:22", "[fe80::1]:22 a=1", "[h1]:22", "[web]\n[h1]:22", "h_1:22", "h1-:22", "h..x:22", "h1.example.org:22", "h1.example.org", "10.0.0.1", "1.2.3.4.5", "::ffff:10.0.0.1", "a.b:c.d", "é:22", "h1:022", "h1:99999999999",
    "---", "---\nh1", "- h1", "all:\n  hosts:\n    h1:", "{\"all\": {}}", "h1,h2", "h1 inventory_hostname=x group_names=y", "h1 inventory_dir=x inventory_file=y", "h1 ansible_port=5\nh2:5 ansible_port=6", "h1 a=1\n[web]\nh1 b=2 a=3", "$x", "h1 a=$x", "h1\fa=1", "h1 a=1\x0bb=2", "h1 a=1\x85h2", "h1\u00a0a=1", "\u00a0h1", "h1\r\nh2\r\n[web]\r\nh3 a=1\r\n", "*", "h*", "h1 a=b|c", "a|b",
]

RANGES = [
    "h[1:3]", "h[01:03]", "h[001:010]", "h[1:10]", "h[8:11]", "h[08:11]", "h[1:3]-[a:c]", "h[1:2][3:4]", "h[a:c]", "h[A:C]", "h[X:c]", "h[c:a]", "h[3:1]", "h[1:10:3]", "h[01:10:3]", "h[a:g:2]", "h[1:3:0]", "h[a:c:0]", "h[5:1:-1]", "h[a:c:-1]", "h[1:]", "h[:3]", "h[:]", "h[1]", "h[1:2:3:4]", "h[]", "h[1:2", "h1:2]", "h]1:2[", "h[1:a]", "h[a:1]",
    "h[ab:d]", "h[a:bc]", "h[ 1 : 2 ]", "h[+1:2]", "h[-1:2]", "h[-2:-1]", "h[1_0:1_2]", "h[01:3]", "h[00:02]", "h[0:2]", "h[1.5:2]", "h[1:3].example.org", "[a:b]x", "[1:2]", "[1:2]:22", "h[1:2]:22", "h[1:2]:22 a=1", "h[1:3] a=1", "10.0.0.[1:3]", "10.0.[0:1].[1:2]:22", "fe80::[1:3]", "[fe80::[1:2]]:22", "h[1:2]x[3:4]y[5:6]", "h[1:2]|x", "h[10:9]", "h[99:101]", "h[099:101]", "h[1:1]", "h[z:A]", "h[1:5:2]-[a:b]",
]

YAML = [
    "", "# c", "~", "[]", "{}", "1", "x", "[all]", "all:", "all: ~", "all: {}", "all: 1", "all: []", "all: x", "web:", "web: x", "all: {hosts: h1}", "all: {hosts: [h1]}", "all: {hosts: {h1: }}", "all: {hosts: {h1: {}}}", "all: {hosts: {h1: x}}", "all: {hosts: {h1: []}}", "all: {hosts: {h1: ''}}", "all: {hosts: {h1: 0}}", "all: {hosts: {h1: 1}}", "all: {hosts: {h1: [1]}}",
    "all: {hosts: {1: }}", "all: {hosts: {yes: }}", "all: {hosts: {~: }}", "all: {hosts: {'': }}", "all: {hosts: {1.5: }}", "all: {hosts: {2024-01-01: }}", "all: {hosts: {'1': }}", "all: {hosts: ~}", "all: {hosts: 1}", "all: {vars: x}", "all: {vars: [x]}", "all: {vars: 1}", "all: {vars: ~}", "all: {children: web}", "all: {children: [web]}", "all: {children: {web: x}}", "all: {children: {web: }}",
    "1: {hosts: {h1: }}", "true: {hosts: {h1: }}", "'': {hosts: {h1: }}", "'a b': {hosts: {h1: }}", "a-b: {hosts: {h1: }}", "all: {x: {y: 1}, hosts: {h1: }}", "all: {x: 1, hosts: {h1: }}", "all: {1: {}, hosts: {h1: }}", "plugin: ~\nall: {hosts: {h1: }}", "all: {vars: {plugin: x}, hosts: {h1: }}",
    "all: {hosts: {h1: {a: 1, b: 'x', c: 1.5, d: yes, e: ~, f: [1], g: {h: 2}, i: 2024-01-02, j: 0644, k: 1e3, l: '{{ x }}', m: !unsafe '{{ y }}'}}}", "all: {hosts: {h1: {a: !vault 'x'}}}", "all: {hosts: {h1: {1: a, yes: b, c: d}}}", "all: {vars: {1: a, c: d}, hosts: {h1: }}", "all: {hosts: {h1: {a: {1: x, ~: y}}}}", "all: {hosts: {h1: {a: 1, a: 2}}}", "all: {hosts: {h1: {a: 1}}}\nall: {hosts: {h2: }}",
    "all: {hosts: {'h[1:3]': {a: 1}}}", "all: {hosts: {'h[1:3': {a: 1}}}", "all: {hosts: {'h1:22': {a: 1}}}", "all: {hosts: {'h1:': }}", "all: {hosts: {'---': }}", "all: {hosts: {'h 1': }}", "all: {hosts: {'[::1]:22': }}", "all: {hosts: {h1: {ansible_port: 1}, 'h1:22': }}",
    "web: {vars: {ansible_group_priority: 5, a: 1}, hosts: {h1: }}", "web: {vars: {ansible_group_priority: '5'}, hosts: {h1: }}", "web: {vars: {ansible_group_priority: 1.7}, hosts: {h1: }}", "web: {vars: {ansible_group_priority: x}, hosts: {h1: }}", "web: {vars: {ansible_group_priority: ~}, hosts: {h1: }}", "web: {vars: {ansible_group_priority: true}, hosts: {h1: }}", "web: {vars: {ansible_group_priority: [1]}, hosts: {h1: }}",
    "a: {children: {b: {hosts: {h1: }}}}\nc: {children: {b: }}", "a: {children: {b: {children: {a: }}}}", "a: {children: {a: }}", "a: {children: {b: {vars: {x: 1}, hosts: {h1: {y: 2}}}}, vars: {x: 0, z: 3}}", "a: {children: {b: }}\nb: {hosts: {h1: }}", "b: {hosts: {h1: }}\na: {children: {b: {hosts: {h2: }}}}", "all: {hosts: {h1: , h2: }, children: {a: {hosts: {h1: }}}}", "ungrouped: {hosts: {h1: }}", "all: {children: {ungrouped: {hosts: {h1: }}, a: {hosts: {h2: }}}}", "a: {hosts: {a: {x: 1}}}", "a: {hosts: {h1: {x: 1}}}\nb: {hosts: {h1: {x: 2}}}", "a: {hosts: {h1: }, vars: {x: 1}}\na2: {hosts: {h1: }, vars: {x: 2}}", "a: {children: {all: }}",
    "x: &x {hosts: {h1: {a: 1}}}\ny: *x", "x: {hosts: &h {h1: {a: 1}}}\ny: {hosts: {<<: *h, h2: }}", "all: {hosts: {h1: ]}}", "all:\n\thosts: x", "--- {}\n---\nall:", "hosts: {h1: }", "hosts: h1", "vars: {a: 1}\nall: {hosts: {h1: }}", "all: {hosts: {h1: {inventory_dir: x, group_names: y}}}", "all: {hosts: {h1: {a: !!set {x, y}}}}", "_meta: {hostvars: {h1: {a: 1}}}\nweb: {hosts: [h1]}", "web: [h1]\n_meta: {hostvars: {h1: {a: 1}}}",
]

FILES = [
    # Which of a name's files in group_vars hides which.
    *[("group_vars %d" % i, "--- inv/hosts\n[web]\nh1\n[web:vars]\nv=file\n" + "".join("--- inv/group_vars/%s\nv: %s\n%s: 1\n" % (p, p, "w%d" % n) for n, p in enumerate(paths)), ["inv/hosts"], None) for i, paths in enumerate([
        ["web"], ["web.yml"], ["web.yaml"], ["web.json"], ["web", "web.yml"], ["web.yml", "web.yaml"], ["web.yaml", "web.json"], ["web.yml", "web.yaml", "web.json"], ["web/a.yml"], ["web/a.yml", "web.yml"], ["web/a.yml", "web/b.yml"], ["web/b.yml", "web/a.yaml", "web/c"], ["web/a.txt"], ["web/a.txt", "web.yml"], ["web/.a.yml"], ["web/a.yml~"], ["web/a~"], ["web/a.yml.bak"],
        ["web/sub/a.yml"], ["web/sub.d/a.yml"], ["web/sub/sub/a.yml", "web/sub/b.yml"], ["web/sub/.x/a.yml"], ["web/A.yml", "web/a.yml", "web/_.yml"], ["web/10", "web/9", "web/1.yml"], ["web.txt"], ["web.yml/a.yml"], ["web.yml/a.yml", "web.yaml"], ["web/a.json", "web/a.yml"], ["web/a.b.yml"], ["web/a."], ["web/main.yml", "web/vault.yml"], ["all.yml", "web.yml"], ["all/a.yml", "all.yml"], ["ungrouped.yml"], ["WEB.yml"], ["web.YML"], ["h1.yml"],
    ])],
    *[("host_vars %d" % i, "--- inv/hosts\n[web]\nh1 v=file\nh1.example.org\n" + "".join("--- inv/host_vars/%s\nv: %s\n%s: 1\n" % (p, p, "w%d" % n) for n, p in enumerate(paths)), ["inv/hosts"], None) for i, paths in enumerate([
        ["h1"], ["h1.yml"], ["h1/a.yml", "h1.yml"], ["h1.example.org"], ["h1.example.org.yml"], ["h1.example.org/a.yml"], ["h1.yml", "h1.json"], ["web.yml"], ["h1.example.org/a.yml", "h1.example/a.yml", "h1"],
    ])],
    *[("content %d" % i, "--- inv/hosts\n[web]\nh1\n--- inv/group_vars/web.yml\n" + text, ["inv/hosts"], None) for i, text in enumerate([
        "", "# c\n", "---\n", "~\n", "{}\n", "[]\n", "''\n", "0\n", "false\n", "x\n", "1\n", "[1]\n", "a: 1\n---\nb: 2\n", "a: [\n", "a: 1\na: 2\n", "1: x\nb: 2\n", "$ANSIBLE_VAULT;1.1;AES256\n3133\n", "ansible_group_priority: 9\n", "a: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  3133\n", "a: !unsafe '{{ x }}'\n", "a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\n", "{\"a\": 1, \"b\": [true, null]}\n", "a: !foo x\n", "a: 2024-01-01\nb: 12:30:00\nc: 010\nd: 1_000\n", "a: |\n  x\n  y\n", "inventory_hostname: x\ngroup_names: y\n", "- a: 1\n",
    ])],
    # Precedence between the tiers.
    ("tiers", "--- inv/hosts\nh2\n[web]\nh1 v=hostline\n[web:vars]\nv=webfile\n[all:vars]\nv=allfile\n--- inv/group_vars/all.yml\nv: invall\na: invall\n--- inv/group_vars/web.yml\nv: invweb\nb: invweb\n--- inv/host_vars/h1.yml\nv: invh1\nc: invh1\n--- pb/group_vars/all.yml\nv: pball\na: pball\n--- pb/group_vars/web.yml\nv: pbweb\nb: pbweb\n--- pb/host_vars/h1.yml\nv: pbh1\nc: pbh1\n", ["inv/hosts"], "pb"),
    *[("tiers without %d" % i, "--- inv/hosts\nh2\n[web]\nh1%s\n[web:vars]\nx=1\n%s[all:vars]\nx=2\n%s" % (" v=hostline" if 1 & i else "", "v=webfile\n" if 2 & i else "", "v=allfile\n" if 4 & i else "") + ("--- inv/group_vars/all.yml\nv: invall\n" if 8 & i else "") + ("--- inv/group_vars/web.yml\nv: invweb\n" if 16 & i else "") + ("--- pb/group_vars/all.yml\nv: pball\n" if 32 & i else "") + ("--- pb/group_vars/web.yml\nv: pbweb\n" if 64 & i else "") + ("--- pb/host_vars/h1.yml\nv: pbh1\n" if 128 & i else ""), ["inv/hosts"], "pb") for i in range(0, 256, 7)],
    ("depth beats name", "--- inv/hosts\n[z]\nh1\n[a:children]\nz\n[m]\nh1\n--- inv/group_vars/a.yml\nv: a\n--- inv/group_vars/m.yml\nv: m\nw: m\n--- inv/group_vars/z.yml\nv: z\nw: z\n", ["inv/hosts"], None),
    ("same depth by name", "--- inv/hosts\n[b]\nh1\n[a]\nh1\n[c]\nh1\n[c:vars]\nv=c\n[a:vars]\nv=a\n[b:vars]\nv=b\n", ["inv/hosts"], None),
    ("priority", "--- inv/hosts\n[b]\nh1\n[a]\nh1\n[a:vars]\nv=a\nansible_group_priority=10\n[b:vars]\nv=b\n", ["inv/hosts"], None),
    ("priority is below depth", "--- inv/hosts\n[b]\nh1\n[a]\nh1\n[p:children]\nb\n[a:vars]\nv=a\nansible_group_priority=10\n[b:vars]\nv=b\n", ["inv/hosts"], None),
    ("upper case sorts first", "--- inv/hosts\n[b]\nh1\n[B]\nh1\n[_]\nh1\n[b:vars]\nv=b\n[B:vars]\nv=B\n[_:vars]\nv=_\n", ["inv/hosts"], None),
    ("a source beats a deeper group", "--- a/hosts\n[p:children]\nc\n[c]\nh1\n--- a/group_vars/c.yml\nv: c in a\n--- b/hosts\nh2\n--- b/group_vars/p.yml\nv: p in b\n", ["a/hosts", "b/hosts"], None),
    # Folders and several sources.
    ("folder", "--- inv/b\n[web]\nh2\n--- inv/a\n[web]\nh1\n--- inv/c.yml\nweb: {hosts: {h3: }}\n", ["inv"], None),
    ("folder ignores", "--- inv/a\nh1\n" + "".join("--- inv/%s\nx%d\n" % (n, i) for i, n in enumerate([".hidden", "x.ini", "x.cfg", "x.md", "x.txt", "x.bak", "x~", "x.retry", "x.orig", "x.rst", "x.pyc", "x.swp", "x.rpm", "group_vars", "host_vars", "vars_plugins"])) + "--- inv/ini\ny\n--- inv/a.ini.x\nz\n", ["inv"], None),
    ("folder in folder", "--- inv/a\nh1\n--- inv/sub/b\n[web]\nh2\n--- inv/sub/group_vars/web.yml\nv: sub\n--- inv/group_vars/web.yml\nw: top\n", ["inv"], None),
    ("folder and its file", "--- inv/a\n[web]\nh1\n--- inv/b\nh2\n", ["inv/b", "inv"], None),
    ("children across files", "--- inv/1\n[web]\nh1\n--- inv/2\n[p:children]\nweb\n--- inv/3\n[p:vars]\nv=1\n", ["inv"], None),
    ("children of a later file", "--- inv/1\n[p:children]\nweb\n--- inv/2\n[web]\nh1\n", ["inv"], None),
    ("variables of a later group", "--- inv/1\n[web:vars]\nv=1\n--- inv/2\n[web]\nh1\n", ["inv"], None),
    ("later source overrides", "--- a\n[web]\nh1 v=1\n[web:vars]\nw=1\n--- b\n[web]\nh1 v=2\n[web:vars]\nw=2\n", ["a", "b"], None),
    ("earlier source last", "--- a\n[web]\nh1 v=1\n--- b\n[web]\nh1 v=2\nh0\n", ["b", "a"], None),
    ("a source twice", "--- a\n[web]\nh1 v=1\n", ["a", "a"], None),
    ("missing source", "--- a\nh1\n--- group_vars/all.yml\nv: 1\n", ["a", "nothing"], None),
    ("only a missing source", "--- group_vars/all.yml\nv: 1\n", ["nothing"], None),
    ("no source", "--- x\n", [], None),
    ("empty folder", "--- inv/group_vars/all.yml\nv: 1\n", ["inv"], None),
    ("a link to a file", "--- real/hosts\n[web]\nh1\n--- real/group_vars/web.yml\nv: real\n--- inv/group_vars/web.yml\nv: inv\n--- inv/hosts [link]\n../real/hosts\n", ["inv/hosts"], None),
    ("a link to a folder", "--- real/hosts\n[web]\nh1\n--- real/group_vars/web.yml\nv: real\n--- inv [link]\nreal\n", ["inv"], None),
    ("group_vars is a link", "--- inv/hosts\n[web]\nh1\n--- shared/web.yml\nv: shared\n--- inv/group_vars [link]\n../shared\n", ["inv/hosts"], None),
    ("a broken link in group_vars", "--- inv/hosts\n[web]\nh1\n--- inv/group_vars/web.yaml\nv: yaml\n--- inv/group_vars/web.yml [link]\nnowhere\n", ["inv/hosts"], None),
    ("a broken link in a folder", "--- inv/hosts\n[web]\nh1\n--- inv/x [link]\nnowhere\n", ["inv"], None),
    ("a link in a folder of variables", "--- inv/hosts\n[web]\nh1\n--- shared.yml\nv: shared\n--- inv/group_vars/web/a.yml [link]\n../../../shared.yml\n", ["inv/hosts"], None),
    ("executable, and no program", "--- hosts [executable]\n[web]\nh1\n", ["hosts"], None),
    ("a program that may not run", "--- hosts\n#!/bin/sh\n[web]\nh1\n", ["hosts"], None),
    ("INI named yml", "--- hosts.yml\n[web]\nh1 a=1\n", ["hosts.yml"], None),
    ("INI named json", "--- hosts.json\n[web]\nh1\n", ["hosts.json"], None),
    ("INI without a good name", "--- hosts.foo\n[web]\nh1\n", ["hosts.foo"], None),
    ("YAML named foo", "--- hosts.foo\nall:\n  hosts:\n    h1:\n", ["hosts.foo"], None),
    ("YAML without extension", "--- hosts\nall:\n  hosts:\n    h1:\n", ["hosts"], None),
    ("JSON", "--- hosts.json\n{\"web\": {\"hosts\": {\"h1\": {\"a\": 1.5, \"b\": [null, true]}}, \"vars\": {\"c\": \"\\u00e9\"}}}\n", ["hosts.json"], None),
    ("half a YAML, then INI", "--- hosts.yml\nweb:\n  hosts:\n    h1:\n  children: 1\n", ["hosts.yml"], None),
    ("half a YAML", "--- hosts.yml\na: {hosts: {h1: {v: 1}}}\nb: {hosts: {h2: 5}}\nc: {hosts: {h3: }}\n", ["hosts.yml"], None),
    ("half an INI", "--- hosts\n[web]\nh1\nh2 broken\nh3\n", ["hosts"], None),
    ("half an INI and another", "--- a\n[web]\nh1\nh2 broken\nh3\n--- b\n[web]\nh4\n", ["a", "b"], None),
    ("the image host in the site's inventory", "--- hosts\n[web]\nstrata-image a=1\nh1\n", ["hosts"], None),
    ("host with a slash", "--- hosts\na/b v=1\n/c\n../d\n--- host_vars/a/b.yml\nw: 1\n--- host_vars/c.yml\nw: 2\n--- d.yml\nw: 3\n--- host_vars/x\na: 1\n", ["hosts"], None),
    ("playbook beside the inventory", "--- hosts\n[web]\nh1\n--- group_vars/web.yml\nv: 1\n--- host_vars/h1.yml\nw: 1\n", ["hosts"], "."),
    ("group_vars is a file", "--- hosts\n[web]\nh1\n--- group_vars\nv: 1\n", ["hosts"], "."),
    ("a cluster", "--- inv/hosts\n[management]\nmgmt[01:02] role=mgmt\n[login]\nlogin1 ansible_host=10.0.0.5\n[compute]\nnode[001:004]\n[gpu]\nnode[003:004]\n[cluster:children]\nmanagement\nlogin\ncompute\n[compute:vars]\nslurm_partition=batch\nmemory_mb=192000\n--- inv/group_vars/all/main.yml\nslurm_version: 23.02.7\nntp: [a, b]\n--- inv/group_vars/all/vault.yml\nmunge_key: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  3133\n--- inv/group_vars/compute.yml\nslurm_partition: normal\n--- inv/group_vars/gpu.yml\ngres: gpu:4\n--- inv/host_vars/node001.yml\nfeatures: {a: 1}\n", ["inv"], "playbooks"),
]

SETTINGS = [
    ({"ANSIBLE_HASH_BEHAVIOUR": "merge"}, [
        ("--- inv/hosts\n[web]\nh1 m=\"{'x': {'line': 1}, 'k': 1}\"\n[web:vars]\nm={'x': {'file': 1}, 'k': 2}\n--- inv/group_vars/all.yml\nm: {x: {all: 1}, l: [1]}\nn: {a: 1}\n--- inv/group_vars/web/a.yml\nm: {x: {a: 1}, l: [2]}\nn: {b: 1}\n--- inv/group_vars/web/b.yml\nm: {x: {b: 1}}\nn: 5\n", "pb"),
        ("--- inv/hosts\n[web]\nh1 m=\"{'a': 1}\"\n[db]\nh1 m=\"{'b': 2}\"\n[web:vars]\nv={'a': 1}\nv={'b': 2}\nw=1\nw={'c': 3}\n", None),
        ("--- inv/hosts.yml\nweb: {hosts: {h1: {m: {a: {b: 1}}}}}\ndb: {hosts: {h1: {m: {a: {c: 2}, d: [1]}}}}\n--- pb/group_vars/web.yml\nm: {z: 1}\n--- pb/host_vars/h1.yml\nm: {a: {b: 3}}\n", "pb"),
    ]),
    ({"ANSIBLE_PRECEDENCE": "all_plugins_play,all_inventory,groups_plugins_play,groups_inventory,all_plugins_inventory,groups_plugins_inventory"}, [("TIERS", "pb")]),
    ({"ANSIBLE_PRECEDENCE": "groups_inventory,all_inventory,nonsense"}, [("TIERS", "pb")]),
    ({"ANSIBLE_RUN_VARS_PLUGINS": "start"}, [("TIERS", "pb")]),
    ({"ANSIBLE_VARS_ENABLED": "nothing"}, [("TIERS", "pb")]),
    ({"ANSIBLE_TRANSFORM_INVALID_GROUP_CHARS": "always"}, [("--- inv/hosts\n[a-b]\nh1\n[1x.y:children]\na-b\n[é]\nh2\n[a-b:vars]\nv=1\n--- inv/group_vars/a_b.yml\nw: 1\n", None), ("--- inv/hosts.yml\na-b: {hosts: {h1: }, vars: {v: 1}}\np: {children: {c-d: {hosts: {h2: }}, a-b: }}\n", None), ("--- inv/hosts\n[p:children]\na_b\n[a-b]\nh1\n", None)]),
    ({"ANSIBLE_INVENTORY_IGNORE": ".x,.yml"}, [("--- inv/a\nh1\n--- inv/b.x\nh2\n--- inv/c.yml\nall: {hosts: {h3: }}\n--- inv/d.ini\nh4\n--- inv/e.bak\nh5\n", None)]),
    ({"ANSIBLE_INVENTORY_IGNORE_REGEX": "^b,c$,[xy]1"}, [("--- inv/a\nh1\n--- inv/b\nh2\n--- inv/ab\nh3\n--- inv/abc\nh4\n--- inv/ax1\nh5\n--- inv/d.ini\nh6\n", None)]),
    ({"ANSIBLE_INVENTORY_ENABLED": "yaml"}, [("--- inv/a\nh1\n--- inv/c.yml\nall: {hosts: {h3: }}\n", None)]),
    ({"ANSIBLE_INVENTORY_ENABLED": "ini,yaml"}, [("--- inv/a\nh1\n--- inv/c.yml\nall: {hosts: {h3: }}\n", None)]),
    ({"ANSIBLE_YAML_FILENAME_EXT": ".foo,.yml"}, [("--- inv/a.foo\nweb: {hosts: {h1: }}\n--- inv/b.yaml\nweb: {hosts: {h2: }}\n--- inv/group_vars/web.yaml\nv: yaml\n--- inv/group_vars/web.yml\nv: yml\n--- inv/group_vars/web.foo\nv: foo\n", None)]),
]


def all_cases():
    for number, value in enumerate(VALUES, 1):
        quoted = "'%s'" % value.replace("'", "'\"'\"'")
        yield {"name": "value-%d" % number, "files": "--- hosts\n[g]\nh1 v=%s\n[g:vars]\nw=%s\n" % (quoted, value), "sources": ["hosts"]}
    for number, value in enumerate(FATAL_VALUES, 1):
        yield {"name": "fatal-%d" % number, "files": "--- hosts\n[g]\nh1\n[g:vars]\nu=1\nw=%s\nx=2\n" % value, "sources": ["hosts"]}
    for number, text in enumerate(INI, 1):
        yield {"name": "ini-%d" % number, "files": "--- hosts\n%s\n" % text, "sources": ["hosts"]}
    for number, text in enumerate(RANGES, 1):
        yield {"name": "range-%d" % number, "files": "--- hosts\n[g]\n%s\n" % text, "sources": ["hosts"]}
        if number % 3 == 0:
            yield {"name": "yaml-range-%d" % number, "files": "--- hosts.yml\ng:\n  hosts:\n    '%s': {a: 1}\n" % text, "sources": ["hosts.yml"]}
    for number, text in enumerate(YAML, 1):
        yield {"name": "yaml-%d" % number, "files": "--- hosts.yml\n%s\n" % text, "sources": ["hosts.yml"]}
    for number, text in enumerate(("plugin: x", "plugin: {hosts: {h1: }}"), 1):
        yield {"name": "plugin-%d" % number, "files": "--- hosts.yml\n%s\n" % text, "sources": ["hosts.yml"]}
    for name, files, sources, playbook in FILES:
        yield {"name": name, "files": files, "sources": sources, "playbook": playbook, "groups": ["web"]}
    tiers = next(files for name, files, _, _ in FILES if name == "tiers")
    for number, (config, asked) in enumerate(SETTINGS, 1):
        for files, playbook in asked:
            yield {"name": "settings-%d" % number, "files": tiers if files == "TIERS" else files, "sources": ["inv"], "playbook": playbook, "groups": ["web"], "config": config}
    for groups in ([], ["all"], ["a", "b", "a"], ["all", "web"], ["ungrouped"], ["new", "p"]):
        yield {"name": "image in " + " ".join(groups), "files": "--- hosts\nh0\n[p:children]\nweb\na\n[web]\nh1\n[a]\nh2\n[b]\n", "sources": ["hosts"], "groups": groups}
    yield from random_cases(7, 120)


def random_cases(seed, count):
    generator = random.Random(seed)
    for number in range(1, count + 1):
        yield random_case(generator, "random-%d-%d" % (seed, number))


def random_case(generator, name):
    groups = ["g%d" % i for i in range(generator.randint(1, 7))]
    hosts = ["h%d" % i for i in range(generator.randint(1, 6))]
    files = []
    for index in range(generator.choice([1, 1, 1, 2, 3])):
        if generator.random() < 0.5:
            files.append("--- inv/s%d\n%s" % (index, ini(generator, groups, hosts)))
        else:
            files.append("--- inv/s%d.yml\n%s" % (index, yaml(generator, groups, hosts)))
    for top in ("inv", "pb"):
        for kind, names in (("group_vars", groups + ["all", "ungrouped"]), ("host_vars", hosts)):
            for entity in names:
                if generator.random() < 0.3:
                    form = generator.choice(["%s", "%s.yml", "%s.yaml", "%s/a.yml", "%s/b", "%s/sub/c.yml"]) % entity
                    files.append("--- %s/%s/%s\n%s: %s\n%s: {%s: 1}\n" % (top, kind, form, variable(generator), form, variable(generator), top))
    return {"name": name, "files": "".join(files), "sources": ["inv"], "playbook": generator.choice([None, "pb"]), "groups": generator.sample(groups, generator.randint(0, min(2, len(groups))))}


def variable(generator):
    return generator.choice(["v", "w", "x"])


def ini(generator, groups, hosts):
    lines = ["%s %s=%d" % (h, variable(generator), generator.randint(0, 9)) for h in hosts if generator.random() < 0.3]
    for group in generator.sample(groups, len(groups)):
        kinds = generator.sample(["", "", ":vars", ":children"], generator.randint(1, 3))
        for kind in kinds:
            lines.append("[%s%s]" % (group, kind))
            if kind == "":
                lines += [generator.choice([h, "%s %s=%s" % (h, variable(generator), h)]) for h in generator.sample(hosts, generator.randint(0, len(hosts)))]
            elif kind == ":vars":
                lines.append("%s=%s" % (generator.choice(["v", "w", "x", "ansible_group_priority"]), generator.randint(0, 9)))
            else:
                later = groups[groups.index(group) + 1:] if generator.random() < 0.9 else groups
                lines += generator.sample(later, min(len(later), generator.randint(0, 2)))
    return "\n".join(lines) + "\n"


def yaml(generator, groups, hosts, depth=0):
    text = ""
    for group in generator.sample(groups, generator.randint(1, max(1, len(groups) // 2))):
        pad = "  " * depth
        text += "%s%s:\n" % (pad, group)
        if generator.random() < 0.6:
            text += "%s  hosts:\n" % pad + "".join("%s    %s: {%s: %d}\n" % (pad, h, variable(generator), generator.randint(0, 9)) for h in generator.sample(hosts, generator.randint(1, len(hosts))))
        if generator.random() < 0.5:
            text += "%s  vars: {%s: %s}\n" % (pad, generator.choice(["v", "w", "x", "ansible_group_priority"]), generator.randint(0, 9))
        later = groups[groups.index(group) + 1:]
        if later and depth < 4 and generator.random() < 0.5:
            text += "%s  children:\n" % pad + yaml(generator, later, hosts, depth + 2)
    return text
