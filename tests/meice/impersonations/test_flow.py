"""The way of a docket: each step by whom it may be taken, and by nobody else."""

from datetime import date

import pytest
from tests.meice.impersonations import scene
from tests.meice.impersonations.scene import MONDAY, days

from meice.audit.models import Entry
from meice.evidence.models import Evidence
from meice.impersonations import actions
from meice.impersonations.models import Impersonation, Recheck, Referral
from meice.impersonations.workflow import IMPERSONATION
from meice.kernel.access import Refused
from meice.notices.models import Notice

pytestmark = pytest.mark.django_db


def told(person):
    """The newest line in her inbox."""
    return Notice.objects.filter(user=person).order_by("-pk").first().text


def test_a_report_is_explained_and_goes_to_the_department(school):
    docket = scene.reported(school)
    assert docket.status == "reported"
    assert docket.likeness == "N8 使用形近字或数字、字母替代：“华園大学”像“华园大学”（“園”↔“园”）"
    assert docket.due_on == date(2026, 11, 26)
    assert "请受理" in told(school.liang)
    (row,) = Evidence.objects.of(docket.case)
    assert (row.number, row.by_name, row.note) == (1, "何嘉敏", "随举报提交")
    assert Entry.objects.filter(act="impersonation.report", unit_path=docket.unit_path).exists()


def test_the_same_account_reported_again_joins_its_docket(school):
    docket = scene.reported(school)
    again = actions.report_impersonation(
        scene.said(name="华园表白墙"), unit=school.arts, by=school.su, at=days(1)
    )
    assert (again.is_new, again.docket.pk) == (False, docket.pk)
    assert docket.reports.count() == 2
    assert scene.fresh(docket) in Impersonation.objects.visible_to(school.su)
    other = scene.said(account_id="another")
    assert actions.report_impersonation(other, unit=school.arts, by=school.su, at=MONDAY).is_new


@pytest.mark.parametrize(
    ("step", "deed", "status"),
    [
        ("confirm", actions.confirm_docket, "confirmed"),
        ("dismiss", actions.dismiss_docket, "dismissed"),
        ("doubt", actions.doubt_docket, "unclear"),
    ],
)
def test_the_department_judges_with_a_reason(school, step, deed, status):
    docket = scene.judging(school)
    for person in (school.he, school.zheng, school.bao, school.shen, school.admin):
        with pytest.raises(Refused, match="由宣传部办理"):
            deed(docket, reason="看过", by=person, at=MONDAY)
    with pytest.raises(Refused, match="研判须写明理由"):
        deed(docket, reason="  ", by=school.liang, at=MONDAY)
    judged = deed(docket, reason="看过截图", by=school.liang, at=MONDAY)
    assert (judged.status, judged.judged_by, judged.judgement) == (status, school.liang, "看过截图")
    assert bool(judged.number) == (step == "confirm")
    assert "华園大学表白墙" in told(school.he)


def test_nobody_is_declared_a_fake_without_evidence_however_like_the_name(school):
    docket = scene.judging(school, with_proof=False)
    assert docket.likeness
    with pytest.raises(Refused, match="还没有证据"):
        actions.confirm_docket(docket, reason="名字像", by=school.liang, at=MONDAY)
    assert actions.doubt_docket(docket, reason="没有证据", by=school.liang, at=MONDAY)


def test_who_reported_does_not_judge_while_a_colleague_can(school):
    docket = scene.judging(school, by=school.huang, unit=school.university)
    with pytest.raises(Refused, match="科室另一人"):
        actions.confirm_docket(docket, reason="看过", by=school.huang, at=MONDAY)
    school.liang.posts.update(ended_at=MONDAY)
    docket = scene.fresh(docket)
    assert actions.confirm_docket(docket, reason="看过", by=school.huang, at=MONDAY).number


def test_fraud_with_admissions_is_told_to_security(school):
    scene.confirmed(school, scene.said(guise="admissions"))
    assert "涉嫌招生诈骗" in told(school.bao)


def test_numbers_count_in_their_year(school):
    first = scene.confirmed(school)
    second = scene.confirmed(school, scene.said(name="华园招生办", account_id="b"))
    assert (first.number, second.number) == ("媒假〔2026〕1号", "媒假〔2026〕2号")


def test_a_judgement_can_be_reconsidered_until_something_was_sent(school):
    docket = scene.dismissed(school)
    again = actions.reconsider_docket(docket, reason="有新截图", by=school.huang, at=days(1))
    assert again.status == "judging"
    sent = scene.applied(school, scene.said(account_id="c"))
    with pytest.raises(Refused, match="不能重新研判"):
        actions.reconsider_docket(sent, reason="弄错了", by=school.liang, at=days(1))


def test_an_account_set_aside_may_be_reported_anew_but_has_one_open_docket(school):
    old = scene.dismissed(school)
    new = scene.reported(school)
    assert new.pk != old.pk
    with pytest.raises(Refused, match="已有另一份案卷"):
        actions.reconsider_docket(old, reason="有新截图", by=school.liang, at=MONDAY)


