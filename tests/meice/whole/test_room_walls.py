"""Nothing of one unit is there for another, by any URL or method of the rooms with business."""

import pytest
from django.urls import reverse
from tests.answers import body
from tests.meice.whole.walled import NOBODYS, OUTSIDERS, arguments, things, walled

pytestmark = pytest.mark.django_db


def statuses(browser, known, wanted):
    """`method name` → status of every walled URL whose arguments `wanted` takes."""
    found = {}
    browser.raise_request_exception = False
    for name, pattern in walled():
        given = arguments(pattern, known)
        for method in ("get", "post") if wanted(given) else ():
            response = getattr(browser, method)(reverse(name, kwargs=given))
            found[f"{method} {name}"] = response.status_code
            body(response)
    return found


@pytest.mark.parametrize("who", OUTSIDERS)
def test_what_belongs_to_another_unit_is_not_there(signed_in, who):
    school, known = things()
    browser = signed_in(school.people[who])
    found = statuses(browser, known, lambda given: given.get("pk") in known.values())
    assert len(found) >= 40
    assert {label: status for label, status in found.items() if status not in {404, 405}} == {}


def test_the_wall_is_no_mere_absence(signed_in):
    school, known = things()
    browser = signed_in(school.he)
    for prefix, pk in known.items():
        assert browser.get(f"/{prefix}{pk}/", follow=True).status_code == 200


def test_what_does_not_exist_is_refused_without_a_crash(signed_in):
    """To the department, whom no right stops before the thing is looked up."""
    school, known = things()
    browser = signed_in(school.people["liang"])
    found = statuses(browser, known, lambda given: given.get("pk") == NOBODYS)
    wrong = {label: status for label, status in found.items() if status not in {403, 404, 405}}
    assert wrong == {}


def test_lists_answer_without_a_crash(signed_in):
    """An operator; the pages of all roles stand in the matrix."""
    school, known = things()
    browser = signed_in(school.su)
    found = statuses(browser, known, lambda given: "pk" not in given)
    assert {label: status for label, status in found.items() if status >= 500} == {}


def test_lists_of_the_register_name_nothing_of_another_unit(signed_in):
    school, _ = things()
    browser = signed_in(school.su)
    for name in ("outlet-list", "filing-list", "cluster-list", "exception-list"):
        assert "华园数信" not in browser.get(reverse(name)).content.decode()
