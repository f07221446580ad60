"""Finds the four forms on a sheet by their headings, wherever those are.

A heading may take one to four rows, merged or not; columns may stand in another order, with
blank or added ones between; several forms may stand one under the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from meice.engines.annexes import columns
from meice.engines.annexes.model import Annex
from meice.engines.annexes.read import titles
from meice.engines.annexes.read.grid import Cell, Sheet
from meice.engines.annexes.read.titles import Titles
from meice.engines.annexes.read.values import fold

ANCHORS = (
    "序号", "名称", "单位", "部门", "主体", "类型", "整改", "互动", "审核", "委托", "负责人", "手机",
    "电话", "备注", "网址", "时间", "领导", "微博", "微信", "头条", "抖音", "客户端", "合计", "平台",
    "粉丝", "频次", "姓名", "职务", "网站",
)  # fmt: skip
LABEL_ANCHORS = (
    "名称",
    "账号",
    "帐号",
    "部门",
    "单位",
    "主体",
    "平台",
    "时间",
    "粉丝",
    "频",
    "备案",
)
TELLING_WORDS = (
    "粉丝",
    "关注数",
    "发布频",
    "频次",
    "频率",
    "ICP",
    "责任部门",
    "责任单位",
    "开通平台",
)
FEWEST_ANCHORS = 3
FEWEST_IN_ROW = 4  # titles in a heading's first row
DEEPEST = 4  # rows of one heading
FEWEST_COLUMNS = 5
FEWEST_COUNTS = 4
FEWEST_LABELS = 5
LOOK_ABOVE = 8  # rows above a heading that may hold the title and the header block
TELLING: Mapping[Annex, frozenset[str]] = {
    Annex.BASIC: frozenset(
        {"problems", "rectified", "interactive", "has_review_system", "outsourced",
         "responsible_name", "responsible_mobile"}
    ),
    Annex.FILINGS: frozenset(
        {"account_id", "opened_on", "leader", "reviewer", "operator", "operator_phone",
         "filing_kind"}
    ),
    Annex.COUNTS: frozenset(columns.COUNT_COLUMNS),
}  # fmt: skip
TELLING_LABELS = frozenset(
    {"platform_or_icp", "followers", "frequency", "responsible_department", "account_id"}
)
TABLES: Mapping[Annex, Titles] = {
    Annex.BASIC: titles.BASIC,
    Annex.FILINGS: titles.FILINGS,
    Annex.COUNTS: titles.COUNTS,
}


@dataclass(frozen=True, slots=True)
class Found:
    """One form on a sheet: the rows it owns, and for a table its heading.

    ``top`` to ``bottom`` (excluded) are all its rows, header block and foot with them; a table's
    heading is ``heading`` to ``body`` (excluded), ``places`` the column of each key. For annex 3
    ``labels`` holds the cell of each label.
    """

    annex: Annex
    top: int
    heading: int
    body: int
    bottom: int
    places: Mapping[str, int]
    labels: Mapping[str, Cell]


def find_forms(sheet: Sheet) -> list[Found]:
    """Every form on the sheet, from top to bottom."""
    texts = [_row_text(sheet, row) for row in range(len(sheet.rows))]
    starts = sorted(
        (*_tables(sheet, texts), *_filing_forms(sheet, texts)), key=lambda found: found.heading
    )
    return list(_bounded(sheet, starts))


def _bounded(sheet: Sheet, starts: list[Found]) -> Iterator[Found]:
    """Give each form the rows up to the next one's title."""
    top = 0
    for at, found in enumerate(starts):
        following = starts[at + 1] if at + 1 < len(starts) else None
        bottom = _title_row(sheet, found, following) if following else len(sheet.rows)
        yield Found(found.annex, top, found.heading, found.body, bottom, found.places, found.labels)
        top = bottom


def _title_row(sheet: Sheet, before: Found, after: Found) -> int:
    """The first row of the next form: its 附件 mark or title, else the row after the last gap."""
    first = max(before.body, after.heading - LOOK_ABOVE)
    for row in range(first, after.heading):
        text = fold(_row_text(sheet, row))
        if text.startswith("附件") or text.endswith(("统计表", "汇总表", "登记表")):
            return row
    for row in range(after.heading - 1, first, -1):
        if not _row_text(sheet, row):
            return row + 1
    return after.heading


