"""The shipped library as data: `library.toml`, read and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from meice.regulations.cutting import article_of
from meice.regulations.models import Trust

LIBRARY = Path(__file__).with_name("library.toml")


@dataclass(frozen=True, slots=True)
class ShippedClause:
    """One clause in our own short words."""

    key: str
    number: str
    text: str
    trust: Trust
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShippedDocument:
    """One document with its clauses, in the order of the file."""

    key: str
    title: str
    trust: Trust
    number: str = ""
    issuer: str = ""
    note: str = ""
    issued_on: date | None = None
    in_force_on: date | None = None
    valid_until: date | None = None
    clauses: tuple[ShippedClause, ...] = ()


@cache
def shipped() -> tuple[ShippedDocument, ...]:
    """All documents that come with Meice. `ValueError` for a number that makes no key."""
    with LIBRARY.open("rb") as stream:
        rows = tomllib.load(stream)["document"]
    return tuple(_document(row) for row in rows)


def _document(row: Mapping[str, Any]) -> ShippedDocument:
    clauses = tuple(_clause(row["key"], each) for each in row.get("clause", ()))
    plain = {key: value for key, value in row.items() if key not in ("clause", "trust")}
    return ShippedDocument(**plain, trust=Trust(row["trust"]), clauses=clauses)


def _clause(document: str, row: Mapping[str, Any]) -> ShippedClause:
    return ShippedClause(
        key=clause_key(document, row.get("key") or article_of(row["number"])),
        number=row["number"],
        text=row["text"],
        trust=Trust(row["trust"]),
        cited=tuple(row.get("cited", ())),
    )


def clause_key(document: str, part: str) -> str:
    """`net-name/8`."""
    if not part:
        raise ValueError("a clause needs a key or a number with figures")
    return f"{document}/{part}"
