"""A version as bytes: written once when it is compiled, read by every process that checks copy.

Column by column, as JSON under zlib: 100,000 entries are read in a fraction of a second.
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import repeat
from typing import Any

from meice.engines.zhcheck import (
    WORDS,
    Entry,
    Lexicon,
    ListKind,
    Rule,
    Severity,
    Term,
    default_message,
    lexicon_of,
)

FORMAT = 1


def pack(entries: Iterable[Entry]) -> bytes:
    """The entries of a version."""
    columns: list[list[Any]] = [[] for _ in range(10)]
    for entry in entries:
        row = (
            entry.word, entry.right, entry.severity.value, entry.message, entry.source,
            _iso(entry.valid_from), _iso(entry.valid_until), list(entry.protects), entry.unit,
            entry.order,
        )  # fmt: skip
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    packed = [{"each": columns[0]}, *map(_packed, columns[1:])]
    text = json.dumps({"format": FORMAT, "columns": packed}, ensure_ascii=False)
    return zlib.compress(text.encode(), 1)


def unpack(content: bytes) -> list[Entry]:
    """The entries again."""
    return [Entry(*row) for row in zip(*_columns(content), strict=True)]


def read(content: bytes, name: str, kind: str, number: int, dated: date | None) -> Lexicon:
    """The engine's lexicon of a version. Words go straight into terms: there may be many."""
    if ListKind(kind) in WORDS:
        return Lexicon(name, str(number), terms=_terms(Rule(kind), _columns(content)))
    return lexicon_of(name, str(number), ListKind(kind), unpack(content), dated=dated)


def _terms(rule: Rule, columns: list[Sequence[Any]]) -> tuple[Term, ...]:
    """As `lexicon_of`, column by column."""
    words, rights, severities, messages, sources, first, last, protects, *_ = columns
    said = [
        message or default_message(word, right)
        for word, right, message in zip(words, rights, messages, strict=True)
    ]
    replacements = [right or None for right in rights]
    return tuple(
        map(
            Term,
            words,
            repeat(rule),
            severities,
            replacements,
            said,
            sources,
            first,
            last,
            protects,
        )
    )


def _columns(content: bytes) -> list[Sequence[Any]]:
    found = json.loads(zlib.decompress(content))
    size = len(found["columns"][0]["each"])
    columns = [_unpacked(column, size) for column in found["columns"]]
    severities = {severity.value: severity for severity in Severity}
    columns[2] = [severities[value] for value in columns[2]]
    columns[5], columns[6] = [_days(column) for column in columns[5:7]]
    columns[7] = [tuple(value) if value else () for value in columns[7]]
    return columns


def _packed(column: list[Any]) -> dict[str, Any]:
    """A column whose values are all the same is written once; the words never are."""
    if len(column) > 1 and all(value == column[0] for value in column):
        return {"all": column[0]}
    return {"each": column}


def _unpacked(column: dict[str, Any], size: int) -> Sequence[Any]:
    return column["each"] if "each" in column else [column["all"]] * size


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _days(column: Sequence[str]) -> Sequence[date | None]:
    if not any(column):
        return [None] * len(column)
    return [date.fromisoformat(text) if text else None for text in column]
