"""Processes that are there at once: forked from one in which Django is set up already.

A real process on the real database, to be struck down with kill -9 as any other; only the two
seconds of importing are spared. Each takes over an installation by its environment.
"""

import importlib
import json
import multiprocessing
import os
import signal
import sys

from django.apps import apps as django_apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from meice.audit import triggers

NURSERY = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload(["tests.faults.nursery"])


class Forked:
    """A process that runs `task` (`module:function`) with these arguments; what it writes is kept
    in files, so that it is there when the process was killed as well."""

    def __init__(self, folder, environment, task, *arguments):
        number = len(list(folder.glob("process-*.out")))
        self.out = folder / f"process-{number}.out"
        self.err = folder / f"process-{number}.err"
        streams = [str(self.out), str(self.err)]
        self.out.touch()
        self.err.touch()
        given = (environment, streams, task, arguments)
        self.process = NURSERY.Process(target=_begin, args=given, daemon=True)
        self.process.start()
        self.pid = self.process.pid
        self.stdin = self.stdout = self.stderr = None

    def poll(self):
        return self.process.exitcode

    def wait(self, timeout=None):
        self.process.join(timeout)
        assert self.process.exitcode is not None, "it did not end"
        return self.process.exitcode

    def kill(self):
        self.process.kill()

    def terminate(self):
        self.process.terminate()

    def send_signal(self, number):
        os.kill(self.pid, number)

    @property
    def said(self):
        """What it wrote to its output."""
        return self.out.read_text()

    @property
    def complained(self):
        """What it wrote to its error output."""
        return self.err.read_text()


def _begin(environment, streams, task, arguments):
    for name, at in zip(streams, (1, 2), strict=True):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), at)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _become(environment)
    module, _, name = task.partition(":")
    getattr(importlib.import_module(module), name)(*arguments)
    connections.close_all()
    sys.stdout.flush()


def _become(environment):
    """The settings of this environment, and no connection of another."""
    module = importlib.import_module("meice.config.settings")
    os.environ.update(environment)
    fresh = importlib.reload(module)
    for name in filter(str.isupper, dir(fresh)):
        setattr(settings, name, getattr(fresh, name))
    connections.close_all()
    connections.__init__()
    connections.__dict__.pop("settings", None)


def lay_tables():
    """The tables of the models (which are those of the migrations: `test_no_migration_is_missing`)
    and the triggers that a migration installs; the migrations are noted as done. Migrating itself
    takes ten times as long, and is tested where it belongs."""
    apps = {config.label: None for config in django_apps.get_app_configs()}
    settings.MIGRATION_MODULES = apps
    call_command("migrate", run_syncdb=True, verbosity=0)
    settings.MIGRATION_MODULES = {}
    call_command("migrate", fake=True, verbosity=0)
    with connections["default"].cursor() as cursor:
        triggers.install(cursor, connections["default"].vendor)


def execute(code):
    """Run a program of a test; `json` is at hand."""
    exec(compile(code, "<test>", "exec"), {"json": json, "__name__": "__test__"})
