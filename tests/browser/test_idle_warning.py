"""The end of an idle session is said in time and can be put off on the page itself."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

from tests.browser.conftest import DESK


def test_an_idle_session_warns_and_goes_on_by_one_button(visit, site):
    window = visit(DESK)
    window.page.clock.install()
    page = window.sign_in("reviewer")
    _idle_for(site, timedelta(minutes=29))
    page.clock.fast_forward(61_000)
    page.get_by_text("分钟后自动退出").wait_for()
    window.check("idle-warning")
    page.get_by_role("button", name="接着用").click()
    page.get_by_text("分钟后自动退出").wait_for(state="detached")
    assert page.evaluate("fetch('/session/left/').then(r => r.json()).then(s => s.left)") > 1700


def _idle_for(site, time):
    """As if she had not touched anything for that long: only the row of her session is older."""
    seen = (datetime.now(UTC) - time).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(site.folder / "data" / "meice.sqlite3")) as database, database:
        newest = database.execute("select max(id) from orgs_signedin").fetchone()
        database.execute("update orgs_signedin set seen_at = ? where id = ?", (seen, *newest))
