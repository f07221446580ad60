"""The rows of the four forms, their header, and the JSON of each.

Import these from ``meice.engines.annexes.model``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import IntEnum, StrEnum
from typing import Any, Self

from meice.engines.annexes import codec

Json = dict[str, Any]


class Annex(IntEnum):
    """The notice's four forms, by their printed number."""

    BASIC = 1  # 新媒体（网站）基本情况统计表
    COUNTS = 2  # 新媒体（网站）基本情况汇总表
    FILING = 3  # 新媒体（网站）备案登记表
    FILINGS = 4  # 新媒体（网站）备案汇总表


class Rectified(StrEnum):
    """是否整改; NOT_NEEDED exactly when nothing was found wrong (无问题)."""

    YES = "是"
    NO = "否"
    NOT_NEEDED = "-"


class FilingKind(StrEnum):
    """备案类型 as the notice lists them."""

    OPENED = "开设"
    CHANGED = "变更"
    CANCELLED = "注销"


@codec.quick
@dataclass(frozen=True, slots=True)
class Header:
    """The line above (annex 4: below) the table; blank text is "", the date ISO or ""."""

    unit: str = ""
    filled_by: str = ""
    phone: str = ""
    date: str = ""

    def to_json(self) -> Json:
        return codec.json_of(self)

    @classmethod
    def from_json(cls, given: object) -> Self:
        return codec.build(cls, given)


@codec.quick
@dataclass(frozen=True, slots=True)
class BasicRow:
    """One account in annex 1."""

    number: int | None = None
    name: str = ""
    unit: str = ""
    verified_as: str = ""
    kind: str = ""
    problems: tuple[str, ...] = ()
    rectified: Rectified | None = None
    interactive: bool | None = None
    has_review_system: bool | None = None
    outsourced: bool | None = None
    responsible_name: str = ""
    responsible_mobile: str = ""
    note: str = ""

    def to_json(self) -> Json:
        return codec.json_of(self)

    @classmethod
    def from_json(cls, given: object) -> Self:
        return codec.build(
            cls,
            given,
            number=codec.whole,
            problems=codec.texts,
            rectified=codec.maybe(codec.choice(Rectified)),
            interactive=codec.truth,
            has_review_system=codec.truth,
            outsourced=codec.truth,
        )


@codec.quick
@dataclass(frozen=True, slots=True)
class CountRow:
    """One item of annex 2; ``counts`` has the seven columns of ``columns.COUNT_COLUMNS``."""

    item: str = ""
    counts: Mapping[str, int | None] = field(default_factory=dict)
    total: int | None = None
    note: str = ""

    def to_json(self) -> Json:
        return codec.json_of(self)

    @classmethod
    def from_json(cls, given: object) -> Self:
        return codec.build(cls, given, counts=codec.mapping(codec.whole), total=codec.whole)


@codec.quick
@dataclass(frozen=True, slots=True)
class Person:
    """姓名, 职务, 联系电话 as annex 3 asks for them; a phone may be a landline or an extension."""

    name: str = ""
    title: str = ""
    phone: str = ""

    def to_json(self) -> Json:
        return codec.json_of(self)

    @classmethod
    def from_json(cls, given: object) -> Self:
        return codec.build(cls, given)

    def __bool__(self) -> bool:
        return bool(self.name or self.title or self.phone)


@codec.quick
@dataclass(frozen=True, slots=True)
class FilingForm:
    """One annex 3: one account. ``changed`` maps a dotted key to the old text, or to None when
    the cell bears only a mark. Operators are counted as on paper, from 1: ``operators.1.name``."""

    name: str = ""
    account_id: str = ""
    department: str = ""
    verified_as: str = ""
    platform_or_icp: str = ""
    opened_on: str = ""
    followers: str = ""
    frequency: str = ""
    responsible_department: str = ""
    filing_kind: str = ""
    leader: Person = Person()
    reviewer: Person = Person()
    operators: tuple[Person, ...] = ()
    opinion: str = ""
    changed: Mapping[str, str | None] = field(default_factory=dict)

    def to_json(self) -> Json:
        return codec.json_of(self)

    @classmethod
    def from_json(cls, given: object) -> Self:
        return codec.build(
            cls,
            given,
            leader=Person.from_json,
            reviewer=Person.from_json,
            operators=codec.many(Person.from_json),
            changed=_changes,
        )


_CHANGE_KEY = re.compile(r"(?:leader|reviewer|operators\.[1-9]\d?)\.(?:name|title|phone)")
_PLAIN_KEYS = frozenset(each.name for each in fields(FilingForm)) - {
    *("leader", "reviewer", "operators", "changed")
}


def _changes(given: object) -> Mapping[str, str | None]:
    changes = codec.mapping(codec.maybe(codec.text))(given)
    for key in changes:
        if key not in _PLAIN_KEYS and not _CHANGE_KEY.fullmatch(key):
            raise codec.JsonError(
                f"不认识的变更项：{key}。写作 name、leader.phone、operators.1.name（从 1 数起）等。"
            )
    return changes


@codec.quick
@dataclass(frozen=True, slots=True)
class FilingRow:
    """One account in annex 4."""

    number: int | None = None
    name: str = ""
    account_id: str = ""
    department: str = ""
    verified_as: str = ""
    kind: str = ""
    opened_on: str = ""
    leader: str = ""
    reviewer: str = ""
    operator: str = ""
    operator_phone: str = ""
    filing_kind: str = ""

    def to_json(self) -> Json:
        return codec.json_of(self)

    @classmethod
    def from_json(cls, given: object) -> Self:
        return codec.build(cls, given, number=codec.whole)


Row = BasicRow | CountRow | FilingForm | FilingRow
ROW_TYPES: Mapping[Annex, type[BasicRow] | type[CountRow] | type[FilingForm] | type[FilingRow]] = {
    Annex.BASIC: BasicRow,
    Annex.COUNTS: CountRow,
    Annex.FILING: FilingForm,
    Annex.FILINGS: FilingRow,
}
