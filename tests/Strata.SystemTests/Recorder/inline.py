"""A worker that does a task in the process that leads the run, in place of Ansible's own, which forks for each.

A task is given copies of what Ansible would let it change in its fork. It saves most of a recording's time; `--workers` records
with Ansible's own, and the whole proof does.
"""
import os
import traceback

from ansible.errors import AnsibleConnectionFailure
from ansible.executor.task_executor import TaskExecutor
from ansible.plugins import strategy

at_work = False


class InlineWorker:
    """The part of a worker process that strategies use."""

    exitcode = 0

    def __init__(self, final_q, task_vars, host, task, play_context, loader, variable_manager, shared_loader_obj):
        self._final_q = final_q
        self._host = host
        self._task = task.copy(exclude_parent=True, exclude_tasks=True)
        self._task._parent = task._parent
        self._executor = TaskExecutor(
            host, self._task, task_vars.copy(), play_context.copy(), None, loader, shared_loader_obj, final_q)

    def start(self):
        """Does the task, whole."""
        global at_work
        at_work, folder = True, os.getcwd()
        try:
            result = self._executor.run()
        except AnsibleConnectionFailure:
            result = {"unreachable": True}
        except Exception:
            result = {"failed": True, "exception": traceback.format_exc(), "stdout": ""}
        finally:
            at_work = False
            os.chdir(folder)
        self._final_q.send_task_result(self._host.name, self._task._uuid, result, task_fields=self._task.dump_attrs())

    def is_alive(self):
        """Never: it is done when `start` is."""
        return False

    def terminate(self):
        """Nothing is left to end."""


def use():
    """Puts it in the place of Ansible's own."""
    strategy.WorkerProcess = InlineWorker
