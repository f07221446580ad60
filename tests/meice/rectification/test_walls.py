"""Nothing of one unit is there for another; and each step is whose it is, in every state."""

import pytest
from django.db import transaction
from django.urls import reverse
from tests.answers import body
from tests.base_states import base_state
from tests.meice.rectification import scene
from tests.meice.rectification.scene import MONDAY, days
from tests.meice.whole.addresses import example, patterns

from meice.rectification import actions
from meice.rectification.workflow import ORDER

OUTSIDERS = ("admin", "bao", "fang", "su")
ROOM = "meice.rectification."


def addresses():
    """(name, pattern) of every URL of the room."""
    found = []
    for name, pattern in patterns():
        view = pattern.callback
        if getattr(view, "__wrapped__", view).__module__.startswith(ROOM):
            found.append((name, pattern))
    return found


def in_state(school, outlet, state):
    """An order of 数信学院 as far as `state`."""
    if state == "draft":
        return actions.draft_order(school.maths, [scene.stale(outlet)], by=school.liang, at=MONDAY)
    if state == "issued":
        return scene.an_order(school, scene.stale(outlet))
    if state == "mending":
        return scene.acknowledged(school, scene.stale(outlet))
    if state == "confirming":
        return scene.answered(school, scene.acknowledged(school, scene.stale(outlet)))
    order = scene.replied(school, scene.stale(outlet))
    if state == "replied":
        return scene.judged(school, order)
    if state == "reopened":
        order = scene.judged(school, order, "still")
        return actions.return_reply(order, reason="还没改", by=school.liang, at=days(1))
    if state == "closed":
        return actions.close_order(scene.judged(school, order), by=school.liang, at=days(1))
    return actions.withdraw_order(order, reason="有误", by=school.liang, at=days(1))


STATES = ("draft", "issued", "mending", "confirming", "replied", "reopened", "closed", "withdrawn")


class Undo(Exception):
    """Takes back what a request has done."""


def ask(browser, method, address):
    """The status; what was done is undone."""
    browser.raise_request_exception = False
    try:
        with transaction.atomic():
            response = getattr(browser, method)(address)
            status = response.status_code
            body(response)
            raise Undo
    except Undo:
        return status


def circular_of(school):
    said = actions.CircularText("通报", school.university, MONDAY.date(), MONDAY.date())
    return actions.draft_circular(said, by=school.liang, at=days(1))


def statuses(browser, order, circular):
    """`method name` → status of every URL that is about one of them."""
    found = {}
    for name, pattern in addresses():
        given = example(pattern)
        if "pk" not in given:
            continue
        given["pk"] = circular.pk if str(pattern.pattern).startswith("circulars/") else order.pk
        for method in ("get", "post"):
            found[f"{method} {name}"] = ask(browser, method, reverse(name, kwargs=given))
    return found


@base_state
def confirming(school, outlet):
    return in_state(school, outlet, "confirming"), circular_of(school)


@base_state
def replied(school, outlet):
    return in_state(school, outlet, "replied"), circular_of(school)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_what_waits_for_the_leader_of_another_unit_is_not_there(client, school, confirming, who):
    see_nothing(client, school, who, *confirming)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_what_another_unit_has_answered_is_not_there(client, school, replied, who):
    see_nothing(client, school, who, *replied)


def see_nothing(client, school, who, order, circular):
    client.force_login(school.people[who])
    found = statuses(client, order, circular)
    assert len(found) >= 40
    assert {label: status for label, status in found.items() if status not in {404, 405}} == {}


def test_the_wall_is_no_mere_absence(client, school, replied):
    order, circular = replied
    client.force_login(school.liang)
    found = statuses(client, order, circular)
    assert {found["get order"], found["get circular"], found["get order-print"]} == {200}
    assert {status for status in found.values() if status >= 500} == set()


@pytest.mark.parametrize("who", ["admin", "bao", "fang", "he", "liang", "shen", "su", "zheng"])
def test_the_list_shows_an_order_to_those_whose_business_it_is(client, school, outlet, who):
    order = scene.an_order(school, scene.stale(outlet))
    client.force_login(school.people[who])
    page = client.get(reverse("order-list"), {"view": "all"}).content.decode()
    assert (str(order) in page) == (who in {"he", "liang", "shen", "zheng"})


def test_nobody_enters_without_the_door(client, school, outlet):
    order, circular = in_state(school, outlet, "issued"), circular_of(school)
    client.logout()
    found = statuses(client, order, circular)
    assert set(found.values()) <= {302, 405}


ALLOWED = {
    "draft": {"liang": {"issue", "withdraw"}},
    "issued": {"liang": {"withdraw"}, "he": {"acknowledge"}, "zheng": {"acknowledge"}},
    "mending": {"liang": {"withdraw"}, "he": {"reply", "attest"}},
    "confirming": {"liang": {"withdraw"}, "zheng": {"confirm", "decline"}},
    "replied": {"liang": {"close", "withdraw"}, "huang": {"close", "withdraw"}},
    "reopened": {"liang": {"withdraw"}, "he": {"reply", "attest"}},
    "closed": {},
    "withdrawn": {},
}
PEOPLE = ("admin", "bao", "fang", "he", "huang", "liang", "shen", "su", "zheng", "zhou")


@pytest.mark.parametrize("state", STATES)
def test_each_step_is_whose_it_is(school, outlet, state):
    order = scene.fresh(in_state(school, outlet, state))
    for who in PEOPLE:
        person = school.people[who]
        open_ones = {name for name in ORDER.steps if ORDER.verdict(name, order, person)}
        wanted = ALLOWED[state].get(who, set())
        wanted = ALLOWED[state].get("liang", set()) if who == "huang" else wanted
        assert open_ones == wanted, who


@pytest.mark.parametrize("state", STATES)
def test_a_refused_step_says_why_in_chinese(school, outlet, state):
    order = scene.fresh(in_state(school, outlet, state))
    for name in ORDER.steps:
        verdict = ORDER.verdict(name, order, school.su)
        assert not verdict
        assert verdict.reason.endswith("。")
