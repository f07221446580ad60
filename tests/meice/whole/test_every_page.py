"""Every page by GET: headers, content security policy, nothing inline, no whole mobile number."""

import re

import pytest
from django.urls import reverse
from tests.answers import body
from tests.meice.whole.objects import arguments
from tests.meice.whole.table import TABLE

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
GETS = [row for row in TABLE if row.method == "get" and row.at != "others"]


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


def answers(world, signed_in):
    """The answers to every GET of the table, by the role that may do most of them."""
    browsers = {role: signed_in(person) for role, person in world.cast.everybody.items()}
    for row in GETS:
        role = min(row.who, default=None)
        if role is None:
            continue
        person = world.cast.everybody[role.value]
        address = reverse(row.name, kwargs=arguments(row, world, person))
        yield row, browsers[role.value].get(address)


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
        if row.name not in WORKED_WITH:
            yield from ("a whole number" for _ in WHOLE_NUMBER.findall(text))


def test_every_page_bears_the_policy_nothing_inline_and_no_whole_number(world, signed_in):
    wrong, pages = [], 0
    for row, response in answers(world, signed_in):
        wrong += [f"{row.label}: {fault}" for fault in faults_of(row, response)]
        pages += response["Content-Type"].startswith("text/html")
        body(response)
    assert wrong == []
    assert pages > 60


def test_an_inline_script_or_style_would_be_seen():
    for bad in ("<style>", '<p style="x">', "<a onclick='x'>", "<script>x</script>"):
        assert INLINE.search(bad)
    assert not INLINE.search('<script src="/a.js" defer></script>')
