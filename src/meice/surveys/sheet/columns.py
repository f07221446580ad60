"""The columns of the sheet as people edit them: what each holds, which words it takes.

Titles and keys are the engine's (`engines.annexes.columns`); rows stand where the written `.xls`
has them (`first_line`, proved by a test that writes one).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from meice.engines.annexes.columns import (
    BASIC_COLUMNS,
    FILING_COLUMNS,
    FILING_KINDS,
    NOTHING_WRONG,
    Column,
)
from meice.engines.annexes.model import Annex, cell_name
from meice.engines.annexes.typed import FIRST_LINE
from meice.engines.outlets import PLATFORMS
from meice.surveys.rows.texts import CHANGED, SHEET_COLUMNS


class Holds(StrEnum):
    """How a column is typed, folded and chosen."""

    NUMBER = "number"  # 序号: computed
    TEXT = "text"
    PERSON = "person"
    PLATFORM = "platform"
    PROBLEMS = "problems"  # several, joined by 、
    RECTIFIED = "rectified"
    ANSWER = "answer"  # 是 / 否
    MOBILE = "mobile"
    PHONE = "phone"  # a landline or an extension will do
    DATE = "date"
    FILING_KIND = "filing_kind"


PROBLEMS = (
    NOTHING_WRONG,
    "无更新",
    "信息发布不准确",
    "互动回应不及时",
    "运维管理不规范",
    "审核机制不健全",
    "与认证身份不符",
)
PROBLEM_ALIASES: Mapping[str, str] = {
    "长期不更新": "无更新",
    "未更新": "无更新",
    "不更新": "无更新",
    "信息不准确": "信息发布不准确",
    "发布不准确": "信息发布不准确",
    "互动不及时": "互动回应不及时",
    "回应不及时": "互动回应不及时",
    "运维不规范": "运维管理不规范",
    "管理不规范": "运维管理不规范",
    "审核不健全": "审核机制不健全",
    "内容与认证身份不符": "与认证身份不符",
    "身份不符": "与认证身份不符",
}
PLATFORM_NAMES = tuple(platform.name for platform in PLATFORMS)
CHOICES: Mapping[Holds, tuple[str, ...]] = {
    Holds.PLATFORM: PLATFORM_NAMES,
    Holds.PROBLEMS: PROBLEMS,
    Holds.RECTIFIED: ("是", "否", "-"),
    Holds.ANSWER: ("是", "否"),
    Holds.FILING_KIND: FILING_KINDS,
}
HELD: Mapping[str, Holds] = {
    "number": Holds.NUMBER,
    "kind": Holds.PLATFORM,
    "problems": Holds.PROBLEMS,
    "rectified": Holds.RECTIFIED,
    "interactive": Holds.ANSWER,
    "has_review_system": Holds.ANSWER,
    "outsourced": Holds.ANSWER,
    "responsible_name": Holds.PERSON,
    "responsible_mobile": Holds.MOBILE,
    "opened_on": Holds.DATE,
    "leader": Holds.PERSON,
    "reviewer": Holds.PERSON,
    "operator": Holds.PERSON,
    "operator_phone": Holds.PHONE,
    "filing_kind": Holds.FILING_KIND,
}
SHORT: Mapping[str, str] = {
    "name": "账号（网站）名称",
    "problems": "问题排查情况",
    "rectified": "是否整改",
    "interactive": "互动功能",
    "has_review_system": "审核制度",
    "outsourced": "委托运营",
}
MAX_TEXT = 400


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: `place` counts from 0, `titles` are the headings that a paste is known by."""

    key: str
    title: str
    short: str
    holds: Holds
    place: int
    titles: tuple[str, ...]

    @property
    def letter(self) -> str:
        """A, B, … as a spreadsheet calls it."""
        return cell_name(0, self.place)[:-1]

    @property
    def choices(self) -> tuple[str, ...]:
        """The words of its list; empty where any text will do."""
        return CHOICES.get(self.holds, ())

    @property
    def is_computed(self) -> bool:
        """序号 is counted, never typed."""
        return self.holds is Holds.NUMBER

    @property
    def is_phone(self) -> bool:
        """A number that not everybody may read."""
        return self.holds in (Holds.MOBILE, Holds.PHONE)


def _column(place: int, column: Column) -> SheetColumn:
    holds = HELD.get(column.key, Holds.TEXT)
    short = SHORT.get(column.key, column.title)
    return SheetColumn(
        column.key, column.title, short, holds, place, (column.title, *column.aliases)
    )


@dataclass(frozen=True, slots=True)
class Grid:
    """An annex that is edited as a sheet; `first_line` is the number of its first row in the
    written `.xls`, counted from 1."""

    annex: Annex
    name: str
    first_line: int
    columns: tuple[SheetColumn, ...]

    def column(self, key: str) -> SheetColumn | None:
        """The column of a key, or None."""
        return next((column for column in self.columns if column.key == key), None)

    @property
    def typed(self) -> tuple[SheetColumn, ...]:
        """The columns that take text."""
        return tuple(column for column in self.columns if not column.is_computed)


def _grid(annex: Annex, name: str, columns: tuple[Column, ...]) -> Grid:
    lettered = tuple(_column(place, column) for place, column in enumerate(columns))
    return Grid(annex, name, FIRST_LINE[annex] + 1, lettered)


GRIDS: Mapping[Annex, Grid] = {
    Annex.BASIC: _grid(Annex.BASIC, "基本情况", BASIC_COLUMNS),
    Annex.FILINGS: _grid(Annex.FILINGS, "备案汇总", FILING_COLUMNS),
}
"""The annexes that are a table on the screen."""


def _form_column(place: int, key: str, title: str) -> SheetColumn:
    part = key.rpartition(".")[2]
    holds = {"phone": Holds.PHONE, "opened_on": Holds.DATE, "filing_kind": Holds.FILING_KIND}
    is_person = part == "name" and "." in key
    held = Holds.PERSON if is_person else holds.get(part, Holds.TEXT)
    return SheetColumn(key, title, title, held, place, (title,))


def _form() -> Grid:
    """Annex 3: a labelled cell each, then what each said before (`changed:` keys)."""
    items = [(column.key, column.title) for column in SHEET_COLUMNS[Annex.FILING]]
    items += [(f"{CHANGED}{key}", f"{title}（原来）") for key, title in items]
    cells = tuple(_form_column(place, *item) for place, item in enumerate(items))
    return Grid(Annex.FILING, "备案登记", 1, cells)


EDITED: Mapping[Annex, Grid] = {**GRIDS, Annex.FILING: _form()}
"""Everything whose cells people write: the tables, and the forms of annex 3."""
