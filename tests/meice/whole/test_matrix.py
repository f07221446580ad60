"""Every role at every door: the table says who passes, and names every URL."""

import pytest
from django.db import transaction
from django.urls import reverse
from tests.answers import body
from tests.meice.whole import objects
from tests.meice.whole.addresses import PUBLIC, example, patterns
from tests.meice.whole.table import PARTS, TABLE
from tests.meice.whole.walled import walled, without_rows

from meice.orgs.roles import Role

REFUSALS = {401, 403, 404}
ACTS = {row.name for row in TABLE if row.method == "post"} - {
    row.name for row in TABLE if row.method == "get"
}


class Undo(Exception):
    """Takes back what a request has done, so that no row depends on another."""


def ask(browser, row, world, person, *, method=""):
    """The status of a request for the row's object; what it did is undone."""
    browser.raise_request_exception = False
    objects.arguments(row, world, person)  # made before, to stay when the request is undone
    objects.sent(row, world)
    try:
        with transaction.atomic():
            response = objects.ask(browser, row, world, person, method=method)
            status = response.status_code
            body(response)
            raise Undo
    except Undo:
        return status


def verdict(status, row, role):
    """Empty when the row holds, else what went wrong."""
    passed = status not in REFUSALS and status < 500
    if role in row.who and not passed:
        return f"{row.label}: {role} should pass, got {status}"
    if role not in row.who and status != row.refusal(role):
        return f"{row.label}: {role} should get {row.refusal(role)}, got {status}"
    return ""


def test_the_table_names_every_url():
    names = {name for name, _ in patterns()} - set(PUBLIC)
    assert {row.name for row in TABLE} | without_rows() == names


def test_no_row_stands_twice():
    labels = [row.label for row in TABLE]
    assert len(labels) == len(set(labels))


@pytest.mark.django_db
@pytest.mark.parametrize("part", PARTS)
def test_the_table_holds(part, world, signed_in):
    """Every role in one world: things are made once, what a request did is undone."""
    people = {role: world.cast.everybody[role.value] for role in Role}
    browsers = {role: signed_in(person) for role, person in people.items()}
    for browser in browsers.values():
        browser.get("/me/")
    wrong = [
        verdict(ask(browsers[role], row, world, people[role]), row, role)
        for row in PARTS[part]
        for role in Role
    ]
    assert "\n".join(each for each in wrong if each) == ""


@pytest.mark.django_db
def test_no_act_is_done_by_get(world, signed_in):
    """Whether one may act or not: the method is asked before anything is looked up, so that the
    rooms with business need no thing for it."""
    people = {role: world.cast.everybody[role.value] for role in Role}
    browsers = {role: signed_in(person) for role, person in people.items()}
    business, statuses = dict(walled()), {}
    for row in TABLE:
        may, may_not = min(row.who, default=None), min(set(Role) - row.who, default=None)
        if row.name in business and row.name in ACTS:
            address = reverse(row.name, kwargs=example(business[row.name]))
            for role in {may, may_not} - {None}:
                statuses[f"{role} {row.label}"] = browsers[role].get(address).status_code
        elif row.name in ACTS and may:
            statuses[row.label] = ask(browsers[may], row, world, people[may], method="get")
    assert len(statuses) > 300
    assert {label: status for label, status in statuses.items() if status != 405} == {}


@pytest.mark.django_db
def test_no_post_goes_without_the_token(world):
    from django.test import Client
    from tests.conftest import BACKEND

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.cast.lu, backend=BACKEND)
    browser.get("/")
    posts = [row for row in TABLE if row.method == "post" and Role.ADMIN in row.who]
    statuses = {row.label: ask(browser, row, world, world.cast.lu) for row in posts}
    assert {label: status for label, status in statuses.items() if status != 403} == {}
