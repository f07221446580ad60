"""Days and moments as people type them; `TYPED_DAYS` and `TYPED_MOMENTS` also drive the browser."""

from datetime import date

import pytest

from meice.kernel.days import day_words, moment_words, read_day, read_moment

TODAY = date(2026, 11, 23)
TYPED_DAYS = (
    ("2021.6.29", "2021年6月29日 星期二"),
    ("2021-06-29", "2021年6月29日 星期二"),
    ("2021/6/29", "2021年6月29日 星期二"),
    ("2021年6月29日", "2021年6月29日 星期二"),
    ("２０２１.６.２９", "2021年6月29日 星期二"),
    ("20210629", "2021年6月29日 星期二"),
    ("0629", "2026年6月29日 星期一"),
    ("6.29", "2026年6月29日 星期一"),
    ("6月29日", "2026年6月29日 星期一"),
    ("昨天", "2026年11月22日 星期日"),
    ("今天", "2026年11月23日 星期一"),
    ("大后天", "2026年11月26日 星期四"),
    (" 2024-02-29 ", "2024年2月29日 星期四"),
    ("2023-02-29", ""),
    ("13.1", ""),
    ("下周一", ""),
    ("629", ""),
    ("", ""),
)
TYPED_MOMENTS = (
    ("2021-06-29 12:00", "2021年6月29日 星期二 12:00（中午）"),
    ("2021-06-29T12:00", "2021年6月29日 星期二 12:00（中午）"),
    ("6月29日 上午12点", "2026年6月29日 星期一 12:00（中午）"),
    ("2021.6.29 中午", "2021年6月29日 星期二 12:00（中午）"),
    ("明天下午3点半", "2026年11月24日 星期二 15:30"),
    ("20210629 8:05", "2021年6月29日 星期二 08:05"),
    ("6.29 24:00", "2026年6月30日 星期二 00:00"),
    ("2099.6.29 18：00", "2099年6月29日 星期一 18:00"),
    ("2021-06-29", ""),
    ("2021-06-29 25:00", ""),
    ("12:00", ""),
)


@pytest.mark.parametrize(("typed", "words"), TYPED_DAYS)
def test_a_day_is_read_as_people_write_it(typed, words):
    day = read_day(typed, TODAY)
    assert (day_words(day) if day else "") == words


@pytest.mark.parametrize(("typed", "words"), TYPED_MOMENTS)
def test_a_moment_is_read_as_people_write_it(typed, words):
    moment = read_moment(typed, TODAY)
    assert (moment_words(moment) if moment else "") == words
