"""导入预览: what a list of who was there would change, row by row. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from meice.orgs.intake.columns import letter, plain

HEAD_WITHIN = 15
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "username": ("工号", "职工号", "教工号", "学号", "学工号", "人员编号"),
    "name": ("姓名", "名字", "人员姓名", "参训人员", "参会人员", "签到人"),
    "unit": ("单位", "部门", "所在单位", "单位名称", "学院"),
    "presence": ("到会", "是否到会", "签到", "签到情况", "出席", "出勤", "到会情况", "状态"),
}
WORDS: Mapping[str, str] = {
    **dict.fromkeys(
        ("到会", "是", "到", "已到", "已签到", "出席", "参加", "√", "✓", "1"), "present"
    ),
    **dict.fromkeys(("缺席", "否", "未到", "未签到", "缺勤", "旷会", "×", "✗", "0"), "absent"),
    **dict.fromkeys(("请假", "事假", "病假", "公假", "公出"), "excused"),
}
LABELS = {"present": "到会", "absent": "缺席", "excused": "请假", "expected": "未登记"}
_NAMES = {plain(name): key for key, names in HEADINGS.items() for name in names}


class RowAct(StrEnum):
    """What becomes of a row."""

    CHANGE = "change"
    SAME = "same"
    FAULT = "fault"

    @property
    def label(self) -> str:
        """In words."""
        return {"change": "登记", "same": "没有变化", "fault": "有错，不导入"}[self]


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody on the list of the session; `units` are the names her unit is known by."""

    person: int
    username: str
    name: str
    presence: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """One row of the sheet; `number` counts as the spreadsheet does."""

    number: int
    act: RowAct
    name: str
    unit: str
    person: int = 0
    presence: str = ""
    former: str = ""
    fault: str = ""

    @property
    def words(self) -> str:
        """`未登记 → 到会`."""
        if self.act is not RowAct.CHANGE:
            return LABELS.get(self.presence, "")
        return f"{LABELS[self.former]} → {LABELS[self.presence]}"


def find_head(rows: Sequence[Sequence[str]]) -> int:
    """The row of headings within the first fifteen; -1 when none names a person."""
    for at, row in enumerate(rows[:HEAD_WITHIN]):
        if {"name", "username"} & known_columns(row).keys():
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


def plan_attendance(
    grid: Sequence[Sequence[str]], head_row: int, mapping: Mapping[str, int], asked: Sequence[Asked]
) -> list[Planned]:
    """Every row below the headings that names anybody."""
    planned: list[Planned] = []
    seen: dict[int, int] = {}
    for number, row in enumerate(grid[head_row:], head_row + 1):
        text = {key: row[at].strip() if 0 <= at < len(row) else "" for key, at in mapping.items()}
        if text.get("name") or text.get("username"):
            planned.append(_plan(number, text, mapping, asked, seen))
    return planned


def _plan(
    number: int, text: Mapping[str, str], mapping: Mapping[str, int], asked: Sequence[Asked],
    seen: dict[int, int],
) -> Planned:  # fmt: skip
    name, unit = text.get("name", ""), text.get("unit", "")

    def fault(words: str) -> Planned:
        return Planned(number, RowAct.FAULT, name or text.get("username", ""), unit, fault=words)

    found = _matching(asked, text)
    if not found:
        return fault("不在这场培训的名单里；要算上，先在名单里「加人」。")
    if len(found) > 1:
        return fault(f"名单里有 {len(found)} 个「{name}」，请写工号或单位。")
    one = found[0]
    if one.person in seen:
        return fault(f"第 {seen[one.person]} 行已有这个人。")
    seen[one.person] = number
    said = text.get("presence", "")
    presence = WORDS.get(plain(said), "") if "presence" in mapping else "present"
    if not said and "presence" in mapping:
        return Planned(number, RowAct.SAME, one.name, unit, one.person, one.presence)
    if not presence:
        cell = f"{letter(mapping['presence'])}{number}"
        return fault(f"{cell}「{said[:20]}」认不出。写到会、缺席或请假。")
    act = RowAct.SAME if presence == one.presence else RowAct.CHANGE
    return Planned(number, act, one.name, unit, one.person, presence, one.presence)


def _matching(asked: Sequence[Asked], text: Mapping[str, str]) -> list[Asked]:
    """By 工号 where it is written, else by name, and by unit where there are two of a name."""
    username, name = text.get("username", "").lower(), plain(text.get("name", ""))
    if username:
        return [one for one in asked if one.username.lower() == username]
    found = [one for one in asked if plain(one.name) == name]
    unit = plain(text.get("unit", ""))
    if len(found) > 1 and unit:
        return [one for one in found if unit in map(plain, one.units)]
    return found
