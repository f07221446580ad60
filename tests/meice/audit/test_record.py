"""An entry is written with the act, says who and where, and holds no personal number."""

import pytest
from django.db import DatabaseError, connection, transaction

from meice import audit
from meice.audit.actions import NotInTransaction
from meice.audit.models import AppendOnly, ChainLink, Entry
from meice.notices.models import Notice

pytestmark = pytest.mark.django_db


def test_an_entry_keeps_actor_target_and_unit_by_name(cast):
    entry = audit.record("unit.rename", cast.maths, by=cast.liang, detail={"old": "数学系"})
    assert (entry.actor_id, entry.actor_name) == (str(cast.liang.pk), "梁文博")
    assert (entry.target_kind, entry.target_id) == ("orgs.unit", str(cast.maths.pk))
    assert (entry.target_name, entry.unit_path) == ("数学与信息学院", cast.maths.path)
    assert entry.detail == {"old": "数学系"}
    assert entry.actor_post == str(cast.liang.post)


def test_an_act_without_a_unit_of_its_own_counts_for_the_unit_of_the_actor(cast):
    assert audit.record("text.check", by=cast.he).unit_path == cast.maths.path


def test_the_system_acts_without_a_person():
    entry = audit.record("audit.verify", by=None)
    assert (entry.actor_id, entry.actor_name) == ("", "系统")


@pytest.mark.parametrize("number", ["13800000001", "11010519491231002X"])
def test_no_whole_number_enters_the_log(cast, number):
    entry = audit.record("user.change", by=cast.lu, detail={"from": f"旧 {number} 号"})
    assert number not in str(entry.detail)
    assert "*" in entry.detail["from"]


def test_a_line_of_the_log_cannot_be_forged_by_line_ends(cast):
    entry = audit.record("unit.rename", by=cast.lu, detail={"old": "a\r\n2030 root\x00\x1b[1m"})
    assert entry.detail["old"] == "a2030 root[1m"


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_a_transaction_is_refused():
    with pytest.raises(NotInTransaction):
        audit.record("unit.rename", by=None)


@pytest.mark.django_db(transaction=True)
def test_when_the_log_cannot_be_written_the_act_is_undone(cast):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry RENAME TO audit_gone")
    try:
        with pytest.raises(DatabaseError), transaction.atomic():  # noqa: PT012
            Notice.objects.create(user=cast.he, kind="task", text="x", sent_at="2030-01-01T00:00Z")
            audit.record("notice.send", by=cast.liang)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_gone RENAME TO audit_entry")
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.update(act="x"),
        lambda entry: Entry.objects.all().delete(),
        lambda entry: Entry.objects.bulk_update([entry], ["act"]),
        lambda entry: ChainLink.objects.all().delete(),
    ],
)
def test_our_own_code_cannot_change_an_entry(change):
    entry = audit.record("unit.rename", by=None)
    with pytest.raises(AppendOnly):
        change(entry)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry", "DELETE FROM audit_chainlink"],
)
def test_the_database_refuses_to_change_an_entry(append_only, linked, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.count() == 3
