"""Small websites on loopback, and a visitor that remembers what it was shown."""

from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_network

import pytest
from tests.engines.gate.conftest import Served, page, read_head, serve

from meice.engines.gate import Policy, Request
from meice.engines.webprobe.crawl import CrawlOptions, Found, SiteCrawl, Visit, crawl

__all__ = ["Served", "page", "serve"]

LOOPBACK = Policy(allow=(ip_network("127.0.0.1/32"),))
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone"
FAST = {"rate": 0.0, "again_s": 0.01}


def links(*targets: str) -> bytes:
    """A page with these links."""
    body = "".join(f'<a href="{target}">x</a>' for target in targets)
    return page(f"<title>t</title>{body}".encode(), b"Content-Type: text/html")


@dataclass
class Website:
    """A server with the paths it knows; ``asked`` are method and path in order."""

    served: Served
    pages: dict[str, bytes]
    asked: list[str] = field(default_factory=list)

    @property
    def start(self) -> str:
        return self.served.url

    def url(self, path: str) -> str:
        return self.served.url.rstrip("/") + path

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [line for line in self.asked if not line.endswith("/robots.txt")]


@pytest.fixture
def website(serve) -> Callable[[dict[str, bytes]], Website]:
    """``website(pages)`` puts a site up; unknown paths are 404, HEAD has no body."""

    def start(pages: dict[str, bytes]) -> Website:
        def script(connection, served):
            while head := read_head(connection):
                method, path, _ = head.decode("latin-1").split(" ", 2)
                served.heads.append(head)
                site.asked.append(f"{method} {path}")
                answer = site.pages.get(path, MISSING)
                if method == "HEAD":
                    answer = answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
                connection.sendall(answer)

        site = Website(serve(script), pages)
        return site

    return start


@dataclass
class Diary:
    """A visitor; ``read`` says what it found on a page (default: the crawl's own links)."""

    start: str
    read: Callable[[Visit], Found | None] = lambda visit: None
    visits: list[Visit] = field(default_factory=list)

    def page(self, visit: Visit) -> Found | None:
        self.visits.append(visit)
        return self.read(visit)

    def request(self, url: str) -> Request:
        return Request(url)


def run(*starts: str, read=lambda visit: None, resume=None, stop=None, resolve=None, **options):
    """The crawl of every start: ``{start: (SiteCrawl, visits)}`` in the order they ended."""
    found: dict[str, tuple[SiteCrawl, list[Visit]]] = {}
    chosen = CrawlOptions(**(FAST | options))
    for done, diary in crawl(
        starts,
        chosen,
        LOOPBACK,
        lambda start: Diary(start, read),
        resume=resume,
        stop=stop,
        resolve=resolve,
    ):
        found[done.start] = (done, diary.visits)
    return found


def states(done: SiteCrawl) -> dict[str, str]:
    """Path → state of every link of the site."""
    return {each.url.split("/", 3)[3]: str(each.state) for each in done.links}
