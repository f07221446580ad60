"""Names that would be markup or formulas stay text on every page and in every file."""

from io import BytesIO

import openpyxl
import pytest

import given
from meice.orgs import actions
from meice.orgs.roles import Role

NAMES = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7777*1111 }}{% debug %}",
]
FORMULAS = ["=cmd()", "+1+1", "-1", "@SUM(A1)", "＝1+1"]


def raw_of(name):
    return name.replace("{{ 7777*1111 }}{% debug %}", "8640247")


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_text_on_every_page(cast, signed_in, name):
    unit = given.a_unit(name, cast.garden, by=cast.lu, short_name=name[:40], aliases=name)
    actions.edit_unit(unit, actions.UnitFacts(name + "x", name[:40], name), by=cast.lu)
    person = given.a_person(name, unit, by=cast.lu, username="h1")
    post = given.a_post(person, cast.garden, Role.REVIEWER, by=cast.lu)
    given.a_person(name, unit, by=cast.lu, username="h2", student_of=person)
    sheet = given.workbook(
        ("工号", "姓名", "单位", name), ("h9", name, name, name), (name, name, name)
    )
    intake = given.an_intake(sheet, "people", by=cast.lu, name=name)
    browser = signed_in(cast.lu)
    for url in (
        "/", "/units/", "/units/?q=" + name[:5], f"/units/{unit.pk}/", f"/units/{unit.pk}/edit/",
        f"/units/{cast.garden.pk}/", "/users/", "/users/?q=" + name[:5], f"/users/{person.pk}/",
        f"/users/{person.pk}/edit/", f"/users/{person.pk}/posts/give/", "/users/create/",
        "/intakes/", f"/intakes/{intake.pk}/",
    ):  # fmt: skip
        answer = browser.get(url)
        assert answer.status_code == 200, url
        assert raw_of(name) not in answer.content.decode(), url
    slips = browser.post("/users/invite/", {"user": [person.pk]}).content.decode()
    assert raw_of(name) not in slips
    mine = signed_in(person)
    for url in ("/", "/me/", "/me/post/"):
        assert raw_of(name) not in mine.get(url).content.decode(), url
    assert post.pk


@pytest.mark.parametrize("url", ["/users/export/", "/units/export/"])
def test_an_export_holds_text_and_no_formula(cast, signed_in, url):
    for at, name in enumerate([*FORMULAS, *NAMES]):
        unit = given.a_unit(name, cast.university, by=cast.lu, short_name=name[:40], phone=name)
        given.a_person(name, unit, by=cast.lu, username=f"f{at}")
    answer = signed_in(cast.lu).post(url)
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    cells = [cell for row in book.active for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "=cmd()" in {cell.value for cell in cells}


def test_a_fault_list_holds_text_and_no_formula(cast, signed_in):
    sheet = given.workbook(("工号", "姓名", "单位", "角色"), ("=1", "=2", "=3", "=4"))
    intake = given.an_intake(sheet, "people", by=cast.lu)
    answer = signed_in(cast.lu).get(f"/intakes/{intake.pk}/faults/")
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert {cell.data_type for row in book.active for cell in row} == {"s"}
