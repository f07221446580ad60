"""One entry of a school's list, whatever its kind: its columns, what may be wrong with it, and the
lexicon that entries make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from meice.engines.zhcheck.folding import fold
from meice.engines.zhcheck.lexicon import pattern_trouble, word_trouble
from meice.engines.zhcheck.model import (
    Lexicon,
    NumberPattern,
    Office,
    Rule,
    Severity,
    Term,
    WhiteList,
)

LONGEST = {"word": 100, "right": 200, "message": 300, "source": 300, "unit": 100}


class ListKind(StrEnum):
    """What the entries of a list are."""

    WORDING = "wording"
    TITLE = "title"
    TERM = "term"
    TYPO = "typo"
    OFFICE = "office"
    NUMBER = "number"
    SOURCE = "source"
    PROTECT = "protect"


WORDS = frozenset({ListKind.WORDING, ListKind.TITLE, ListKind.TERM, ListKind.TYPO})
"""Kinds whose entries are words that should not stand, or not so."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, whatever its kind.

    `word` is the word, the person, the name of a number, the subject or the protecting phrase;
    `right` the correct wording, the title or the pattern.
    """

    word: str
    right: str = ""
    severity: Severity = Severity.WARN
    message: str = ""
    source: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    protects: tuple[str, ...] = ()
    unit: str = ""
    order: int = 0
    line: int = 0

    def key(self, kind: ListKind) -> str:
        """What makes two entries of one list the same one."""
        start = self.valid_from.isoformat() if self.valid_from else ""
        if kind in WORDS:
            return f"{fold(self.word).text}|{start}"
        if kind is ListKind.OFFICE:
            return f"{self.word}|{self.right}|{start}"
        return self.word


@dataclass(frozen=True, slots=True)
class ListFault:
    """What is wrong in one cell and how to mend it; line 0: the file as a whole."""

    line: int
    column: str
    found: str
    message: str


@dataclass(frozen=True, slots=True)
class Column:
    """One datum of a list and the headings it is known by, the usual one first."""

    key: str
    names: tuple[str, ...]
    required: bool = False

    @property
    def label(self) -> str:
        """The usual heading."""
        return self.names[0]


_SOURCE = Column("source", ("出处", "依据", "来源文件", "来源", "source"), required=True)
_LOOSE_SOURCE = replace(_SOURCE, required=False)
_DAYS = (
    Column("valid_from", ("起用日期", "启用日期", "生效日期", "from")),
    Column("valid_until", ("停用日期", "失效日期", "until")),
)
_WORD_COLUMNS = (
    Column("word", ("错误写法", "词语", "不规范表述", "错误", "wrong", "word"), required=True),
    Column("right", ("正确写法", "规范表述", "建议写法", "正确", "right")),
    Column("severity", ("轻重", "程度", "级别", "severity")),
    Column("message", ("说明", "备注", "message")),
    _SOURCE,
    *_DAYS,
    Column("protects", ("不算错的长词", "例外", "unless")),
)
COLUMNS: Mapping[ListKind, tuple[Column, ...]] = {
    **dict.fromkeys(WORDS, _WORD_COLUMNS),
    ListKind.OFFICE: (
        Column("word", ("姓名", "人名", "person"), required=True),
        Column("right", ("职务", "职务名称", "title"), required=True),
        Column("unit", ("单位", "所在单位", "unit")),
        Column("order", ("排序", "排名", "序号", "order"), required=True),
        _SOURCE,
        *_DAYS,
    ),
    ListKind.NUMBER: (
        Column("word", ("号码名称", "名称", "label"), required=True),
        Column("right", ("样式", "规则", "pattern"), required=True),
        _SOURCE,
    ),
    ListKind.SOURCE: (
        Column("word", ("稿源单位", "单位名称", "单位", "subject"), required=True),
        _LOOSE_SOURCE,
    ),
    ListKind.PROTECT: (
        Column("word", ("保护词", "词语", "word"), required=True),
        _LOOSE_SOURCE,
    ),
}
EXAMPLES: Mapping[ListKind, tuple[str, ...]] = {
    ListKind.WORDING: ("华园农大", "华园大学", "必须处理", "校名用全称", "学校章程第二条", "", "", ""),
    ListKind.TITLE: ("学校书记", "党委书记", "提醒", "", "学校任职文件", "", "", ""),
    ListKind.TERM: ("某某杯大赛", "", "提醒", "已停办，不再使用", "教务处通知", "2026-01-01", "", ""),
    ListKind.TYPO: ("园艺学远", "园艺学院", "提醒", "", "单位名称表", "", "", ""),
    ListKind.OFFICE: ("甲某某", "校长", "", "2", "学校任职文件", "2026-01-01", ""),
    ListKind.NUMBER: ("学号", "20\\d{10}", "学籍管理规定"),
    ListKind.SOURCE: ("某某日报社", ""),
    ListKind.PROTECT: ("较长的正确说法", ""),
}  # fmt: skip


def check_entry(entry: Entry, kind: ListKind) -> Iterator[ListFault]:
    """Yield what is wrong with one entry."""
    label = {column.key: column.label for column in COLUMNS[kind]}

    def fault(key: str, found: object, message: str) -> ListFault:
        return ListFault(entry.line, label.get(key, ""), str(found)[:60], message)

    for column in COLUMNS[kind]:
        value = getattr(entry, column.key)
        if column.required and not value:
            yield fault(column.key, "", f"缺少{column.label}，请补上。")
        elif isinstance(value, str) and len(value) > LONGEST.get(column.key, 300):
            yield fault(column.key, value, f"不能超过 {LONGEST.get(column.key, 300)} 字。")
    if entry.word and kind in WORDS | {ListKind.PROTECT}:
        right = entry.right or None if kind in WORDS else None
        if trouble := word_trouble(entry.word, right, entry.protects):
            yield fault("word", entry.word, f"{trouble}。")
    if entry.right and kind is ListKind.NUMBER and (trouble := pattern_trouble(entry.right)):
        yield fault("right", entry.right, f"样式{trouble}。")
    if entry.valid_from and entry.valid_until and entry.valid_from > entry.valid_until:
        yield fault("valid_until", entry.valid_until, "停用日期早于起用日期。")


def lexicon_of(
    name: str, version: str, kind: ListKind, entries: Iterable[Entry], *, dated: date | None
) -> Lexicon:
    """The lexicon that a list of one kind makes; entries must be free of faults."""
    if kind in WORDS:
        return Lexicon(name, version, terms=_terms(Rule(kind.value), entries))
    if kind is ListKind.OFFICE:
        offices = tuple(
            Office(e.word, e.right, e.unit, e.order, e.source, e.valid_from, e.valid_until)
            for e in entries
        )
        return Lexicon(name, version, offices=offices)
    if kind is ListKind.NUMBER:
        patterns = tuple(NumberPattern(e.word, e.right, e.source) for e in entries)
        return Lexicon(name, version, number_patterns=patterns)
    words = tuple(e.word for e in entries)
    if kind is ListKind.PROTECT:
        return Lexicon(name, version, exceptions=words)
    known = WhiteList(words, dated or date.min, f"{name}（{dated or version}）") if words else None
    return Lexicon(name, version, white_list=known)


def _terms(rule: Rule, entries: Iterable[Entry]) -> tuple[Term, ...]:
    return tuple(
        Term(e.word, rule, e.severity, e.right or None, e.message or default_message(e.word, e.right), e.source,
             e.valid_from, e.valid_until, e.protects)
        for e in entries
    )  # fmt: skip


def default_message(word: str, right: str) -> str:
    """What is said of a word without a remark of its own."""
    return f"“{word}”应为“{right}”" if right else f"“{word}”不宜使用"
