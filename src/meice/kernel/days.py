"""Days and moments as people type them: `2021.6.29`, `0629`, `昨天`, `6月29日 上午12点`.

Pure reading; `web/static/web/days.js` reads the same words so that a field can say at once what it
understood (a browser test holds the two together). Source: design.md 7.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

NAMED: Mapping[str, int] = {"前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2, "大后天": 3}
WEEKDAYS = "一二三四五六日"
_FULL = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_SHORT = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")
_SOLID = re.compile(r"(?:(\d{4}))?(\d{2})(\d{2})")
_CLOCK = re.compile(r"(上午|下午|晚上|早上|中午)?(\d{1,2})(?:[:点时](\d{1,2}|半)?分?)")
_NOON = re.compile(r"(?:中午|正午)(?:12[:点]?(?:00)?)?")
_MIDNIGHT = re.compile(r"24[:点](?:00)?")
_LATER = ("下午", "晚上")


def read_day(text: str, today: date) -> date | None:
    """The day that `text` names; without a year it is one of this year. None: not readable."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    if bare in NAMED:
        return today + timedelta(days=NAMED[bare])
    for pattern in (_FULL, _SHORT, _SOLID):
        match = pattern.fullmatch(bare)
        if match:
            return _day(match.groups(), today)
    return None


def _day(parts: tuple[str | None, ...], today: date) -> date | None:
    *year, month, day = parts
    try:
        return date(int((year and year[0]) or today.year), int(month or 0), int(day or 0))
    except ValueError:
        return None


def read_moment(text: str, today: date) -> datetime | None:
    """Day and time (naive, of the clock on the wall). 上午12点 is noon, 24:00 the next day's 0:00
    (house rule of the notice). None without a time or where either is not readable."""
    bare = unicodedata.normalize("NFKC", text).replace("T", " ").strip()
    for at in range(len(bare), 0, -1):
        day = read_day(bare[:at], today)
        clock = _clock("".join(bare[at:].split())) if day else None
        if day and clock is not None:
            return datetime.combine(day, time()) + clock
    return None


def _clock(text: str) -> timedelta | None:
    if _NOON.fullmatch(text):
        return timedelta(hours=12)
    if _MIDNIGHT.fullmatch(text):
        return timedelta(days=1)
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    half, hour, minute = match[1], int(match[2]), match[3]
    hour += 12 if half in _LATER and hour < 12 else 0
    minutes = 30 if minute == "半" else int(minute or 0)
    return timedelta(hours=hour, minutes=minutes) if hour < 24 and minutes < 60 else None


def day_words(day: date) -> str:
    """`2021年6月29日 星期二`: what a field answers to what was typed."""
    return f"{day.year}年{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"


def moment_words(moment: datetime) -> str:
    """`2021年6月29日 星期二 12:00（中午）`."""
    clock = f"{moment:%H:%M}"
    return f"{day_words(moment.date())} {clock}{'（中午）' if clock == '12:00' else ''}"
