"""Moments as people in the office read them."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 9, 20, tzinfo=SHANGHAI)


def words(shown: str) -> str:
    """The text without markup."""
    return re.sub(r"<[^>]+>", "", shown)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (NOW - timedelta(seconds=20), "刚才"),
        (NOW - timedelta(minutes=9), "9 分钟前"),
        (NOW - timedelta(hours=3), "3 小时前"),
        (NOW - timedelta(hours=23, minutes=59), "23 小时前"),
        (datetime(2026, 11, 22, 9, 0, tzinfo=SHANGHAI), "昨天 09:00"),
        (datetime(2026, 11, 23, 18, 0, tzinfo=SHANGHAI), "今天 18:00"),
        (datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI), "今天 12:00（中午）"),
        (datetime(2026, 11, 24, 0, 0, tzinfo=SHANGHAI), "明天 00:00"),
        (datetime(2026, 11, 27, 18, 0, tzinfo=SHANGHAI), "11月27日 周五 18:00"),
        (datetime(2026, 12, 9, 18, 0, tzinfo=SHANGHAI), "12月9日 18:00"),
        (datetime(2025, 10, 30, 6, 30, tzinfo=SHANGHAI), "2025年10月30日 06:30"),
        (datetime(2026, 11, 23, 10, 0, tzinfo=UTC), "今天 18:00"),
    ],
)
def test_a_moment_near_now_is_relative_and_a_far_one_is_not(render, at, said):
    assert words(render("{% moment at %}", at=at, now=NOW)) == said


def test_the_absolute_time_is_always_there_too(render):
    shown = render("{% moment at %}", at=NOW - timedelta(hours=3), now=NOW)
    assert 'title="2026年11月23日 06:20"' in shown
    assert 'datetime="2026-11-23T06:20:00+08:00"' in shown


def test_what_may_be_printed_is_absolute_and_marks_noon(render):
    noon = datetime(2026, 11, 20, 12, 0, tzinfo=SHANGHAI)
    shown = render('{% moment at style="full" %}', at=noon, now=NOW)
    assert words(shown) == "2026年11月20日 12:00（中午）"


def test_a_receipt_has_seconds(render):
    at = datetime(2026, 11, 23, 10, 2, 18, tzinfo=SHANGHAI)
    assert (
        words(render('{% moment at style="exact" %}', at=at, now=NOW)) == "2026年11月23日 10:02:18"
    )


def test_a_day_has_no_clock(render):
    shown = render("{% moment at %}", at=date(2026, 11, 20), now=NOW)
    assert words(shown) == "11月20日"
    assert 'datetime="2026-11-20"' in shown


def test_no_moment_is_a_dash(render):
    assert "—" in render("{% moment at %}", at=None)


def test_a_source_says_where_and_how_old(render):
    shown = render('{% source "probe" at %}', at=NOW - timedelta(hours=3), now=NOW)
    assert words(shown) == "探测 · 3 小时前"
    assert "m-stale" not in shown


@pytest.mark.parametrize(("days", "stale"), [(7, False), (8, True)])
def test_a_source_older_than_its_limit_is_stale(render, days, stale):
    at = NOW - timedelta(days=days)
    shown = render('{% source "attest" at limit=7 %}', at=at, now=NOW)
    assert ("m-stale" in shown) is stale
    assert f"{days} 天前" in words(shown)


def test_what_nobody_ever_saw_is_never(render):
    shown = render('{% source "attest" None %}', now=NOW)
    assert words(shown) == "单位自证 · 从未"
    assert "m-stale" in shown
