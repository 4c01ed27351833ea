"""Made-up results: what a module is said to have done, since none is ever run."""

# Conditions on results can go either way in a build, so a target is recorded once with each of these.
PROFILES = {
    "changed": {"changed": True, "stdout": "", "exists": True},
    "unchanged": {"changed": False, "stdout": "recorded", "exists": False},
    "failing": {"changed": True, "stdout": "", "exists": True},     # only where a failure is expected
}

# A site in which none of these words stands cannot look at a result.
WORDS = (b"register", b"notify", b"rescue", b"ignore_", b"until", b"changed_when", b"failed_when", b"listen", b"_plugins/")

FAILURE = "made-up failure"

FACTS = {
    "architecture": "x86_64", "machine": "x86_64", "kernel": "6.1.0", "system": "Linux", "distribution": "Debian",
    "distribution_version": "12", "distribution_major_version": "12", "distribution_release": "bookworm", "os_family": "Debian",
    "pkg_mgr": "apt", "service_mgr": "systemd", "python_version": "3.11.2", "hostname": "strata-image", "nodename": "strata-image",
    "fqdn": "strata-image", "domain": "", "virtualization_type": "container", "virtualization_role": "guest",
    "processor_vcpus": 2, "processor_count": 2, "memtotal_mb": 4096, "interfaces": ["lo"], "all_ipv4_addresses": [],
    "default_ipv4": {}, "user_id": "root", "user_dir": "/root", "user_uid": 0, "user_gid": 0, "env": {}, "mounts": [], "devices": {},
    "selinux": {"status": "disabled"}, "local": {}, "python": {"version": {"major": 3, "minor": 11}},
    "date_time": {"epoch": "0", "date": "1970-01-01", "time": "00:00:00", "iso8601": "1970-01-01T00:00:00Z", "year": "1970"},
}


def facts_with(declared):
    """The facts of the image, with those that the layer file declares."""
    return {"ansible_" + name: value for name, value in {**FACTS, **declared}.items()}


def result_of(module, arguments, profile, declared_facts, fails):
    """What a module is said to have answered."""
    said = PROFILES[profile]
    if fails and profile == "failing":
        return {"failed": True, "changed": False, "rc": 1, "msg": FAILURE, "stdout": "", "stderr": FAILURE}
    result = {"changed": said["changed"], "rc": 0, "stdout": said["stdout"], "stderr": "", "msg": ""}
    result.update(_special(module.rpartition(".")[2], arguments, said["exists"], declared_facts))
    for key in ("stdout", "stderr"):
        result[key + "_lines"] = result[key].splitlines()
    return result


def _special(name, arguments, exists, declared_facts):
    if name in ("setup", "gather_facts"):
        return {"changed": False, "ansible_facts": facts_with(declared_facts)}
    if name == "stat":
        stat = {"exists": True, "isdir": False, "isreg": True, "islnk": False, "mode": "0644", "checksum": "0" * 40, "size": 1}
        return {"changed": False, "stat": stat if exists else {"exists": False}}
    if name == "service_facts":
        return {"changed": False, "ansible_facts": {"services": {}}}
    if name == "package_facts":
        return {"changed": False, "ansible_facts": {"packages": {}}}
    if name == "getent":
        return {"changed": False, "ansible_facts": {"getent_" + str(arguments.get("database")): {}}}
    if name == "slurp":
        return {"changed": False, "content": "", "encoding": "base64"}
    if name == "find":
        return {"changed": False, "files": [], "matched": 0, "examined": 0}
    if name == "async_status":
        return {"finished": 1, "started": 1}
    return {}
