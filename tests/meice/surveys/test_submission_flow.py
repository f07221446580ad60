"""The life of a submission: each step, who may take it, and who may not."""

import pytest
from tests.meice.surveys.scene import (
    AFTER,
    BEFORE,
    arrival,
    basic_rows,
    change_cell,
    presented,
    received,
    reported,
    started,
)

from meice.kernel.access import Refused
from meice.notices.models import Notice
from meice.surveys.actions import deciding, filling, reporting
from meice.surveys.models import Remark, Submission, SubmissionStatus

pytestmark = pytest.mark.django_db


def test_opening_asks_every_unit_of_the_scope_and_tells_its_operators(world):
    units = set(world.campaign.submissions.values_list("unit__name", flat=True))
    assert units == {"党委宣传部", "数学与信息学院", "艺术学院", "校团委"}
    told = Notice.objects.filter(user=world.school.he, text__startswith="请填报")
    assert "12:00（中午）" in told.get().text


def test_starting_fills_the_rows_from_the_register(world):
    started(world)
    submission = world.fresh()
    (row,) = basic_rows(submission)
    assert submission.status == SubmissionStatus.DRAFTING
    assert row.cells["name"] == "华园数信"
    assert row.cells["kind"] == "微信公众号"
    assert row.cells["responsible_name"] == "何嘉敏"
    assert submission.row_count == 1


def test_a_stranger_cannot_start_it(world):
    with pytest.raises(Refused, match="数学与信息学院"):
        filling.start_submission(world.maths, by=world.school.su, at=BEFORE)


def test_a_leader_cannot_fill(world):
    with pytest.raises(Refused, match="运维人员"):
        filling.start_submission(world.maths, by=world.school.zheng, at=BEFORE)


def test_with_an_error_it_is_not_handed_over_and_the_reason_counts_them(world):
    started(world)
    change_cell(basic_rows(world.maths)[0], world.school.he, responsible_mobile="1360000220")
    with pytest.raises(Refused, match="还有 1 处错误"):
        filling.present_submission(world.fresh(), by=world.school.he, at=BEFORE)
    assert world.fresh().status == SubmissionStatus.DRAFTING


def test_what_the_leader_confirms_are_the_bytes_that_were_handed_over(world):
    handed = presented(world)
    receipt = reporting.confirm_submission(handed, arrival(), by=world.school.zheng)
    assert receipt.digest == handed.prepared.digest
    assert receipt.package.path.read_bytes()[:2] == b"PK"
    assert receipt.files[0]["name"] == "数学与信息学院附件1.xls"


def test_an_operator_cannot_confirm(world):
    with pytest.raises(Refused, match="主管领导"):
        reporting.confirm_submission(presented(world), arrival(), by=world.school.he)


def test_the_leader_sends_it_back_with_a_reason_only(world):
    handed = presented(world)
    with pytest.raises(Refused, match="写明"):
        filling.decline_submission(handed, note=" ", by=world.school.zheng, at=BEFORE)
    filling.decline_submission(handed, note="手机号换了", by=world.school.zheng, at=BEFORE)
    assert world.fresh().status == SubmissionStatus.DRAFTING
    assert world.fresh().prepared is None


def test_the_operator_takes_it_back_from_the_leader(world):
    filling.recall_submission(presented(world), by=world.school.he, at=BEFORE)
    assert world.fresh().status == SubmissionStatus.DRAFTING


def test_late_without_a_reason_is_refused_and_nothing_is_lost(world):
    handed = presented(world)
    with pytest.raises(Refused, match="逾期原因"):
        reporting.confirm_submission(handed, arrival(at=AFTER), by=world.school.zheng)
    assert world.fresh().status == SubmissionStatus.AWAITING_LEADER


def test_late_with_a_reason_is_taken_as_late(world):
    handed = presented(world)
    late = arrival(at=AFTER, late_reason="审核人上周四才到岗。")
    receipt = reporting.confirm_submission(handed, late, by=world.school.zheng)
    assert not receipt.on_time
    assert receipt.late_reason == "审核人上周四才到岗。"


def test_the_very_moment_of_the_deadline_is_in_time(world):
    handed = presented(world)
    receipt = reporting.confirm_submission(
        handed, arrival(at=world.campaign.deadline), by=world.school.zheng
    )
    assert receipt.on_time


def test_a_stamped_scan_stands_for_the_leader(world):
    started(world)
    with pytest.raises(Refused, match="扫描"):
        reporting.attest_submission(world.fresh(), arrival(), by=world.school.he)


def test_the_department_returns_cells_and_the_next_round_keeps_the_first(world):
    submission = reported(world)
    row = basic_rows(submission)[0]
    draft = deciding.RemarkDraft(1, "主体应为学校全称", row, "verified_as")
    deciding.add_remark(submission, draft, by=world.school.liang, at=BEFORE)
    deciding.return_submission(submission, by=world.school.liang, at=BEFORE)
    assert world.fresh().status == SubmissionStatus.RETURNED
    filling.present_submission(world.fresh(), by=world.school.he, at=BEFORE)
    reporting.confirm_submission(world.fresh(), arrival(), by=world.school.zheng)
    assert list(world.maths.receipts.values_list("round", flat=True)) == [2, 1]
    assert all(receipt.package.path.exists() for receipt in world.maths.receipts.all())


def test_a_return_needs_a_marked_cell_or_a_text(world):
    with pytest.raises(Refused, match="退回须写原因"):
        deciding.return_submission(reported(world), by=world.school.liang, at=BEFORE)


