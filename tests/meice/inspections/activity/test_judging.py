"""The daily judgement: verdicts on rows, one reminder for each line, a claim and its end."""

from datetime import date, timedelta

import pytest
from tests.meice.inspections.activity.conftest import NOON, failing, feed

from meice.inspections.actions import activity as deeds
from meice.inspections.actions.judging import judge_accounts
from meice.inspections.models import (
    ActivitySource,
    Finding,
    FindingStatus,
    OutletActivity,
    SourceWay,
    StatisticsIntake,
)
from meice.kernel.access import Refused
from meice.notices.models import Notice

pytestmark = pytest.mark.django_db
ADDRESS = "https://rss.example/hysx"


def asked(school, outlet, fetch, at):
    source = deeds.set_source(outlet, SourceWay.FEED, address=ADDRESS, by=school.he, at=at)
    deeds.ask_source(source, fetch, at)
    return source


def verdict(outlet):
    return OutletActivity.objects.get(outlet=outlet)


def test_an_account_without_sources_is_unknown_and_nobody_is_accused(outlet):
    assert judge_accounts(NOON) == 1
    assert verdict(outlet).activity == "unknown"
    assert not Finding.objects.exists()


def test_a_failing_source_leaves_unknown_and_is_asked_ever_more_seldom(school, outlet):
    source = asked(school, outlet, failing(), NOON)
    judge_accounts(NOON)
    assert verdict(outlet).activity == "unknown"
    first = ActivitySource.objects.get(pk=source.pk).next_at - NOON
    deeds.ask_source(source, failing(), NOON)
    assert ActivitySource.objects.get(pk=source.pk).next_at - NOON > first


def test_near_the_line_the_unit_is_told_once(school, outlet):
    asked(school, outlet, feed(date(2026, 11, 12)), NOON)
    judge_accounts(NOON)
    judge_accounts(NOON + timedelta(hours=1))
    assert verdict(outlet).activity == "near"
    told = Notice.objects.filter(user=school.he, text__contains="快到更新期限")
    assert told.count() == 1


def test_after_the_line_there_is_one_claim_for_people_to_judge(school, outlet):
    asked(school, outlet, feed(date(2026, 10, 20)), NOON)
    judge_accounts(NOON)
    judge_accounts(NOON + timedelta(days=1))
    (finding,) = Finding.objects.all()
    assert (finding.status, finding.severity, finding.code) == (
        FindingStatus.FOUND,
        "veto",
        "zombie",
    )
    assert "2026-10-20" in finding.evidence_text
    assert finding.decided_by is None


def test_a_claim_nobody_judged_goes_when_the_account_speaks_again(school, outlet):
    source = asked(school, outlet, feed(date(2026, 10, 20)), NOON)
    judge_accounts(NOON)
    later = NOON + timedelta(days=2)
    deeds.ask_source(source, feed(later.date()), later)
    judge_accounts(later)
    judge_accounts(later + timedelta(days=1))
    assert Finding.objects.get().status == FindingStatus.LAPSED


def test_a_line_of_the_platform_and_a_vacation_move_the_verdict(school, outlet):
    asked(school, outlet, feed(date(2026, 10, 20)), NOON)
    deeds.set_line("wechat", days=60, remind=10, clause="校级规定", by=school.liang)
    judge_accounts(NOON)
    assert verdict(outlet).activity == "active"
    deeds.set_line("wechat", days=30, remind=10, clause="校级规定", by=school.liang)
    deeds.add_vacation("实习周", date(2026, 10, 21), date(2026, 11, 20), by=school.liang)
    judge_accounts(NOON)
    assert verdict(outlet).activity == "active"


def test_a_sample_of_the_department_counts_and_a_unit_cannot_take_one(school, outlet):
    with pytest.raises(Refused, match="宣传部"):
        deeds.sample_post(outlet, day=date(2026, 11, 20), by=school.he, at=NOON)
    deeds.sample_post(outlet, day=date(2026, 11, 20), by=school.liang, at=NOON)
    judge_accounts(NOON)
    assert verdict(outlet).activity == "active"


def test_the_units_word_alone_is_kept_and_proves_nothing(school, outlet):
    with pytest.raises(Refused, match="同时填写发布日期"):
        deeds.attest_post(outlet, url=ADDRESS, day=None, fetch=failing(), by=school.he, at=NOON)
    deeds.attest_post(
        outlet, url=ADDRESS, day=date(2026, 11, 23), fetch=failing(), by=school.he, at=NOON
    )
    judge_accounts(NOON)
    row = verdict(outlet)
    assert row.activity == "unknown"
    assert "只有单位说明，尚未核实" in row.reasons


def test_ten_accounts_cost_hardly_more_queries_than_one(
    school, outlet, django_assert_max_num_queries
):
    judge_accounts(NOON)
    with django_assert_max_num_queries(16):
        judge_accounts(NOON + timedelta(days=1))
    assert not StatisticsIntake.objects.exists()
