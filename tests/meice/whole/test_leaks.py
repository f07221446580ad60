"""Nothing that one unit does shows at another: no list, select, search, export, count or total.

A person of 园艺学院 in each role reads every page that she may open; then 数信学院 lives through
everything that the rooms know, under names with a mark in them; then she reads again. Each page
has to be the same, sign by sign: a count that grew by one is a leak as well.
"""

import pytest
from tests import given
from tests.meice.whole import things_compliance as compliance
from tests.meice.whole import things_duty as duty
from tests.meice.whole import things_editorial as editorial
from tests.meice.whole import things_impersonations as impersonations
from tests.meice.whole import things_incidents as incidents
from tests.meice.whole import things_patrols as patrols
from tests.meice.whole import things_registry as register
from tests.meice.whole import things_surveys as surveys
from tests.meice.whole import things_training as training
from tests.meice.whole.objects import arguments, ask
from tests.meice.whole.readable import readable
from tests.meice.whole.rows import Row
from tests.meice.whole.table import TABLE

from meice.orgs.roles import Role

pytestmark = pytest.mark.django_db

MARK = "秘苑暗号"
HERS = ("", "own", "far", "far site", "far draft", "far deciding", "far received", "far open")
READ_BY_POST = (
    "outlet-list", "user-list", "search", "outlet-export", "user-export", "unit-export",
    "campaign-export", "submission-annex", "audit-export", "compliance-export", "custody-export",
    "device-export", "impersonation-export", "training-needs-export",
)  # fmt: skip
OF_THE_DEPLOYMENT = {
    "job-status": "the queue is the deployment's, and shows no names of things",
    "audit-verify": "the chain is one; the page counts its entries",
    "job": "progress of her own job",
}
GROWS = {"audit-log", "audit-export"}
"""Reading leaves lines of its own there: searched for the mark alone."""
WORDS = (MARK, "何嘉敏", "hyh", "13800000066")
SEARCHERS = (Role.OPERATOR, Role.DEPARTMENT)


def is_read(row):
    """Pages of things that may be hers, and the posts that only read."""
    reads = row.method == "get" or row.name in READ_BY_POST
    return reads and row.at in HERS and row.name not in OF_THE_DEPLOYMENT


ROWS = [row for row in TABLE if is_read(row)]


def searches():
    """The same lists, asked for what is not hers (the units of a school are no secret in it)."""
    for words in WORDS:
        yield Row("search", "post", frozenset()), {"q": words}
        yield Row("outlet-list", "post", frozenset()), {"q": words}
        yield Row("filing-list", "get", frozenset()), {"q": words, "view": "all"}
        yield Row("user-list", "post", frozenset()), {"q": words}


def answers(world, browser, person, role):
    """Label → what she can read."""
    found = {}
    for row in ROWS:
        if role in row.who or row.at in ("", "own"):
            found[row.label] = readable(ask(browser, row, world, person))
    for row, data in searches() if role in SEARCHERS else ():
        response = ask(browser, row, world, person, data=data)
        found[f"{row.label} {data['q']}"] = readable(response)
    others = {"unit": world.cast.maths.pk, "platform": "wechat"}
    row = Row("outlet-list", "get", frozenset())
    found["the filter of another unit"] = readable(ask(browser, row, world, person, data=others))
    return found


def first_change(before, after):
    """Where two texts part, some signs of each."""
    at = next(
        (at for at, pair in enumerate(zip(before, after, strict=False)) if len({*pair}) > 1), 0
    )
    start = max(0, at - 40)
    return f"{before[start : at + 40]!r} → {after[start : at + 40]!r}"


def strangers(world):
    """One person a role, all of 园艺学院."""
    names = "甲乙丙丁戊己庚"
    made = {
        role: given.a_person(f"园丁{name}", world.cast.garden, role, by=world.cast.lu)
        for role, name in zip(Role, names, strict=True)
    }
    return made | {Role.OPERATOR: world.cast.su, Role.LEADER: register.garden_leader(world)}


def live(world):
    """数信学院 has one of everything, in every state."""
    world.mark = MARK
    rooms = {
        "outlet": register.OUTLETS, "filing": register.FILINGS, "exception": register.EXCEPTIONS,
        "intake": register.INTAKES, "submission": surveys.SUBMISSIONS,
        "campaign": {"consolidated": surveys.consolidated}, "manuscript": editorial.MANUSCRIPTS,
        "incident": incidents.PLAIN, "round": patrols.ROUNDS, "patrol plan": patrols.PLANS,
        "compliance": compliance.FILES, "custody": compliance.CUSTODIES,
        "device": compliance.DEVICES, "devices": compliance.INTAKES,
        "impersonation": impersonations.NEAR,
        **{kind: training.MAKERS[kind] for kind in training.LIVED},
    }  # fmt: skip
    for kind, makers in rooms.items():
        for at, make in makers.items():
            if at not in (*HERS, "leaving", "arriving"):
                world.thing(f"{kind} {at}", make)
    for of_kind in duty.MAKERS.values():
        for at, make in of_kind.items():
            if not at.startswith("far"):
                world.thing(f"duty {make.__name__}", make)
    given.a_person(f"{MARK}员", world.cast.maths, by=world.cast.lu, mobile="13800000066")


def test_nothing_that_one_unit_does_shows_at_another(world, signed_in):
    people = strangers(world)
    browsers = {role: signed_in(person) for role, person in people.items()}
    for row in ROWS:
        arguments(row, world, world.cast.su)
    world.of(world.cast.he)
    for role, person in people.items():
        world.of(person)
        browsers[role].get("/me/")
    before = {role: answers(world, browsers[role], people[role], role) for role in people}
    live(world)
    changed, named = [], []
    for role, person in people.items():
        for label, text in answers(world, browsers[role], person, role).items():
            if label.partition("-")[2] not in GROWS and text != before[role][label]:
                changed.append(f"{role} {label}: {first_change(before[role][label], text)}")
            if MARK in text and MARK not in label:
                named.append(f"{role} {label}")
    assert " ".join(named) == ""
    assert "\n".join(changed) == ""
    assert sum(text.startswith("200") for texts in before.values() for text in texts.values()) > 200


OF_SECURITY = {
    "duty": "the offices of security stand on the same rosters",
    "roster-list": "the same",
    "device-list": "dedicated devices are theirs to check",
    "device-export": "the same",
    "impersonation-list": "what the department has confirmed is theirs to pursue",
    "impersonation-export": "the same",
}
"""Beside the sites, what the security officer sees of units, and why."""


def test_those_of_no_business_read_nothing_of_it(world, signed_in):
    """三员分立: the system administrator sees no business, the security officer only her own."""
    live(world)
    for role, theirs in ((Role.ADMIN, {}), (Role.SECURITY, OF_SECURITY)):
        person = world.cast.everybody[role.value]
        browser = signed_in(person)
        named = set()
        for row in TABLE:
            if row.at in ("", "own") and (row.method == "get" or row.name in READ_BY_POST):
                is_of_units = row.name.startswith(("unit", "user", "intake", "me", "home"))
                text = readable(ask(browser, row, world, person))
                named |= {row.name} if MARK in text and not is_of_units else set()
        assert named == set(theirs), role
