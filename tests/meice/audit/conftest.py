import pytest
from django.db import connection

from meice import audit
from meice.audit.chain import link_new_entries
from meice.audit.models import Entry
from meice.kernel.clock import now


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    """Anchors go to a folder of the test's own."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def linked(db):
    """Three entries in the chain."""
    for number in (1, 2, 3):
        audit.record("unit.rename", by=None, detail={"number": number})
    link_new_entries(now())
    return list(Entry.objects.order_by("pk"))


@pytest.fixture
def attack(db):
    """SQL of somebody who has the database in his hands (and has dropped the triggers)."""

    def run(statement, *values):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run
