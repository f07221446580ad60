"""导入预览: what an existing list of devices would do, row by row. No database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from meice.compliance.models import DeviceKind
from meice.compliance.secret import secret_in
from meice.orgs.intake.columns import letter, plain

HEAD_WITHIN = 15
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "asset_number": ("资产编号", "编号", "固定资产编号", "设备编号", "资产号"),
    "name": ("设备", "设备名称", "名称", "型号", "品牌型号", "设备型号"),
    "kind": ("类型", "设备类型", "类别"),
    "unit": ("使用单位", "单位", "部门", "所属单位", "使用部门"),
    "custodian": ("保管人", "使用人", "责任人", "保管人姓名", "领用人"),
    "purpose": ("用途", "使用用途", "主要用途"),
    "place": ("放置地点", "地点", "存放地点", "位置", "房间"),
    "note": ("备注", "说明"),
}
REQUIRED = ("asset_number", "name", "custodian")
KINDS: Mapping[str, str] = {kind.label: kind.value for kind in DeviceKind} | {
    "电脑": "desktop", "计算机": "desktop", "微机": "desktop", "台式电脑": "desktop",
    "笔记本电脑": "laptop", "便携机": "laptop", "平板电脑": "tablet", "智能手机": "phone",
}  # fmt: skip
DEFAULT_PURPOSE = "新媒体审核、发布"
LONGEST = {"asset_number": 60, "name": 120, "custodian": 60, "purpose": 200, "place": 100}
_NAMES = {plain(name): key for key, names in HEADINGS.items() for name in names}


class RowAct(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGE = "change"
    SAME = "same"
    FAULT = "fault"

    @property
    def label(self) -> str:
        """In words."""
        return {"new": "新增", "change": "修改", "same": "没有变化", "fault": "有错，不导入"}[self]


@dataclass(frozen=True, slots=True)
class DeviceWords:
    """A device as a list writes it."""

    asset_number: str
    name: str
    kind: str
    purpose: str
    custodian: str
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """One row of the sheet; `number` counts as the spreadsheet does."""

    number: int
    act: RowAct
    unit: int
    words: DeviceWords
    faults: tuple[str, ...] = ()
    known: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the plan is made from: the units by any name, devices by (unit, asset number)."""

    home: int
    units: Mapping[str, int]
    devices: Mapping[tuple[int, str], tuple[int, DeviceWords]] = field(default_factory=dict)


def find_head(rows: Sequence[Sequence[str]]) -> int:
    """The row of headings within the first fifteen; -1 when none has what is required."""
    for at, row in enumerate(rows[:HEAD_WITHIN]):
        if set(REQUIRED) <= known_columns(row).keys():
            return at
    return -1


def known_columns(row: Sequence[str]) -> dict[str, int]:
    """Which column is what; the first of two that say the same counts."""
    found: dict[str, int] = {}
    for at, text in enumerate(row):
        key = _NAMES.get(plain(text))
        if key:
            found.setdefault(key, at)
    return found


def plan_devices(
    grid: Sequence[Sequence[str]], head_row: int, mapping: Mapping[str, int], reading: Reading
) -> list[Planned]:
    """Every row below the headings that holds anything."""
    planned: list[Planned] = []
    seen: dict[tuple[int, str], int] = {}
    for number, row in enumerate(grid[head_row:], head_row + 1):
        if any(cell.strip() for cell in row):
            planned.append(_plan(number, row, mapping, reading, seen))
    return planned


def _plan(
    number: int, row: Sequence[str], mapping: Mapping[str, int], reading: Reading,
    seen: dict[tuple[int, str], int],
) -> Planned:  # fmt: skip
    text = {key: row[at].strip() if 0 <= at < len(row) else "" for key, at in mapping.items()}
    words = _words(text)
    unit = reading.units.get(plain(text.get("unit", "")), 0) if text.get("unit") else reading.home
    faults = list(_faults(number, text, mapping, unit))
    place = (unit, words.asset_number)
    if place in seen and words.asset_number:
        faults.append(f"第 {seen[place]} 行已有同一资产编号。")
    seen.setdefault(place, number)
    if faults:
        return Planned(number, RowAct.FAULT, unit, words, tuple(faults))
    known = reading.devices.get(place)
    if known is None:
        return Planned(number, RowAct.NEW, unit, words)
    act = RowAct.SAME if known[1] == words else RowAct.CHANGE
    return Planned(number, act, unit, words, known=known[0])


def _words(text: Mapping[str, str]) -> DeviceWords:
    return DeviceWords(
        asset_number=text.get("asset_number", ""),
        name=text.get("name", ""),
        kind=KINDS.get(text.get("kind", ""), DeviceKind.OTHER.value),
        purpose=text.get("purpose", "") or DEFAULT_PURPOSE,
        custodian=text.get("custodian", ""),
        place=text.get("place", ""),
        note=text.get("note", "")[:300],
    )


def _faults(
    number: int, text: Mapping[str, str], mapping: Mapping[str, int], unit: int
) -> Iterable[str]:
    where = {key: f"{letter(at)}{number}" for key, at in mapping.items()}
    for key in REQUIRED:
        if not text.get(key):
            yield f"{where.get(key, '')} 「{HEADINGS[key][0]}」没有填。"
    if text.get("unit") and not unit:
        yield f"{where['unit']} 没有「{text['unit'][:40]}」这个单位，或者不归你管。"
    for key, longest in LONGEST.items():
        if len(text.get(key, "")) > longest:
            yield f"{where[key]} 太长，最多 {longest} 个字。"
    for key, words in text.items():
        if secret_in(words):
            yield f"{where[key]} 看起来是口令或密钥，系统不存，请从表里删去。"
