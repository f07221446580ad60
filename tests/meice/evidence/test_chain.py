"""Evidence is written once; whatever is done to rows or bytes, `verify` names case and number."""

from io import BytesIO

import pytest
from django.db import IntegrityError, OperationalError, ProgrammingError, connection, transaction

from meice.audit.models import AppendOnly, Entry
from meice.config import verification
from meice.evidence.actions import keep_evidence
from meice.evidence.models import BEGINNING, Evidence, EvidenceKind
from meice.evidence.phrases import name_cases
from meice.evidence.tasks import Altered, verify_evidence
from meice.evidence.verify import altered
from meice.files.actions import keep_file
from meice.files.sweep import sweep
from meice.kernel.clock import now

CASE = "impersonation:12"


@pytest.fixture(autouse=True)
def words():
    """Cases of this name are spoken of as the room that keeps them says."""
    name_cases({"impersonation": "假冒账号"})


def keep(number=1, case=CASE, by=None):
    """One more screenshot in the case."""
    stored = keep_file(BytesIO(b"picture %d" % number), name="截图.png", by=by, purpose="evidence")
    return keep_evidence(
        stored, case=case, kind=EvidenceKind.SCREENSHOT, by=by, at=now(),
        source="https://fake.example/", note="首页",
    )  # fmt: skip


@pytest.fixture
def three(cast):
    """Three pieces in one case, one in another."""
    kept = [keep(number, by=cast.liang) for number in (1, 2, 3)]
    keep(9, case="incident:5")
    return kept


def attack(statement, *values):
    """SQL of somebody who has the database in his hands (and has dropped the triggers)."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def named(part, row):
    """Is a fault found that names this row of the case?"""
    return any(
        f"假冒账号 12 第 {row.number} 号证据" in fault and part in fault for fault in altered()
    )


def test_each_case_counts_and_chains_for_itself(three):
    assert [row.number for row in Evidence.objects.of(CASE)] == [1, 2, 3]
    assert [row.previous for row in three] == [BEGINNING, three[0].own_hash, three[1].own_hash]
    other = Evidence.objects.of("incident:5").get()
    assert (other.number, other.previous, other.by_name) == (1, BEGINNING, "系统")
    assert three[0].by_name == "梁文博"
    assert altered() == []


def test_keeping_is_in_the_audit_log_with_its_hash(three):
    entry = Entry.objects.filter(act="evidence.keep", target_id=str(three[1].pk)).get()
    assert (entry.detail["case"], entry.detail["number"]) == (CASE, 2)
    assert len(entry.detail["seal"]) == 64


def test_a_name_that_is_no_case_is_the_callers_mistake(cast):
    with pytest.raises(ValueError, match="not the name of a case"):
        keep(case="../etc")


def test_rows_are_written_once(three, append_only):
    three[0].note = "改过"
    with pytest.raises(AppendOnly):
        three[0].save()
    with pytest.raises(AppendOnly):
        Evidence.objects.of(CASE).delete()
    for statement in ("UPDATE evidence_evidence SET note = 'x'", "DELETE FROM evidence_evidence"):
        refusals = (OperationalError, ProgrammingError, IntegrityError)
        with pytest.raises(Exception, match="append-only") as refusal, transaction.atomic():
            attack(statement)
        assert isinstance(refusal.value, refusals) or "append-only" in str(refusal.value)


def test_kept_bytes_are_never_swept(three):
    sweep(now().replace(year=now().year + 1))
    assert all(row.stored.path.exists() for row in three)


def test_one_altered_byte_is_named(three, capsys):
    path = three[1].stored.path
    path.chmod(0o600)
    path.write_bytes(b"picture X")
    assert named("内容被改动", three[1])
    assert verification.run(as_json=False) == 1
    assert "假冒账号 12 第 2 号证据" in capsys.readouterr().out
    with pytest.raises(Altered):
        verify_evidence.func()


def test_lost_bytes_are_named(three):
    three[2].stored.path.unlink()
    assert named("找不到了", three[2])


@pytest.mark.parametrize(
    ("column", "value"),
    [("note", "别的"), ("source", "https://other.example/"), ("by_name", "别人"),
     ("kind", "photo"), ("captured_at", "2020-01-01 00:00:00+00:00"), ("sha256", "0" * 64)],
)  # fmt: skip
def test_an_altered_row_is_named(three, column, value):
    attack(f"UPDATE evidence_evidence SET {column} = %s WHERE id = %s", value, three[1].pk)
    assert named("记录被改动", three[1])
    assert not named("记录被改动", three[0])


def test_a_row_altered_with_its_own_hash_contradicts_the_audit_log(three):
    last = three[2]
    last.note = "改过"
    attack(
        "UPDATE evidence_evidence SET note = %s, own_hash = %s WHERE id = %s",
        "改过", last.computed_hash(), last.pk,
    )  # fmt: skip
    assert named("改动后重算过", last)


def test_a_removed_row_leaves_a_gap_and_is_named(three):
    attack("DELETE FROM evidence_evidence WHERE id = %s", three[1].pk)
    found = altered()
    assert any("假冒账号 12 缺第 2 至 2 号证据" in fault for fault in found)
    assert any("假冒账号 12 第 2 号证据" in fault and "不见了" in fault for fault in found)


def test_a_removed_last_row_is_named_by_the_audit_log(three):
    attack("DELETE FROM evidence_evidence WHERE id = %s", three[2].pk)
    (fault,) = altered()
    assert "第 3 号证据" in fault
    assert "不见了" in fault


def test_a_row_put_in_past_the_application_is_named(three):
    last = three[2]
    forged = Evidence(
        case=CASE, number=4, kind="photo", stored=last.stored, name="x", sha256=last.sha256,
        size=last.size, captured_at=last.captured_at, by_name="别人", previous=last.own_hash,
    )  # fmt: skip
    forged.own_hash = forged.computed_hash()
    forged.save()
    assert named("补进去的", forged)


def test_a_row_that_points_to_another_file_is_named(three):
    attack(
        "UPDATE evidence_evidence SET stored_id = %s WHERE id = %s",
        three[0].stored_id, three[1].pk,
    )  # fmt: skip
    assert named("指到了另一个文件", three[1])


def test_the_columns_that_are_hashed_do_not_change(three):
    """A change of the spelling would break every chain that exists."""
    assert sorted(three[0].content()) == [
        "by_id", "by_name", "captured_at", "case", "headers", "kind", "name", "note", "number",
        "previous", "sha256", "size", "source",
    ]  # fmt: skip
