"""tree.py FOLDER: what a folder holds, a line each, with everything that a format may lose."""
import hashlib
import os
import stat
import sys


def describe(path, name, links):
    state = os.lstat(path)
    kind = stat.filemode(state.st_mode)
    size = f"{state.st_rdev >> 8}:{state.st_rdev & 255}" if kind[0] in "cb" else "-" if kind[0] == "d" else state.st_size
    attributes = "".join(
        f" {key}={os.getxattr(path, key, follow_symlinks=False).hex()}" for key in sorted(os.listxattr(path, follow_symlinks=False)))
    same = links.setdefault(state.st_ino, name) if kind[0] != "d" else name
    link = "" if same == name else f" = {same}"
    target = f" -> {os.fsdecode(os.readlink(path))}" if kind[0] == "l" else ""
    content = f" sha256={digest(path)}" if kind[0] == "-" and state.st_size > 0 else ""
    return f"{kind} {state.st_uid}:{state.st_gid} {size} {int(state.st_mtime)} {name}{link}{target}{content}{attributes}"


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]


def short(name):
    """A name in ASCII, with a long one's length in place of its middle."""
    text = repr(name)[2:-1]
    return text if len(text) < 60 else f"{text[:8]}..{len(text)}"


top = os.fsencode(sys.argv[1])
links = {}
for folder, folders, files in os.walk(top):
    folders.sort()
    for entry in sorted(folders + files):
        path = os.path.join(folder, entry)
        print(describe(path, short(os.path.relpath(path, top)), links))
