"""One finding for each key: seen again, come back, dismissed and staying so, laid aside."""

from datetime import date, timedelta

import pytest
from tests.meice.inspections.scene import (
    LATER,
    MONDAY,
    TUESDAY,
    a_claim,
    a_severe_claim,
    a_sighting,
    a_site,
    fresh,
    saw,
)

from meice.audit.models import Entry
from meice.inspections.actions.sightings import hash_of, key_of, normal_url
from meice.inspections.actions.verdicts import Word, judge_finding, look_finding
from meice.inspections.models import Finding, FindingStatus, Judgement

STALE = a_sighting()


def dismissed(finding, by, **given):
    word = Word("轮播图里有新内容", **given)
    return judge_finding(finding, Judgement.DISMISS, word, by=by, at=MONDAY)


def test_the_same_claim_of_the_next_run_is_the_same_finding(site):
    first = saw(site, STALE).new[0]
    second = saw(site, STALE, at=TUESDAY)
    assert (second.new, second.returned, second.changed) == ((), (), ())
    kept = Finding.objects.get()
    assert (kept.pk, kept.seen_count) == (first.pk, 2)
    assert (kept.first_seen_at, kept.last_seen_at) == (MONDAY, TUESDAY)


def test_twice_in_one_look_is_once(site):
    noted = saw(site, STALE, a_sighting(url="https://SX.huayuan.edu.cn"))
    assert len(noted.new) == Finding.objects.count() == 1


def test_another_address_code_or_outlet_is_another_finding(school, site):
    other = a_site(school, "数信学院旧站", "https://old.huayuan.edu.cn/")
    saw(site, STALE, a_sighting(url="https://sx.huayuan.edu.cn/a"), a_sighting("blank-column"))
    saw(other, STALE)
    assert Finding.objects.count() == 4


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.edu.cn", "https://A.edu.cn:443/", True),
        ("https://a.edu.cn/x/", "https://a.edu.cn/x", True),
        ("https://a.edu.cn/x?id=1", "https://a.edu.cn/x?id=2", False),
        ("http://a.edu.cn/", "https://a.edu.cn/", False),
    ],
)
def test_one_address_is_known_however_it_is_written(one, other, same):
    assert (normal_url(one) == normal_url(other)) is same
    assert (key_of("outlet:1", "slow", one) == key_of("outlet:1", "slow", other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("最新 2026-11-05，距今 18 天", "最新 2026-11-05，距今 19 天", True),
        ("用时 3.2 秒", "用时 4.1 秒", True),
        ("最新 2026-11-05", "最新 2026-11-06", False),
        ("应答 404", "应答 410", False),
    ],
)
def test_an_age_that_has_grown_is_no_new_evidence(one, other, same):
    assert (hash_of(one) == hash_of(other)) is same


def test_a_dismissed_finding_stays_dismissed_while_the_evidence_is_the_same(school, claim, site):
    dismissed(claim, school.liang)
    noted = saw(site, STALE, at=TUESDAY)
    assert noted.returned == ()
    assert fresh(claim).status == FindingStatus.DISMISSED


def test_a_dismissed_finding_comes_back_when_the_evidence_changes(school, claim, site):
    dismissed(claim, school.liang)
    noted = saw(site, a_sighting(evidence="最近日期 2026-10-01（列表）"), at=TUESDAY)
    assert [finding.pk for finding in noted.returned] == [claim.pk]
    back = fresh(claim)
    assert (back.status, back.returns, back.decided_by_id) == (FindingStatus.RECURRED, 1, None)
    assert back.appearance == "第 2 次出现"
    assert Entry.objects.filter(act="finding.recur", actor_name="系统").count() == 1
    assert "与不属实时看到的不同" in back.events.get(act="recur").note


def test_an_exception_holds_until_its_last_day_whatever_is_seen(school, claim, site):
    dismissed(claim, school.liang, exempt_until=date(2027, 3, 1))
    changed = a_sighting(evidence="最近日期 2026-10-01（列表）")
    last_day = LATER - timedelta(days=1)
    assert saw(site, changed, at=last_day).returned == ()
    assert len(saw(site, changed, at=LATER).returned) == 1
    assert "例外到期" in fresh(claim).events.get(act="recur").note


def test_a_claim_not_seen_in_two_runs_is_laid_aside_and_comes_back(site, claim):
    saw(site, at=TUESDAY)
    assert fresh(claim).status == FindingStatus.FOUND
    assert fresh(claim).unseen_since == TUESDAY
    saw(site, at=LATER)
    assert fresh(claim).status == FindingStatus.LAPSED
    assert len(saw(site, STALE, at=LATER).returned) == 1


def test_seen_again_in_between_it_does_not_lapse(site, claim):
    for at, seen in ((TUESDAY, ()), (TUESDAY, (STALE,)), (LATER, ())):
        saw(site, *seen, at=at)
    assert fresh(claim).status == FindingStatus.FOUND


def test_a_look_that_does_not_cover_it_concludes_nothing(site, claim):
    for at in (TUESDAY, LATER, LATER):
        saw(site, at=at, covers=lambda finding: False)
    kept = fresh(claim)
    assert (kept.status, kept.unseen_since, kept.unseen_runs) == (FindingStatus.FOUND, None, 0)


def test_a_confirmed_finding_never_lapses_by_itself(school, site, claim):
    judge_finding(claim, Judgement.CONFIRM, Word(problem="stale"), by=school.liang, at=MONDAY)
    for at in (TUESDAY, LATER, LATER):
        saw(site, at=at)
    assert fresh(claim).status == FindingStatus.CONFIRMED


@pytest.mark.parametrize(
    ("seen", "words"), [((STALE,), "再看时仍然看到。"), ((), "再看时没有看到。")]
)
def test_after_another_look_it_is_back_in_the_queue_and_says_what_was_seen(
    school, site, claim, seen, words
):
    look_finding(claim, by=school.liang, at=MONDAY)
    assert fresh(claim).status == FindingStatus.LOOKING
    saw(site, *seen, at=TUESDAY)
    back = fresh(claim)
    assert back.status == FindingStatus.FOUND
    assert back.events.get(act="come_back").note == words


def test_what_two_persons_judged_keeps_its_weight(school, severe, site):
    for person in (school.liang, school.huang):
        judge_finding(severe, Judgement.CONFIRM, Word(problem="gambling"), by=person, at=MONDAY)
    milder = a_sighting("gambling-text", severity="minor", evidence="“博彩”1 处")
    saw(site, milder, at=TUESDAY)
    assert fresh(severe).severity == "veto"


def test_security_classes_are_marked_and_a_class_of_problem_is_proposed(site):
    light, heavy = a_claim(site), a_severe_claim(site)
    assert (light.is_security, light.problem) == (False, "stale")
    assert (heavy.is_security, heavy.problem) == (True, "gambling")
