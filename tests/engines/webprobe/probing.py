"""A small college's site on loopback, for the probe and its command."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from threading import Lock, Thread

from meice.engines.gate import Policy
from meice.engines.webprobe import CrawlOptions, Options

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
LOOPBACK = Policy(allow=(ip_network("127.0.0.1/32"),))
FOOTER = "<p>版权所有 华园大学 粤ICP备04000001号 粤公网安备44030002017573号</p>"
PARAGRAPH = "近日，华园大学数学与信息学院举行活动，学院师生代表参加。会议部署了下一阶段的任务。"
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


@dataclass(frozen=True)
class Reply:
    """An answer; ``headers`` are the usual ones unless given."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: HEADERS)


Answer = Callable[[str, Mapping[str, str]], Reply]  # path, headers in lower case


@dataclass
class Served:
    """A site that is up; ``asked`` are path and user agent in order."""

    url: str
    asked: list[tuple[str, str]] = field(default_factory=list)

    def paths(self) -> list[str]:
        """The paths that were asked for."""
        return [path for path, _ in self.asked]


def page(body: str, title: str = "数学与信息学院-华园大学") -> Reply:
    """A page with the footer of the site."""
    text = f"<html><head><title>{title}</title></head><body>{body}{FOOTER}</body></html>"
    return Reply(text.encode())


def listing(folder: str, days: tuple[str, ...]) -> str:
    """A list of dated articles."""
    rows = "".join(
        f'<li><a href="/{folder}/{n}.htm">我院第{n}次活动顺利举行</a><span>{day}</span></li>'
        for n, day in enumerate(days, 1)
    )
    return f"<ul>{rows}</ul>"


def college(
    *, days: tuple[str, ...] = ("2026-11-20", "2026-11-11"), more: str = ""
) -> dict[str, Reply]:
    """The pages of a site in order; ``more`` is added to the home page."""
    news = listing("xyxw", days)
    box = f'<div><h2>学院新闻</h2><a href="/xyxw/">更多&gt;&gt;</a>{news}</div>'
    articles = {
        f"/xyxw/{n}.htm": page(f"<h1>活动</h1><p>发布时间：{day}</p><p>{PARAGRAPH}</p>", "活动")
        for n, day in enumerate(days, 1)
    }
    lists = {"/": page(box + more), "/xyxw/": page(f"<h2>学院新闻</h2>{news}", "学院新闻")}
    return lists | articles


def by_path(pages: Mapping[str, Reply]) -> Answer:
    """A site of these pages; all else is 404."""
    return lambda path, _: pages.get(path, Reply(b"none", 404))


@contextmanager
def serve(answer: Answer) -> Iterator[Served]:
    """Put a site up on a free port of 127.0.0.1."""
    lock = Lock()

    class Visit(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            with lock:
                served.asked.append((self.path, headers.get("user-agent", "")))
            reply = answer(self.path, headers)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if self.command == "GET":
                with suppress(ConnectionError):  # a visitor that has seen enough, or was stopped
                    self.wfile.write(reply.body)

        do_HEAD = do_GET  # noqa: N815 (the name that the library calls)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Visit)
    served = Served(f"http://127.0.0.1:{server.server_port}/")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def options(**facts: object) -> Options:
    """Loopback, no pause between requests, the day fixed."""
    crawl = CrawlOptions(rate=0, again_s=0.01)
    return Options(**{"policy": LOOPBACK, "crawl": crawl, "now": NOW, **facts})  # type: ignore[arg-type]
