"""Dates as clerks write them, to ISO: 2021-06-29, or 2021-06, 2021 when no more was written."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from meice.engines.annexes.read.grid import Value
from meice.engines.annexes.read.values import fold, text_of

FIRST_YEAR, LAST_YEAR = 1990, 2100
FIRST_SERIAL, LAST_SERIAL = 32_874, 73_415  # the same years as spreadsheet serials
EPOCH = dt.date(1899, 12, 30)
SEPARATOR = r"[年./\-_~、,·]"
CHINESE = str.maketrans("〇○零一二三四五六七八九元", "0001234567891")
DAY = re.compile(
    rf"(?P<year>\d{{4}}|\d\d(?=年)){SEPARATOR}(?P<month>\d{{1,2}})"
    rf"(?:[月./\-_、,·](?:(?P<day>\d{{1,2}})[日号]?)?)?"
)
YEAR = re.compile(r"(?P<year>\d{4})年?")
COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)?")
AMERICAN = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})")
TIME = re.compile(r"T?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?$")
TIME_AFTER_DAY = re.compile(r"(\d{4}\D\d{1,2}\D\d{2}日?)\d{1,2}:\d{2}(?::\d{2})?$")
WORDS = re.compile(
    r"^(?:约|大约|于|自)|(?:左右|开通|注册|上线|建立|开设|创建|前后|起|初|上午|下午)+$"
)
TENS = re.compile(r"([二三四五六七八九]?)十([一二三四五六七八九]?)")
# In running text a date needs its words or its dots: a phone number is none.
IN_TEXT = re.compile(
    r"(?<![\d-])(?:\d{4}|[〇○零一二三四五六七八九]{4})"
    r"(?:\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*[日号])?"
    r"|年(?![级度])|\s*([./-])\s*\d{1,2}\s*\1\s*\d{1,2}(?!\d))"
)


def date_of(value: Value) -> str | None:
    """ISO text of a date cell, a serial or a written date; None when it cannot be read."""
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value.isoformat() if FIRST_YEAR <= value.year <= LAST_YEAR else None
    if isinstance(value, bool | dt.time | dt.timedelta):
        return None
    if isinstance(value, float | int):
        return _of_number(float(value))
    return written_date(text_of(value))


def _of_number(number: float) -> str | None:
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        return (EPOCH + dt.timedelta(days=int(number))).isoformat()
    text = text_of(number)
    if re.fullmatch(r"\d{4}\.1", text):
        return None  # January, or October that lost its nought
    return written_date(text)


@lru_cache(maxsize=4096)
def written_date(text: str) -> str | None:
    """ISO text of 2021年6月29日, 2021.6.29, 2021/6/9, 20210629, 二〇二一年六月, 2021.06.29 …"""
    folded = fold(TIME.sub("", text.strip()))
    folded = TIME_AFTER_DAY.sub(r"\1", folded)
    folded = WORDS.sub("", folded).strip(".。,，;；、()（）")
    folded = TENS.sub(_tens, folded).translate(CHINESE)
    for pattern in (DAY, YEAR, COMPACT, AMERICAN):
        match = pattern.fullmatch(folded)
        if match:
            return _iso(match.groupdict())
    if folded.isdecimal() and FIRST_SERIAL <= int(folded) <= LAST_SERIAL:
        return (EPOCH + dt.timedelta(days=int(folded))).isoformat()
    return None


def _tens(match: re.Match[str]) -> str:
    """十 as digits: 十 10, 十二 12, 二十 20, 二十九 29."""
    tens, units = (part.translate(CHINESE) for part in match.groups())
    return f"{tens or 1}{units or 0}"


def _iso(parts: dict[str, str | None]) -> str | None:
    year = int(parts["year"] or 0)
    year += 2000 if year < 100 else 0
    month, day = parts.get("month"), parts.get("day")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is None:
        return f"{year:04}"
    try:
        found = dt.date(year, int(month), int(day or 1))
    except ValueError:
        return None
    return found.isoformat() if day else found.isoformat()[:7]


def date_in(text: str) -> tuple[str, str] | None:
    """The date inside a line of text, as ISO, and the words it was written with."""
    match = IN_TEXT.search(text)
    found = written_date(match[0]) if match else None
    return (found, match[0]) if match and found else None
