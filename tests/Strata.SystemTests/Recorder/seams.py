"""Where the real Ansible is cut: everything up to "run this on the host" is its own code, and what is beyond is written down.

Imported only after the configuration of a run is in the environment, since Ansible reads it when it is imported.
"""
import datetime
import glob
import multiprocessing
import multiprocessing.connection
import os
import pickle
import random
import re
import shlex
import time
import urllib.parse

import ansible.constants as C
import ansible.plugins.loader as loaders
from ansible.errors import AnsibleError
from ansible.executor import module_common, playbook_executor, task_executor, task_queue_manager
from ansible.playbook.block import Block
from ansible.playbook.play_context import PlayContext
from ansible.plugins.action import ActionBase
from ansible.utils import plugin_docs, ssh_functions
from ansible.utils.display import Display

import inline
import place
import results
import tape

_PACKAGE = os.path.dirname(C.__file__)
_REMOTE = "/tmp/.ansible-tmp/recorded"
_IMAGE_CONNECTION = "buildah"
_NOW = datetime.datetime(2000, 1, 1)

# Tasks that only lead to others, or to variables: what they do is seen in what follows.
_SILENT = ("include_tasks", "include_role", "import_tasks", "import_role", "include", "include_vars", "meta", "set_fact", "set_stats",
           "validate_argument_spec")

# Modules whose `src` or `path` is on the build machine.
_LOCAL_PATHS = ("synchronize",)

run = None     # the run that is recorded: profile, facts, localhost, delegates
_emitted = 0


def clean(message):
    """A message without the place it points at."""
    text = str(message)
    text = text.split("\n\nThe error appears to")[0].split("The error appears to be in")[0]
    text = re.sub(r"\bline \d+(, column \d+)?", "line N", text)
    text = re.sub(r"in \"<unicode string>\".*", "", text, flags=re.S)
    text = re.sub(r"/run/strata/home/\.ansible/tmp/[^\s'\"]*", "TEMPORARY", text)
    return re.sub(r"/run/strata/src/[^\s'\":]*", "PATH", text).strip()


def _emit(action, event):
    global _emitted
    _emitted += 1
    tape.write({**event, **_circumstances(action), "name": str(action._task.name or "")})


def _circumstances(action):
    """What surrounds a task and changes what it does."""
    task, connection = action._task, action._connection
    environment = {}
    action._compute_environment_string(environment)
    around = {
        "environment": _sorted(environment),
        "become": _become(connection),
        "delegate_to": task.delegate_to,
        "host": _other_host(action),
        "check_mode": bool(action._play_context.check_mode),
        "async": [task.async_val, task.poll] if task.async_val else None,
        "interpreter": _interpreter(action),
        "shell": _shell(connection),
    }
    return {key: value for key, value in around.items() if value}


def _become(connection):
    become = getattr(connection, "become", None)
    if not become:
        return None
    options = {name: become.get_option(name) for name in ("become_user", "become_exe", "become_flags")}
    return {"method": become.name, **{name: value for name, value in options.items() if value}}


def _other_host(action):
    host = action._task_vars.get("inventory_hostname") if hasattr(action, "_task_vars") else None
    return None if host in (None, "strata-image") else host


def _interpreter(action):
    variables = getattr(action, "_task_vars", None) or {}
    if action._task.delegate_to:
        variables = variables.get("ansible_delegated_vars", {}).get(action._task.delegate_to, variables)
    try:
        shebang, _ = module_common._get_shebang("/usr/bin/python", variables, action._templar)
    except module_common.InterpreterDiscoveryRequiredError as discovery:
        return str(discovery.interpreter_name) + " discovered: " + str(discovery.discovery_mode)
    return None if shebang == "#!/usr/bin/python3" else shebang


