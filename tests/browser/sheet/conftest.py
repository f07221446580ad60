"""A server of its own on a throw-away university (`sheet_site`), so that nobody else's rows move."""

import pytest

from tests.browser import sheet_site
from tests.browser.conftest import DESK, Visit, _note
from tests.browser.serving import served

expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture(scope="package")
def school(tmp_path_factory):
    """The server, and what `sheet_site` made: its submission and the ids of its rows."""
    with served(tmp_path_factory.mktemp("sheet"), "--many") as site:
        yield site


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
