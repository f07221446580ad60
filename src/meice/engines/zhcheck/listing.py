"""A list as a school keeps it: a sheet, a .csv or a .toml of one kind of entries, read with every
fault and its line. Runs in a limited child only: nothing of a file is trusted.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from python_calamine import load_workbook

from meice.engines.documents.plain import read_plain
from meice.engines.zhcheck.entries import COLUMNS, Entry, ListFault, ListKind, check_entry
from meice.engines.zhcheck.faults import LexiconError
from meice.engines.zhcheck.lexicon import parse_lexicon
from meice.engines.zhcheck.model import SEVERITY_WORDS, Lexicon, Severity

MOST_ROWS = 500_000
MOST_FAULTS = 500  # a person mends no more at once
HEAD_WITHIN = 15
WIDEST = 40


@dataclass(frozen=True, slots=True)
class Listing:
    """What a file holds. `faulty` counts all faults, of which the first are kept."""

    entries: tuple[Entry, ...] = ()
    faults: tuple[ListFault, ...] = ()
    faulty: int = 0
    dated: date | None = None
    source: str = ""


_SEVERITIES = {word: severity for severity, word in SEVERITY_WORDS.items()} | {
    severity.value: severity for severity in Severity
}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_Rows = Iterable[tuple[int, Sequence[str]]]


def read_listing(given: tuple[bytes, str, str]) -> Listing:
    """Read a file (bytes, name, kind): .toml by its name, else a workbook, else a .csv."""
    data, name, wanted = given
    kind = ListKind(wanted)
    if name.lower().endswith(".toml"):
        return _from_toml(data, name, kind)
    is_book = data.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
    return _from_rows(_book_rows(data) if is_book else _csv_rows(data), kind)


def _book_rows(data: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of the first sheet that holds anything, numbered as a person sees them."""
    book = load_workbook(BytesIO(data))
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        top, left = sheet.start or (0, 0)
        rows = sheet.to_python(skip_empty_area=True)
        if rows:
            lead = ("",) * min(left, WIDEST)
            for number, row in enumerate(rows, top + 1):
                yield number, [*lead, *map(_cell, row[:WIDEST])]
            return


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return " ".join(str(value).split())


def _csv_rows(data: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """Commas, semicolons or tabs, whichever the first line has most of."""
    text = read_plain(data)
    first = text.split("\n", 1)[0]
    sign = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=sign)
    for row in reader:
        yield reader.line_num, [" ".join(cell.split()) for cell in row[:WIDEST]]


def _from_rows(rows: _Rows, kind: ListKind) -> Listing:
    """Entries below the first row that names the columns."""
    numbered = iter(rows)
    columns: dict[str, int] = {}
    try:
        for _, row in zip(range(HEAD_WITHIN), numbered, strict=False):
            columns = _columns_of(row[1], kind)
            if columns:
                break
        if not columns:
            wanted = "、".join(c.label for c in COLUMNS[kind] if c.required)
            message = f"没有找到列名。前 {HEAD_WITHIN} 行里要有一行写着：{wanted}。"
            return Listing(faults=(ListFault(0, "", "", message),), faulty=1)
        return _checked((_entry(number, row, columns) for number, row in numbered), kind)
    except Exception as error:  # calamine and csv on hostile files
        message = f"打不开：不是电子表格或 .csv，或已损坏（{type(error).__name__}）。"
        return Listing(faults=(ListFault(0, "", "", message),), faulty=1)


def _columns_of(row: Sequence[str], kind: ListKind) -> dict[str, int]:
    """Column key → index; empty unless the first required one is there."""
    bare = [re.sub(r"[（(].*?[）)]|[\s*＊:：]", "", cell).lower() for cell in row]
    found: dict[str, int] = {}
    for column in COLUMNS[kind]:
        places = [bare.index(name) for name in column.names if name in bare]
        free = [place for place in places if place not in found.values()]
        if free:
            found[column.key] = free[0]
    return found if "word" in found else {}


_Read = tuple[Entry | None, tuple[ListFault, ...]]


def _entry(number: int, row: Sequence[str], columns: Mapping[str, int]) -> _Read:
    """One row; None for an empty one."""
    given = {key: row[at].strip() for key, at in columns.items() if at < len(row)}
    if not any(given.values()):
        return None, ()
    faults: list[ListFault] = []

    def read(key: str, reader: Callable[[str], Any], otherwise: Any, message: str) -> Any:
        text = given.get(key, "")
        if not text:
            return otherwise
        value = reader(text)
        if value is None:
            faults.append(ListFault(number, key, text[:60], message))
        return otherwise if value is None else value

    entry = Entry(
        word=given.get("word", ""),
        right=given.get("right", ""),
        severity=read("severity", _SEVERITIES.get, Severity.WARN, "轻重写必须处理、提醒或建议。"),
        message=given.get("message", ""),
        source=given.get("source", ""),
        valid_from=read("valid_from", _day, None, "日期写成 2026-01-31。"),
        valid_until=read("valid_until", _day, None, "日期写成 2026-01-31。"),
        protects=tuple(filter(None, re.split(r"[、；;|\n]+", given.get("protects", "")))),
        unit=given.get("unit", ""),
        order=read("order", _order, 0, "排序写 1 至 9999 的整数，先排的小。"),
        line=number,
    )
    return entry, tuple(faults)


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def _order(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,3}", text) else None