def _shell(connection):
    shell = connection._shell
    usual = {"remote_tmp": "/tmp/.ansible-tmp", "system_tmpdirs": ["/var/tmp", "/tmp"], "admin_users": ["root", "toor"],
             "async_dir": "~/.ansible_async"}
    told = {name: shell.get_option(name) for name in usual if shell.has_option(name)}
    told = {name: value for name, value in told.items() if value != usual[name]}
    if getattr(shell, "SHELL_FAMILY", "sh") != "sh" or getattr(shell, "executable", "/bin/sh") != "/bin/sh":
        told["executable"] = [shell.SHELL_FAMILY, shell.executable]
    return told


def _require_reachable(action):
    """As the connection plugins that a build puts in the place of Ansible's own."""
    name = action._connection._load_name.rpartition(".")[2]
    if name == _IMAGE_CONNECTION:
        return
    host = action._task.delegate_to or action._play_context.remote_addr
    is_local = host in ("localhost", "127.0.0.1", "::1")
    allows_local = run["localhost"] or any(d in ("localhost", "127.0.0.1", "::1") for d in run["delegates"])
    allows_remote = any(d not in ("localhost", "127.0.0.1", "::1") for d in run["delegates"])
    if not (allows_local if name == "local" else allows_remote):
        raise AnsibleError(f"Strata does not let a build reach '{host}' (connection '{name}')" + (" local" if is_local else ""))


def _code(action, module, path):
    """The code that a module of the site brings, with what it imports from the site."""
    own = [d for d in loaders.module_utils_loader._get_paths(subdirs=False) if d.startswith(place.SOURCES)]
    if not path.startswith(place.SOURCES) and not own and ".ansible_collections." not in path:
        return None
    with open(path, "rb") as file:
        content = file.read()
    imported = set()
    if path.endswith(".py") and b"ansible" in content:
        import io
        import zipfile
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            dotted = path[path.index("ansible_collections"):-3].replace("/", ".") if "ansible_collections/" in path else "ansible.modules." + module
            module_common.recursive_finder(os.path.basename(path)[:-3], dotted, content, archive)
            imported = {(name, tape.digest(archive.read(name))) for name in archive.namelist()}
    if not path.startswith(place.SOURCES) and not _differs_from_installed(imported):
        return None
    return tape.digest(repr((content, sorted(_differs_from_installed(imported)))).encode())


def _differs_from_installed(imported):
    """Of what a module brings, what the installed Ansible has not."""
    odd = set()
    for name, sum_ in imported:
        installed = os.path.join(os.path.dirname(_PACKAGE), name)
        if name.count("/") > 1 and not (os.path.isfile(installed) and tape.digest_of(installed) == sum_):
            odd.add((name, sum_))
    return odd


def _fails_here(task):
    """Whether a failure of the task is expected by what is written around it."""
    if task.ignore_errors or task.failed_when:
        return True
    child, parent = task, task._parent
    while parent is not None:
        if isinstance(parent, Block) and parent.rescue and not _is_among(child, parent.rescue + parent.always):
            return True
        child, parent = parent, parent._parent
    return False


def _is_among(child, tasks):
    return any(child is task or child._uuid == task._uuid for task in tasks)


def _record_module(self, module_name=None, module_args=None, task_vars=None, wrap_async=False, **_):
    task_vars = task_vars if task_vars is not None else {}
    name = module_name or self._task.action
    arguments = dict(module_args if module_args is not None else self._task.args)
    _require_reachable(self)
    path = _resolve(self, name)
    self._update_module_args(name, arguments, task_vars)
    told = {key: value for key, value in arguments.items() if not key.startswith("_ansible_")}
    if re.fullmatch(r"tmp[a-z0-9_]{8}", str(told.get("_original_basename"))):
        told["_original_basename"] = "TEMPORARY"
    if arguments.get("_ansible_shell_executable", "/bin/sh") != "/bin/sh":
        told["_ansible_shell_executable"] = arguments["_ansible_shell_executable"]
    short = name.removeprefix("ansible.legacy.").removeprefix("ansible.builtin.")
    _emit(self, {"module": short, "arguments": _sorted(_in_place(told)), **_optional("code", _code(self, short, path)),
                 **_optional("local", _local_files(self, short, told))})
    from ansible.utils.unsafe_proxy import wrap_var
    result = results.result_of(name, told, run["profile"], run["facts"], _fails_here(self._task))
    if wrap_async:
        result.update(ansible_job_id="recorded", started=1, finished=0)
    return wrap_var(result)


