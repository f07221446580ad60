"""A small real website on loopback for the looks of this room."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Website:
    """Pages by path; change `pages` between two looks. An unknown path is 404."""

    def __init__(self) -> None:
        self.pages: dict[str, str | bytes] = {}
        self.asked: list[str] = []
        self.port = 0
        self.before: Callable[[str], object] = lambda path: None  # called before each answer

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"


class _Answer(BaseHTTPRequestHandler):
    site: Website

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        self.site.before(self.path)
        page = self.site.pages.get(self.path)
        said = page or "没有这个页面"
        body = said if isinstance(said, bytes) else said.encode()
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *_args: object) -> None:
        """Silent."""


@contextmanager
def website() -> Iterator[Website]:
    """A website that answers until the block ends."""
    site = Website()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Answer,), {"site": site}))
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def news(*days: str) -> str:
    """A home page with a column of dated links."""
    rows = "".join(
        f'<li><a href="/news/{n}.html">学院召开第{n}次教学工作会议的通知</a><span>{day}</span></li>'
        for n, day in enumerate(days, 1)
    )
    return (
        "<!doctype html><html lang=zh><head><meta charset=utf-8><title>数学与信息学院</title></head>"
        f"<body><h1>数学与信息学院</h1><h2>学院新闻</h2><ul>{rows}</ul>"
        "<p>学院始建于一九五八年，现有数学、统计、计算机三个系。</p>"
        '<footer><a href="https://beian.miit.gov.cn/">粤ICP备05012345号</a></footer></body></html>'
    )
