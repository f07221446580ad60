"""Dates that do not exist and weekdays that do not fit their date (Gregorian calendar).

A date without a year is read as the one nearest to today or as one of the year named last before
it: an issue only where the weekday fits neither.
"""

import re
from bisect import bisect_right
from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from meice.engines.zhcheck.model import Copy, Issue, Rule, Severity

SOURCE = "公历；GB/T 7408《日期和时间 信息交换表示法》"

_WEEKDAYS = "一二三四五六日"
_FIGURES = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_NUMBER = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = "(?:[0-9]{4}|[一二][零〇○一二三四五六七八九]{3})"
# 周一 may begin a name or a span (周一至周五): it counts only in brackets or where words go on.
_WEEKDAY = (
    r"(?: ?\( ?| ?[，,] ?| ?)(?P<word>(?:星期|礼拜)[一二三四五六日天]|(?<=\()周[一二三四五六日]"
    r"|周[一二三四五六日](?![㐀-鿿]|[-~—–])|周[一二三四五六日](?=[上下早晚中的在]))(?! ?[至到、和—–~-])"
)
_HEAD = re.compile(rf"(?<![0-9一二三四五六七八九十])(?:(?P<year>{_YEAR})年)?(?P<month>{_NUMBER})$")
_HEAD_LENGTH = 8
_TAIL = re.compile(rf"月(?P<day>{_NUMBER})[日号](?:{_WEEKDAY})?")
_SPAN_TAIL = re.compile(rf"月{_NUMBER}日?[至到—–~-](?P<date>(?P<day>{_NUMBER})[日号])")
_SIGNS = re.compile(
    r"(?P<date>(?P<year>(?:19|20)[0-9]{2})(?<![0-9A-Za-z./-]....)(?P<gap>[-/.])(?P<month>[0-9]{1,2})"
    rf"(?P=gap)(?P<day>[0-9]{{1,2}}))(?![0-9A-Za-z/-]|\.[0-9])(?:{_WEEKDAY})?"
)
_LUNAR = re.compile("[农阴旧]历.?$")  # the calendar of the moon has other months
_LUNAR_LENGTH = 3
_BEFORE = re.compile(r"(?P<word>(?:星期|礼拜|周)[一二三四五六日天])\($")
_BEFORE_LENGTH = 4
_YEAR_NAMED = re.compile(r"((?:19|20)[0-9]{2})(?<![0-9]....)年")


@dataclass(frozen=True, slots=True)
class Day:
    """A date as written: `year` is None where none stands, `word` the span of its weekday."""

    year: int | None
    month: int
    day: int
    span: tuple[int, int]
    word: tuple[int, int] | None = None


def check(copy: Copy) -> Iterator[Issue]:
    """Yield dates that do not exist, and weekdays that are not those of their dates."""
    named: list[tuple[int, int]] | None = None
    for day in _days(copy.folded):
        if not _exists(day.year, day.month, day.day):
            yield _no_such_day(copy, day)
        elif day.word:
            if named is None:
                named = [(m.start(), int(m[1])) for m in _YEAR_NAMED.finditer(copy.folded)]
            yield from _weekday(copy, day, day.word, named)


def _days(text: str) -> Iterator[Day]:
    """Every date, also the second of `6月29日至31日`."""
    place = text.find("月")
    while place >= 0:
        head = _HEAD.search(text, max(0, place - _HEAD_LENGTH), place)
        if head and _LUNAR.search(text, max(0, head.start() - _LUNAR_LENGTH), head.start()):
            head = None
        if head and (tail := _TAIL.match(text, place)):
            yield _day(head, tail, (head.start(), tail.end("day") + 1), _word(text, head, tail))
        if head and (tail := _SPAN_TAIL.match(text, place)):
            yield _day(head, tail, tail.span("date"), None)
        place = text.find("月", place + 1)
    for match in _SIGNS.finditer(text):
        yield _day(match, match, match.span("date"), match.span("word") if match["word"] else None)


def _day(
    head: re.Match[str], tail: re.Match[str], span: tuple[int, int], word: tuple[int, int] | None
) -> Day:
    year = _number(head["year"]) if head["year"] else None
    return Day(year, _number(head["month"]), _number(tail["day"]), span, word)


def _word(text: str, head: re.Match[str], tail: re.Match[str]) -> tuple[int, int] | None:
    """The weekday after the date, or before it: `周日（11月22日）`."""
    if tail["word"]:
        return tail.span("word")
    start = head.start()
    before = _BEFORE.search(text, max(0, start - _BEFORE_LENGTH), start)
    return before.span("word") if before else None


def _no_such_day(copy: Copy, day: Day) -> Issue:
    year = f"{day.year}年" if day.year is not None else ""
    message = f"{year}没有{day.month}月{day.day}日这一天"
    return copy.issue(Rule.DATE_WEEKDAY, Severity.WARN, day.span, message, source=SOURCE)


def _weekday(
    copy: Copy, day: Day, word: tuple[int, int], named: list[tuple[int, int]]
) -> Iterator[Issue]:
    written = copy.text[slice(*word)]
    years = [day.year] if day.year else _years(copy.today, day, named)
    days = [date(year, day.month, day.day) for year in years]
    if not days or written[-1].replace("天", "日") in {_WEEKDAYS[each.weekday()] for each in days}:
        return
    right = written[:-1] + _WEEKDAYS[days[0].weekday()]
    message = f"{days[0].year}年{day.month}月{day.day}日是{right}"
    yield copy.issue(
        Rule.DATE_WEEKDAY, Severity.WARN, word, message, suggestion=right, source=SOURCE
    )


def _years(today: date, day: Day, named: list[tuple[int, int]]) -> list[int]:
    """The year in which the date is nearest to today, then the year named last before it."""

    def distance(year: int) -> int:
        return abs((date(year, day.month, day.day) - today).days)

    near = [
        year
        for year in range(max(1, today.year - 1), today.year + 2)
        if _exists(year, day.month, day.day)
    ]
    before = named[: bisect_right(named, day.span[0], key=lambda each: each[0])][-1:]
    return sorted(near, key=distance)[:1] + [
        year for _place, year in before if _exists(year, day.month, day.day)
    ]


def _exists(year: int | None, month: int, day: int) -> bool:
    if not (1 <= month <= 12 and day >= 1 and (year is None or year >= 1)):
        return False
    leap = year is None or isleap(year)
    return day <= monthrange(2024 if leap else 2023, month)[1]


def _number(written: str) -> int:
    """`11`, `十一`, `二十一`, `二〇二六` as a number; 0 for what is none (`十一二`)."""
    if "十" not in written:
        return int(written.translate(_FIGURES))
    tens, _, ones = written.partition("十")
    figures = f"{tens or '一'}{ones or '零'}"
    return int(figures.translate(_FIGURES)) if len(figures) == 2 and "十" not in ones else 0
