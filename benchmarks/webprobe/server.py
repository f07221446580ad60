"""`python -m benchmarks.webprobe.server PORT PAGES`: a raw epoll server on all of 127/8.

Several of these share one port (SO_REUSEPORT). When standard input ends it prints how many requests
came and the most that one host got, as JSON, and stops.
"""

from __future__ import annotations

import json
import select
import socket
import sys
from collections import Counter

from benchmarks.webprobe.pages import MISSING, site

BACKLOG = 4096
GBK_EVERY = 10


class Server:
    """Answers from a table; no frills, so that the visitor is what is measured."""

    def __init__(self, port: int, pages: int) -> None:
        self.tables = {charset: site(pages, charset) for charset in ("utf-8", "gbk")}
        self.listening = socket.socket()
        self.listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self.listening.bind(("0.0.0.0", port))
        self.listening.listen(BACKLOG)
        self.listening.setblocking(False)
        self.poll = select.epoll()
        self.poll.register(self.listening, select.EPOLLIN)
        self.poll.register(sys.stdin, select.EPOLLIN | select.EPOLLHUP)
        self.open: dict[int, tuple[socket.socket, str, dict[bytes, bytes]]] = {}
        self.asked: Counter[str] = Counter()

    def run(self) -> None:
        """Serve until standard input ends."""
        listening, told = self.listening.fileno(), sys.stdin.fileno()
        while True:
            for number, _ in self.poll.poll():
                if number == told:
                    return
                if number == listening:
                    self.accept()
                else:
                    self.answer(number)

    def accept(self) -> None:
        """Take every connection that waits."""
        while True:
            try:
                connection, _ = self.listening.accept()
            except BlockingIOError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            host = connection.getsockname()[0]
            is_gbk = int(host.rpartition(".")[2]) % GBK_EVERY == 0
            table = self.tables["gbk" if is_gbk else "utf-8"]
            self.open[connection.fileno()] = connection, host, table
            self.poll.register(connection, select.EPOLLIN)

    def answer(self, number: int) -> None:
        """One request, or several that came together."""
        connection, host, table = self.open[number]
        try:
            asked = connection.recv(65536)
            for request in asked.split(b"\r\n\r\n")[:-1]:
                self.asked[host] += 1
                method, path, _ = request.split(b" ", 2)
                reply = table.get(path, MISSING)
                if method == b"HEAD":
                    reply = reply[: reply.index(b"\r\n\r\n") + 4]
                connection.sendall(reply)  # the send buffer of loopback holds a page
        except (BlockingIOError, OSError):
            asked = b""
        if not asked:
            self.poll.unregister(number)
            del self.open[number]
            connection.close()


if __name__ == "__main__":
    server = Server(int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    server.run()
    most = max(server.asked.values(), default=0)
    sys.stdout.write(
        json.dumps({"requests": server.asked.total(), "hosts": dict(server.asked), "most": most})
    )
