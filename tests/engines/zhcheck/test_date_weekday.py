"""Weekdays that do not fit and days that do not exist, seen from Sunday 2026-11-22."""

from datetime import date

import pytest
from tests.engines.zhcheck.reading import found, issues

from meice.engines.zhcheck.rules import date_weekday


@pytest.mark.parametrize(
    ("text", "written", "right"),
    [
        ("2026年11月22日（星期一）", "星期一", "星期日"),
        ("２０２６年１１月２２日（星期一）", "星期一", "星期日"),
        ("二〇二六年十一月二十二日星期六", "星期六", "星期日"),
        ("11月22日（周一）上午", "周一", "周日"),
        ("11月22日周一上午", "周一", "周日"),
        ("周一（11月22日）", "周一", "周日"),
        ("2026-11-22 星期六", "星期六", "星期日"),
        ("1月1日（星期四）", "星期四", "星期五"),
    ],
)
def test_a_wrong_weekday_is_found_with_the_right_one(text, written, right):
    (issue,) = issues(date_weekday.check, text)
    assert (issue.text, issue.suggestion) == (written, right)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026年2月30日", "2026年2月30日"),
        ("2026年2月29日", "2026年2月29日"),
        ("二〇二六年二月三十日", "二〇二六年二月三十日"),
        ("11月31日前报送", "11月31日"),
        ("6月29日至31日", "31日"),
        ("2026-13-01", "2026-13-01"),
        ("2026/2/30", "2026/2/30"),
        ("13月1日", "13月1日"),
    ],
)
def test_a_day_that_does_not_exist_is_found(text, written):
    (issue,) = issues(date_weekday.check, text)
    assert (issue.text, issue.suggestion) == (written, None)


@pytest.mark.parametrize(
    "text",
    [
        "2026年11月22日（星期日）",
        "2026年11月22日（星期天）",
        "2024年2月29日，2月29日",
        "农历二月三十日，阴历闰六月三十一日",
        "11月22日周一至周五开放",
        "11月22日周一鸣教授作报告",
        "2021年通知：6月29日（星期二）前报送",
        "10.20.30.40，2026.2.30.1，版本2026.1",
        "十月怀胎，日月同辉，3月内，12个月，二月二",
        "",
    ],
)
def test_days_in_order_are_left_alone(text):
    assert found(date_weekday.check, text) == []


def test_a_date_without_a_year_is_the_nearest_one():
    text = "1月1日（星期五）"
    assert found(date_weekday.check, text, today=date(2026, 11, 22)) == []
    assert found(date_weekday.check, text, today=date(2026, 2, 1)) == ["星期五"]