def _resolve(action, name):
    for kind in action._connection.module_implementation_preferences:
        found = action._shared_loader_obj.module_loader.find_plugin_with_context(name, kind, collection_list=action._task.collections)
        if found.resolved:
            return found.plugin_resolved_path
    raise AnsibleError(f"The module {name} was not found in configured module paths")


def _optional(key, value):
    return {key: value} if value else {}


def _sorted(arguments):
    return {key: arguments[key] for key in sorted(arguments, key=str)}


def _in_place(value):
    """Arguments with the temporary paths of this run under one name."""
    if isinstance(value, dict):
        return {key: _in_place(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_in_place(item) for item in value]
    if isinstance(value, str):
        return re.sub(r"/run/strata/home/\.ansible/tmp/\S*?([^/\s]*)(?=\s|$)", "TEMPORARY", str(value))
    return value


def _local_files(action, name, arguments):
    """The site's files that a module reads by itself: where it runs on the build machine."""
    if action._connection._load_name.rpartition(".")[2] != "local" and name not in _LOCAL_PATHS:
        return None
    return _named_files(" ".join(_texts(arguments)), action._loader.get_basedir())


def _texts(value):
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in _texts(item)]
    return [str(value)]


def _named_files(text, folder):
    """{file as named: its digest} for each word that is a file or folder of the site."""
    try:
        words = shlex.split(text)
    except ValueError:
        words = text.split()
    paths = ((word, os.path.join(folder, word)) for word in words)
    return {word: tape.digest_of(path) for word, path in paths
            if os.path.exists(path) and os.path.normpath(path).startswith(place.SOURCES + "/")}


def _record_command(self, cmd, sudoable=True, in_data=None, executable=None, chdir=None, **_):
    _require_reachable(self)
    _emit(self, {"command": _in_place(str(cmd)), **_optional("chdir", chdir), **_optional("executable", executable)})
    result = results.result_of("command", {}, run["profile"], {}, _fails_here(self._task))
    return {"rc": result["rc"], "stdout": result["stdout"], "stderr": result["stderr"],
            "stdout_lines": result["stdout_lines"], "stderr_lines": result["stderr_lines"]}


def _record_file(self, local_path, remote_path):
    _require_reachable(self)
    _emit(self, {"transfer": remote_path, "content": tape.digest_of(local_path)})
    return remote_path


def _record_data(self, remote_path, data):
    _require_reachable(self)
    content = data if isinstance(data, bytes) else str(tape.plain(data)).encode()
    _emit(self, {"transfer": remote_path, "content": tape.digest(content)})
    return remote_path


def _tmp_path(self, remote_user=None):
    self._connection._shell.tmpdir = _REMOTE
    return _REMOTE


def _remote_stat(self, path, all_vars, follow, tmp=None, checksum=True):
    """Nothing is there yet, so that files are handed over; but for the folder that an archive is unpacked in."""
    _require_reachable(self)
    is_folder = self._task.action.rpartition(".")[2] == "unarchive"
    return {"exists": is_folder, "isdir": is_folder, "checksum": "1"}


def _cut_actions():
    ActionBase._execute_module = _record_module
    ActionBase._low_level_execute_command = _record_command
    ActionBase._transfer_file = _record_file
    ActionBase._transfer_data = _record_data
    ActionBase._make_tmp_path = _tmp_path
    ActionBase._remove_tmp_path = lambda self, tmp_path, force=False: None
    ActionBase._fixup_perms2 = lambda self, remote_paths, remote_user=None, execute=True: remote_paths
    ActionBase._execute_remote_stat = _remote_stat
    ActionBase._remote_file_exists = lambda self, path: results.PROFILES[run["profile"]]["exists"]
    ActionBase._remote_expand_user = lambda self, path, sudoable=True, pathsep=None: path