def _row_text(sheet: Sheet, row: int) -> str:
    return "".join([value for value in sheet.rows[row] if isinstance(value, str)])


def _candidates(texts: Sequence[str]) -> Iterator[int]:
    """Rows in which enough words of headings stand to look closer."""
    for row, text in enumerate(texts):
        if len(text) > 5 and _anchors("".join(text.split())) >= FEWEST_ANCHORS:
            yield row


def _anchors(text: str) -> int:
    return sum([anchor in text for anchor in ANCHORS])


def _tables(sheet: Sheet, texts: Sequence[str]) -> Iterator[Found]:
    lines: Lines | None = None
    used = -1
    for row in _candidates(texts):
        if row <= used:
            continue
        lines = lines or Lines(sheet)
        found = _best_table(lines, row, used)
        if found:
            used = found.body - 1
            yield found


class Lines:
    """The texts of a sheet's rows with merged cells resolved, each row worked out once."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.covers = sheet.covers()
        self.widths: dict[int, int] = {}  # of rows that merged cells reach into
        for row, column in self.covers:
            self.widths[row] = max(self.widths.get(row, 0), column + 1)
        self._cells: dict[int, list[tuple[int, Cell, str]]] = {}
        self._hits: dict[int, int] = {}

    def cells(self, row: int) -> list[tuple[int, Cell, str]]:
        """Column, cell that holds the text (of a merged range the first), text."""
        if row not in self._cells:
            self._cells[row] = list(self._read(row))
        return self._cells[row]

    def hits(self, row: int) -> int:
        """How many titles of any form stand alone in this row's cells."""
        if row not in self._hits:
            self._hits[row] = _hits(tuple([text for _, _, text in self.cells(row)]))
        return self._hits[row]

    def _read(self, row: int) -> Iterator[tuple[int, Cell, str]]:
        if row not in self.widths:
            for column, value in enumerate(self.sheet.rows[row]):
                if isinstance(value, str) and value and not value.isspace():
                    yield column, (row, column), value
            return
        for column in range(max(len(self.sheet.rows[row]), self.widths[row])):
            cell = self.covers.get((row, column), (row, column))
            value = self.sheet.at(*cell)
            if isinstance(value, str) and value and not value.isspace():
                yield column, cell, value


@lru_cache(maxsize=512)
def _hits(texts: tuple[str, ...]) -> int:
    return sum([_is_title(text) for text in texts])


@lru_cache(maxsize=8192)
def _is_title(text: str) -> bool:
    return any(known.named(text) for known in TABLES.values())


def _best_table(lines: Lines, row: int, used: int) -> Found | None:
    """The form whose heading begins at this row (or just above, when it is split)."""
    if lines.hits(row) < FEWEST_IN_ROW:
        return None
    best: Found | None = None
    for first in (row, row - 1):
        if first <= used or not lines.hits(first):
            continue
        for last in range(row, min(row + DEEPEST, len(lines.sheet.rows))):
            found = _table_at(lines, first, last)
            if found and (best is None or len(found.places) > len(best.places)):
                best = found
            if best and len(best.places) == len(TABLES[best.annex].columns):
                return _with_likely(lines, _without_banner(lines, best))
    return _with_likely(lines, _without_banner(lines, best)) if best else None


def _table_at(lines: Lines, first: int, last: int) -> Found | None:
    """The form that has most titles in these rows, if they make a form."""
    named = _named(tuple(_heading(lines, first, last).items()))
    return named and Found(named[0], first, first, last + 1, last + 1, named[1], {})


@lru_cache(maxsize=512)
def _named(
    heading: tuple[tuple[int, tuple[str, ...]], ...],
) -> tuple[Annex, Mapping[str, int]] | None:
    """The form whose titles a heading holds, and where; most units send the same heading."""
    found = [
        (annex, places)
        for annex, known in TABLES.items()
        if _is_form(annex, places := _places(dict(heading), known))
    ]
    return max(found, key=lambda each: len(each[1]), default=None)


