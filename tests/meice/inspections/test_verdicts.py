"""What persons do with a finding: claim, judge alone or by two, look again, take back."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.meice.inspections.scene import MONDAY, TUESDAY, fresh

from meice.audit.models import Entry
from meice.inspections.actions import verdicts
from meice.inspections.actions.verdicts import Word
from meice.inspections.models import Finding, FindingStatus, Judgement, Run, RunReason
from meice.kernel.access import Refused
from meice.notices.models import Notice

CONFIRM, DISMISS = Judgement.CONFIRM, Judgement.DISMISS


def judged(finding, by, judgement=CONFIRM, at=MONDAY, **said):
    word = Word(**{"note": "已打开网站核对", **said})
    return verdicts.judge_finding(finding, judgement, word, by=by, at=at)


def test_one_person_confirms_a_light_finding(school, claim):
    kept = judged(claim, school.liang, problem="stale")
    assert (kept.status, kept.decided_by, kept.decided_at) == ("confirmed", school.liang, MONDAY)
    assert [event.act for event in kept.events.all()] == ["find", "confirm"]
    entry = Entry.objects.get(act="finding.confirm")
    assert (entry.actor_name, entry.detail["problem"]) == ("梁文博", "stale")


def test_a_severe_finding_needs_two_persons(school, severe):
    half = judged(severe, school.liang)
    assert (half.status, half.first_by, half.decided_by) == ("half", school.liang, None)
    whole = judged(half, school.huang)
    assert (whole.status, whole.decided_by) == ("confirmed", school.huang)


@pytest.mark.parametrize("judgement", [CONFIRM, DISMISS])
def test_the_same_person_is_never_the_second(school, severe, judgement):
    half = judged(severe, school.liang, judgement)
    with pytest.raises(Refused, match="你已是第一核实人"):
        judged(half, school.liang, judgement)
    assert fresh(severe).status == FindingStatus.HALF


def test_a_severe_finding_is_dismissed_by_two_as_well(school, severe):
    half = judged(severe, school.liang, DISMISS)
    assert half.status == "half"
    assert judged(half, school.huang, DISMISS).status == "dismissed"


def test_two_who_do_not_agree_send_it_back_and_the_first_is_told(school, severe):
    back = judged(judged(severe, school.liang), school.huang, DISMISS)
    assert (back.status, back.first_by, back.decided_by) == ("found", None, None)
    assert Notice.objects.get(user=school.liang, text__contains="不一致")
    assert back.events.last().label == "两人意见不一"


def test_security_people_may_be_the_second(school, severe):
    whole = judged(judged(severe, school.liang), school.bao)
    assert (whole.status, whole.decided_by) == ("confirmed", school.bao)


def test_the_database_refuses_one_person_twice(school, severe):
    row = Finding.objects.filter(pk=severe.pk)
    with pytest.raises(IntegrityError, match="severe_finding_decided_by_two"), transaction.atomic():
        row.update(
            status="confirmed", first_by=school.liang, decided_by=school.liang, decided_at=MONDAY
        )


@pytest.mark.parametrize(
    ("judgement", "said", "words"),
    [
        (DISMISS, {"note": " "}, "须写理由"),
        (DISMISS, {"exempt_until": date(2026, 11, 22)}, "不能早于今天"),
        (CONFIRM, {"problem": "nothing"}, "须选问题类别"),
    ],
)
def test_a_verdict_without_its_words_is_refused(school, claim, judgement, said, words):
    with pytest.raises(Refused, match=words):
        judged(claim, school.liang, judgement, **said)
    assert fresh(claim).status == FindingStatus.FOUND


def test_an_exception_names_its_end(school, claim):
    kept = judged(claim, school.liang, DISMISS, exempt_until=date(2027, 3, 1))
    assert kept.state.label == "已忽略，至 2027-03-01"


def test_what_one_has_claimed_another_cannot_judge(school, claim):
    verdicts.claim_finding(claim, by=school.liang, at=MONDAY)
    with pytest.raises(Refused, match="已由梁文博认领"):
        judged(claim, school.huang)
    with pytest.raises(Refused, match="已由梁文博认领"):
        verdicts.claim_finding(claim, by=school.huang, at=MONDAY)
    verdicts.release_finding(claim, by=school.liang, at=MONDAY)
    assert judged(claim, school.huang).status == "confirmed"


def test_after_the_first_person_a_severe_one_is_free_for_another(school, severe):
    verdicts.claim_finding(severe, by=school.liang, at=MONDAY)
    half = judged(severe, school.liang)
    assert half.claimed_by is None
    with pytest.raises(Refused, match="你已是第一核实人"):
        verdicts.claim_finding(half, by=school.liang, at=MONDAY)
    assert severe not in Finding.objects.to_claim(school.liang)
    assert severe in Finding.objects.to_claim(school.huang)


def test_only_who_holds_it_gives_it_back_unless_she_is_gone(school, claim):
    verdicts.claim_finding(claim, by=school.liang, at=MONDAY)
    with pytest.raises(Refused, match="请由本人放回"):
        verdicts.release_finding(claim, by=school.huang, at=MONDAY)
    school.liang.is_active = False
    school.liang.save()
    assert verdicts.release_finding(claim, by=school.huang, at=MONDAY).claimed_by is None


def test_it_is_passed_on_to_who_may_judge_it(school, claim, severe):
    with pytest.raises(Refused, match="葛云不能核实这一条"):
        verdicts.transfer_finding(claim, school.bao, by=school.liang, at=MONDAY)
    passed = verdicts.transfer_finding(severe, school.bao, by=school.liang, at=MONDAY)
    assert passed.claimed_by == school.bao
    assert Notice.objects.get(user=school.bao).text.startswith("梁文博转给你核实")


def test_another_look_begins_a_run_of_this_one_site(school, claim):
    looking = verdicts.look_finding(claim, by=school.liang, at=MONDAY)
    run = Run.objects.get()
    assert (looking.status, run.reason) == ("looking", RunReason.LOOK)
    assert [check.outlet_id for check in run.checks.all()] == [claim.outlet_id]
    with pytest.raises(Refused, match="等再看一次"):
        judged(claim, school.liang)


@pytest.mark.parametrize("judgement", [CONFIRM, DISMISS])
def test_a_verdict_is_taken_back_with_a_reason(school, claim, judgement):
    kept = judged(claim, school.liang, judgement)
    with pytest.raises(Refused, match="须写理由"):
        verdicts.reconsider_finding(kept, note="", by=school.huang, at=TUESDAY)
    back = verdicts.reconsider_finding(kept, note="看错了栏目", by=school.huang, at=TUESDAY)
    assert (back.status, back.decided_by, back.waiting_since) == ("found", None, TUESDAY)


def test_a_dismissed_tampering_confirms_the_state_it_saw(school, site):
    from tests.meice.inspections.scene import a_sighting, saw

    from meice.inspections.actions.runs import begin_single

    run = begin_single(site, reason=RunReason.BY_HAND, by=school.liang, at=MONDAY)
    check = run.checks.get()
    tampered = saw(site, a_sighting("tampered"), site_check=check).new[0]
    judged(tampered, school.liang, DISMISS)
    assert fresh(check).confirmed_by == school.liang