def _record_action(self, tmp=None, task_vars=None):
    """Stands in for an action that would wait for a machine."""
    _emit(self, {"action": self._task.action, "arguments": _sorted(dict(self._task.args))})
    return results.result_of(self._task.action, self._task.args, run["profile"], run["facts"], False)


_get_handler = task_executor.TaskExecutor._get_action_handler_with_module_context


def _handler(self, connection, templar):
    handler, context = _get_handler(self, connection, templar)
    variables = self._job_vars
    handler._task_vars = variables
    if self._task.action.rpartition(".")[2] in ("pause", "reboot", "wait_for_connection"):
        handler.run = lambda tmp=None, task_vars=None: _record_action(handler, tmp, task_vars)
    self._recorded_handler = handler
    return handler, context


_get_connection = task_executor.TaskExecutor._get_connection


def _connection(self, cvars, templar, current_connection):
    """The real plugin with its real options, which connects to nothing."""
    connection = _get_connection(self, cvars, templar, current_connection)
    for name in ("_connect", "exec_command", "put_file", "fetch_file", "close", "reset"):
        setattr(connection, name, lambda *arguments, **keywords: connection)
    return connection


_execute = task_executor.TaskExecutor._execute


def _execute_recorded(self, variables=None):
    before = _emitted
    random.seed(0)
    self._recorded_handler = None
    result = _execute(self, variables)
    action = self._task.action.rpartition(".")[2]
    if self._recorded_handler is not None and _emitted == before and action not in _SILENT and not result.get("skipped"):
        told = {"arguments": _sorted(dict(self._task.args))}
        if action == "debug" and "var" in self._task.args:
            told = {"shown": _in_place({key: result[key] for key in sorted(result) if not key.startswith("_") and key not in ("changed", "failed")})}
        _emit(self._recorded_handler, {"action": action, **told})
    return result


_send_callback = task_queue_manager.TaskQueueManager.send_callback


def _send_recorded(self, method_name, *arguments, **keywords):
    if method_name == "v2_playbook_on_play_start":
        _record_play(arguments[0])
    elif method_name in ("v2_runner_on_failed", "v2_runner_on_unreachable"):
        _record_failures(arguments[0]._result)
    return _send_callback(self, method_name, *arguments, **keywords)


def _record_play(play):
    """A play's name, where it has one of its own."""
    hosts = play.hosts if isinstance(play.hosts, str) else ",".join(play.hosts or [])
    if play.get_name() != hosts:
        tape.write({"name": str(play.get_name())})


def _record_failures(result):
    for item in result.get("results") or [result]:
        message = clean(item.get("msg") or item.get("message") or item.get("reason") or item.get("exception") or "")
        if isinstance(item, dict) and item.get("failed") and results.FAILURE not in message and message != "One or more items failed":
            tape.write({"failed": message, **_optional("shown", item.get("assertion"))})
        elif item.get("unreachable"):
            tape.write({"unreachable": message})


def _cut_executor():
    task_executor.TaskExecutor._get_action_handler_with_module_context = _handler
    task_executor.TaskExecutor._get_connection = _connection
    task_executor.TaskExecutor._execute = _execute_recorded
    task_queue_manager.TaskQueueManager.send_callback = _send_recorded
    playbook_executor.set_default_transport = lambda: None
    ssh_functions.check_for_controlpersist = lambda ssh_executable: True
    Display.error = lambda self, msg, wrap_text=True: tape.write({"failed": clean(msg)})


def _pipe(self, terms, variables, **keywords):
    return [f"{self.__module__.rpartition('.')[2]}: {term} {_named_files(str(term), self._loader.get_basedir()) or ''}".strip() for term in terms]


def _url(self, terms, variables=None, **keywords):
    return ["url: " + str(term) for term in terms]


