"""Every page and export: headers, content security policy, nothing inline, no whole mobile number;
names as an attacker would choose them stay what they are, text."""

import re
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.meice.whole.conftest import DIRECTION
from tests.meice.whole.objects import ask
from tests.meice.whole.readable import readable
from tests.meice.whole.table import TABLE

from meice.orgs.roles import Role

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
ROWS = [
    row for row in TABLE
    if row.who and row.at != "others" and not row.at.startswith("far")
    and (row.method == "get" or "export" in row.name)
]  # fmt: skip
LEADING_ON = {
    "filing-accept", "filing-return", "campaign", "finding-queue", "home", "notice-open",
}  # fmt: skip
"""Pages that lead on to another."""
MADE = "script:not([src]):not([type]), .evil, [onmouseover], [onerror], [onclick]"
"""What would be there if a name had become markup."""


def policy_of(response):
    parts = response["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts if " " in part)


INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*\ssrc=)(?![^>]*json)", re.I)
WHOLE_NUMBER = re.compile(r"(?<!\w)1[3-9]\d{9}(?!\w)")  # not inside a hash
WORKED_WITH = {
    "user-edit": "the administrator mends the number there",
    "intake": "the upload as it came, its owner's alone",
    "outlet-change": "the operator mends the number there",
    "filing-edit": "and there",
    "filing-print": "the paper form for the seal; leaves a line in the audit",
    "submission-print": "and so does this one",
    "submission-print-all": "and this",
    "impersonation-print": "so does the 关停申请",
    "impersonation-edit": "the unit mends its telephone there",
}
"""Pages that show whole numbers by GET, and why."""


def made_of_names(text):
    """Elements and attributes that no template of ours holds, and expressions worked out."""
    page = LexborHTMLParser(text)
    made = [node.html[:80] for node in page.css(MADE) if "evil" in (node.html or "")]
    return made + (["49"] if "49{%" in page.text() else [])


def faults_of(row, response):
    """What an answer lacks, or holds and must not."""
    attached = response.get("Content-Disposition", "").startswith("attachment")
    if not attached and policy_of(response) != POLICY:
        yield response["Content-Security-Policy"]
    if attached and "sandbox" not in response["Content-Security-Policy"]:
        yield "a download without a sandbox"
    if response["X-Content-Type-Options"] != "nosniff" or response["X-Frame-Options"] != "DENY":
        yield "sniffed or framed"
    if response["Referrer-Policy"] != "same-origin":
        yield "tells where it came from"
    if "no-store" not in response.get("Cache-Control", ""):
        yield "may be cached"
    if response["Content-Type"].startswith("text/html") and not response.streaming:
        text = response.content.decode()
        yield from INLINE.findall(text)
        yield from made_of_names(text)
        if row.name not in WORKED_WITH:
            yield from ("a whole number" for _ in WHOLE_NUMBER.findall(text))
    elif set(unquote(response.get("Content-Disposition", ""))) & set(f"{DIRECTION}<>\n"):
        yield "a name that is no file's"


def test_every_page_bears_the_policy_and_shows_hostile_names_as_text(hostile, signed_in):
    shown, wrong, pages = set(), [], 0
    people = hostile.cast.everybody
    browsers = {role: signed_in(people[role.value]) for role in Role}
    for row in ROWS:
        role = min(row.who)
        response = ask(browsers[role], row, hostile, people[role.value])
        led_on = row.name in LEADING_ON and response.status_code == 302
        wrong += [] if led_on or response.status_code == 200 else [f"{row.label}: no page"]
        wrong += [f"{row.label}: {fault}" for fault in faults_of(row, response)]
        text = readable(response)
        if response["Content-Type"].startswith("text/html"):
            pages += 1
            shown |= {row.name} if "&lt;script&gt;evil()" in text else set()
    assert wrong == []
    assert pages > 150
    assert len(shown) >= 60, sorted(shown)


def test_what_a_name_might_become_would_be_seen():
    for bad in (
        "<b class=evil>",
        "<p onmouseover='evil()'>",
        "<script>evil()</script>",
        "49{% now",
    ):
        assert made_of_names(bad), bad


def test_an_inline_script_or_style_would_be_seen():
    for bad in ("<style>", '<p style="x">', "<a onclick='x'>", "<script>x</script>"):
        assert INLINE.search(bad)
    assert not INLINE.search('<script src="/a.js" defer></script>')
