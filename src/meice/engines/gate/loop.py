"""The network library's sockets and timer, waited for together with our own wake-up call."""

from __future__ import annotations

import contextlib
import os
import selectors
import threading
import time

import pycurl

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
WANTED = {pycurl.POLL_IN: READ, pycurl.POLL_OUT: WRITE, pycurl.POLL_INOUT: READ | WRITE}


class Loop:
    """A multi handle driven by the sockets that are ready, not by asking all of them."""

    def __init__(self, kept_connections: int) -> None:
        self.multi = pycurl.CurlMulti()
        self.selector = selectors.DefaultSelector()
        self.due: float | None = None
        self.lock = threading.Lock()
        self.closed = False
        self.reader, self.writer = os.pipe()
        os.set_blocking(self.reader, False)
        os.set_blocking(self.writer, False)
        self.selector.register(self.reader, READ)
        self.multi.setopt(pycurl.M_SOCKETFUNCTION, self.watch)
        self.multi.setopt(pycurl.M_TIMERFUNCTION, self.set_timer)
        self.multi.setopt(pycurl.M_MAXCONNECTS, kept_connections)

    def watch(self, what: int, fd: int, multi: object, data: object) -> None:
        """The library wants to hear of ``fd``, differently, or no more."""
        wanted = WANTED.get(what)
        if wanted is None:
            with contextlib.suppress(KeyError, ValueError, OSError):
                self.selector.unregister(fd)
        elif fd in self.selector.get_map():
            self.selector.modify(fd, wanted)
        else:
            self.selector.register(fd, wanted)

    def set_timer(self, milliseconds: int) -> None:
        """The library wants to be called in that time, or not at all (-1)."""
        self.due = None if milliseconds < 0 else time.monotonic() + milliseconds / 1000

    def wake(self) -> None:
        """End the waiting; may be called from any thread, and after ``close``."""
        with self.lock, contextlib.suppress(BlockingIOError):
            if not self.closed:
                os.write(self.writer, b"x")

    def turn(self, wait: float) -> None:
        """Wait at most ``wait`` seconds for a socket, the timer or a wake-up call, and act on it."""
        if self.due is not None:
            wait = min(wait, max(0.0, self.due - time.monotonic()))
        for key, mask in self.selector.select(wait):
            if key.fd == self.reader:
                self.drain()
                continue
            flags = (pycurl.CSELECT_IN if mask & READ else 0) | (
                pycurl.CSELECT_OUT if mask & WRITE else 0
            )
            self.multi.socket_action(key.fd, flags)
        if self.due is not None and time.monotonic() >= self.due:
            self.due = None
            self.multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)

    def drain(self) -> None:
        """Forget the wake-up calls."""
        with contextlib.suppress(BlockingIOError):
            while os.read(self.reader, 4096):
                pass

    def close(self) -> None:
        """Give back every descriptor."""
        self.multi.close()
        self.selector.close()
        with self.lock:  # the descriptor's number may soon be somebody else's
            self.closed = True
            os.close(self.reader)
            os.close(self.writer)
