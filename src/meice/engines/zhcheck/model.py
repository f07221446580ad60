"""What the checker says and what it knows: issues out; terms, lexicons and one copy in.

Offsets are code points of the text that was given, `end` exclusive.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from meice.engines.marks import fold_widths


class Severity(StrEnum):
    """`block` must be mended or waived, `warn` must be looked at, `hint` is said once a text."""

    BLOCK = "block"
    WARN = "warn"
    HINT = "hint"


SEVERITY_WORDS = {Severity.BLOCK: "必须处理", Severity.WARN: "提醒", Severity.HINT: "建议"}
"""How people read a severity, the gravest first."""


class Rule(StrEnum):
    """The rules by the names of `meice proof --json`; they change only with a major version."""

    WORDING = "wording"
    TITLE = "title"
    TERM = "term"
    ID_CARD = "id-card"
    MOBILE = "mobile"
    BANK_CARD = "bank-card"
    STUDENT_NUMBER = "student-number"
    EMAIL = "email"
    SECRET_MARK = "secret-mark"  # noqa: S105 (a rule name)
    SECRET_WORD = "secret-word"  # noqa: S105 (a rule name)
    SOURCE_MISSING = "source-missing"
    SOURCE_UNLISTED = "source-unlisted"
    AI_UNDECLARED = "ai-undeclared"
    PUNCTUATION = "punctuation"
    PAIRS = "pairs"
    NUMERAL = "numeral"
    REPEATED = "repeated"
    TYPO = "typo"
    DATE_WEEKDAY = "date-weekday"


@dataclass(frozen=True, slots=True)
class Issue:
    """`text[start:end]` is wrong or to be looked at.

    `suggestion` is what could stand there instead (None: nobody but the author can say), `source`
    the document the rule comes from.
    """

    rule: Rule
    severity: Severity
    start: int
    end: int
    text: str
    message: str
    suggestion: str | None
    source: str

    @property
    def sentence(self) -> str:
        """The message with the words it is about, said once."""
        quoted = f"“{self.text}”"
        return self.message if self.message.startswith(quoted) else f"{quoted}{self.message}"


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a lexicon: a word that should not stand, or not so.

    `rule` is wording, title, term or typo. Inside one of `protects` (longer correct phrases) the
    word is no hit. The dates are the first and the last day on which the entry holds.
    """

    word: str
    rule: Rule
    severity: Severity
    replacement: str | None
    message: str
    source: str
    valid_from: date | None = None
    valid_until: date | None = None
    protects: tuple[str, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Tell whether the entry is in force on that day."""
        return _holds(self.valid_from, self.valid_until, day)


@dataclass(frozen=True, slots=True)
class Office:
    """A person, the office held, and the place in the order of naming (1 is named first)."""

    person: str
    title: str
    unit: str
    order: int
    source: str
    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the person holds the office on that day."""
        return _holds(self.valid_from, self.valid_until, day)


@dataclass(frozen=True, slots=True)
class WhiteList:
    """Subjects from whom may be reposted (稿源单位), as of a date."""

    subjects: tuple[str, ...]
    dated: date
    source: str


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """How the school writes one kind of number (学号, 工号): a regular expression of digits."""

    label: str
    pattern: str
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """One list with its version. Compared and hashed by identity: a matcher is cached for it.

    `exceptions` are phrases that protect whatever stands inside them, for every term of every
    lexicon given. `ai_words` are traces of generated text (`作为人工智能语言模型`),
    `ai_declarations` phrases that declare it (`人工智能辅助生成`).
    """

    name: str
    version: str
    terms: tuple[Term, ...] = ()
    exceptions: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    white_list: WhiteList | None = None
    number_patterns: tuple[NumberPattern, ...] = ()
    ai_words: tuple[str, ...] = ()
    ai_declarations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A term at `text[start:end]` of the original text, however it was written there."""

    term: Term
    start: int
    end: int


def _no_hits(_text: str) -> list[Hit]:
    return []


@dataclass(frozen=True)
class Copy:
    """What a rule gets: the text, the lexicons, the day, and what several rules need, read once.

    `find` gives the hits of all terms (`Matcher.find` of a matcher built from the lexicons).
    """

    text: str
    lexicons: tuple[Lexicon, ...]
    today: date
    find: Callable[[str], list[Hit]] = field(default=_no_hits)

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """All hits of terms that hold today, in order."""
        return tuple(hit for hit in self.find(self.text) if hit.term.holds_on(self.today))

    @cached_property
    def folded(self) -> str:
        """The text with full-width digits and their company as ASCII; same length, same offsets."""
        return fold_widths(self.text)

    @cached_property
    def exceptions(self) -> frozenset[str]:
        """The protecting phrases of all lexicons."""
        return frozenset(phrase for lexicon in self.lexicons for phrase in lexicon.exceptions)

    def issue(
        self,
        rule: Rule,
        severity: Severity,
        span: tuple[int, int],
        message: str,
        *,
        suggestion: str | None = None,
        source: str,
    ) -> Issue:
        """An issue at `span` (start, end) with the text that stands there."""
        start, end = span
        found = self.text[start:end]
        return Issue(rule, severity, start, end, found, message, suggestion, source)


def _holds(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)
