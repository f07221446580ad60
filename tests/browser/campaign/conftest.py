"""A university without any campaign yet, and people who sit down at it by name."""

import pytest

from tests.browser.conftest import DESK, _note, pictures_folder
from tests.browser.serving import served
from tests.browser.sheet.conftest import Desk

expect = pytest.importorskip("playwright.sync_api").expect
LONG = 120_000
"""Milliseconds a job may take on a shared machine."""


@pytest.fixture(scope="package")
def university(tmp_path_factory):
    """The server; 数信学院 has six outlets in the register."""
    with served(tmp_path_factory.mktemp("campaign"), "--school") as (site, _):
        yield site


class Seat(Desk):
    """One person in a window of her own."""

    def press(self, name):
        """A button that asks nothing, by its words."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def press_and_confirm(self, name):
        """A button that asks first."""
        self.press(name)
        self.page.locator("#m-confirm [data-m-yes]").click()

    def download(self, name, folder):
        """What a button hands out, kept under the name the server gave."""
        with self.page.expect_download(timeout=LONG) as waiting:
            self.press(name)
        target = folder / waiting.value.suggested_filename
        waiting.value.save_as(target)
        return target


@pytest.fixture
def seat(chromium, university):
    """`seat("D001")`: that person, signed in (or `at_door`), in a window of that size."""
    opened = []

    def sit(username, size=DESK, *, at_door=False):
        context = chromium.new_context(viewport=size, locale="zh-CN", accept_downloads=True)
        context.set_default_timeout(60_000)
        context.add_init_script(
            "addEventListener('securitypolicyviolation', e =>"
            " console.error('csp ' + e.violatedDirective + ' ' + e.blockedURI))"
        )
        opened.append(context)
        one = Seat(context.new_page(), university, pictures=pictures_folder())
        one.page.on("console", lambda message: _note(one, message.type, message.text))
        one.page.on("pageerror", lambda error: one.complaints.append(str(error)))
        return one if at_door else one.enter(username)

    yield sit
    for context in opened:
        context.close()
