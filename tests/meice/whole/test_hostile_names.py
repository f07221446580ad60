"""Names as an attacker would choose them, of units, people and annexes, as the administrator sees
them (in the rooms with business: `test_every_page`)."""

import pytest
from django.urls import reverse
from tests import given
from tests.answers import body
from tests.base_states import base_state
from tests.meice.surveys.conftest import basic_form, issue, row
from tests.meice.whole.conftest import World, a_check
from tests.meice.whole.objects import arguments
from tests.meice.whole.table import BASE

from meice.engines.annexes.model import Header, Report
from meice.surveys.actions.found import keep_report

pytestmark = pytest.mark.django_db

EVIL = "\"><img src=x onerror=alert(1)><script>alert(2)</script>'{{7*7}}{% load x %}‮"
MARKS = ("<img src=x", "<script>alert", "49}}", "onerror=alert(1)>")


@base_state
def hostile(world: World, cast):
    """The same university, its names replaced where people may choose them."""
    admin = cast.lu
    unit = given.a_unit(EVIL[:60], cast.maths, by=admin, short_name=EVIL[:30])
    person = given.a_person(EVIL[:40], unit, by=admin, username="evil1", mobile="13800000099")
    check = a_check(admin)
    form = basic_form(
        rows=[row(1, name=EVIL, unit=EVIL, note=EVIL)],
        issues=[issue(message=EVIL, found=EVIL)],
        path=f"{EVIL.replace('/', '')}.xls",
        samples=[row(1, name=EVIL)],
    )
    named = type(form)(
        path=form.path, annex=form.annex, sheet=EVIL[:30], sheets=1, header=Header(EVIL, EVIL),
        rows=form.rows, samples=form.samples, issues=form.issues, places=form.places,
    )  # fmt: skip
    keep_report(check, Report((named,)))
    world.of(admin).update(check=check, form=check.forms.get())
    return {"unit": unit, "person": person, "check": check}


def pages(world, browser, hostile, admin):
    for each in BASE:
        if each.method != "get" or each.at in {"far", "others"} or not each.who:
            continue
        named = arguments(each, world, admin)
        if each.name.startswith("unit"):
            named = {"pk": hostile["unit"].pk} if named else {}
        if each.name.startswith(("user-", "post-give")) or each.name == "user":
            named = {"pk": hostile["person"].pk} if named else {}
        yield each, browser.get(reverse(each.name, kwargs=named))


def test_every_page_shows_hostile_names_as_text(world, hostile, cast, signed_in):
    browser = signed_in(cast.lu)
    seen, wrong = 0, []
    for each, response in pages(world, browser, hostile, cast.lu):
        if response.streaming or not response["Content-Type"].startswith("text/html"):
            body(response)
            continue
        text = response.content.decode()
        seen += "onerror=alert" in text
        wrong += [f"{each.label}: {mark}" for mark in MARKS if mark in text]
    assert seen >= 5, "the names must have been on the pages"
    assert wrong == []


def test_a_hostile_search_is_shown_as_text(cast, signed_in):
    browser = signed_in(cast.lu)
    for address, data in (("/search/", {"q": EVIL}), ("/users/", {"q": EVIL})):
        assert "<img src=x" not in browser.post(address, data).content.decode()
    assert "<img src=x" not in browser.get("/units/", {"q": EVIL}).content.decode()
