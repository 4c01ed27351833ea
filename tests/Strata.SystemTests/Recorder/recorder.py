#!/usr/bin/python3
"""What each target of a site would have Ansible do, and whether a change of the site changes that.

Usage: recorder.py [--json] [--workers] BEFORE AFTER...    compares each AFTER with BEFORE
       recorder.py [--json] [--workers] --show SITE        writes the recordings of a site
       recorder.py [--workers] --serve                     reads lines ["BEFORE", "AFTER", ...], answers a line of JSON for each

--workers gives each task a process of its own, as Ansible has it: slower.
"""
import argparse
import difflib
import json
import os
import shutil
import sys

import layers
import place
import results
import running


class Recorder:
    """Records snapshots of one site, one after the other, in one private place."""

    def __init__(self, with_workers):
        self._with_workers = with_workers
        self._processes = {}

    def record(self, tree):
        """{target: {"events": {profile: events}, "reads": paths}} of a snapshot."""
        try:
            sources, targets = layers.targets_of(tree)
        except Exception as fault:
            return {"(layer file)": {"events": {"": [{"failed": f"{type(fault).__name__}: {fault}"}]}, "reads": []}}
        return {target.name: self._record_target(target, sources) for target in targets}

    def _record_target(self, target, sources):
        recording = {"events": {}, "reads": set()}
        if target.definition:
            recording["events"]["steps"] = [target.definition]
        if target.arguments is None:
            return recording
        for profile in _profiles(sources):
            answer = self._run(target, sources, profile)
            recording["events"][profile] = answer["events"]
            recording["reads"] |= set(answer["reads"])
        return recording

    def _run(self, target, sources, profile):
        for name in os.listdir(place.SOURCES):
            shutil.rmtree(os.path.join(place.SOURCES, name))
        for name, files in sources.items():
            place.write_tree(files, os.path.join(place.SOURCES, name))
        place.write_tree({name: ("file", text.encode()) for name, text in target.files.items()}, place.WORK)
        return self._process(target, sources).record({
            "folder": f"{place.SOURCES}/{target.source}", "arguments": target.arguments,
            "run": {"profile": profile, "facts": target.facts, "localhost": target.localhost, "delegates": target.delegates}})

    def _process(self, target, sources):
        """Ansible reads its configuration once in a process, so each configuration has a process of its own."""
        path = target.environment["ANSIBLE_CONFIG"].removeprefix(f"{place.SOURCES}/{target.source}/")
        config = sources[target.source].get(path, ("file", b""))[1]
        key = (config, tuple(sorted(target.environment.items())))
        if key not in self._processes:
            self._processes[key] = running.Ansible(target.environment, self._with_workers)
        return self._processes[key]

    def close(self):
        """Ends the processes."""
        for process in self._processes.values():
            process.close()


def _profiles(sources):
    """All of them, unless nothing in the site can look at a result."""
    looks = any(word in content for files in sources.values() for _, content in files.values() for word in results.WORDS)
    looks = looks or any(word.decode() in path for files in sources.values() for path in files for word in results.WORDS)
    return list(results.PROFILES) if looks else ["changed"]


def effects(recording):
    """The events without names, nor those that are nothing but a name."""
    return {profile: [event for event in ({k: v for k, v in event.items() if k != "name"} for event in events) if event]
            for profile, events in recording["events"].items()}


def answer(before, after):
    """`same`, `differs`, or `differs in names only`; `added` and `removed` where a target is in one snapshot alone."""
    if before is None or after is None:
        return "added" if before is None else "removed"
    if json.dumps(effects(before)) != json.dumps(effects(after)):
        return "differs"
    return "same" if before["events"] == after["events"] else "differs in names only"


def text_of(recording):
    """A recording as lines."""
    return [line for profile, events in recording["events"].items()
            for line in [f"[{profile}]", *(json.dumps(event) for event in events)]]


def compare(before, after):
    """{target: {"answer", "diff"}} over both snapshots."""
    compared = {}
    for name in [*before, *(name for name in after if name not in before)]:
        said = answer(before.get(name), after.get(name))
        diff = []
        if said.startswith("differs"):
            diff = list(difflib.unified_diff(text_of(before[name]), text_of(after[name]), lineterm="", n=0))[2:]
        compared[name] = {"answer": said, "diff": diff}
    return compared


def main():
    parser = argparse.ArgumentParser(usage=__doc__.partition("Usage: ")[2])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--workers", action="store_true")
    parser.add_argument("sites", nargs="*")
    options = parser.parse_args()
    place.enter()
    recorder = Recorder(options.workers)
    if options.serve:
        for line in sys.stdin:
            print(json.dumps(_compared(recorder, json.loads(line))), flush=True)
    elif options.show:
        _show([recorder.record(place.read_tree(site)) for site in options.sites], options.json)
    else:
        _answer(_compared(recorder, options.sites), options)
    recorder.close()


def _compared(recorder, sites):
    before, *after = [recorder.record(place.read_tree(site)) for site in sites]
    return [compare(before, recording) for recording in after]


def _show(recordings, as_json):
    for recording in recordings:
        if as_json:
            print(json.dumps({name: {"events": r["events"], "reads": sorted(r["reads"])} for name, r in recording.items()}))
            continue
        for name, target in recording.items():
            print("\n".join([name, *("  " + line for line in text_of(target)), "  reads:", *("    " + path for path in sorted(target["reads"]))]))


def _answer(answers, options):
    for number, compared in enumerate(answers):
        if options.json:
            print(json.dumps(compared))
            continue
        if len(answers) > 1:
            print(options.sites[number + 1])
        for name, said in compared.items():
            print("\n".join([f"{name}: {said['answer']}", *("  " + line for line in said["diff"])]))


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":    # Ansible's set filters give an order that hangs on it
        os.execve(sys.executable, [sys.executable, "-B", *sys.argv], {**os.environ, "PYTHONHASHSEED": "0", "LANG": "C.UTF-8"})
    main()
