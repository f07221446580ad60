"""A text and what is wrong with it, cut so that a page can show both side by side."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from meice.editorial.lexicons.live import Reader, reader_for
from meice.editorial.models.words import Gate
from meice.engines.documents import Kind, Text
from meice.engines.marks import find_secret_marks
from meice.engines.zhcheck import (
    SEVERITY_WORDS,
    Issue,
    Rule,
)
from meice.orgs.models import Unit

MOST_SHOWN = 300
WEIGHT = {severity: place for place, severity in enumerate(SEVERITY_WORDS)}
RULES = {
    Rule.WORDING: "规范表述",
    Rule.TITLE: "规范称谓",
    Rule.TERM: "用语",
    Rule.ID_CARD: "身份证号",
    Rule.MOBILE: "手机号",
    Rule.BANK_CARD: "银行卡号",
    Rule.STUDENT_NUMBER: "学号工号",
    Rule.EMAIL: "邮箱",
    Rule.SECRET_MARK: "密级标志",
    Rule.SECRET_WORD: "密级字样",
    Rule.SOURCE_MISSING: "没有来源",
    Rule.SOURCE_UNLISTED: "来源不在名单",
    Rule.AI_UNDECLARED: "没有 AI 声明",
    Rule.PUNCTUATION: "标点",
    Rule.PAIRS: "标点不成对",
    Rule.NUMERAL: "数字和单位",
    Rule.REPEATED: "重复",
    Rule.TYPO: "错别字",
    Rule.DATE_WEEKDAY: "日期与星期",
}

GATE_OF = dict.fromkeys(Rule, Gate.WRITING) | {
    Rule.WORDING: Gate.POLITICS,
    Rule.TITLE: Gate.POLITICS,
    Rule.TERM: Gate.POLITICS,
    Rule.ID_CARD: Gate.SECRECY,
    Rule.MOBILE: Gate.SECRECY,
    Rule.BANK_CARD: Gate.SECRECY,
    Rule.STUDENT_NUMBER: Gate.SECRECY,
    Rule.EMAIL: Gate.SECRECY,
    Rule.SECRET_MARK: Gate.SECRECY,
    Rule.SECRET_WORD: Gate.SECRECY,
    Rule.SOURCE_MISSING: Gate.LAW,
    Rule.SOURCE_UNLISTED: Gate.LAW,
    Rule.AI_UNDECLARED: Gate.LAW,
}
"""Beside which of 五关 an open issue is shown; a person judges all five."""


@dataclass(frozen=True, slots=True)
class Remark:
    """An issue as shown: its number on the page, where it stands in the file, and the entry of a
    lexicon it comes from, if any."""

    number: int
    issue: Issue
    where: str
    word: str = ""

    @property
    def rule(self) -> str:
        """The rule in words."""
        return RULES[self.issue.rule]

    @property
    def gravity(self) -> str:
        """How heavy, in words."""
        return SEVERITY_WORDS[self.issue.severity]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text under the same remarks: the heaviest severity ("" for none), and the
    remarks that end here, whose numbers stand behind it."""

    text: str
    severity: str
    ending: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader sees: the text in pieces, the remarks in order of place, how many of each."""

    copy: Text
    pieces: tuple[Piece, ...]
    remarks: tuple[Remark, ...]
    found: int

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many of each severity, the heaviest first; those without any are left out."""
        all_of = [remark.issue.severity for remark in self.remarks]
        return [(word, all_of.count(key)) for key, word in SEVERITY_WORDS.items() if key in all_of]


def lexicons_of(unit: Unit | None) -> Reader:
    """What a unit's copy is read with: the shipped lexicons, the school's, its exceptions."""
    return reader_for(unit.path if unit else "")


def versions_of(reader: Reader) -> str:
    """The lexicons and their versions in words, the school's own first, for who asks later what a
    text was read with."""
    named = [f"{lexicon.name} {lexicon.version}" for lexicon in reader.lexicons]
    return "、".join(reversed(named))


def read_words(copy: Text | str, reader: Reader, *, today: date) -> list[Remark]:
    """Everything the machine sees in a text, in order of place; `where` only in files."""
    text = copy if isinstance(copy, str) else copy.text
    return [
        Remark(
            number,
            issue,
            "" if isinstance(copy, str) else copy.where_at(issue.start),
            reader.word_of(issue.rule.value, issue.text),
        )
        for number, issue in enumerate(reader.issues(text, today), 1)
    ]


def read_typed(text: str, reader: Reader, *, today: date) -> Reading:
    """The same for a text that is being written: nothing of it is kept."""
    return _reading(Text(Kind.UNKNOWN, text), read_words(text, reader, today=today))


def holds_secret_mark(text: str) -> str:
    """The first 密级 mark of a text as written; blank without any."""
    mark = next(iter(find_secret_marks(text)), None)
    return text[mark.start : mark.end] if mark else ""


def read_copy(copy: Text, *, today: date, path: str = "") -> Reading:
    """Read as copy of the unit at `path`; the first `MOST_SHOWN` remarks."""
    return _reading(copy, read_words(copy, reader_for(path), today=today))


def _reading(copy: Text, remarks: Sequence[Remark]) -> Reading:
    shown = tuple(remarks[:MOST_SHOWN])
    return Reading(copy, tuple(pieces_of(copy.text, shown)), shown, len(remarks))


def pieces_of(text: str, remarks: Sequence[Remark]) -> Iterator[Piece]:
    """The whole text in order, cut wherever a remark begins or ends."""
    ends = {edge for remark in remarks for edge in (remark.issue.start, remark.issue.end)}
    edges = sorted(ends | {0, len(text)})
    for start, end in pairwise(edges):
        over = [one for one in remarks if one.issue.start <= start and end <= one.issue.end]
        ending = tuple(one for one in over if one.issue.end == end)
        yield Piece(text[start:end], _heaviest(over), ending)


def _heaviest(remarks: Iterable[Remark]) -> str:
    severities = [remark.issue.severity for remark in remarks]
    return min(severities, key=WEIGHT.__getitem__).value if severities else ""
