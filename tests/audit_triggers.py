"""Tests of real transactions empty all tables afterwards, which the audit triggers rightly refuse.

So the throw-away database of the tests stands without them, except where a test installs them.
"""

import pytest

from meice.audit import triggers

GUARDED = (*triggers.TABLES, "evidence_evidence", "incidents_incidentevent")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database as pytest-django makes it, emptiable."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        triggers.remove(cursor, connection.vendor, GUARDED)


@pytest.fixture
def append_only(db):
    """The audit tables and the evidence guarded as in a real installation, until the test's roll-back."""
    from django.db import connection

    with connection.cursor() as cursor:
        triggers.install(cursor, connection.vendor, GUARDED)
