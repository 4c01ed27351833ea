"""The part of a layer file that says how Ansible is run, and the run that a build makes of it."""
import hashlib
import json
import os

import yaml

import place

IMAGE_HOST = "strata-image"
_IGNORED = (".pyc", ".pyo", ".swp", ".bak", "~", ".rpm", ".md", ".txt", ".rst", ".orig", ".cfg", ".retry")
_BY_NAME = ("extra-vars", "environment", "facts")


class _Loader(yaml.SafeLoader):
    """YAML 1.1, with dates as the text that is written, as Strata hands them on."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_constructor("!unsafe", lambda loader, node: {"__ansible_unsafe": loader.construct_scalar(node)})
_Loader.add_constructor("!vault", lambda loader, node: {"__ansible_vault": loader.construct_scalar(node)})


class Target:
    """One target of a snapshot, complete: what `ansible-playbook` is given, and the other steps as they are digested."""

    def __init__(self, name, source, arguments, environment, files, facts, definition, localhost, delegates):
        self.name = name
        self.source = source
        self.arguments = arguments
        self.environment = environment
        self.files = files
        self.facts = facts
        self.definition = definition
        self.localhost = localhost
        self.delegates = delegates


def targets_of(tree):
    """The targets of a layer file in its order; `tree` is what `place.read_tree` gives."""
    file = yaml.load(tree["strata.yaml"][1].decode(), Loader=_Loader)
    sources = {"self": tree}
    for name in file.get("sources") or {}:
        sources[name] = {path[len(name) + 1:]: entry for path, entry in tree.items() if path.startswith(name + "/")}
    return sources, [target for system in _systems(file) for target in _targets_of_system(file, sources, system)]


def _systems(file):
    if "systems" not in file:
        cluster = file.get("cluster") or {}
        return [{"label": None, "name": cluster.get("name", ""), "short": cluster.get("short", ""),
                 "inventory": file.get("inventory"), "ansible": {}}]
    return [{"label": name, "name": name, "short": system.get("short", ""), "inventory": system.get("inventory"),
             "ansible": system.get("ansible") or {}} for name, system in file["systems"].items()]


def _targets_of_system(file, sources, system):
    for layer_name, layer in (file.get("layers") or {}).items():
        if system["label"] and layer.get("systems") and system["label"] not in layer["systems"]:
            continue
        for type_name, declared in layer["types"].items():
            defaults = {key: value for key, value in layer.items() if key not in ("types", "ansible", "systems")}
            entry = {**defaults, **(declared or {})}
            ansible = _merged(file.get("ansible"), system["ansible"], layer.get("ansible"), (declared or {}).get("ansible"))
            suffix = "@" + system["label"] if system["label"] else ""
            yield _target(f"{layer_name}/{type_name}{suffix}", entry, ansible, file, sources, system)


def _merged(*settings):
    merged = {}
    for setting in settings:
        for key, value in (setting or {}).items():
            merged[key] = {**merged.get(key, {}), **value} if key in _BY_NAME and value else value
    return merged


def _target(name, entry, ansible, file, sources, system):
    source = entry.get("source") or "self"
    inventory = [_source_path(item) for item in _listed(system["inventory"])]
    return Target(
        name, source, _arguments(entry, ansible, inventory), _environment(ansible, source, sources, system),
        {"image-host.json": _image_host(entry.get("groups") or [], inventory, sources),
         "extra-vars.json": json.dumps({**(ansible.get("extra-vars") or {}), "strata_build": True}),
         "ansible.cfg": "[defaults]\n"},
        ansible.get("facts") or {}, _definition(entry, ansible, file, sources[source]),
        bool(ansible.get("localhost")), ansible.get("delegates") or [])


def _arguments(entry, ansible, inventory):
    playbooks = entry.get("playbooks") or []
    if not playbooks:
        return None
    arguments = []
    for source, path in inventory:
        arguments += ["--inventory", _seen(source, path)]
    arguments += ["--inventory", place.WORK + "/image-host.json",
                  "--limit", IMAGE_HOST + (",localhost" if ansible.get("localhost") else ""),
                  "--extra-vars", f"@{place.WORK}/extra-vars.json", "--forks", "1"]
    for key in ("tags", "skip-tags"):
        if ansible.get(key):
            arguments += ["--" + key, ",".join(ansible[key])]
    if ansible.get("vault-password-file"):
        arguments += ["--vault-password-file", ansible["vault-password-file"]]
    return arguments + _listed(playbooks)


def _environment(ansible, source, sources, system):
    environment = {"ANSIBLE_PIPELINING": "1", "ANSIBLE_REMOTE_TMP": "/tmp/.ansible-tmp"}
    for name, text in (ansible.get("environment") or {}).items():
        environment[name] = (str(text).replace("{source}", _seen(source, "")).replace("{system}", system["name"])
                             .replace("{short}", system["short"]))
    config = ansible.get("config") or ("ansible.cfg" if "ansible.cfg" in sources[source] else None)
    environment["ANSIBLE_CONFIG"] = _seen(source, config) if config else place.WORK + "/ansible.cfg"
    for key, names in (("roles-path", ["ANSIBLE_ROLES_PATH"]),
                       ("collections-path", ["ANSIBLE_COLLECTIONS_PATH", "ANSIBLE_COLLECTIONS_PATHS"])):
        if ansible.get(key) is not None:
            paths = ":".join(_seen(*_source_path(path, source)) for path in _listed(ansible[key]))
            environment.update({name: paths for name in names})
    return {**environment, "ANSIBLE_NOCOLOR": "1", "ANSIBLE_RETRY_FILES_ENABLED": "0", "PYTHONDONTWRITEBYTECODE": "1",
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": place.HOME, "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"}


def _image_host(groups, inventory, sources):
    variables = {"ansible_connection": "containers.podman.buildah", "ansible_host": IMAGE_HOST, "ansible_user": "root",
                 **_site_inventory(inventory, sources)}
    content = {"all": {"vars": {"ansible_python_interpreter": "/usr/bin/python3"}}}
    names = list(dict.fromkeys(group for group in groups if group != "all")) or ["ungrouped"]
    for number, group in enumerate(names):
        content[group] = {"hosts": {IMAGE_HOST: variables if number == 0 else {}}}
    return json.dumps(content)


def _site_inventory(inventory, sources):
    if not inventory:
        return {}
    source, path = inventory[0]
    seen = _seen(source, path)
    prefix = path + "/" if path else ""
    if path in sources[source]:
        return {"inventory_dir": os.path.dirname(seen), "inventory_file": seen}
    names = sorted(p[len(prefix):] for p in sources[source] if p.startswith(prefix) and "/" not in p[len(prefix):])
    names = [name for name in names if not name.startswith(".") and not name.endswith(_IGNORED)]
    return {"inventory_dir": seen, "inventory_file": f"{seen}/{names[0]}" if names else seen}


def _definition(entry, ansible, file, files):
    """What a target's other steps are; texts and files by their content."""
    own = {key: entry[key] for key in ("packages", "files", "commands") if entry.get(key)}
    if isinstance(own.get("packages"), str):
        own["packages"] = yaml.load(files[own["packages"]][1].decode(), Loader=_Loader)
    own["content"] = {step["source"]: _digest_below(files, step["source"]) for step in own.get("files", [])}
    if entry.get("playbooks"):
        own["requirements"] = [_digest_below(files, path) for path in _listed(ansible.get("requirements"))]
        own["facts"] = ansible.get("facts")
    own["architecture"] = entry.get("architecture") or file.get("architecture") or "x86_64"
    return {key: value for key, value in own.items() if value}


def _digest_below(files, path):
    path = path.rstrip("/")
    found = [(p, *entry) for p, entry in sorted(files.items()) if p == path or p.startswith(path + "/")]
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16]


def _listed(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def _source_path(item, source="self"):
    if isinstance(item, dict):
        return item.get("source") or source, item["path"].rstrip("/")
    return source, item.rstrip("/")


def _seen(source, path):
    return f"{place.SOURCES}/{source}" + (f"/{path}" if path and path != "." else "")
