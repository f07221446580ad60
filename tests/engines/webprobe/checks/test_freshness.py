"""stale-home, stale-column, blank-column, slow."""

from dataclasses import replace

import pytest
from tests.engines.webprobe.checks.sites import (
    NOW,
    RULES,
    answer,
    codes,
    column,
    dated,
    home,
    only,
    site,
)

from meice.engines.webprobe.checks import blank_column, slow, stale_column, stale_home
from meice.engines.webprobe.findings import Code, Severity
from meice.engines.webprobe.pages import ColumnKind


@pytest.mark.parametrize(("age", "is_stale"), [(0, False), (14, False), (15, True), (400, True)])
def test_a_home_page_is_stale_after_two_weeks(age, is_stale):
    found = list(stale_home.check(site(home=home(latest=dated(age))), RULES, NOW))
    assert codes(found) == ([Code.STALE_HOME] if is_stale else [])


def test_a_stale_home_page_is_a_veto_with_its_day_and_clause():
    found = only(stale_home.check(site(home=home(latest=dated(40))), RULES, NOW))
    assert found.severity is Severity.VETO
    assert "2026-10-13" in found.evidence
    assert "40 天" in found.message
    assert "首页不更新" in found.rule


def test_an_undated_home_page_is_unknown_not_stale():
    assert not list(stale_home.check(site(home=home(latest=None)), RULES, NOW))


def test_an_undated_home_page_is_stale_where_the_rule_set_says_so():
    strict = replace(RULES, thresholds=replace(RULES.thresholds, undated_is_stale=True))
    assert codes(stale_home.check(site(home=home(latest=None)), strict, NOW)) == [Code.STALE_HOME]
    unfinished = site(home=home(latest=None), finished=False)
    assert not list(stale_home.check(unfinished, strict, NOW))


@pytest.mark.parametrize(("below", "is_stale"), [(3, False), (30, True)])
def test_a_home_page_of_mere_ways_on_is_judged_by_the_pages_below(below, is_stale):
    front = home(latest=None, is_navigation=True)
    found = stale_home.check(site(home=front, second_level_latest=dated(below)), RULES, NOW)
    assert codes(found) == ([Code.STALE_HOME] if is_stale else [])


def test_pages_below_that_were_not_all_read_prove_nothing():
    front = home(latest=None, is_navigation=True)
    half = site(home=front, second_level_latest=dated(300), finished=False)
    assert not list(stale_home.check(half, RULES, NOW))


def test_an_empty_shell_is_not_stale():
    assert not list(stale_home.check(site(home=home(readable=False, latest=dated(90))), RULES, NOW))


@pytest.mark.parametrize(
    ("kind", "age", "is_stale"),
    [
        (ColumnKind.NEWS, 14, False),
        (ColumnKind.NEWS, 15, True),
        (ColumnKind.NOTICES, 183, False),
        (ColumnKind.NOTICES, 184, True),
        (ColumnKind.POLICIES, 184, True),
        (ColumnKind.OTHER, 365, False),
        (ColumnKind.OTHER, 366, True),
        (ColumnKind.PROFILE, 3000, False),
        (ColumnKind.NEWS, None, False),
    ],
)
def test_a_column_is_stale_by_its_kind(kind, age, is_stale):
    found = list(stale_column.check(site(columns=(column("某栏", kind, age),)), RULES, NOW))
    assert codes(found) == ([Code.STALE_COLUMN] if is_stale else [])


def test_only_a_column_without_entries_is_blank():
    columns = (
        column("下载中心", ColumnKind.DOWNLOADS, None, items=0),
        column("通知", ColumnKind.NOTICES, None),
    )
    found = only(blank_column.check(site(columns=columns), RULES, NOW))
    assert found.code is Code.BLANK_COLUMN
    assert "下载中心" in found.evidence


@pytest.mark.parametrize(("seconds", "is_slow"), [(0.4, False), (3.0, False), (3.1, True)])
def test_a_home_page_over_three_seconds_is_slow(seconds, is_slow):
    found = slow.check(site(home=home(answer=answer(elapsed_s=seconds))), RULES, NOW)
    assert codes(found) == ([Code.SLOW] if is_slow else [])
