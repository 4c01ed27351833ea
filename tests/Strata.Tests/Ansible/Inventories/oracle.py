#!/usr/bin/python3
"""Asks the real Ansible what small inventories are: which groups, hosts and variables there are, in which order.

    oracle.py record            writes oracle.jsonl beside this file: the cases of cases.py with Ansible's answers
    oracle.py ask               reads cases, a JSON object a line, from standard input; writes them with answers
    oracle.py random SEED COUNT makes cases; writes them with answers

A case: `files` in the mini-format of MemoryTree, `sources`, `playbook` (a folder, or none), `groups` of the image host, and
`config` as environment variables. An answer is a text a line for each fact, as InventoryDump.cs writes it:

    unparsed PATH               Ansible warned that it could not read this source
    group NAME: HOST HOST       in the order of groups['NAME']; `?` before the first where Ansible's order is that of a set
    host NAME: GROUP GROUP      its groups in the order in which their variables are merged, `all` left out
    NAME.VARIABLE = VALUE       in the notation of YamlDump.cs, every variable of the inventory, untemplated; what `usual`
                                says of it has no line

`error` alone stands for an inventory that ends the run, and `NAME = error` for a host whose variables do.
"""
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
IMAGE = "strata-image"


def quote(text):
    raw = text.encode("utf-16-be", "surrogatepass")
    units = struct.unpack(">%dH" % (len(raw) // 2), raw)
    return '"' + "".join("\\" + chr(u) if u in (34, 92) else chr(u) if 32 <= u <= 126 else "\\u%04x" % u for u in units) + '"'


def dump(value):
    from ansible.parsing.yaml.objects import AnsibleVaultEncryptedUnicode
    from ansible.utils.unsafe_proxy import AnsibleUnsafe
    if value is None:
        return "null"
    if value is True or value is False:
        return str(value).lower()
    if value is Ellipsis:
        return '!!python/ellipsis "..."'
    if isinstance(value, AnsibleVaultEncryptedUnicode):
        return "!vault " + quote(value._ciphertext.decode())
    if isinstance(value, int):
        return "int:" + ("-" if value < 0 else "") + "%x" % abs(value)
    if isinstance(value, float):
        return "float:" + ("nan" if value != value else struct.pack(">d", value).hex())
    if isinstance(value, complex):
        return '!!python/complex ""'
    if isinstance(value, bytes):
        return "!!python/bytes " + quote(value.decode("latin-1"))
    if isinstance(value, str):
        return ("!unsafe " if isinstance(value, AnsibleUnsafe) else "") + quote(value)
    if isinstance(value, tuple):
        return "!!python/tuple [" + ", ".join(dump(v) for v in value) + "]"
    if isinstance(value, list):
        return "[" + ", ".join(dump(v) for v in value) + "]"
    if isinstance(value, (set, frozenset)):
        return "set[" + ", ".join(sorted(dump(v) for v in value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(key(k) + ": " + dump(v) for k, v in value.items()) + "}"
    if hasattr(value, "isoformat"):
        return "time:" + quote(value.isoformat())
    raise TypeError(type(value))


def key(value):
    return '!!python/tuple ""' if isinstance(value, tuple) else dump(value)


def write(folder, text):
    """Writes files in the mini-format: `--- PATH`, `--- PATH [executable]` or `--- PATH [link]`, then the content."""
    path = None
    contents = {}
    for line in text.splitlines(keepends=True) if "\r" not in text else [part + "\n" for part in text.split("\n")]:
        if line.startswith("--- ") and line[4:].strip() and line[4] not in "#!&*|>{[\"'":
            path = line[4:].strip()
            contents[path] = ""
        elif path:
            contents[path] += line
    for path, content in contents.items():
        name, _, kind = path.partition(" [")
        full = os.path.join(folder, name)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        if kind == "link]":
            os.symlink(content.rstrip("\n"), full)
            continue
        if content and not content.endswith("\n"):
            content += "\n"
        with open(full, "w", encoding="utf-8", newline="") as out:
            out.write(content)
        os.chmod(full, 0o755 if kind == "executable]" else 0o644)


def image_host(case, folder):
    """The source that a build adds, as GeneratedInventory writes it."""
    groups = list(dict.fromkeys(g for g in case.get("groups", []) if g != "all")) or ["ungrouped"]
    host = {"ansible_connection": "containers.podman.buildah", "ansible_host": IMAGE, "ansible_user": "root"}
    if case["sources"]:
        source = os.path.join(folder, "src/self", case["sources"][0])
        host["inventory_dir"] = source if os.path.isdir(source) else os.path.dirname(source)
        host["inventory_file"] = first_file(source) if os.path.isdir(source) else source
    content = {"all": {"vars": {"ansible_python_interpreter": "/usr/bin/python3"}}}
    for index, group in enumerate(groups):
        content[group] = {"hosts": {IMAGE: host if index == 0 else {}}}
    os.makedirs(os.path.join(folder, "ansible"), exist_ok=True)
    path = os.path.join(folder, "ansible/image-host.json")
    with open(path, "w", encoding="utf-8") as out:
        json.dump(content, out, indent=2)
    return path


def first_file(folder):
    from ansible.inventory.manager import IGNORED
    for name in sorted(os.listdir(folder)):
        if not IGNORED.search(name.encode()) and os.path.isfile(os.path.join(folder, name)):
            return os.path.join(folder, name)
    return folder


def order(group, walk):
    """The hosts of a group where a set of groups is gone through by `walk`."""
    level, seen, groups = [group], {group.name}, [group]
    while level:
        below = []
        for parent in walk(level):
            for child in parent.child_groups:
                if child.name not in seen:
                    seen.add(child.name)
                    below.append(child)
        groups += below
        level = below
    return list(dict.fromkeys(h.name for g in groups for h in g.hosts))


def members(group):
    names = [h.name for h in group.get_hosts()]
    if group.child_groups and order(group, list) != order(group, lambda level: list(reversed(level)) if level != [group] else level):
        return ["?"] + sorted(names)
    return names


def answer(case):
    from ansible.inventory.manager import InventoryManager
    from ansible.inventory.helpers import sort_groups
    from ansible.parsing.dataloader import DataLoader
    from ansible.utils.display import Display
    from ansible.vars.manager import VariableManager

    folder = os.path.realpath(tempfile.mkdtemp(prefix="strata-oracle-"))
    lines = []
    try:
        site = os.path.join(folder, "src/self")
        os.makedirs(site)
        write(site, case["files"])
        sources = [os.path.join(site, s) for s in case["sources"]] + [image_host(case, folder)]

        def warning(self, message, formatted=False):
            if message.startswith("Unable to parse ") and not os.path.isdir(message.split()[3]):
                lines.append("unparsed " + message.split()[3])

        Display.warning = warning
        loader = DataLoader()
        loader.set_basedir(os.path.join(site, case.get("playbook") or "no playbook"))
        try:
            inventory = InventoryManager(loader=loader, sources=sources)
        except Exception:
            return "error"
        manager = VariableManager(loader=loader, inventory=inventory)
        for name in sorted(inventory.groups):
            lines.append("group %s: %s" % (name, " ".join(members(inventory.groups[name]))))
        for host in inventory.hosts.values():
            lines.append("host %s: %s" % (host.name, " ".join(g.name for g in sort_groups(host.get_groups()) if g.name != "all")))
        for host in inventory.hosts.values():
            try:
                variables = manager.get_vars(host=host, include_hostvars=False, include_delegate_to=False)
            except Exception:
                lines.append("%s = error" % host.name)
                continue
            known = set(manager._get_magic_variables(None, host, None, False, False)) | {"ansible_facts", "ansible_local"}
            for name in sorted(k for k in variables if isinstance(k, str) and k not in known):
                if dump(variables[name]) != dump(usual(host, name)) or usual(host, name) is None:
                    lines.append("%s.%s = %s" % (host.name, name, dump(variables[name])))
        return "\n".join(line.replace(folder, "/run/strata") for line in lines)
    finally:
        shutil.rmtree(folder)


def usual(host, name):
    """What needs no line, since nearly every host has it."""
    if name in ("inventory_hostname", "inventory_hostname_short"):
        return host.name
    if name == "group_names":
        return sorted(g.name for g in host.get_groups() if g.name != "all")
    return {"ansible_python_interpreter": "/usr/bin/python3", "ansible_connection": "containers.podman.buildah", "ansible_host": IMAGE, "ansible_user": "root"}.get(name)


def answers(cases):
    """Ansible reads its settings once, when it is loaded: each configuration is asked in a process of its own."""
    by_config = {}
    for index, case in enumerate(cases):
        by_config.setdefault(json.dumps(case.get("config") or {}, sort_keys=True), []).append(index)
    for config, indices in by_config.items():
        with tempfile.TemporaryDirectory() as home:
            with open(os.path.join(home, "ansible.cfg"), "w", encoding="utf-8") as out:
                out.write("[defaults]\nlocalhost_warning = false\n")
            environment = {"PATH": "/usr/bin:/bin", "HOME": home, "ANSIBLE_CONFIG": os.path.join(home, "ansible.cfg"), "LC_ALL": "C.UTF-8", **json.loads(config)}
            run = subprocess.run([sys.executable, os.path.abspath(__file__), "answer"], input=json.dumps([cases[i] for i in indices]),
                                 capture_output=True, text=True, env=environment, cwd=home)
        if run.returncode:
            raise SystemExit(run.stderr)
        for index, text in zip(indices, json.loads(run.stdout)):
            cases[index] = {**cases[index], "answer": text}
    return cases


def main():
    command = sys.argv[1]
    if command == "answer":
        asked = json.load(sys.stdin)
        json.dump([answer(case) for case in asked], sys.stdout)
    elif command == "ask":
        for case in answers([json.loads(line) for line in sys.stdin if line.strip()]):
            print(json.dumps(case))
    elif command == "random":
        import cases
        for case in answers(list(cases.random_cases(int(sys.argv[2]), int(sys.argv[3])))):
            print(json.dumps(case))
    elif command == "record":
        import cases
        from ansible.release import __version__
        with open(os.path.join(HERE, "oracle.jsonl"), "w", encoding="utf-8") as out:
            out.write(json.dumps({"ansible": __version__, "python": ".".join(map(str, sys.version_info[:3]))}) + "\n")
            for case in answers(list(cases.all_cases())):
                out.write(json.dumps(case) + "\n")


main()
