"""A filing from the draft to the register: each step allowed to one, refused to the others."""

from io import BytesIO

import pytest
from tests.meice.registry.scene import MONDAY, accepted, changing, entry, fresh, opening

from meice.audit.models import Entry as AuditEntry
from meice.kernel.access import Refused
from meice.notices.models import Notice
from meice.registry.actions import filings
from meice.registry.actions.drafting import Draft, attach_scan, draft_cancel, edit_filing
from meice.registry.actions.terms import set_route
from meice.registry.models import FilingStatus, NameHistory, OutletStatus, ReturnReason, Way

SCAN = b"%PDF-1.4 stamped"


def test_accepting_an_opening_gives_a_number_and_adds_the_outlet(school):
    filing = accepted(school, opening(school))
    assert filing.number == "BA-2026-0001"
    assert filing.outlet.name == "华园数信"
    assert filing.outlet.status == OutletStatus.IN_USE
    assert filing.outlet.unit_path == school.maths.path
    assert [str(c) for c in filing.outlet.contacts.all()] == ["郑国强", "何嘉敏", "周启明"]


def test_each_step_leaves_an_event_and_an_audit_line(school):
    filing = accepted(school, opening(school))
    acts = ["draft", "present", "confirm", "accept"]
    assert [event.act for event in filing.events.all()] == acts
    audited = AuditEntry.objects.filter(act__startswith="filing.").order_by("pk")
    assert [one.act for one in audited] == [f"filing.{act}" for act in acts]


def test_the_leader_and_the_department_are_told(school):
    filing = opening(school)
    filings.present_filing(filing, by=school.he, at=MONDAY)
    assert Notice.objects.filter(user=school.zheng).count() == 1
    filings.confirm_filing(filing, by=school.zheng, at=MONDAY)
    assert set(Notice.objects.values_list("user__name", flat=True)) == {
        "郑国强",
        "梁文博",
        "黄志远",
    }


def test_a_change_writes_only_what_differs(school, outlet):
    filing = changing(school, outlet, **entry(school.maths, frequency="每周2次"))
    assert [(c.key, c.old, c.new) for c in filing.changes.all()] == [
        ("frequency", "每周3次", "每周2次")
    ]
    accepted(school, filing)
    outlet.refresh_from_db()
    assert (outlet.frequency, outlet.followers, outlet.version) == ("每周2次", 8214, 2)


def test_a_new_name_keeps_the_old_one_in_the_history(school, outlet):
    filing = accepted(school, changing(school, outlet, name="华园数信学院"))
    kept = NameHistory.objects.get(outlet=outlet)
    assert (kept.name, kept.filing) == ("华园数信", filing)


def test_a_cancelled_outlet_ends_and_cannot_be_changed(school, outlet):
    filing = draft_cancel(outlet, Draft({}, reason="停办"), by=school.he, at=MONDAY)
    accepted(school, filing)
    outlet.refresh_from_db()
    assert outlet.status == OutletStatus.CANCELLED
    with pytest.raises(Refused, match="已注销"):
        changing(school, outlet, frequency="每天")


def test_an_outlet_has_one_open_filing(school, outlet):
    changing(school, outlet, frequency="每天")
    with pytest.raises(Refused, match="已有一份变更备案在办"):
        changing(school, outlet, by=school.chen, frequency="每月")


def test_nobody_accepts_what_she_wrote_herself(school):
    filing = opening(school, by=school.liang)
    filings.present_filing(filing, by=school.liang, at=MONDAY)
    filings.confirm_filing(filing, by=school.zheng, at=MONDAY)
    with pytest.raises(Refused, match="不能自己受理"):
        filings.accept_filing(filing, by=school.liang, at=MONDAY)
    assert filings.accept_filing(filing, by=school.huang, at=MONDAY).number


def test_who_edited_a_draft_does_not_accept_it_either(school):
    filing = opening(school)
    draft = Draft(entry(school.maths, frequency="每天"))
    edit_filing(filing, draft, version=fresh(filing).version, by=school.liang, at=MONDAY)
    filings.present_filing(filing, by=school.he, at=MONDAY)
    filings.confirm_filing(filing, by=school.zheng, at=MONDAY)
    with pytest.raises(Refused, match="不能自己受理"):
        filings.accept_filing(filing, by=school.liang, at=MONDAY)


def test_a_claimed_filing_waits_for_its_holder(school):
    filing = opening(school)
    filings.present_filing(filing, by=school.he, at=MONDAY)
    filings.confirm_filing(filing, by=school.zheng, at=MONDAY)
    filings.claim_filing(filing, by=school.liang, at=MONDAY)
    with pytest.raises(Refused, match="已由梁文博认领"):
        filings.accept_filing(filing, by=school.huang, at=MONDAY)
    filings.release_filing(filing, by=school.liang, at=MONDAY)
    assert filings.accept_filing(filing, by=school.huang, at=MONDAY).decided_by == school.huang


def test_a_claim_of_somebody_who_left_is_released_by_a_colleague(school):
    filing = opening(school)
    filings.present_filing(filing, by=school.he, at=MONDAY)
    filings.confirm_filing(filing, by=school.zheng, at=MONDAY)
    filings.claim_filing(filing, by=school.liang, at=MONDAY)
    with pytest.raises(Refused, match="请由本人放回"):
        filings.release_filing(filing, by=school.huang, at=MONDAY)
    school.liang.is_active = False
    school.liang.save(update_fields=["is_active"])
    assert filings.release_filing(filing, by=school.huang, at=MONDAY).claimed_by is None