def test_what_is_missing_is_said_before_anything_is_sent(school):
    docket = scene.confirmed(school)
    with pytest.raises(Refused) as refusal:
        actions.refer_docket(docket, "wechat", sent_on=MONDAY.date(), by=school.liang, at=MONDAY)
    assert refusal.value.reason == (
        "还缺：主体资格证明、盖章的侵权投诉通知书、权属证明。补齐，或写明怎样另行提交。"
    )
    assert not Referral.objects.exists()
    assert scene.fresh(docket).status == "confirmed"


def test_a_referral_has_its_number_and_its_day(school):
    docket = scene.applied(school)
    sent = docket.referrals.get()
    assert (docket.status, sent.ticket, sent.due_on) == ("applied", "T1", date(2026, 12, 2))
    assert docket.due_on == sent.due_on
    assert sent.missing.startswith("主体资格证明")
    with pytest.raises(Refused, match="正在等答复"):
        actions.refer_docket(
            docket, "wechat", sent_on=MONDAY.date(), by=school.liang, at=MONDAY, note="再报"
        )
    with pytest.raises(Refused, match="没有登记答复"):
        actions.close_docket(docket, outcome="gone", note="没了", by=school.liang, at=MONDAY)


def test_a_refusal_of_the_platform_needs_its_reason_and_leaves_other_places_open(school):
    docket = scene.applied(school)
    sent = docket.referrals.get()
    for answer, match in (("", "不处置的理由"),):
        with pytest.raises(Refused, match=match):
            actions.reject_referral(
                sent, answered_on=days(3).date(), answer=answer, by=school.liang, at=days(3)
            )
    with pytest.raises(Refused, match="不能早于"):
        actions.uphold_referral(
            sent, answered_on=days(-1).date(), answer="", by=school.liang, at=days(3)
        )
    actions.reject_referral(
        sent, answered_on=days(3).date(), answer="证明不足", by=school.liang, at=days(3)
    )
    with pytest.raises(Refused, match="不能登记已处置"):
        actions.uphold_referral(
            sent, answered_on=days(3).date(), answer="", by=school.liang, at=days(3)
        )
    again = actions.refer_docket(
        docket, "12377", sent_on=days(3).date(), by=school.liang, at=days(3), note="附公函"
    )
    assert scene.fresh(docket).due_on == again.due_on


def test_a_closed_docket_is_looked_at_until_the_last_re_check(school):
    docket = scene.watched(school)
    assert (docket.status, docket.checks_left) == ("watched", 3)
    assert docket.check_on == date(2026, 12, 21)
    seen = actions.recheck_docket(
        docket, found="unknown", note="平台打不开", by=school.liang, at=days(28)
    )
    assert (seen.status, seen.checks_left) == ("watched", 3)
    for left in (2, 1, 0):
        seen = actions.recheck_docket(seen, found="gone", note="没有", by=school.liang, at=days(40))
        assert seen.checks_left == left
    assert (seen.status, seen.check_on, Recheck.objects.count()) == ("closed", None, 4)


def test_back_under_another_name_is_a_docket_of_its_own(school):
    docket = scene.watched(school)
    comeback = actions.Comeback(name="华园大学万能墙", account_id="hydx_wnq")
    other = actions.recheck_docket(
        docket, found="back", note="换名了", by=school.liang, at=days(20), comeback=comeback
    )
    assert (other.follows, other.status, other.source) == (docket, "reported", "check")
    assert other.guise == docket.guise
    assert "此前以“华園大学表白墙”出现" in other.facts
    assert scene.fresh(docket).status == "closed"


def test_back_as_the_same_account_is_sent_again(school):
    docket = scene.returned(school)
    assert docket.status == "returned"
    sent = actions.refer_docket(
        docket, "12377", sent_on=days(9).date(), by=school.liang, at=days(9), note="附前案"
    )
    assert sent.impersonation.status == "applied"


def test_a_step_out_of_turn_is_refused_in_words(school):
    docket = scene.reported(school)
    assert IMPERSONATION.verdict("close", docket, school.liang).reason == (
        "现在是「待受理」，不能结案。"
    )
    with pytest.raises(Refused, match="只有认定的假冒账号可以公布"):
        actions.publish_docket(docket, by=school.liang, at=MONDAY)


def test_every_act_stands_in_the_history_and_the_log(school):
    docket = scene.closed(school)
    acts = list(docket.events.values_list("act", flat=True))
    assert acts == [
        "report", "accept", "confirm", "apply", "refer", "uphold", "close", "watch",
        "recheck", "recheck", "recheck", "finish",
    ]  # fmt: skip
    logged = Entry.objects.filter(act__startswith="impersonation.", target_id=str(docket.pk))
    assert {entry.act for entry in logged} >= {
        "impersonation.confirm", "impersonation.refer", "impersonation.close",
        "impersonation.finish",
    }  # fmt: skip


def test_days_that_are_over_are_told_once(school):
    docket = scene.reported(school)
    before = Notice.objects.filter(kind="reminder").count()
    assert actions.remind_due(days(3)) == 0
    assert actions.remind_due(days(4)) == 1
    assert actions.remind_due(days(5)) == 0
    assert Notice.objects.filter(kind="reminder").count() - before == 2  # 梁文博, 黄志远
    assert "还没有受理" in told(school.huang)
    watched = scene.watched(school, scene.said(account_id="w"))
    assert actions.remind_due(days(28)) == 1
    assert "到期复查" in told(school.huang)
    assert scene.fresh(watched).told_on == watched.check_on
    assert docket.pk
