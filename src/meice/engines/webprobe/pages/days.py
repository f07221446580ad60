"""Days as Chinese sites write them: from a match in a text to a date.

Forms: 2021-06-29, 2021/6/29, 2021.06.29, 2021年6月29日, 二〇二一年六月二十九日, 06-29, 6月29日,
21-06-29, 06/29/2021, June 29, 2021, 29 Jun 2021, and words such as 昨天 and 3天前.
"""

import re
from collections.abc import Callable, Container
from datetime import date, timedelta
from typing import NamedTuple

from meice.engines.marks import fold_widths

_EARLIEST = 1994  # the first website in China; earlier dates are history, not publication
_HORIZON = 2100

_SIGN = "[-/.－／．–—‑]"
NUMERIC = (
    r"(?P<year>[12](?<![\d.][12])(?:(?<=1)9[89]|(?<=2)0\d)\d)(?:"  # [12] first: searched for fast
    rf"\s?(?P<sign>{_SIGN})\s?(?P<month>1[0-2]|0?[1-9])\s?(?P=sign)\s?(?P<day>3[01]|[12]\d|0?[1-9])"
    r"|\s?年\s?(?P<month2>1[0-2]|0?[1-9])\s?月\s?(?P<day2>3[01]|[12]\d|0?[1-9])\s?[日号]?"
    r")(?!\d)"
)
NUMERIC_DAY = re.compile(NUMERIC)

