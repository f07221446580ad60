"""A week of tries tells whether a site can be opened: 20 a day, 15 s, 5 %; else unknown."""

from datetime import timedelta

import pytest
from tests.meice.inspections.scene import MONDAY, a_schedule, a_site, fresh

from meice.engines.webprobe import measure
from meice.engines.webprobe.rules import shipped
from meice.inspections.actions import reach
from meice.inspections.actions.reach import Try
from meice.inspections.models import Attempt, Finding

RULES = shipped("school")


def tries(outlet, days=7, each=24, failed=0, unknown=0, until=MONDAY):
    """So many tries a day over the days before `until`; the first `failed` did not open."""
    midnight = until.replace(hour=16, minute=0) - timedelta(days=1)  # 0:00 in Shanghai
    rows = [
        Attempt(outlet=outlet, at=midnight - timedelta(days=day, minutes=50 * (n + 1)), opened=True)
        for day in range(days)
        for n in range(each)
    ]
    for row in rows[:failed]:
        row.opened = False
    for row in rows[failed : failed + unknown]:
        row.opened = None
    Attempt.objects.bulk_create(rows)


@pytest.mark.parametrize(
    ("given", "enough", "bad"),
    [
        ({"failed": 9}, True, True),  # 9 of 168 = 5.4 %
        ({"failed": 8}, True, False),  # 4.8 %
        ({"each": 20, "failed": 7}, True, True),  # exactly 5 %
        ({"days": 6, "failed": 144}, False, None),
        ({"each": 19, "failed": 133}, False, None),
        ({"unknown": 24}, False, None),  # a day that says nothing
        ({"unknown": 4, "failed": 0}, True, False),
    ],
)
def test_the_yardstick(site, given, enough, bad):
    tries(site, **given)
    until = reach.midnight_of(MONDAY)
    week = measure(reach.last_week(site, 7, until), RULES.thresholds, until)
    assert week.enough is enough
    noted = reach.judge_reach([site], RULES, now=MONDAY)[0]
    assert len(noted.new) == (1 if bad else 0)


def test_the_hours_of_today_count_neither_for_nor_against(site):
    tries(site, failed=8)
    today = reach.midnight_of(MONDAY)
    Attempt.objects.bulk_create(Attempt(outlet=site, at=today, opened=False) for _ in range(50))
    assert reach.judge_reach([site], RULES, now=MONDAY)[0].new == ()


def test_the_first_minute_of_the_week_counts(site):
    tries(site, failed=8)
    first = reach.midnight_of(MONDAY) - timedelta(days=7)
    Attempt.objects.create(outlet=site, at=first, opened=False)
    assert len(reach.judge_reach([site], RULES, now=MONDAY)[0].new) == 1


def test_what_is_told_is_severe_and_names_the_numbers(site):
    tries(site, failed=20)
    reach.judge_reach([site], RULES, now=MONDAY)
    found = Finding.objects.get()
    assert (found.code, found.severity, found.url) == ("unreachable", "veto", site.url)
    assert "试 168 次" in found.evidence_text
    assert "20 次" in found.evidence_text


def test_a_good_week_takes_the_claim_back_a_thin_one_does_not(site):
    tries(site, failed=20)
    reach.judge_reach([site], RULES, now=MONDAY)
    found = Finding.objects.get()
    Attempt.objects.all().delete()
    reach.judge_reach([site], RULES, now=MONDAY)
    assert fresh(found).unseen_runs == 0
    tries(site)
    reach.judge_reach([site], RULES, now=MONDAY)
    assert fresh(found).unseen_runs == 1


def test_a_round_in_which_nothing_opened_is_our_own_fault(school):
    sites = [a_site(school, f"站{n}", f"https://s{n}.huayuan.edu.cn/") for n in range(3)]
    reach.keep_tries([Try(site, False, 15, "timeout") for site in sites], at=MONDAY)
    assert set(Attempt.objects.values_list("opened", "failure")) == {(None, "our-line")}
    Attempt.objects.all().delete()
    rows = [Try(sites[0], True), *(Try(site, False) for site in sites[1:])]
    reach.keep_tries(rows, at=MONDAY)
    assert Attempt.objects.filter(opened=False).count() == 2


def test_only_sites_of_schedules_that_ask_for_it_are_tried(school, site):
    a_schedule(school, watches_reach=False)
    assert reach.watched_sites() == []
    a_schedule(school, watches_reach=True)
    a_schedule(school, watches_reach=True, unit=school.maths)
    assert reach.watched_sites() == [site]


def test_old_tries_go_after_a_month(site):
    tries(site)
    assert reach.sweep_tries(MONDAY) == 0
    assert reach.sweep_tries(MONDAY + timedelta(days=40)) == 168
