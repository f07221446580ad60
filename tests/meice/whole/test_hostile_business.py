"""Names as an attacker would choose them, everywhere in the rooms with business: on every page
and in every file they stay what they are, text."""

import struct
from io import BytesIO
from urllib.parse import unquote

import openpyxl
import pytest
import xlrd
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser
from tests.answers import body
from tests.base_states import base_state
from tests.meice.registry import scene
from tests.meice.whole import things_registry as register
from tests.meice.whole.objects import ask
from tests.meice.whole.readable import readable
from tests.meice.whole.rows import Row
from tests.meice.whole.table import BUSINESS
from xlrd.compdoc import CompDoc

from meice.orgs.models import Unit, User
from meice.orgs.roles import Role

pytestmark = pytest.mark.django_db

MARKUP = '恶<script>evil()</script><b class=evil>"onmouseover="evil()\'>{{7*7}}{% now %}'
DIRECTION = "\u202e\u2066\u200b\u200d\ufeff"
EVIL = f"{MARKUP}{DIRECTION}"
FORMULA = "=cmd|'/C calc'!A0"
LEADING_ON = {"filing-accept", "filing-return", "campaign", "finding-queue"}
"""Pages that lead on to another."""
MADE = "script:not([src]):not([type]), .evil, [onmouseover], [onerror], [onclick]"
"""What would be there if a name had become markup."""
FORMULAS = {0x0006, 0x0206, 0x0406}
"""Records of formulas ([MS-XLS] 2.4)."""
ROWS = [
    row for part in BUSINESS.values() for row in part
    if row.who and not row.at.startswith("far") and (row.method == "get" or "export" in row.name)
]  # fmt: skip


@base_state
def hostile(world):
    """Everybody and everything of 数信学院 bears such a name."""
    world.mark = EVIL
    unit = f"学院{EVIL}"
    Unit.objects.filter(pk=world.cast.maths.pk).update(name=unit[:90], short_name=unit[:40])
    for person in (world.cast.he, world.cast.zheng, world.cast.zhou, world.cast.liang):
        User.objects.filter(pk=person.pk).update(name=EVIL[:60])
        person.refresh_from_db()
    world.cast.maths.refresh_from_db()
    return world


def faults_of(text):
    """Elements and attributes that no template of ours holds, and expressions worked out."""
    page = LexborHTMLParser(text)
    made = [node.html[:80] for node in page.css(MADE) if "evil" in (node.html or "")]
    return made + (["49"] if "49{%" in page.text() else [])


def test_every_page_shows_hostile_names_as_text(hostile, signed_in):
    shown, wrong = set(), []
    browsers = {role: signed_in(hostile.cast.everybody[role.value]) for role in Role}
    for row in ROWS:
        role = min(row.who)
        response = ask(browsers[role], row, hostile, hostile.cast.everybody[role.value])
        led_on = row.name in LEADING_ON and response.status_code == 302
        wrong += [] if led_on or response.status_code == 200 else [f"{row.label}: no page"]
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            text = response.content.decode()
            wrong += [f"{row.label}: {fault}" for fault in faults_of(text)]
            shown |= {row.name} if "&lt;script&gt;evil()" in text else set()
        else:
            readable(response)
            name = unquote(response.get("Content-Disposition", ""))
            wrong += (
                [f"{row.label}: {name!r}"] if set(name) & set(DIRECTION + '<>"\n') - {'"'} else []
            )
    assert wrong == []
    assert len(shown) >= 60, sorted(shown)


def test_a_hostile_search_is_shown_as_text(hostile, signed_in):
    browser = signed_in(hostile.cast.he)
    for name, method in (("search", "post"), ("outlet-list", "get"), ("filing-list", "get")):
        row = Row(name, method, frozenset())
        page = ask(browser, row, hostile, hostile.cast.he, data={"q": MARKUP, "view": "all"})
        assert faults_of(page.content.decode()) == [], name


def export(browser, name, data):
    return body(browser.post(reverse(name), data))


def test_no_export_holds_a_formula(world, signed_in):
    names = {"name": FORMULA, "note": "+1+1", "verified_as": "@SUM(A1)", "purpose": "-2"}
    filing = register.opening(world, **names)
    scene.accepted(world.cast, filing)
    browser = signed_in(world.cast.liang)
    book = openpyxl.load_workbook(BytesIO(export(browser, "outlet-export", {})))
    cells = [cell for row in book.active for cell in row if cell.value is not None]
    assert FORMULA in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    old = export(browser, "outlet-export", {"kind": "annex4"})
    assert FORMULA in readable_cells(old)
    assert not FORMULAS & set(records(old))


def readable_cells(content):
    book = xlrd.open_workbook(file_contents=content)
    return {str(cell.value) for sheet in book for line in sheet.get_rows() for cell in line}


def records(content):
    """The numbers of the BIFF records of a workbook."""
    stream, at, size = CompDoc(content).locate_named_stream("Workbook")
    end = at + size
    while at + 4 <= end:
        number, length = struct.unpack_from("<HH", stream, at)
        yield number
        at += 4 + length
