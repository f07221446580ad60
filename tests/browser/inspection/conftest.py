"""A website on loopback that the server may probe, and people who sit down at the server."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.campaign.conftest import seat  # noqa: F401  the same seats, at another server
from tests.browser.serving import served

PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>数信学院</title></head>
<body><h1>数学与信息学院</h1><h2>学院新闻 <a href="/news/">更多</a></h2><ul>{items}</ul>
<p>华园大学数学与信息学院 粤ICP备05000001号-1</p></body></html>"""


class Site:
    """The website; `days` are the dates of its news, the test changes them."""

    def __init__(self):
        self.days = ["2020-03-01", "2020-02-20"]
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def place(self):
        return f"127.0.0.1:{self.server.server_port}"

    def page(self):
        items = "".join(
            f'<li><a href="/news/{n}.htm">第{n}条新闻</a><span>{day}</span></li>'
            for n, day in enumerate(self.days)
        )
        return PAGE.format(items=items)

    def _handler(self):
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                found = self.path in {"/", "/news/", "/news/0.htm", "/news/1.htm"}
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


@pytest.fixture(scope="package")
def website():
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture(scope="package")
def university(tmp_path_factory, website):
    """The server; 数信学院's site is the website, which alone may be visited on loopback."""
    with served(
        tmp_path_factory.mktemp("inspection"),
        "--school",
        f"--site=http://{website.place}/",
        MEICE_PROBE_EXACT=website.place,
    ) as (site, _):
        yield site
