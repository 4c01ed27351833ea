"""Runs `ansible-playbook` in forked processes: one process a configuration imports Ansible, and each recording is a fork of it."""
import gc
import json
import os
import shutil
import signal
import sys
import traceback

import place
import tape

_LIMIT_SECONDS = 120


class Ansible:
    """A process that has Ansible imported under one environment and configuration file, and records runs on demand."""

    def __init__(self, environment, with_workers):
        to_child, self._requests = os.pipe()
        self._answers, from_child = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            place.end_with_parent()
            os.close(self._requests)
            os.close(self._answers)
            _serve((environment, with_workers), os.fdopen(to_child, "r"), os.fdopen(from_child, "w"))
        os.close(to_child)
        os.close(from_child)
        self._out, self._in = os.fdopen(self._requests, "w"), os.fdopen(self._answers, "r")

    def record(self, request):
        """One run; gives its events and the files it read."""
        self._out.write(json.dumps(request) + "\n")
        self._out.flush()
        line = self._in.readline()
        if not line:
            raise RuntimeError("the process that has Ansible imported is gone")
        return json.loads(line)

    def close(self):
        """Ends the process."""
        os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)


def _serve(settings, requests, answers):
    environment, with_workers = settings
    try:
        os.environ.clear()
        os.environ.update(environment, TMPDIR=place.TEMPORARY)
        os.chdir(place.SOURCES)
        import ansible.cli.playbook    # noqa: F401 (reads the configuration)
        import seams
        seams.cut(with_workers)
        seams.preload()
        gc.collect()
        gc.freeze()
        for line in requests:
            answers.write(json.dumps(_forked(json.loads(line))) + "\n")
            answers.flush()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _forked(request):
    folder = "/run/strata/out"
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    child = os.fork()
    if child == 0:
        _run(request, folder)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    events = _lines(folder, "events")
    if status < 0:
        events.append(json.dumps({"failed": f"ended by signal {-status}" if status != -signal.SIGALRM else "does not end"}))
    return {"events": [json.loads(line) for line in events], "reads": sorted(set(_lines(folder, "reads")))}


def _lines(folder, name):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        return file.read().splitlines()


def _run(request, folder):
    code = 70
    try:
        place.end_with_parent()
        signal.alarm(_LIMIT_SECONDS)
        _silence()
        os.chdir(request["folder"])
        import seams
        seams.run = request["run"]
        tape.open_in(folder)
        tape.watch()
        gc.disable()
        code = _playbook(request["arguments"], seams)
    except BaseException:
        tape.write({"bug": traceback.format_exc()})
    os._exit(code)


def _silence():
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")


def _playbook(arguments, seams):
    from ansible.cli.playbook import PlaybookCLI
    from ansible.errors import AnsibleError
    try:
        cli = PlaybookCLI(["ansible-playbook", *arguments])
        cli.parse()
        code = cli.run()
        if code:
            tape.write({"ended": code})
    except AnsibleError as error:
        tape.write({"failed": seams.clean(error)})
    except Exception as error:
        tape.write({"failed": type(error).__name__ + ": " + seams.clean(error)})
    return 0