def test_a_return_needs_a_reason_and_a_text(school):
    filing = opening(school)
    filings.present_filing(filing, by=school.he, at=MONDAY)
    with pytest.raises(Refused, match="退回须选原因"):
        filings.return_filing(filing, reasons=[], note="", by=school.zheng, at=MONDAY)
    back = filings.return_filing(
        filing, reasons=[ReturnReason.NAME], note="请改名", by=school.zheng, at=MONDAY
    )
    assert back.status == FilingStatus.RETURNED
    assert back.events.last().reason_labels == ["名称不合规定"]


def test_a_withdrawn_filing_may_be_changed_and_sent_again(school):
    filing = opening(school)
    filings.present_filing(filing, by=school.he, at=MONDAY)
    filings.withdraw_filing(filing, by=school.he, at=MONDAY)
    assert accepted(school, filing).number


def test_what_the_department_has_claimed_is_not_withdrawn(school):
    filing = opening(school)
    filings.present_filing(filing, by=school.he, at=MONDAY)
    filings.confirm_filing(filing, by=school.zheng, at=MONDAY)
    filings.claim_filing(filing, by=school.liang, at=MONDAY)
    with pytest.raises(Refused, match="宣传部已认领"):
        filings.withdraw_filing(filing, by=school.he, at=MONDAY)


def test_a_stamped_scan_stands_for_the_leaders_click(school):
    filing = opening(school)
    with pytest.raises(Refused, match="先上传盖章件"):
        filings.attest_filing(filing, by=school.he, at=MONDAY)
    attach_scan(filing, BytesIO(SCAN), name="盖章.pdf", by=school.he, at=MONDAY)
    sent = filings.attest_filing(filing, by=school.he, at=MONDAY)
    assert (sent.status, sent.confirmed_how) == (FilingStatus.DECIDING, "scan")
    assert "盖章件扫描" in Notice.objects.get(user=school.liang).text


def test_a_scan_that_is_no_picture_is_refused(school):
    with pytest.raises(Refused, match="PDF"):
        attach_scan(opening(school), BytesIO(b"MZ\x90"), name="a.pdf", by=school.he, at=MONDAY)


def test_a_unit_may_switch_on_its_own_reviewer(school):
    set_route(school.maths, Way.REVIEWER, endorser=None, by=school.zheng, at=MONDAY)
    filing = opening(school)
    with pytest.raises(Refused, match="先交审核"):
        filings.present_filing(filing, by=school.he, at=MONDAY)
    filings.submit_filing(filing, by=school.he, at=MONDAY)
    with pytest.raises(Refused, match="审核人办理"):
        filings.check_filing(filing, by=school.zheng, at=MONDAY)
    assert filings.check_filing(filing, by=school.zhou, at=MONDAY).status == "confirming"


def test_an_endorsing_unit_checks_for_another(school):
    set_route(school.maths, Way.ENDORSER, endorser=school.league, by=school.liang, at=MONDAY)
    filing = opening(school)
    filings.submit_filing(filing, by=school.he, at=MONDAY)
    with pytest.raises(Refused, match="校团委"):
        filings.check_filing(filing, by=school.zhou, at=MONDAY)
    assert filings.check_filing(filing, by=school.tuan, at=MONDAY).status == "confirming"


def test_an_outlet_that_moves_needs_both_leaders(school, outlet):
    filing = changing(school, outlet, unit=school.arts.pk)
    filings.present_filing(filing, by=school.he, at=MONDAY)
    with pytest.raises(Refused, match="同意转出"):
        filings.confirm_filing(filing, by=school.zheng, at=MONDAY)
    filings.transfer_filing(filing, by=school.zheng, at=MONDAY)
    with pytest.raises(Refused, match="艺术学院"):
        filings.receive_filing(filing, by=school.zheng, at=MONDAY)
    filings.receive_filing(filing, by=school.fang, at=MONDAY)
    filings.accept_filing(filing, by=school.liang, at=MONDAY)
    outlet.refresh_from_db()
    assert (outlet.unit, outlet.unit_path) == (school.arts, school.arts.path)


def test_a_scan_does_not_move_an_outlet(school, outlet):
    filing = changing(school, outlet, unit=school.arts.pk)
    attach_scan(filing, BytesIO(SCAN), name="章.pdf", by=school.he, at=MONDAY)
    with pytest.raises(Refused, match="两个单位的领导"):
        filings.attest_filing(filing, by=school.he, at=MONDAY)


def test_the_department_has_five_working_days(school):
    filing = opening(school)
    filings.present_filing(filing, by=school.he, at=MONDAY)
    filings.confirm_filing(filing, by=school.zheng, at=MONDAY)
    assert fresh(filing).due_on.isoformat() == "2026-11-30"


def test_an_item_that_the_register_changed_meanwhile_is_not_overwritten(school, outlet):
    filing = changing(school, outlet, frequency="每周2次")
    filings.present_filing(filing, by=school.he, at=MONDAY)
    filings.confirm_filing(filing, by=school.zheng, at=MONDAY)
    type(outlet).objects.filter(pk=outlet.pk).update(frequency="每天", version=7)
    with pytest.raises(Refused, match="发布频次"):
        filings.accept_filing(filing, by=school.liang, at=MONDAY)
    assert fresh(filing).status == FilingStatus.DECIDING
