"""What a run leaves behind: one line of JSON an event, appended by whichever process it happens in, and the files it read."""
import hashlib
import json
import os
import sys

import place

_descriptors = {}
_seen = set()


def open_in(folder):
    """Starts an empty tape in a folder; processes forked from now on write to it too."""
    for name in ("events", "reads"):
        _descriptors[name] = os.open(os.path.join(folder, name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)


def write(event):
    """Appends an event. Keys of the event itself are in a fixed order; those of a value keep theirs, since it can be seen."""
    os.write(_descriptors["events"], (json.dumps(event, default=plain, ensure_ascii=True) + "\n").encode())


def plain(value):
    """A value as JSON can say it: decrypted, and without the types of Ansible."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    if hasattr(value, "items"):
        return dict(value.items())
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return list(value)
    return str(value)


def digest(content):
    """A short digest of bytes."""
    return hashlib.sha256(content).hexdigest()[:16]


def digest_of(path):
    """The digest of a file, or of all that is below a folder: names, bytes, executable bits."""
    if not os.path.isdir(path):
        with open(path, "rb") as file:
            return digest(file.read())
    whole = []
    for base, folders, files in os.walk(path, followlinks=True):
        folders.sort()
        for name in sorted(files):
            full = os.path.join(base, name)
            whole.append(f"{os.path.relpath(full, path)} {os.access(full, os.X_OK)} {digest_of(full)}")
        whole += [os.path.relpath(os.path.join(base, name), path) + "/" for name in folders]
    return digest("\n".join(whole).encode())


def _text(path):
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    return path if isinstance(path, str) else None


def note_read(path):
    """Writes down a file or folder of a source that was opened or listed."""
    text = _text(path)
    if text is None or "reads" not in _descriptors:
        return
    full = os.path.normpath(os.path.join(os.getcwd(), text))
    if full.startswith(place.SOURCES + "/") and full not in _seen and os.path.lexists(full):
        _seen.add(full)
        os.write(_descriptors["reads"], (full[len(place.SOURCES) + 1:] + "\n").encode("utf-8", "surrogateescape"))


class Refused(PermissionError):
    """Something would have run on the build machine."""


_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn")
_NETWORK = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname")


def _audit(event, arguments):
    if event in ("open", "os.listdir", "os.scandir"):
        note_read(arguments[0])
    elif event in _PROGRAMS or event in _NETWORK:
        what = repr(arguments[1] if event == "subprocess.Popen" else arguments)
        if "events" in _descriptors:
            write({"refused": event, "what": what})
        raise Refused(f"not done while recording: {event}")


def watch():
    """From here on, reads are noted, and no program is started and nothing is sent, whatever asks for it."""
    sys.addaudithook(_audit)
