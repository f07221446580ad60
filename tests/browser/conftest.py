"""A real `meice demo` in a process of its own and the system's chromium.

Nothing is downloaded: without chromium, or without a built front end, these tests are skipped by
name with how to get it. `MEICE_SCREENSHOTS=folder` keeps a picture of every page visited.
"""

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.chromium import AXE, ROOT

BUILT = ROOT / "src" / "meice" / "web" / "static" / "built" / "tabler.css"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SLOWLY = "new Promise(done => setTimeout(done, Math.max(0, 3500 - performance.now())))"
"""For `evaluate`: nobody fills in a form faster. `wait_for_function` polls by what the CSP forbids."""
START_SECONDS = 400  # a machine shared by several test runs is slow


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Those of one folder share a server: they belong to one worker (named before xdist looks)."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            folder = item.path.relative_to(here).parent.as_posix()
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(f"browser {folder}".removesuffix(" .")))
            if not BUILT.exists():
                item.add_marker(pytest.mark.skip("前端没有构建：make assets 后再跑"))


@dataclass(frozen=True)
class Site:
    """Where the demo listens, and who may sign in; `environment` is the server's own."""

    address: str
    logins: list[dict[str, str]]
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def login(self, role, unit=""):
        """The first login of a role (in a unit)."""
        return next(one for one in self.logins if one["role"] == role and unit in {"", one["unit"]})


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="package")
def site(tmp_path_factory) -> Iterator[Site]:
    """`meice demo` on a free port, until the last test is done."""
    folder = tmp_path_factory.mktemp("demo")
    logins, port = folder / "logins.json", _free_port()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MEICE_", "DJANGO_"))}
    kept["PATH"] = str(
        Path(sys.executable).parent
    )  # no browser for it: it would draw all the while
    command = [sys.executable, "-m", "meice", "demo", "--port", str(port), "--logins", str(logins)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, stderr=log, stdout=log,
            env=kept | {"MEICE_DATA_DIR": str(folder / "data"), "MEICE_WEB_WORKERS": "1"},
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(server, address, folder / "log")
            yield Site(address, json.loads(logins.read_text("utf-8")), folder)
        finally:
            server.terminate()
            server.wait(40)


def _wait(server, address, log):
    """Until the door answers; each try itself waits for the system."""
    import time

    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"{address}/sign-in/", timeout=5).close()
            return
        with suppress(subprocess.TimeoutExpired):
            server.wait(0.2)
            break
    pytest.fail(f"meice demo did not start:\n{log.read_text('utf-8')[-2000:]}")


@dataclass
class Visit:
    """A browser window with a page, and everything the browser complained about."""

    page: object
    site: Site
    complaints: list[str] = field(default_factory=list)
    pictures: Path | None = None

    def open(self, path):
        """Go to a path of the site; the answer must be a page of ours."""
        answer = self.page.goto(self.site.address + path)
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}"
        return self.page

    def sign_in(self, role, unit=""):
        """By the form, as people do."""
        one = self.site.login(role, unit)
        self.open("/sign-in/")
        self.page.fill("[name=username]", one["username"])
        self.page.fill("[name=password]", one["password"])
        self.page.click("main button[type=submit], form button[type=submit]")
        self.page.wait_for_url(self.site.address + "/")
        return self.page

    def picture(self, name):
        """Keep what the window shows, where pictures are wanted."""
        if self.pictures:
            self.page.screenshot(path=str(self.pictures / f"{name}.png"), full_page=True)

    def check(self, name):
        """No violation of the CSP, nothing on the console, no sideways scroll, axe finds nothing."""
        self.page.wait_for_load_state("load")
        self.page.wait_for_selector("main", state="attached")
        width = self.page.viewport_size["width"]
        self.picture(f"{name}-{width}")
        assert self.complaints == [], self.complaints
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name}: {wide} px at {width}"
        found = self.axe()
        assert found == [], found

    def axe(self):
        """What axe-core finds by WCAG 2.1 A and AA: one line a node."""
        if not AXE.exists():
            pytest.skip("没有 axe-core：npm ci 后再跑")
        self.page.evaluate(AXE.read_text("utf-8") + ";undefined")
        found = self.page.evaluate(
            "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],"
            " resultTypes: ['violations']})"  # what passes need not be described, it takes long
            ".then(r => r.violations.flatMap(v => v.nodes.map("
            "n => v.id + ' ' + n.target.join(' ') + ' ' + n.failureSummary)))"
        )
        return found


def pictures_folder():
    """Where pictures of the pages are wanted, made; None where they are not."""
    wanted = os.environ.get("MEICE_SCREENSHOTS")
    if wanted is None:
        return None
    Path(wanted).mkdir(parents=True, exist_ok=True)
    return Path(wanted)


@pytest.fixture
def visit(chromium, site, request):
    """`visit(DESK)`: a fresh window without cookies, of that size."""
    opened = []

    def new(size=DESK, **options):
        context = chromium.new_context(viewport=size, locale="zh-CN", **options)
        opened.append(context)
        page = context.new_page()
        one = Visit(page, site, pictures=pictures_folder())
        page.on("console", lambda line: _note(one, line.type, line.text))
        page.on("pageerror", lambda error: one.complaints.append(f"error: {error}"))
        context.add_init_script(
            "addEventListener('securitypolicyviolation', e =>"
            " console.error('csp ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile"
            " + ':' + e.lineNumber))"
        )
        return one

    yield new
    for context in opened:
        context.close()


def _note(one, kind, text):
    if kind in {"error", "warning"} and "the server responded with a status of 4" not in text:
        one.complaints.append(f"{kind}: {text}")
