"""Names as an attacker would choose them in the rooms with business: searched for, and in files
(on the pages: `test_every_page`)."""

import struct
from io import BytesIO

import openpyxl
import pytest
import xlrd
from django.urls import reverse
from tests.answers import body
from tests.meice.registry import scene
from tests.meice.whole import things_registry as register
from tests.meice.whole.conftest import MARKUP
from tests.meice.whole.objects import ask
from tests.meice.whole.rows import Row
from tests.meice.whole.test_every_page import made_of_names
from xlrd.compdoc import CompDoc

pytestmark = pytest.mark.django_db

FORMULA = "=cmd|'/C calc'!A0"
FORMULAS = {0x0006, 0x0206, 0x0406}
"""Records of formulas ([MS-XLS] 2.4)."""


def test_a_hostile_search_is_shown_as_text(hostile, signed_in):
    browser = signed_in(hostile.cast.he)
    for name, method in (("search", "post"), ("outlet-list", "get"), ("filing-list", "get")):
        row = Row(name, method, frozenset())
        page = ask(browser, row, hostile, hostile.cast.he, data={"q": MARKUP, "view": "all"})
        assert made_of_names(page.content.decode()) == [], name


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
