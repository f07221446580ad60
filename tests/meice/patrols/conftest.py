"""The fixtures of the room's tests: one school a module, what a test does to it is undone."""

from pathlib import Path

import pytest
from django.db import transaction
from tests.meice.patrols.scene import a_round, school_with_outlets


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A module shares its school: it belongs to one worker (named before xdist looks)."""
    for item in items:
        if Path(__file__).parent == item.path.parent:
            item.add_marker(pytest.mark.xdist_group(f"patrols-{item.path.stem}"))


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The school, 华园数信, the site."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield school_with_outlets()
        transaction.set_rollback(True)


@pytest.fixture
def school(made, db):
    school = made[0]
    for user in school.people.values():
        vars(user).pop("_post", None)
    return school


@pytest.fixture
def wechat(made, db):
    return made[1]


@pytest.fixture
def site(made, db):
    return made[2]


@pytest.fixture
def round(school):
    """上午巡查 of two outlets, open since 8:30."""
    return a_round(school)


@pytest.fixture
def visit(round, wechat):
    """Its account."""
    return round.visits.get(outlet=wechat)
