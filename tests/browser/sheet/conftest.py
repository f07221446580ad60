"""A server of its own on a throw-away university (`sheet_site`), so that nobody else's rows move."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress

import pytest

from tests.browser import sheet_site
from tests.browser.conftest import DESK, ROOT, START_SECONDS, Site, Visit, _free_port, _note

expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture(scope="session")
def school(tmp_path_factory):
    """The server, and what `sheet_site` made: its submission and the ids of its rows."""
    folder = tmp_path_factory.mktemp("sheet")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MEICE_", "DJANGO_"))}
    environment = kept | {
        "MEICE_DATA_DIR": str(folder / "data"),
        "MEICE_SECRET_KEY": "tests-only-" + "k" * 60,
        "DJANGO_SETTINGS_MODULE": "meice.config.settings",
    }
    (folder / "data").mkdir()
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.sheet_site", "--many"],
        cwd=ROOT, env=environment, capture_output=True, check=False, timeout=START_SECONDS,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr.decode()
    port = _free_port()
    command = [sys.executable, "-m", "meice", "serve", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait(server, f"http://127.0.0.1:{port}", folder / "log")
            yield Site(f"http://127.0.0.1:{port}", [], folder), json.loads(made.stdout)
        finally:
            server.terminate()
            server.wait(40)


def _wait(server, address, log):
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"{address}/sign-in/", timeout=5).close()
            return
        with suppress(subprocess.TimeoutExpired):
            server.wait(0.2)
            break
    pytest.fail(f"meice serve did not start:\n{log.read_text('utf-8')[-2000:]}")


class Desk(Visit):
    """One person at the sheet."""

    def enter(self, username="M001"):
        self.open("/sign-in/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", sheet_site.PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(self.site.address + "/")
        return self

    def sheet(self, submission, annex=1):
        self.address = f"/submissions/{submission}/sheet/{annex}/"
        self.open(self.address)
        self.page.wait_for_selector("#m-sheet[data-ready]")
        return self.page

    def cell(self, row, column):
        return self.page.locator("#m-sheet tbody tr").nth(row).locator(f"td[data-column={column}]")

    def text(self, row, column):
        return self.cell(row, column).locator(".m-cell-text")

    def saved(self):
        """Everything this page wrote is with the server."""
        expect(self.page.locator("#m-sheet")).to_have_attribute("data-idle", "yes", timeout=20000)

    def focus(self):
        return self.page.locator("#m-cell-address").text_content()

    def look(self):
        """Others' changes now, not in a quarter of a minute."""
        self.page.evaluate("window.meiceSheet.save.look()")


@pytest.fixture
def desk(chromium, school):
    """`desk("M001")`: a signed-in person in a window of her own."""
    opened = []

    def sit(username="M001", size=DESK, **options):
        context = chromium.new_context(viewport=size, locale="zh-CN", **options)
        context.add_init_script(
            "addEventListener('securitypolicyviolation', e =>"
            " console.error('csp ' + e.violatedDirective + ' ' + e.blockedURI))"
        )
        opened.append(context)
        one = Desk(context.new_page(), school[0])
        one.page.on("console", lambda message: _note(one, message.type, message.text))
        one.page.on("pageerror", lambda error: one.complaints.append(str(error)))
        return one.enter(username)

    yield sit
    for context in opened:
        context.close()


@pytest.fixture
def submission(school):
    return school[1]["submission"]


@pytest.fixture
def he(desk, submission):
    """The operator at her sheet; a test leaves names, columns and numbers of rows as they were."""
    one = desk("M001")
    one.sheet(submission)
    return one