def _script_inventory(self, inventory, loader, path, cache=None):
    tape.write({"inventory script": tape.digest_of(path)})


_PLUGINS = {
    "lookup/pipe.py": ("LookupModule", "run", _pipe),
    "lookup/lines.py": ("LookupModule", "run", _pipe),
    "lookup/url.py": ("LookupModule", "run", _url),
    "inventory/script.py": ("InventoryModule", "parse", _script_inventory),
}

_load_source = loaders.PluginLoader._load_module_source


def _load_cut(self, name, path):
    module = _load_source(self, name, path)
    if path.startswith(_PACKAGE + "/plugins/"):
        cut = _PLUGINS.get(path[len(_PACKAGE + "/plugins/"):])
        if cut:
            setattr(getattr(module, cut[0]), cut[1], cut[2])
    return module


_parsed = {}


class _Documentation(loaders.AnsibleLoader):
    """Documentation of plugins, parsed once for all runs: a third of the time of a small one."""

    def __init__(self, text, *arguments, **keywords):
        self._text = text
        if text not in _parsed:
            super().__init__(text, *arguments, **keywords)

    def get_single_data(self):
        if self._text not in _parsed:
            _parsed[self._text] = pickle.dumps(super().get_single_data())
        return pickle.loads(_parsed[self._text])


class _Clock(datetime.datetime):
    """The time stands still."""

    @classmethod
    def now(cls, tz=None):
        return _NOW if tz is None else _NOW.replace(tzinfo=tz)

    @classmethod
    def utcnow(cls):
        return _NOW


_real_sleep = time.sleep


def _sleep(seconds):
    """A task never waits; the process that leads them waits for the one at work, where Ansible looks again and again."""
    if multiprocessing.parent_process() is None and not inline.at_work:
        workers = [worker.sentinel for worker in multiprocessing.active_children()]
        if workers:
            multiprocessing.connection.wait(workers, 0.05)
        _real_sleep(0.0005)


def _still_world():
    """No clock and no chance: what a run would draw is the same each time."""
    import ansible.template
    fixed = type("datetime", (), {**vars(datetime), "datetime": _Clock})
    ansible.template.datetime = fixed
    random._urandom = lambda size: bytes((7 * i + 3) % 256 for i in range(size))
    time.sleep = _sleep


def cut(with_workers):
    """Puts every seam in place; `with_workers` leaves a process to each task, as Ansible has it."""
    if not with_workers:
        inline.use()
    loaders.PluginLoader._load_module_source = _load_cut
    _cut_actions()
    _cut_executor()
    _still_world()
    loaders.AnsibleLoader = plugin_docs.AnsibleLoader = _Documentation


def preload():
    """Loads Ansible's own plugins, so that forked runs need not; none of the site's."""
    import sys
    loaders.connection_loader.find_plugin_with_context("containers.podman." + _IMAGE_CONNECTION)
    for loader in (loaders.action_loader, loaders.lookup_loader, loaders.connection_loader, loaders.shell_loader, loaders.become_loader,
                   loaders.callback_loader, loaders.vars_loader, loaders.inventory_loader, loaders.strategy_loader, loaders.cache_loader,
                   loaders.filter_loader, loaders.test_loader):
        kind = loader.package.rpartition(".")[2]
        for path in sorted(glob.glob(f"{_PACKAGE}/plugins/{kind}/*.py")):
            name = os.path.basename(path)[:-3]
            if name in ("__init__", "base") and kind in ("cache", "strategy") or name == "__init__":
                continue
            before = set(sys.modules)
            try:
                module = loader._module_cache[path] = loader._load_module_source("recorder_preloaded_" + name, path)
                _Documentation(getattr(module, "DOCUMENTATION", ""), file_name=path).get_single_data()
            except Exception:      # an optional library is missing; the run meets the same
                continue
            for new in set(sys.modules) - before:
                if "recorder_preloaded_" in new:
                    del sys.modules[new]
