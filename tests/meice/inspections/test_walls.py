"""Nothing of one unit is there for another, by any URL or method of the room."""

import pytest
from django.urls import reverse
from tests.answers import body
from tests.meice.inspections.scene import MONDAY, a_claim, a_schedule, a_site, make_school
from tests.meice.whole.addresses import example, patterns

from meice.inspections.actions import runs

pytestmark = pytest.mark.django_db

ROOM = "meice.inspections."
OUTSIDERS = ("su", "admin")  # of another unit; of no business
NOBODYS = 999_999


def addresses():
    """(name, pattern) of every URL of the room: a new one is walled by being there."""
    for name, pattern in patterns():
        view = pattern.callback
        if f"{getattr(view, '__wrapped__', view).__module__}.".startswith(ROOM):
            yield name, pattern


def things():
    """A finding, a schedule, a run and a look, all of 数信学院."""
    school = make_school()
    site = a_site(school)
    schedule = a_schedule(school)
    run = runs.start_run(schedule, by=school.liang, at=MONDAY)
    return school, {
        "findings/": a_claim(site).pk,
        "schedules/": schedule.pk,
        "runs/": run.pk,
        "checks/": run.checks.get().pk,
    }


def arguments(pattern, known):
    given = example(pattern)
    if "pk" in given:
        route = str(pattern.pattern)
        begun = [pk for prefix, pk in known.items() if route.startswith(f"{prefix}<int:pk>/")]
        given["pk"] = begun[0] if begun else NOBODYS
    return given


def statuses(browser, known, wanted):
    """`method name` → status of every URL whose arguments `wanted` takes."""
    found = {}
    browser.raise_request_exception = False
    for name, pattern in addresses():
        given = arguments(pattern, known)
        for method in ("get", "post") if wanted(given) else ():
            response = getattr(browser, method)(reverse(name, kwargs=given))
            found[f"{method} {name}"] = response.status_code
            body(response)
    return found


@pytest.mark.parametrize("who", OUTSIDERS)
def test_what_belongs_to_another_unit_is_not_there(signed_in, who):
    school, known = things()
    found = statuses(
        signed_in(school.people[who]), known, lambda given: given.get("pk") in known.values()
    )
    assert len(found) >= 30
    assert {label: status for label, status in found.items() if status not in {404, 405}} == {}


def test_the_wall_is_no_mere_absence(signed_in):
    school, known = things()
    he, liang = signed_in(school.he), signed_in(school.liang)
    assert he.get(f"/findings/{known['findings/']}/").status_code == 200
    assert he.get(f"/checks/{known['checks/']}/").status_code == 200
    assert liang.get(f"/runs/{known['runs/']}/").status_code == 200
    assert liang.get(f"/schedules/{known['schedules/']}/edit/").status_code == 200


@pytest.mark.parametrize("who", ["he", "shen"])
def test_who_sees_a_schedule_or_not_cannot_change_it(signed_in, who):
    school, known = things()
    browser = signed_in(school.people[who])
    for name, pk in (
        ("schedule-edit", known["schedules/"]),
        ("schedule-start", known["schedules/"]),
        ("run-cancel", known["runs/"]),
    ):
        assert browser.post(reverse(name, args=[pk])).status_code in {403, 404, 302}
    run = runs.lock_run(known["runs/"])
    assert run.is_live
    assert run.schedule.version == 1
    assert run.schedule.runs.count() == 1
