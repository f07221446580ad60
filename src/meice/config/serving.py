"""One process tree: the web server and the worker under one parent that keeps both alive."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from meice.config import static
from meice.jobs import worker

_PR_SET_PDEATHSIG = 1
_GRACE_SECONDS = 20
_SHORT_LIFE_SECONDS = 5


@dataclass
class Child:
    """A program that must run; started again when it dies, more slowly when it dies young."""

    label: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    not_before: float = 0.0

    def keep_alive(self, now: float) -> None:
        """Start the program if it is not running and its pause is over."""
        if self.process is not None and self.process.poll() is None:
            return
        if self.process is not None:
            self._note_death(now)
        if now >= self.not_before:
            self.started = now
            self.process = subprocess.Popen(  # noqa: S603
                self.command, start_new_session=True, preexec_fn=_die_with_parent
            )

    def _note_death(self, now: float) -> None:
        code = self.process.returncode if self.process else 0
        self._sweep_group()
        self.deaths = self.deaths + 1 if now - self.started < _SHORT_LIFE_SECONDS else 1
        self.not_before = now + min(30, 2 ** (self.deaths - 1)) - 1
        self.process = None
        sys.stderr.write(f"{self.label}停了（{code}），重新启动。\n")

    def _sweep_group(self) -> None:
        """What the dead program had started would hold the port and serve on unseen."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def stop(self) -> None:
        """SIGTERM, then SIGKILL after the grace time."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._sweep_group()


def lay_tables() -> None:
    """Bring the database up to date; asks little of one that is."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def lacks_tables() -> bool:
    """True, and said, when nobody has laid the tables of this database yet."""
    if get_user_model()._meta.db_table in connection.introspection.table_names():
        return False
    sys.stderr.write(
        "这个数据库还是空的。先运行 meice createadmin 或 meice serve，会建好各张表。\n"
    )
    return True


def prepare() -> None:
    """Bring the database and the static files up to date."""
    lay_tables()
    static.collect()


def serve(host: str, port: int, *, hello: str = "") -> int:
    """Run web and worker until SIGTERM or Ctrl+C; 0 after a clean stop."""
    prepare()
    children = [
        Child("网站", _web_command(host, port)),
        Child("后台任务", [sys.executable, "-m", "meice", "worker"]),
    ]
    stopping = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: stopping.set())
    sys.stderr.write(hello or f"媒册已启动：http://{host}:{port}/  （Ctrl+C 停止）\n")
    sys.stderr.flush()
    try:
        while not stopping.is_set():
            for child in children:
                child.keep_alive(time.monotonic())
            stopping.wait(0.5)
    finally:
        for child in children:
            child.stop()
    return 0


def work() -> int:
    """Run jobs until SIGTERM or Ctrl+C, then hand back what is claimed; 1 without tables."""
    if lacks_tables():
        return 1
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    lease = settings.JOB_LEASE
    worker.run(stopping, worker.Pace(lease=lease, renew=lease / 3))
    return 0


def _web_command(host: str, port: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(settings.WEB_WORKERS),
        "--blocking-threads",
        "4",
        "--respawn-failed-workers",
        "--no-ws",
        "--log-level",
        "warning",
        "meice.config.wsgi:application",
    ]


def _die_with_parent() -> None:
    """On Linux a child gets SIGTERM when its parent is gone, however the parent went."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
