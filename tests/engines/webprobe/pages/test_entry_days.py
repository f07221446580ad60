"""The day of a list entry, for every way campus sites write it. Today is 22 November 2026."""

from datetime import date

import pytest

from meice.engines.webprobe.pages.entry_days import day_of_entry

TODAY = date(2026, 11, 22)
WITH_YEAR = {
    "标题|2021-06-29": "2021-06-29",
    "[2021-06-29]|标题": "2021-06-29",
    "（2021-6-9）|标题": "2021-06-09",
    "标题|2021/6/29": "2021-06-29",
    "标题|2021/06/29 10:22": "2021-06-29",
    "标题|2021.06.29": "2021-06-29",
    "标题|2021年6月29日": "2021-06-29",
    "标题|2021 年 6 月 29 日": "2021-06-29",
    "标题|2021年06月29日 星期二": "2021-06-29",
    "标题|二〇二一年六月二十九日": "2021-06-29",
    "标题|二○二〇年十二月三十一日": "2020-12-31",
    "标题|２０２１－０６－２９": "2021-06-29",
    "标题|21-06-29": "2021-06-29",
    "06/29/2021|Title": "2021-06-29",
    "29/06/2021|Title": "2021-06-29",
    "Title|June 29, 2021": "2021-06-29",
    "Title|29 Jun 2021": "2021-06-29",
    "标题|发布时间：2021-06-29 10:22:11": "2021-06-29",
    "标题|2021-06-29 来源：宣传部": "2021-06-29",
    "标题 2021-06-29": "2021-06-29",
    "标题(2021-06-29)": "2021-06-29",
    "2021-06-29 标题": "2021-06-29",
    "29|2021-06|标题": "2021-06-29",
    "2021-06|29|标题": "2021-06-29",
    "29日|2021年6月|标题": "2021-06-29",
    "06/29|2021|标题": "2021-06-29",
    "2021|06-29|标题": "2021-06-29",
    "2021年|6月29日|标题": "2021-06-29",
    "2021|06|29|标题": "2021-06-29",
    "29|06|2021|标题": "2021-06-29",
    "29|Jun 2021|Title": "2021-06-29",
    "Jun|29|2021|Title": "2021-06-29",
    "今天|标题": "2026-11-22",
    "昨天 08:30|标题": "2026-11-21",
    "前天|标题": "2026-11-20",
    "刚刚|标题": "2026-11-22",
    "标题|2小时前": "2026-11-22",
    "标题|3天前": "2026-11-19",
    "标题|两周前": "2026-11-08",
    "关于2021年6月29日停电的通知|2021-06-25": "2021-06-25",
}
WITHOUT_YEAR = {
    "[06-29]|标题": "2026-06-29",
    "标题|06/29": "2026-06-29",
    "标题|6月29日": "2026-06-29",
    "标题[06-29]": "2026-06-29",
    "[12-25] 标题": "2025-12-25",
    "标题 11-23": "2025-11-23",
    "29|6月|标题": "2026-06-29",
    "六月|29|标题": "2026-06-29",
    "29|Jun|Title": "2026-06-29",
    "标题|02-29": "2024-02-29",
}
NONE = [
    "标题",
    "",
    "关于2021年6月29日停电的通知",
    "关于做好6月29日工作的通知",
    "2020-2021学年第3学期安排",
    "标题|2026-12-01",  # tomorrow's events are not news
    "标题|2026年11月23日",
    "截止时间：|2026-10-01",
    "报名截止|2026-10-01",
    "标题|2021-06-31",  # no such day
    "标题|2021-13-01",
    "浏览 2021|标题",
    "3|标题",
    "标题|1 / 12",
    "教字〔2021〕6号|标题",
    "电话：020-8888-6666|标题",
    "今天是：2026年11月22日 星期日|首页",
    "版本 1.2.3|标题",
]


def read(written: str) -> tuple[str, bool] | None:
    found = day_of_entry(written.replace("|", "\n"), TODAY)
    return (found.day.isoformat(), found.year_written) if found else None


@pytest.mark.parametrize("written", sorted(WITH_YEAR))
def test_a_day_with_its_year(written: str):
    assert read(written) == (WITH_YEAR[written], True)


@pytest.mark.parametrize("written", sorted(WITHOUT_YEAR))
def test_a_day_without_year_is_the_last_such_day_and_says_so(written: str):
    assert read(written) == (WITHOUT_YEAR[written], False)


@pytest.mark.parametrize("written", sorted(NONE))
def test_what_is_no_day_of_the_entry(written: str):
    assert read(written) is None


def test_the_evidence_is_what_stands_there():
    found = day_of_entry("29\n2021-06\n标题", TODAY)
    assert found is not None
    assert found.text == "29 2021-06"
