"""One demo for all tests of the folder: it is built once, what a test does to it is undone."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from meice.demo import build


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """All of these share one demo: they belong to one worker (named before xdist looks)."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("demo"))


TODAY = date(2026, 11, 20)
GIVEN = "Given-2026-word"


@pytest.fixture(scope="package")
def university(django_db_setup, django_db_blocker, tmp_path_factory):
    """The logins of the demo, and the folder that it lies in."""
    folder = tmp_path_factory.mktemp("demo")
    with (
        django_db_blocker.unblock(),
        override_settings(DATA_DIR=folder, FILES_DIR=folder / "files"),
        transaction.atomic(),
    ):
        yield build({"hejm": GIVEN}, today=TODAY), folder
        transaction.set_rollback(True)


@pytest.fixture
def built(university, db, settings):
    """The demo as it opens; gives its logins."""
    logins, settings.DATA_DIR = university
    settings.FILES_DIR = settings.DATA_DIR / "files"
    return logins
