"""F17: whatever is done to the rows past the application, `verify` names row and time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meice import audit
from meice.audit.anchors import anchors_path, drop_anchor, read_anchors
from meice.audit.chain import head, link_new_entries
from meice.audit.models import ChainLink, Entry, Verification
from meice.audit.tasks import Tampered, verify_chain
from meice.audit.verify import altered, report
from meice.kernel.clock import now

pytestmark = pytest.mark.django_db


def name_of(entry):
    return f"审计记录 {entry.pk}（{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}，unit.rename）"


def one_fault_about(entry, part):
    faults = [fault for fault in altered() if name_of(entry) in fault]
    assert any(part in fault for fault in faults), altered()


def reseal(start, attack):
    """What a clever attacker does: compute anew every link from `start` on."""
    previous = ChainLink.objects.get(position=start - 1).hash if start > 1 else "0" * 64
    for link in ChainLink.objects.filter(position__gte=start).order_by("position"):
        link.previous = previous
        link.hash = previous = link.computed_hash(Entry.objects.get(pk=link.entry_id).own_hash)
        attack(
            "UPDATE audit_chainlink SET previous = %s, hash = %s WHERE position = %s",
            link.previous,
            link.hash,
            link.position,
        )


def test_an_untouched_log_verifies(linked):
    found = report()
    assert (found.faults, found.entries, found.links) == ((), 3, 3)
    assert found.head == f"3 {head().hash}"


def test_an_empty_log_verifies():
    assert report().faults == ()


@pytest.mark.parametrize(
    ("column", "value"),
    [("actor_name", "别人"), ("act", "unit.rename2"), ("detail", '{"number": 9}'), ("at", None)],
)
def test_an_altered_entry_is_named(linked, attack, column, value):
    value = value or "2020-01-01 00:00:00+00:00"
    attack(f"UPDATE audit_entry SET {column} = %s WHERE id = %s", value, linked[1].pk)
    one_fault = [f for f in altered() if f"审计记录 {linked[1].pk}（" in f]
    assert any("内容被改动" in fault for fault in one_fault)


def test_an_entry_altered_with_its_own_hash_is_named(linked, attack):
    forged = linked[1]
    forged.detail = {"number": 9}
    attack(
        "UPDATE audit_entry SET detail = %s, own_hash = %s WHERE id = %s",
        '{"number": 9}',
        forged.computed_hash(),
        forged.pk,
    )
    one_fault_about(linked[1], "重算过")


def test_a_missing_entry_is_named(linked, attack):
    attack("DELETE FROM audit_entry WHERE id = %s", linked[1].pk)
    assert any(f"审计记录 {linked[1].pk} 不见了（第 2 环" in fault for fault in altered())


def test_a_missing_link_is_a_gap_and_its_entry_is_outside(linked, attack):
    attack("DELETE FROM audit_chainlink WHERE position = 2")
    assert any("审计链缺第 2 至 2 环" in fault for fault in altered())


def test_entry_and_link_removed_together_leave_a_gap(linked, attack):
    attack("DELETE FROM audit_chainlink WHERE position = 2")
    attack("DELETE FROM audit_entry WHERE id = %s", linked[1].pk)
    assert any("审计链缺第 2 至 2 环" in fault for fault in altered())


def test_reordered_entries_are_named(linked, attack):
    first, second = linked[0].pk, linked[1].pk
    for entry, position in ((0, 1), (first, 2), (second, 1)):
        attack("UPDATE audit_chainlink SET entry_id = %s WHERE position = %s", entry, position)
    one_fault_about(linked[0], "与封存时不一致")
    one_fault_about(linked[1], "与封存时不一致")


def test_an_entry_put_in_later_under_an_old_time_is_named(linked):
    forged = audit.record("unit.rename", by=None)
    Entry.objects.filter(pk=forged.pk)._raw_delete(Entry.objects.db)
    forged.at = now() - timedelta(hours=3)
    forged.own_hash, forged._state.adding = forged.computed_hash(), True
    forged.save()
    link_new_entries(now())
    one_fault_about(forged, "后来补进去的")


def test_an_entry_of_last_week_never_enters_the_chain_and_is_named(linked):
    forged = audit.record("unit.rename", by=None)
    Entry.objects.filter(pk=forged.pk)._raw_delete(Entry.objects.db)
    forged.at = now() - timedelta(days=7)
    forged.own_hash, forged._state.adding = forged.computed_hash(), True
    forged.save()
    assert link_new_entries(now()) == 0
    one_fault_about(forged, "不在链中")


def test_a_recomputed_chain_contradicts_its_anchor(linked, attack):
    drop_anchor(head(), now())
    forged = linked[0]
    forged.detail = {"number": 9}
    attack(
        "UPDATE audit_entry SET detail = %s, own_hash = %s WHERE id = %s",
        '{"number": 9}',
        forged.computed_hash(),
        forged.pk,
    )
    reseal(1, attack)
    (fault,) = altered()
    assert "与 " in fault
    assert "的锚点不一致" in fault


def test_a_shortened_chain_contradicts_its_anchor(linked, attack):
    drop_anchor(head(), now())
    attack("DELETE FROM audit_chainlink WHERE position = 3")
    attack("DELETE FROM audit_entry WHERE id = %s", linked[2].pk)
    (fault,) = altered()
    assert "第 3 环不见了" in fault


def test_an_anchor_is_written_once_for_one_head(linked):
    assert drop_anchor(head(), now()) is True
    assert drop_anchor(head(), now()) is False
    assert [anchor.position for anchor in read_anchors()] == [3]


def test_an_anchor_torn_by_a_crash_is_passed_over(linked):
    drop_anchor(head(), now())
    with anchors_path().open("a") as stream:
        stream.write("2030-01-01T00:00:00Z 4 abc")
    assert altered() == []


def test_entries_are_linked_once_in_their_order(linked):
    assert link_new_entries(now()) == 0
    audit.record("unit.rename", by=None)
    assert link_new_entries(now()) == 1
    assert list(ChainLink.objects.order_by("position").values_list("entry_id", flat=True)) == list(
        Entry.objects.order_by("pk").values_list("pk", flat=True)
    )


def test_the_nightly_check_keeps_what_it_found_and_fails(linked, attack):
    assert verify_chain.func() == {"url": "/audit/verify/"}
    attack("DELETE FROM audit_entry WHERE id = %s", linked[1].pk)
    with pytest.raises(Tampered):
        verify_chain.func()
    newest, oldest = Verification.objects.all()
    assert (len(oldest.faults), len(newest.faults)) == (0, 1)


def test_names_of_columns_do_not_depend_on_the_database(linked):
    """The spelling that is hashed is fixed: a change would break every chain that exists."""
    entry = linked[0]
    assert sorted(entry.content()) == [
        "act", "actor_id", "actor_name", "actor_post", "address", "at", "detail", "target_id",
        "target_kind", "target_name", "uid", "unit_path",
    ]  # fmt: skip