_CHINESE = "〇○零一二三四五六七八九ＯOo0"
CHINESE_DAY = re.compile(
    rf"(?P<year>[一二][{_CHINESE}]{{3}})\s?年\s?(?P<month>[一二三四五六七八九十元正]{{1,2}})\s?月\s?"
    r"(?P<day>[一二三四五六七八九十廿卅]{1,3})\s?[日号]"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
ENGLISH_DAY = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?\b{_MONTH}"
    r"(?:\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?)?,?\s+(?P<year>(?:19[89]|20\d)\d)(?!\d)",
    re.IGNORECASE,
)
MONTH_FIRST = re.compile(
    r"(?P<first>\d{1,2})(?P<sign>[-/.])(?P<second>\d{1,2})(?P=sign)(?P<year>20\d\d)(?!\d)"
)
SHORT_YEAR = re.compile(r"(?P<year>\d\d)(?P<sign>[-/.])(?P<month>\d\d)(?P=sign)(?P<day>\d\d)(?!\d)")
MONTH_DAY = re.compile(
    rf"(?P<month>1[0-2]|0?[1-9])(?:{_SIGN}(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
    r"|\s?月\s?(?P<day2>3[01]|[12]\d|0?[1-9])\s?[日号])"
)
_AGO = re.compile(
    r"(?P<number>\d{1,3}|[一二两三四五六七八九十半]|几)\s?个?(?P<unit>秒钟?|分钟?|小时|天|日|周|星期|礼拜|月|年)[之以]?前"
)
_WORDS = {"刚刚": 0, "刚才": 0, "今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "前日": 2}
_UNITS = dict.fromkeys("秒分小", 0) | dict.fromkeys("天日", 1) | dict.fromkeys("周星礼", 7)
_UNITS |= {"月": 30, "年": 365}
_NUMBERS = {name: number for number, name in enumerate("半一二三四五六七八九十")} | {
    "两": 2,
    "几": 3,
}
_RELATIVE = re.compile("|".join((*_WORDS, _AGO.pattern)))


class Day(NamedTuple):  # one is made for every list entry: a third of the time of a dataclass
    """A day with the words it was read from; `year_written` is False where the year is inferred."""

    day: date
    text: str
    year_written: bool = True


def make_day(year: int, month: int, day: int) -> date | None:
    """The date, or None where there is none (31 June) or it is no time for a website."""
    if not _EARLIEST <= year <= _HORIZON:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_of_numeric(match: re.Match[str]) -> date | None:
    """The day of a match of `NUMERIC_DAY`."""
    month, day = match["month"] or match["month2"], match["day"] or match["day2"]
    return make_day(int(match["year"]), int(month), int(day))


def day_of_chinese(match: re.Match[str]) -> date | None:
    """The day of a match of `CHINESE_DAY`."""
    digits = "".join(_digit(character) for character in match["year"])
    month = 1 if match["month"] in ("元", "正") else _chinese_number(match["month"])
    return make_day(int(digits), month, _chinese_number(match["day"]))


def _digit(character: str) -> str:
    place = "一二三四五六七八九".find(character)
    return str(place + 1) if place >= 0 else "0"


def _chinese_number(text: str) -> int:
    """十 to 三十一, 廿九 as well; 0 for what is no number, which no date has."""
    text = text.replace("廿", "二十").replace("卅", "三十").replace("二十十", "二十")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(_digit(text)) if len(text) == 1 else 0
    return (int(_digit(tens)) if tens else 1) * 10 + (int(_digit(ones)) if ones else 0)


def day_of_english(match: re.Match[str]) -> date | None:
    """The day of a match of `ENGLISH_DAY`; a month without day is none."""
    day = match["day"] or match["day2"]
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    return make_day(int(match["year"]), month, int(day)) if day else None


def day_of_month_first(match: re.Match[str]) -> date | None:
    """06/29/2021, or 29/06/2021 where the first number is no month."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    return make_day(year, first, second) or make_day(year, second, first)


def day_of_short_year(match: re.Match[str], today: date) -> date | None:
    """21-06-29: year, month, day; None where that would be in the future."""
    found = make_day(2000 + int(match["year"]), int(match["month"]), int(match["day"]))
    return found if found is not None and found <= today else None


def latest_month_day(month: int, day: int, today: date) -> date | None:
    """The last such day that is not in the future (29 February: of the last leap year)."""
    for year in range(today.year, today.year - 9, -1):
        found = make_day(year, month, day)
        if found is not None and found <= today:
            return found
    return None


def relative_day(text: str, today: date) -> Day | None:
    """The day of a word such as 昨天 or 3天前 at the beginning of `text`, or None."""
    found = _RELATIVE.match(text)
    if found is None:
        return None
    if found["unit"] is None:
        return Day(today - timedelta(days=_WORDS[found[0]]), found[0])
    number = found["number"]
    count = _NUMBERS[number] if number in _NUMBERS else int(number)
    return Day(today - timedelta(days=count * _UNITS[found["unit"][0]]), found[0])


def days_in(
    text: str, apart_from: Container[str] = frozenset()
) -> list[tuple[re.Match[str], date]]:
    """All days with a year in a text, in order of place; the matches' places hold for `text`.

    Numeric ones that stand in `apart_from` as written are left out.
    """
    ascii_only = text.isascii()
    if not ascii_only and ("２" in text or "１" in text):
        text = fold_widths(text)
    found: list[tuple[re.Match[str], date]] = []
    for match in NUMERIC_DAY.finditer(text):
        if match[0] not in apart_from and (day := day_of_numeric(match)) is not None:
            found.append((match, day))
    if ascii_only:
        return found + _read(ENGLISH_DAY, day_of_english, text)
    if "年" in text and ("〇" in text or "○" in text or "零" in text or "Ｏ" in text):
        found += _read(CHINESE_DAY, day_of_chinese, text)
        found.sort(key=lambda pair: pair[0].start())
    return found


def _read(
    form: re.Pattern[str], read: Callable[[re.Match[str]], date | None], text: str
) -> list[tuple[re.Match[str], date]]:
    return [(match, day) for match in form.finditer(text) if (day := read(match)) is not None]


def bare_day(text: str) -> str:
    """The day with a year within the evidence of an entry, as it stands in the page's text."""
    bare = text.strip("[]()（）【】 ")
    if len(bare) <= 10:
        return bare
    found = NUMERIC_DAY.search(text)
    return found[0] if found else text
