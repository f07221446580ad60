"""The verdict on an account, and above all when there is none."""

from datetime import date, timedelta

import pytest

from meice.inspections.activity.verdict import (
    Activity,
    Doubt,
    Line,
    Measure,
    Pauses,
    Trust,
    judge,
)
from meice.kernel.workdays import Workdays, Year

TODAY = date(2026, 6, 30)
LINE = Line(14, 4, "国办秘函〔2019〕19号 M2（参照）")
PLAIN = Pauses(Workdays())


def seen(days_ago, trust=Trust.FETCHED, *, asked=0, **more):
    return Measure(
        "RSS", trust, TODAY - timedelta(days=asked), TODAY - timedelta(days=days_ago), **more
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, Activity.ACTIVE),
        (10, Activity.ACTIVE),
        (11, Activity.NEAR),
        (14, Activity.NEAR),
        (15, Activity.SUSPECT),
    ],
)
def test_the_unit_is_told_before_the_line_and_suspected_after_it(days, said):
    assert judge([seen(days)], LINE, PLAIN, TODAY).activity is said


@pytest.mark.parametrize("trust", [Trust.CHECKED, Trust.FETCHED, Trust.EXPORTED])
def test_silence_counts_where_every_post_would_have_been_seen(trust):
    assert judge([seen(40, trust)], LINE, PLAIN, TODAY).activity is Activity.SUSPECT


@pytest.mark.parametrize(
    ("measures", "doubt"),
    [
        ([], Doubt.NO_SOURCE),
        ([Measure("RSS", Trust.FETCHED, TODAY, failure="HTTP 403")], Doubt.FAILED),
        ([seen(40, Trust.PARTIAL)], Doubt.PARTIAL),
        ([seen(1, Trust.TOLD)], Doubt.ONLY_TOLD),
        ([seen(40, asked=20)], Doubt.STALE),
        ([Measure("RSS", Trust.FETCHED, TODAY)], Doubt.UNDATED),
    ],
)
def test_what_nobody_could_observe_is_unknown_with_its_reason(measures, doubt):
    judged = judge(measures, LINE, PLAIN, TODAY)
    assert judged.activity is Activity.UNKNOWN
    assert doubt.value in judged.reasons


def test_a_source_that_sees_only_some_posts_proves_life():
    assert judge([seen(2, Trust.PARTIAL)], LINE, PLAIN, TODAY).activity is Activity.ACTIVE


def test_a_failing_source_does_not_hide_a_working_one():
    broken = Measure("平台接口", Trust.FETCHED, TODAY, failure="超时")
    assert judge([broken, seen(3)], LINE, PLAIN, TODAY).activity is Activity.ACTIVE


def test_the_latest_post_of_any_source_counts():
    judged = judge([seen(60), seen(5, Trust.EXPORTED)], LINE, PLAIN, TODAY)
    assert judged.last_post == TODAY - timedelta(days=5)
    assert judged.activity is Activity.ACTIVE


def test_a_post_of_the_future_is_none():
    assert judge([seen(-3)], LINE, PLAIN, TODAY).activity is Activity.UNKNOWN


def test_holidays_and_vacations_do_not_count():
    off = {TODAY - timedelta(days=n): "端午节" for n in (1, 2, 3)}
    holidays = Workdays({2026: Year(2026, "", "", off, frozenset())})
    assert judge([seen(17)], LINE, PLAIN, TODAY).activity is Activity.SUSPECT
    assert judge([seen(17)], LINE, Pauses(holidays), TODAY).activity is Activity.NEAR
    vacation = (TODAY - timedelta(days=20), TODAY)
    resting = Pauses(Workdays(), (vacation,))
    assert judge([seen(17)], LINE, resting, TODAY).activity is Activity.ACTIVE
