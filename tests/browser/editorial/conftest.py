"""数信学院's site on loopback with one article on it, and people who sit down at the server."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.campaign.conftest import seat  # noqa: F401  the same seats, at another server
from tests.browser.serving import served

PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>
<body><p>首页 / 学院新闻</p><h1>{title}</h1><p>发布时间：2026-09-07</p>{body}
<p>上一篇：没有了</p><p>华园大学数学与信息学院</p></body></html>"""
ARTICLE = "/news/1.htm"


class Newsroom:
    """The site; `title` and `body` are what stands on the article's page, the test changes them."""

    def __init__(self):
        self.title, self.body = "", ""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def place(self):
        return f"127.0.0.1:{self.server.server_port}"

    @property
    def article(self):
        return f"http://{self.place}{ARTICLE}"

    def page(self):
        lines = "".join(f"<p>{line}</p>" for line in self.body.splitlines())
        return PAGE.format(title=self.title, body=lines)

    def _handler(self):
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                found = self.path == ARTICLE
                body = site.page().encode() if found else b"no such page"
                self.send_response(200 if found else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_HEAD = do_GET  # noqa: N815

            def log_message(self, *words):
                """Nothing."""

        return Handler


@pytest.fixture(scope="session")
def newsroom():
    site = Newsroom()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture(scope="session")
def university(tmp_path_factory, newsroom):
    """The server; the article's address alone may be visited on loopback."""
    with served(
        tmp_path_factory.mktemp("editorial"),
        "--school",
        "--reviewers",
        f"--site=http://{newsroom.place}/",
        MEICE_PROBE_EXACT=newsroom.place,
    ) as (site, _):
        yield site
