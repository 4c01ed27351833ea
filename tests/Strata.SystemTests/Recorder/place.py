"""The place a recording is made in: private namespaces, so that nothing on the machine or the network can be touched.

A site is always seen at the paths that a build gives it (/run/strata/src/SOURCE), so that the place of a checkout is in no
recording.
"""
import ctypes
import os
import socket
import stat

SOURCES = "/run/strata/src"
WORK = "/run/strata/ansible"
HOME = "/run/strata/home"
TEMPORARY = "/run/strata/tmp"
VAULT_PASSWORD_FILE = "/run/strata/vault-password"
VAULT_PASSWORD = "strata\n"

_NEWNS, _NEWUTS, _NEWUSER, _NEWNET = 0x00020000, 0x04000000, 0x10000000, 0x40000000
_RDONLY, _REMOUNT, _BIND, _REC, _PRIVATE = 1, 32, 4096, 16384, 1 << 18

_libc = ctypes.CDLL(None, use_errno=True)


def read_tree(folder):
    """The files of a folder as {path: (kind, content)}; kind is "file", "executable" or "link"."""
    tree = {}
    for base, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not (base == folder and name == ".git")]
        for name in files + [name for name in folders if os.path.islink(os.path.join(base, name))]:
            path = os.path.join(base, name)
            tree[os.path.relpath(path, folder)] = _read_entry(path)
    return tree


def _read_entry(path):
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        return ("link", os.fsencode(os.readlink(path)))
    with open(path, "rb") as file:
        return ("executable" if status.st_mode & 0o100 else "file", file.read())


def write_tree(tree, folder):
    """Writes the files as a build's export does: modes 0644 and 0755, and one time for all."""
    os.makedirs(folder, exist_ok=True)
    for path, (kind, content) in sorted(tree.items()):
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        if kind == "link":
            os.symlink(os.fsdecode(content), full)
            continue
        with open(full, "wb") as file:
            file.write(content)
        os.chmod(full, 0o755 if kind == "executable" else 0o644)
        os.utime(full, (0, 0))


def enter():
    """Enters the private place. The machine's own files are read-only from here on, and there is no network."""
    os.umask(0o022)
    uid, gid = os.getuid(), os.getgid()
    flags = _NEWNS | _NEWUTS | _NEWNET
    _call("unshare", flags if uid == 0 else flags | _NEWUSER)
    if uid != 0:
        _map_to_root(uid, gid)
    socket.sethostname("strata-image")
    _mount("none", "/", None, _REC | _PRIVATE)
    _mount("tmpfs", "/run", "tmpfs", 0)
    _mount("/", "/", None, _REMOUNT | _BIND | _RDONLY)
    for folder in (SOURCES, WORK, HOME, TEMPORARY):
        os.makedirs(folder)
    with open(VAULT_PASSWORD_FILE, "w", encoding="utf-8") as file:
        file.write(VAULT_PASSWORD)


def end_with_parent():
    """Has the kernel end this process when the one that forked it ends, however that happens."""
    _call("prctl", 1, 9)    # PR_SET_PDEATHSIG, SIGKILL


def _map_to_root(uid, gid):
    for file, text in (("setgroups", "deny"), ("uid_map", f"0 {uid} 1"), ("gid_map", f"0 {gid} 1")):
        with open("/proc/self/" + file, "w", encoding="ascii") as out:
            out.write(text)


def _mount(source, target, kind, flags):
    _call("mount", source.encode(), target.encode(), kind.encode() if kind else None, flags, None)


def _call(name, *arguments):
    if getattr(_libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
