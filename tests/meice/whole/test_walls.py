"""Nothing of one unit reaches another: lists, selects, exports, counts, searches; and the way out."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from tests import given
from tests.answers import body
from tests.conftest import PASSWORD

from meice.orgs.roles import Role

pytestmark = pytest.mark.django_db

STRANGERS = ("园艺学院", "苏婉仪")
PAGES = ("/", "/units/", "/users/", "/annexes/", "/inbox/", "/me/")


@pytest.mark.parametrize("role", ["operator", "reviewer", "leader"])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_a_unit_names_another(cast, signed_in, role, page):
    browser = signed_in(cast.everybody[role])
    text = browser.get(page).content.decode()
    assert [name for name in STRANGERS if name in text] == []


@pytest.mark.parametrize("role", ["operator", "leader"])
def test_search_does_not_reach_over_the_wall(cast, signed_in, role):
    browser = signed_in(cast.everybody[role])
    for words in ("苏婉仪", "园艺", "13800000005", "swy", "20150078"):
        text = browser.post("/search/", {"q": words}, follow=True).content.decode()
        assert f"/users/{cast.su.pk}/" not in text
        assert f"/units/{cast.garden.pk}/" not in text


def test_an_export_holds_only_the_reach(cast, signed_in):
    browser = signed_in(cast.zheng)
    for name in ("user-export", "unit-export"):
        response = browser.post(reverse(name))
        book = openpyxl.load_workbook(BytesIO(body(response)))
        cells = {str(cell.value) for line in book.active for cell in line}
        assert not cells & set(STRANGERS)


def test_counts_are_those_of_the_reach(cast, signed_in):
    given.many_people(60, cast.garden)
    answer = signed_in(cast.zheng).get("/users/")
    assert answer.context["page"].total == 3


def test_a_security_officer_sees_no_people_and_an_admin_no_checks(cast, signed_in):
    assert signed_in(cast.qin).get("/users/").status_code == 404
    assert signed_in(cast.lu).get("/audit/").status_code == 404


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)",
     "http:///evil.example", "https:evil.example", "\thttps://evil.example"],
)  # fmt: skip
def test_sign_in_leads_nowhere_else(client, cast, target):
    data = {"username": cast.he.username, "password": PASSWORD, "next": target}
    response = client.post("/sign-in/", data)
    assert (response.status_code, response.url) == (302, "/")


def test_sign_in_leads_back_to_the_page_that_was_asked_for(client, cast):
    data = {"username": cast.he.username, "password": PASSWORD, "next": "/annexes/"}
    assert client.post("/sign-in/", data).url == "/annexes/"


FOR_ALL = (
    "terms-set", "order-terms-set", "editorial-terms-set", "patrol-terms-set",
    "incident-times-set", "incident-doors-set", "incident-chain-set", "incident-head-set",
    "impersonation-settings", "compliance-terms-set", "training-topics",
)  # fmt: skip


@pytest.mark.parametrize("name", FOR_ALL)
def test_what_holds_for_all_is_not_set_by_the_department_of_one_faculty(cast, signed_in, name):
    """学院宣传员 decides over her faculty alone. (That 宣传部 may stands in the matrix.)"""
    person = given.a_person("院宣", cast.maths, Role.DEPARTMENT, by=cast.lu)
    assert signed_in(person).post(reverse(name), {}).status_code == 403


def test_who_decides_for_all(cast):
    faculty = given.a_person("院宣", cast.maths, Role.DEPARTMENT, by=cast.lu)
    for person, may in ((cast.liang, True), (faculty, False), (cast.lu, False), (cast.fang, False)):
        person.post = person.current_posts()[0]
        assert person.decides_for_all is may, person
