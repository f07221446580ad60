"""Somebody who has no mouse: Tab, arrows, letters, Space and Enter, and nothing else.

Nothing here clicks, fills or focuses by script: what cannot be reached by Tab is not reached.
"""

import pytest

from tests.browser.sheet_site import PASSWORD

expect = pytest.importorskip("playwright.sync_api").expect
MOST_TABS = 160
SAID = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return '';
  const labels = one.labels && one.labels.length ? [...one.labels].map(l => l.innerText).join(' ') : '';
  const words = one.getAttribute('aria-label') || labels || one.innerText || one.value || '';
  return words.replace(/\\s+/g, ' ').trim();
}"""


class Hands:
    """One person at a keyboard; `page` is only ever read."""

    def __init__(self, seat):
        self.seat, self.page, self.keys = seat, seat.page, seat.page.keyboard

    def sign_in(self, username):
        """The address is typed; the rest is the page's own."""
        self.seat.open("/sign-in/")
        assert self.said().startswith("用户名")
        self.keys.type(username)
        self.to("口令")
        self.keys.type(PASSWORD)
        self.press("Enter")
        self.arrive("工作台")
        return self

    def said(self):
        """The words of what has the focus."""
        return self.page.evaluate(SAID)

    def press(self, *keys):
        for key in keys:
            self.keys.press(key)

    def into_page(self):
        """Over the sidebar, by the link that is there for it. A page reached by a form keeps the
        fragment of the one before and begins at its text by itself."""
        self.page.wait_for_load_state("load")
        if self.page.url.endswith("#main"):
            return
        self.press("Tab")
        assert self.said() == "跳到正文", self.said()
        self.press("Enter")

    def to(self, words, *, back=False):
        """Tab (or back) until what has the focus begins with these words."""
        seen = []
        for _ in range(MOST_TABS):
            self.press("Shift+Tab" if back else "Tab")
            seen.append(self.said())
            if seen[-1].startswith(words):
                return self
        raise AssertionError(f"Tab never came to 「{words}」: {seen}")

    def do(self, words, *, back=False):
        """Go there and press Enter."""
        self.to(words, back=back).press("Enter")

    def do_and_confirm(self, words, verb=None):
        """A button that asks first: its dialog takes the focus, Enter on its first button."""
        self.do(words)
        assert self.said() == (verb or words)
        self.press("Enter")

    def write(self, words, text):
        """Into the field of that label."""
        self.to(words).press("Control+a")
        self.keys.type(text)

    def see(self, text):
        """A page that says so; reading is not touching."""
        expect(self.page.locator("body")).to_contain_text(text)
        return self

    def arrive(self, heading):
        """The next page is there, by its heading."""
        expect(self.page.locator("h1")).to_contain_text(heading)
        return self

    def campaigns(self):
        """`g` `b`: 专项填报."""
        self.press("g", "b")
        self.arrive("专项填报").into_page()
        return self