def _checked(read: Iterable[_Read], kind: ListKind) -> Listing:
    """The good entries, the first faults, and how many faults there are."""
    label = {column.key: column.label for column in COLUMNS[kind]}
    entries: list[Entry] = []
    faults: list[ListFault] = []
    seen: dict[str, int] = {}
    faulty = 0
    for entry, own in read:
        if entry is None:
            continue
        found = [replace(fault, column=label.get(fault.column, "")) for fault in own]
        unread = {fault.column for fault in found}
        found += [fault for fault in check_entry(entry, kind) if fault.column not in unread]
        first = seen.setdefault(entry.key(kind), entry.line)
        if not found and first != entry.line:
            found.append(ListFault(entry.line, label["word"], entry.word, f"与第 {first} 行重复。"))
        faulty += len(found)
        faults += found[: MOST_FAULTS - len(faults)]
        if not found:
            entries.append(entry)
        if len(entries) > MOST_ROWS:
            message = f"超过 {MOST_ROWS:,} 条，请分几个文件导入。"
            return Listing(faults=(ListFault(0, "", "", message),), faulty=1)
    return Listing(tuple(entries), tuple(faults), faulty)


def _from_toml(data: bytes, name: str, kind: ListKind) -> Listing:
    """A lexicon file: all of its faults at once; what is of another kind is a fault, too."""
    try:
        lexicon = parse_lexicon(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError:
        return Listing(faults=(ListFault(0, "", "", "文件不是 UTF-8 编码。"),), faulty=1)
    except LexiconError as error:
        lines = [_placed(fault) for fault in error.faults]
        return Listing(faults=tuple(lines[:MOST_FAULTS]), faulty=len(lines))
    entries = list(_toml_entries(lexicon, kind))
    other = _size(lexicon) - len(entries)
    listing = _checked(((entry, ()) for entry in entries), kind)
    if other:
        message = f"另有 {other} 条不是这一类，请导入对应的词库。"
        fault = ListFault(0, "", "", message)
        listing = replace(listing, faults=(fault, *listing.faults), faulty=listing.faulty + 1)
    if lexicon.white_list and kind is ListKind.SOURCE:
        dated, source = lexicon.white_list.dated, lexicon.white_list.source
        listing = replace(listing, dated=dated, source=source)
    return listing


def _placed(fault: str) -> ListFault:
    match = re.match(r"第(\d+)行，", fault)
    return ListFault(int(match[1]) if match else 0, "", "", fault[match.end() if match else 0 :])


def _size(lexicon: Lexicon) -> int:
    parts = (lexicon.terms, lexicon.offices, lexicon.number_patterns, lexicon.exceptions)
    subjects = lexicon.white_list.subjects if lexicon.white_list else ()
    return sum(map(len, parts)) + len(subjects) + len(lexicon.ai_words)


def _toml_entries(lexicon: Lexicon, kind: ListKind) -> Iterator[Entry]:
    """The entries of one kind, numbered in their order."""
    number = 0
    for number, term in enumerate((t for t in lexicon.terms if t.rule.value == kind.value), 1):
        yield Entry(
            term.word, term.replacement or "", term.severity, term.message, term.source,
            term.valid_from, term.valid_until, term.protects, line=number,
        )  # fmt: skip
    if kind is ListKind.OFFICE:
        for number, o in enumerate(lexicon.offices, 1):
            yield Entry(
                o.person, o.title, source=o.source, valid_from=o.valid_from,
                valid_until=o.valid_until, unit=o.unit, order=o.order, line=number,
            )  # fmt: skip
    elif kind is ListKind.NUMBER:
        for number, p in enumerate(lexicon.number_patterns, 1):
            yield Entry(p.label, p.pattern, source=p.source, line=number)
    elif kind in (ListKind.SOURCE, ListKind.PROTECT):
        subjects = lexicon.white_list.subjects if lexicon.white_list else ()
        words = subjects if kind is ListKind.SOURCE else lexicon.exceptions
        for number, word in enumerate(words, 1):
            yield Entry(word, line=number)
