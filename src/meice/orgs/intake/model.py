"""What is known (snapshot) and what an import would do (plan): frozen, without the database."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit in reach of the importer; `parent` its parent's id, None for the topmost."""

    pk: int
    name: str
    parent: int | None
    path: str
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = "other"
    phone: str = ""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """An account; `manageable` when the importer may write it, `why` otherwise."""

    pk: int
    username: str
    name: str
    mobile: str = ""
    email: str = ""
    is_active: bool = True
    manageable: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post held now."""

    username: str
    unit: int
    role: str
    is_permanent: bool = True
    is_student: bool = False
    teacher: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything an import is compared with. `people` and posts are keyed by lower 工号."""

    home: int
    units: tuple[KnownUnit, ...] = ()
    people: Mapping[str, KnownPerson] = field(default_factory=dict)
    posts: tuple[KnownPost, ...] = ()
    importer: str = ""


class Effect(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell and how to mend it."""

    address: str
    column: str
    found: str
    message: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the sheet: its number, effect, values, changes (label, old, new) and faults.

    `deed` is what applying does: a mapping that only `actions.intake` reads.
    """

    number: int
    effect: Effect
    title: str
    note: str
    changes: tuple[tuple[str, str, str], ...] = ()
    faults: tuple[Fault, ...] = ()
    deed: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows, in the order of the sheet."""

    rows: tuple[PlannedRow, ...]

    def count(self, effect: Effect) -> int:
        """Rows of one effect."""
        return sum(row.effect is effect for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """Rows by effect, for the page and the result."""
        return {effect.value: self.count(effect) for effect in Effect}

    @property
    def faults(self) -> list[Fault]:
        """All faults, in the order of the sheet."""
        return [fault for row in self.rows for fault in row.faults]

    @property
    def digest(self) -> str:
        """Two plans with the same digest do the same: what was seen is what is applied."""
        text = repr([(row.number, row.effect.value, row.deed) for row in self.rows])
        return hashlib.sha256(text.encode()).hexdigest()
