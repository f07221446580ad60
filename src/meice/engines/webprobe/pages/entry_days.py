"""The day of an entry in a list, from the pieces of text (cells) that the entry is made of.

A day in the running words of a title (关于2021年6月29日停电的通知) is not the day of the entry: a
cell counts when it is a day and nothing else, or when a day stands apart at its beginning or end.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date

from meice.engines.webprobe.pages.days import (
    MONTH_DAY,
    MONTH_FIRST,
    SHORT_YEAR,
    Day,
    day_of_month_first,
    day_of_short_year,
    days_in,
    latest_month_day,
    make_day,
    relative_day,
)

# Without one of these there is no day: most entries of menus are done with one search.
_HINT = re.compile(
    r"\d\s?[-/.－／．–—年月]|(?:^|\n)\W*\d{1,2}[日号]?\W*(?:\n|$)|[〇○]|今[天日]|[昨前][天日]|刚[刚才]"
    r"|[天时钟秒周月年日期拜]前|\d,?\s+(?:19[89]|20\d)\d\b|[A-Za-z]\s+(?:19[89]|20\d)\d\b"
)
_CELL_HINT = re.compile(r"\d|[〇○年月今昨前刚]")
_USUAL = re.compile(
    r"^[^\S\n]*([\[(（【]?\s?(20\d\d)([-/.])(1[0-2]|0?[1-9])\3(3[01]|[12]\d|0?[1-9])\s?[\])）】]?)[^\S\n]*$",
    re.MULTILINE,
)
_BRACKETS = " \t\r\n[](){}<>【】（）〔〕「」《》|｜/·•"
_TAIL = re.compile(
    r"\s?[T,，]?\s?(?:[上下]午)?\s?(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?(?:\.\d+)?\s?"
    r"[(（]?(?:星期|周|礼拜)?[一二三四五六日天]?[)）]?"
)
_LABEL = re.compile(
    r"(?:发布|发表|发文|发稿|更新|修改|添加|录入|上传|创建|编辑|公布|刊登|上线|信息|文章|日期|时间|Date|Time|Posted|Published)"
    r"(?:的)?(?:时间|日期|于|on)?\s*[:：]?\s*",
    re.IGNORECASE,
)
_NOT_PUBLICATION = re.compile(
    r"(?:截止|截至)(?:时间|日期|于|到)?\s*[:：]?\s*$|(?:今天|今日|现在|当前|北京|系统)(?:时间|日期)?是?[:：]?\s*$"
    r"|(?:报名|活动|会议|讲座|报告|考试|面试|开始|结束|举办|召开|开标|到期|有效|放假)(?:(?:时间|日期|期限?)\s*[:：]?|\s*[:：])\s*$"
    r"|至\s*$|[~～]\s*$"
)
_ENDS_OF_LABELS = frozenset(":：间期限止至到于是~～")
_AT_END = re.compile(r"[\s\[(（【〔|｜/·]$")
_AT_START = re.compile(r"[\s\])）】〕|｜/·]")
_LONGEST_CELL = 300

_YEAR = r"(?P<year>(?:19[89]|20\d)\d)"
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_CHINESE_MONTHS = {name: number for number, name in enumerate("一二三四五六七八九十", 1)}
_CHINESE_MONTHS |= {"十一": 11, "十二": 12}
_PIECES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("YM", re.compile(rf"{_YEAR}\s?[-/.年]\s?(?P<month>1[0-2]|0?[1-9])\s?月?")),
    ("Y", re.compile(rf"{_YEAR}\s?年?")),
    ("MD", re.compile(r"(?P<month>1[0-2]|0?[1-9])\s?[-/.月]\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?日?")),
    ("D", re.compile(r"(?P<day>3[01]|[12]\d|0?[1-9])\s?[日号]?")),
    ("M", re.compile(r"(?P<month>1[0-2]|0?[1-9])\s?月")),
    ("M", re.compile(r"(?P<chinese>十[一二]?|[一二三四五六七八九])月")),
    ("YM", re.compile(rf"(?P<english>[A-Z][a-z]{{2,8}})\.?,?\s?{_YEAR}", re.IGNORECASE)),
    ("M", re.compile(r"(?P<english>[A-Z][a-z]{2,8})\.?", re.IGNORECASE)),
)  # fmt: skip
# Which pieces in which order make a day; the longest first.
_BOXES = (
    ("D", "M", "Y"), ("Y", "M", "D"), ("M", "D", "Y"), ("D", "YM"), ("YM", "D"), ("MD", "Y"),
    ("Y", "MD"), ("D", "M"), ("M", "D"),
)  # fmt: skip


def day_of_entry(text: str, today: date) -> Day | None:
    """Return the day of an entry from its text, one cell a line: the usual form first.

    Nearly every list writes 2021-06-29 into an element of its own; one search finds that.
    """
    if _CELL_HINT.search(text) is None:
        return None
    if (usual := _on_last_line(text, today)) is not None:
        return usual
    found = _USUAL.search(text) if "20" in text else None
    if found is not None and not _is_no_publication(_line_before(text, found.start())):
        day = make_day(int(found[2]), int(found[4]), int(found[5]))
        if day is not None and day <= today:
            return Day(day, found[1])
    if _HINT.search(text) is None:
        return None
    return entry_day([cell for part in text.split("\n") if (cell := part.strip())], today)


def _on_last_line(text: str, today: date) -> Day | None:
    """What `_USUAL` finds where 2021-06-29 is the whole last line: read without a search."""
    line = text.rstrip()
    written, start = line[-10:], len(line) - 10
    if start < 1 or line[start - 1] != "\n" or written[:2] != "20" or "20" in line[:start]:
        return None
    if written[4] != "-" or written[7] != "-" or not written.isascii():
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    told = day <= today and not _is_no_publication(_line_before(line, start))
    return Day(day, written) if told else None


def _line_before(text: str, start: int) -> str:
    """The line before `start`, if it is short enough to be a label."""
    before = text[:start].rstrip()
    if before[-1:] not in _ENDS_OF_LABELS:
        return ""
    line = before.rpartition("\n")[2].strip()
    return line if len(line) <= 10 else ""


def _is_no_publication(before: str) -> bool:
    return bool(before and _NOT_PUBLICATION.search(before))


def entry_day(cells: Sequence[str], today: date) -> Day | None:
    """Return the day of an entry, not after `today`, or None when its cells give none."""
    cells = [cell for cell in cells if len(cell) <= _LONGEST_CELL and cell.strip(_BRACKETS)]
    hinted = [place for place, cell in enumerate(cells) if _CELL_HINT.search(cell)]
    if not hinted:
        return None
    allowed = [place for place in hinted if not _ruled_out(cells, place)]
    for read in (_whole, _boxed, _whole_short, _apart):
        if found := read(cells, allowed, today):
            return found
    return None


def _ruled_out(cells: Sequence[str], place: int) -> bool:
    before = cells[place - 1] if place else ""
    return len(before) <= 10 and bool(_NOT_PUBLICATION.search(before))


def _bare(cell: str) -> str:
    cell = cell.strip(_BRACKETS)
    label = _LABEL.match(cell)
    return cell[label.end() :] if label else cell


def _whole(cells: Sequence[str], places: Sequence[int], today: date) -> Day | None:
    """A cell that is a day with a year, or a word such as 昨天."""
    for place in places:
        bare = _bare(cells[place])
        for match, day in days_in(bare)[:1]:
            if match.start() == 0 and _TAIL.fullmatch(bare, match.end()) and day <= today:
                return Day(day, cells[place])
        found = relative_day(bare, today)
        if found and _TAIL.fullmatch(bare, len(found.text)):
            return Day(found.day, cells[place])
    return None


def _whole_short(cells: Sequence[str], places: Sequence[int], today: date) -> Day | None:
    """A cell that is a day without a full year, or in the American order."""
    for place in places:
        bare = _bare(cells[place])
        if (match := MONTH_FIRST.match(bare)) and _TAIL.fullmatch(bare, match.end()):
            day = day_of_month_first(match)
            if day and day <= today:
                return Day(day, cells[place])
        if (match := SHORT_YEAR.match(bare)) and _TAIL.fullmatch(bare, match.end()):
            if day := day_of_short_year(match, today):
                return Day(day, cells[place])
            continue
        match = MONTH_DAY.match(bare)
        if match and _TAIL.fullmatch(bare, match.end()):
            return _without_year(match, cells[place], today)
    return None


def _without_year(match: re.Match[str], text: str, today: date) -> Day | None:
    day = latest_month_day(int(match["month"]), int(match["day"] or match["day2"]), today)
    return Day(day, text, year_written=False) if day else None


def _boxed(cells: Sequence[str], places: Sequence[int], today: date) -> Day | None:
    """Calendar boxes: the day in one element, year and month in another (or three of them)."""
    for place in sorted({*places, *(place - 1 for place in places if place)}):
        read = [_pieces(_bare(cell)) for cell in cells[place : place + 3]]
        for box in _BOXES:
            if len(box) <= len(read) and all(kind in read[i] for i, kind in enumerate(box)):
                parts = [(kind, read[i][kind]) for i, kind in enumerate(box)]
                text = " ".join(cells[place : place + len(box)])
                if found := _assembled(parts, text, today):
                    return found
    return None


def _pieces(cell: str) -> dict[str, re.Match[str]]:
    """What a short cell can be a piece of: a bare number may be a month or a day."""
    if len(cell) > 16:
        return {}
    found = {kind: match for kind, form in reversed(_PIECES) if (match := form.fullmatch(cell))}
    if "D" in found and "M" not in found and cell.isdigit() and int(cell) <= 12:
        found["M"] = found["D"]
    return found


def _assembled(parts: Sequence[tuple[str, re.Match[str]]], text: str, today: date) -> Day | None:
    values: dict[str, str] = {}
    bare_month = False
    for kind, part in parts:
        groups = {name: value for name, value in part.groupdict().items() if value}
        if kind == "M" and "day" in groups:  # a bare number
            groups = {"month": groups["day"]}
            bare_month = True
        values |= groups
    month = _month(values)
    if not month or "day" not in values or (bare_month and "year" not in values):
        return None
    if "year" in values:
        day = make_day(int(values["year"]), month, int(values["day"]))
        return Day(day, text) if day and day <= today else None
    inferred = latest_month_day(month, int(values["day"]), today)
    return Day(inferred, text, year_written=False) if inferred else None


def _month(values: dict[str, str]) -> int:
    if "month" in values:
        return int(values["month"])
    if "chinese" in values:
        return _CHINESE_MONTHS[values["chinese"]]
    name = values.get("english", "").lower()
    return next((i for i, m in enumerate(_MONTHS, 1) if len(name) >= 3 and m.startswith(name)), 0)


def _apart(cells: Sequence[str], places: Sequence[int], today: date) -> Day | None:
    """A day that stands apart at the end or the beginning of a cell with other words."""
    readers: tuple[Callable[[str, date], Day | None], ...] = (_full_apart, _short_apart)
    for read in readers:
        for place in places:
            if found := read(cells[place].strip(), today):
                return found
    return None


def _full_apart(cell: str, today: date) -> Day | None:
    for match, day in days_in(cell):
        before, after = cell[: match.start()], cell[match.end() :]
        if day > today or _NOT_PUBLICATION.search(before):
            continue
        ends = bool(_TAIL.fullmatch(after.rstrip(_BRACKETS)))
        labelled = before and _LABEL.search(before[-8:]) and before.rstrip()[-1:] in "：:"
        if labelled or (ends and _AT_END.search(before)):
            return Day(day, match[0])
        if not before.strip(_BRACKETS) and _AT_START.match(after):
            return Day(day, match[0])
    return None


_BRACKETED = re.compile(
    r"^\s?[\[(（【〔]\s?([^\])）】〕]{3,6})\s?[\])）】〕]|[\[(（【〔]\s?([^\[(（【〔]{3,6})\s?[\])）】〕]$"
)
_TRAILING = re.compile(r"\s(\d\d[-/]\d\d)$|^(\d\d[-/]\d\d)\s")


def _short_apart(cell: str, today: date) -> Day | None:
    """[06-29] before or after a title, or 06-29 with a blank between."""
    for form in (_BRACKETED, _TRAILING):
        for found in form.finditer(cell):
            inner = (found[1] or found[2]).strip()
            if match := MONTH_DAY.fullmatch(inner):
                return _without_year(match, found[0].strip(), today)
            if match := SHORT_YEAR.fullmatch(inner):
                day = day_of_short_year(match, today)
                return Day(day, found[0].strip()) if day else None
    return None