def _without_banner(lines: Lines, found: Found) -> Found:
    """Without the upper rows that add no title: they are the header block."""
    while found.heading + 1 < found.body:
        shorter = _table_at(lines, found.heading + 1, found.body - 1)
        if shorter is None or len(shorter.places) < len(found.places):
            break
        found = shorter
    return found


def _heading(lines: Lines, first: int, last: int) -> dict[int, tuple[str, ...]]:
    """For each column the texts of its heading cells from top to bottom, each cell once."""
    found: dict[int, list[tuple[Cell, str]]] = {}
    for row in range(first, last + 1):
        for column, cell, text in lines.cells(row):
            seen = found.setdefault(column, [])
            if cell[0] >= first and all(cell != other for other, _ in seen):
                seen.append((cell, text))
    return {
        column: tuple(text for _, text in seen)
        for column, seen in sorted(found.items())
        if seen and (seen[0][0][1] == column or len(seen) > 1)
    }


def _places(heading: Mapping[int, tuple[str, ...]], known: Titles) -> dict[str, int]:
    """The column of each key that is named; the whole heading counts before its last line."""
    places: dict[str, int] = {}
    for column, texts in heading.items():
        key = known.named("".join(texts)) or (known.named(texts[-1]) if len(texts) > 1 else None)
        if key and key not in places:
            places[key] = column
    return places


def _is_form(annex: Annex, places: Mapping[str, int]) -> bool:
    telling = len(TELLING[annex] & places.keys())
    if annex is Annex.COUNTS:
        return telling >= FEWEST_COUNTS
    return len(places) >= FEWEST_COLUMNS and telling >= 3


def _with_likely(lines: Lines, found: Found) -> Found:
    """Add the columns whose titles are only like the printed ones, and take in the heading's
    merged depth."""
    known = TABLES[found.annex]
    places = dict(found.places)
    if len(places) < len(known.columns):
        for column, texts in _heading(lines, found.heading, found.body - 1).items():
            key = None if column in places.values() else known.like("".join(texts))
            if key and key not in places:
                places[key] = column
    body = _heading_end(lines.sheet, found)
    return Found(found.annex, found.top, found.heading, body, body, places, {})


def _heading_end(sheet: Sheet, found: Found) -> int:
    """The first row below the heading's merged cells."""
    body = found.body
    for (top, left), (bottom, _) in sheet.merged:
        if found.heading <= top < found.body <= bottom < found.heading + 2 * DEEPEST:
            text = sheet.at(top, left)
            if text and left in found.places.values():
                body = max(body, bottom + 1)
    return body


def _filing_forms(sheet: Sheet, texts: Sequence[str]) -> Iterator[Found]:
    """Annex 3: labels beside their values; a second 账号名称 label begins the next form."""
    whole = "\n".join(texts)
    if not any(word in whole for word in TELLING_WORDS):
        return
    labels: dict[str, Cell] = {}
    for row, text in enumerate(texts):
        if not any(anchor in text for anchor in LABEL_ANCHORS):
            continue
        for column, value in enumerate(sheet.rows[row]):
            key = _label(value)
            if key is None:
                continue
            if key == "name" and key in labels:
                yield from _filing_form(labels)
                labels = {}
            labels.setdefault(key, (row, column))
    yield from _filing_form(labels)


def _label(value: object) -> str | None:
    """The key of a label of annex 3, alone in its cell or with its value behind a colon."""
    if not isinstance(value, str) or not 2 <= len(value) <= 60:
        return None
    key = titles.FORM.named(value)
    if key is None and (":" in value or "：" in value):
        key = titles.FORM.named(value.replace("：", ":").split(":")[0])
    return key


def _filing_form(labels: Mapping[str, Cell]) -> Iterator[Found]:
    rows = {row for row, _ in labels.values()}
    if len(labels) < FEWEST_LABELS or len(TELLING_LABELS & labels.keys()) < 2 or len(rows) < 3:
        return
    first = min(rows)
    yield Found(Annex.FILING, first, first, max(rows) + 1, max(rows) + 1, {}, dict(labels))
