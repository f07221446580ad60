"""One child seen from the parent: start it, send a batch, take answers, stop it."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from meice.engines.sandbox.answers import Answer, Failure, Limits
from meice.engines.sandbox.wire import LENGTH, pack, unpack

CHUNK = 1 << 18
START = (
    "import sys; sys.path[:] = eval(sys.argv.pop(2)); "
    "import runpy; runpy.run_module('meice.engines.sandbox.child', run_name='__main__')"
)
KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "TMPDIR")  # and no secrets
ENDS = {"SIGXCPU": Failure.TIMEOUT}  # how a child's end is told; other ends are crashes


class Child:
    """A running child. Not safe with threads: the pool hands it to one caller at a time."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.served = 0
        self.retired = False
        self._buffer = bytearray()
        self._channel, theirs = socket.socketpair()
        with theirs:
            self._process = _start(theirs)
        self._channel.settimeout(limits.wall)
        self._send(pack(limits))

    def fileno(self) -> int:
        """For ``selectors``: readable when an answer, or the child's end, is there."""
        return self._channel.fileno()

    def send(self, name: str, payloads: Sequence[Any]) -> None:
        """Give the child a batch; a child that is gone shows when its answers are read."""
        self._send(pack((name, tuple(payloads))))

    def answers(self) -> list[Answer[Any]] | None:
        """The answers that have come, at least one read; None when the child is gone."""
        try:
            part = self._channel.recv(CHUNK)
        except OSError:
            part = b""
        if not part:
            return None
        self._buffer += part
        try:
            return self._parse()
        except (pickle.UnpicklingError, EOFError, AttributeError, ImportError, TypeError):
            return None

    def end(self) -> tuple[Failure, str]:
        """Stop the child and say how it ended, as the failure of the task it was at."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.5)
        self.kill()
        code = self._process.returncode
        name = signal.Signals(-code).name if code < 0 else f"exit {code}"
        return ENDS.get(name, Failure.CRASH), name

    def kill(self) -> None:
        """End the child at once."""
        self._process.kill()
        self._process.wait()
        self._channel.close()

    def close(self) -> None:
        """Let an idle child go: it leaves when its channel closes."""
        self._channel.close()
        try:
            self._process.wait(1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _send(self, frame: bytes) -> None:
        with contextlib.suppress(OSError):
            self._channel.sendall(frame)

    def _parse(self) -> list[Answer[Any]]:
        found, start = [], 0
        while len(self._buffer) >= start + LENGTH.size:
            end = start + LENGTH.size + LENGTH.unpack_from(self._buffer, start)[0]
            if len(self._buffer) < end:
                break
            answer, retire = unpack(bytes(self._buffer[start + LENGTH.size : end]))
            self.retired = self.retired or retire
            found.append(answer)
            start = end
        del self._buffer[:start]
        return found


def _start(theirs: socket.socket) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    command = [sys.executable, "-c", START, str(theirs.fileno()), repr(sys.path)]
    if sys.platform == "win32":
        command[3] = "-"
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, fixed arguments
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment
        )
        process.communicate(theirs.share(process.pid))
        return process
    return subprocess.Popen(  # noqa: S603 - our own interpreter, fixed arguments
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(theirs.fileno(),),
        env=environment,
    )