def test_a_unit_cannot_return_or_receive(world):
    submission = reported(world)
    for deed in (deciding.accept_submission, deciding.claim_submission):
        with pytest.raises(Refused, match="宣传部"):
            deed(submission, by=world.school.he, at=BEFORE)


def test_what_another_has_claimed_is_hers(world):
    claimed = deciding.claim_submission(reported(world), by=world.school.liang, at=BEFORE)
    with pytest.raises(Refused, match="由梁文博认领"):
        deciding.accept_submission(claimed, by=world.school.huang, at=BEFORE)
    with pytest.raises(Refused, match="已认领"):
        reporting.revise_submission(claimed, by=world.school.he, at=BEFORE)
    freed = deciding.release_submission(claimed, by=world.school.liang, at=BEFORE)
    assert deciding.accept_submission(freed, by=world.school.huang, at=BEFORE).decided_by


def test_receiving_closes_the_open_remarks(world):
    submission = reported(world)
    draft = deciding.RemarkDraft(2, "合计不对", place="第6行 微信")
    deciding.add_remark(submission, draft, by=world.school.liang, at=BEFORE)
    deciding.accept_submission(submission, by=world.school.liang, at=BEFORE)
    assert not Remark.objects.filter(resolved_at=None).exists()


def test_a_received_submission_can_be_returned_while_the_campaign_runs(world):
    submission = received(world)
    deciding.reopen_submission(submission, note="漏了一个", by=world.school.liang, at=BEFORE)
    assert world.fresh().status == SubmissionStatus.RETURNED


def test_a_unit_takes_back_what_nobody_has_claimed(world):
    reporting.revise_submission(reported(world), by=world.school.he, at=BEFORE)
    assert world.fresh().status == SubmissionStatus.DRAFTING
    assert world.fresh().receipt is not None


def test_zero_only_when_the_register_has_none(world):
    started(world)
    with pytest.raises(Refused, match="台账里还有 1 个"):
        filling.declare_submission(world.fresh(), by=world.school.he, at=BEFORE)
    filling.declare_submission(world.arts, by=world.school.su, at=BEFORE)
    assert world.fresh(world.arts).zero
    receipt = reporting.confirm_submission(world.fresh(world.arts), arrival(), by=world.school.fang)
    assert receipt.figures["zero"] is True


def test_exempt_needs_a_reason_and_can_be_undone(world):
    with pytest.raises(Refused, match="原因"):
        deciding.exempt_submission(world.arts, reason="", by=world.school.liang, at=BEFORE)
    deciding.exempt_submission(world.arts, reason="新设", by=world.school.liang, at=BEFORE)
    assert world.fresh(world.arts).status == SubmissionStatus.EXEMPT
    deciding.require_submission(world.arts, by=world.school.liang, at=BEFORE)
    assert world.fresh(world.arts).status == SubmissionStatus.UNTOUCHED


@pytest.mark.parametrize(("at", "told"), [(BEFORE, "何嘉敏 9:20"), (AFTER, "")])
def test_the_department_fills_in_for_a_unit_that_telephones_or_is_late(world, at, told):
    filling.start_submission(world.maths, by=world.school.liang, at=at, told=told)
    assert world.fresh().on_behalf_by == world.school.liang
    texts = Notice.objects.filter(user=world.school.he).values_list("text", flat=True)
    assert any("代你单位填写" in text for text in texts)


def test_before_the_deadline_nobody_fills_in_for_a_unit_that_did_not_ask(world):
    with pytest.raises(Refused, match="写明谁来的电话"):
        filling.start_submission(world.maths, by=world.school.liang, at=BEFORE)
    assert world.fresh().status == SubmissionStatus.UNTOUCHED


def test_reporting_on_behalf_is_marked_told_and_received_by_another(world):
    filling.start_submission(world.maths, by=world.school.liang, at=BEFORE, told="何嘉敏")
    with pytest.raises(Refused, match="谁在电话里"):
        reporting.relay_submission(world.fresh(), arrival(), told="", by=world.school.liang)
    reporting.relay_submission(world.fresh(), arrival(), told="何嘉敏 9:20", by=world.school.liang)
    with pytest.raises(Refused, match="不能自己接收"):
        deciding.accept_submission(world.fresh(), by=world.school.liang, at=BEFORE)
    deciding.accept_submission(world.fresh(), by=world.school.huang, at=BEFORE)
    texts = Notice.objects.filter(user=world.school.zheng).values_list("text", flat=True)
    assert any("代你单位报送" in text for text in texts)


def test_paper_is_ticked_by_the_department_only(world):
    with pytest.raises(Refused, match="宣传部"):
        deciding.note_paper([world.maths], received=True, by=world.school.he, at=BEFORE)
    assert deciding.note_paper([world.maths], received=True, by=world.school.liang, at=BEFORE) == 1
    assert deciding.note_paper([world.maths], received=True, by=world.school.liang, at=BEFORE) == 0


def test_every_step_is_in_the_history_and_in_the_audit(world):
    received(world)
    acts = list(world.maths.events.values_list("act", flat=True))
    assert acts == ["start", "present", "confirm", "accept"]


def test_nobody_sees_another_units_submission(world):
    seen = Submission.objects.visible_to(world.school.su)
    assert list(seen) == [world.arts]
    assert not Submission.objects.visible_to(world.school.admin).exists()
    assert Submission.objects.visible_to(world.school.shen).count() == 4
