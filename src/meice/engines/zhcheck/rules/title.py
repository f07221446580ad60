"""Persons, their offices and the order in which they are named, from the tables of offices.

Two things are looked at inside one sentence: the title next to a name, and the order of names
that follow one another with nothing between but titles and marks of enumeration.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from meice.engines.zhcheck.model import Copy, Issue, Lexicon, Office, Rule, Severity

_SENTENCE = re.compile(r"[^。！？!?；;\r\n]+")
_PAST = re.compile(r"(?:原|前|时任|曾任|拟任)(?:校|学校|学院)?\Z")
_LONGER = re.compile(r"助理|办公室|办公会|信箱|热线|们")  # 校长助理 is no 校长
_BETWEEN = re.compile(r"[\s、，,和及与以]*")
_TITLE_REACH, _ORDER_REACH = 30, 60  # characters looked at beside a name, between two names
_OUT_OF_PLACE = "与任职表不符，请核对人名和职务"


@dataclass(frozen=True, slots=True)
class _Table:
    """The offices in force: by person, and patterns for all persons and all titles."""

    held: dict[str, tuple[Office, ...]]
    persons: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    spoken: re.Pattern[str]

    def order(self, person: str) -> int:
        """The place in which a person is named: the first of all offices held."""
        return min(office.order for office in self.held[person])


def check(copy: Copy) -> Iterator[Issue]:
    """Yield titles that a person does not hold, and persons named out of order."""
    table = _table(copy.lexicons, copy.today)
    if table is None or table.persons.search(copy.text) is None:
        return
    for sentence in _SENTENCE.finditer(copy.text):
        span = sentence.span()
        named = list(table.persons.finditer(copy.text, *span))
        for person in named:
            yield from _wrong_title(copy, table, person, span)
        for first, second in pairwise(named):
            yield from _wrong_order(copy, table, first, second)


@lru_cache(maxsize=8)
def _table(lexicons: tuple[Lexicon, ...], today: date) -> _Table | None:
    offices = [o for lexicon in lexicons for o in lexicon.offices if o.holds_on(today)]
    if not offices:
        return None
    held: dict[str, tuple[Office, ...]] = {}
    for office in offices:
        held[office.person] = (*held.get(office.person, ()), office)
    parts = {part for office in offices for part in office.title.split("、")}
    titles, units = _any(parts), _any({office.unit for office in offices if office.unit})
    return _Table(
        held=held,
        persons=re.compile(_any(held)),
        before=re.compile(rf"(?P<title>副?(?:{titles}))[\s“”]*\Z"),
        after=re.compile(rf"(?P<title>副?(?:{titles}))(?!{_LONGER.pattern})"),
        spoken=re.compile(rf"(?:{units})?副?(?:{titles})"),
    )


def _any(words: Collection[str]) -> str:
    """An alternation, the longest first; never an empty one."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, ordered)) or r"(?!)"


def _wrong_title(
    copy: Copy, table: _Table, person: re.Match[str], sentence: tuple[int, int]
) -> Iterator[Issue]:
    found = _title_beside(copy.text, table, person, sentence)
    offices = table.held[person[0]]
    if found is None or any(_is_held(found["title"], office) for office in offices):
        return
    office = offices[0]
    before = found.start() < person.start()
    start, end = min(found.start(), person.start()), max(found.end("title"), person.end())
    suggestion = office.title + person[0] if before else person[0] + office.title
    message = f"{person[0]}现任{'、'.join(each.title for each in offices)}，{_OUT_OF_PLACE}"
    yield copy.issue(
        Rule.TITLE,
        Severity.WARN,
        (start, end),
        message,
        suggestion=suggestion,
        source=office.source,
    )


def _title_beside(
    text: str, table: _Table, person: re.Match[str], sentence: tuple[int, int]
) -> re.Match[str] | None:
    """The title right before the name, else right after it; none that is said to be of the past."""
    reach = max(sentence[0], person.start() - _TITLE_REACH)
    before = table.before.search(text, reach, person.start())
    if before is None:
        return table.after.match(text, person.end(), sentence[1])
    is_past = _PAST.search(text, max(0, before.start() - len("时任学校")), before.start())
    return None if is_past else before


def _is_held(title: str, office: Office) -> bool:
    """Tell whether a title names an office; short forms count (院长 for 文学院院长), 校长 for
    副校长 does not."""
    for part in office.title.split("、"):
        rest = part.removesuffix(title)
        if title == part or (rest != part and not rest.endswith("副")):
            return True
    return False


def _wrong_order(
    copy: Copy, table: _Table, first: re.Match[str], second: re.Match[str]
) -> Iterator[Issue]:
    between = copy.text[first.end() : second.start()]
    if first[0] == second[0] or len(between) > _ORDER_REACH:
        return
    is_list = _BETWEEN.fullmatch(table.spoken.sub("", between))
    if is_list and table.order(first[0]) > table.order(second[0]):
        yield copy.issue(
            Rule.TITLE,
            Severity.WARN,
            (first.start(), second.end()),
            f"按任职表的排序，{second[0]}应在{first[0]}之前",
            source=table.held[second[0]][0].source,
        )
