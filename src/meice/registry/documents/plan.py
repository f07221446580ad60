"""What an import of a ledger would do, row by row: read, matched, compared. Writes nothing."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from meice.engines.marks import mask_mobile, mobile_digits
from meice.engines.outlets import identify, platform_named
from meice.orgs.intake.columns import letter
from meice.orgs.intake.model import Fault
from meice.orgs.intake.reading import NO, YES, UnitIndex
from meice.registry import entry as entries
from meice.registry.documents.columns import EXTRA, NUMBER, PROBLEMS, RECTIFIED, is_no_data
from meice.registry.entry import ITEM_BY_KEY, Change, Entry, Shape, Value
from meice.registry.models import Holder, OutletStatus, RowAct

NO_PROBLEM = ("", "无", "无问题", "-", "－", "/")
DASHES = {"－": "-", "—": "-", "/": "-", "": "-"}
NEW_VALUES: Entry = {"holder": Holder.UNIT.value, "status": "in_use", "publishes": True}
MISSING = "没有填。"


@dataclass(frozen=True, slots=True)
class Known:
    """An outlet of the register in reach: its entry and self-found problems, by its key."""

    pk: int
    number: str
    version: int
    entry: Entry
    problems: str
    rectified: str


@dataclass(frozen=True, slots=True)
class Planned:
    """One line: what it does, to which outlet, with which values."""

    line: int
    act: RowAct
    title: str
    outlet: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()
    note: str = ""
    problems: str | None = None
    rectified: str = ""
    shown: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerPlan:
    """All lines in order; `digest` is the same for plans that do the same."""

    rows: tuple[Planned, ...]

    def count(self, act: RowAct) -> int:
        """Lines of one act."""
        return sum(row.act == act for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """Lines by act."""
        return {act.value: self.count(act) for act in RowAct}

    @property
    def faults(self) -> list[Fault]:
        """All faults in the order of the sheet."""
        return [fault for row in self.rows for fault in row.faults]

    @property
    def digest(self) -> str:
        """What was previewed is what is applied."""
        parts = [
            (r.line, r.act.value, r.outlet, sorted(r.values.items()), r.problems) for r in self.rows
        ]
        return hashlib.sha256(repr(parts).encode()).hexdigest()


class LedgerReader:
    """Reads the rows of one grid against what is known."""

    def __init__(
        self,
        grid: Sequence[Sequence[str]],
        head_row: int,
        mapping: Mapping[str, int],
        *,
        known: Sequence[Known],
        units: UnitIndex,
        home: int,
        today: date,
    ) -> None:
        self.grid, self.head_row, self.mapping = grid, head_row, mapping
        self.units, self.home, self.today = units, home, today
        self.by_pk = {one.pk: one for one in known}
        self.by_number = {one.number: one for one in known}
        self.by_identity = self._identities(known)
        self.seen: dict[tuple[Value, ...], int] = {}

    def plan(self) -> LedgerPlan:
        """Every line that holds anything."""
        rows = []
        for at, cells in enumerate(self.grid[self.head_row :], self.head_row + 1):
            row = _Row(at, cells, self.mapping)
            if not is_no_data(cells, row.text("name")):
                rows.append(self._read(row))
        return LedgerPlan(tuple(rows))

    @staticmethod
    def _identities(known: Iterable[Known]) -> dict[tuple[Value, ...], list[Known]]:
        found: dict[tuple[Value, ...], list[Known]] = {}
        for one in known:
            for key in _keys(one.entry):
                found.setdefault(key, []).append(one)
        return found

    def _read(self, row: "_Row") -> Planned:
        values = self._values(row)
        problems, rectified = _problems(row)
        one = None if row.faults else self._match(row, values)
        title = row.text("name") or f"第 {row.number} 行"
        if one is None and not row.faults:
            values = {**NEW_VALUES, **values}
            self._judge(row, values)
        elif one is not None:
            self._judge(row, {**one.entry, **values})
        self._once(row, values, one)
        if row.faults:
            return Planned(row.number, RowAct.FAULT, title, faults=tuple(row.faults))
        if one is None:
            changes = tuple(entries.differences({}, values))
            return Planned(
                row.number, RowAct.NEW, title, None, values, changes, (), "", problems, rectified
            )
        return self._compare(row, title, one, values, problems, rectified)

    def _compare(
        self,
        row: "_Row",
        title: str,
        one: Known,
        values: Mapping[str, Value],
        problems: str | None,
        rectified: str,
    ) -> Planned:
        changes = tuple(entries.differences(one.entry, values))
        new_problems = problems is not None and (problems, rectified) != (
            one.problems,
            one.rectified,
        )
        act = RowAct.CHANGE if changes or new_problems else RowAct.SAME
        note = "自查问题有变" if new_problems else ""
        wanted = {change.item.key: change.new for change in changes}
        shown = tuple(self._words(change) for change in changes)
        return Planned(
            row.number, act, title, one.pk, wanted, changes, (), note,
            problems if new_problems else None, rectified, shown,
        )  # fmt: skip

    def _words(self, change: Change) -> tuple[str, str, str]:
        """Label, old and new as a page may show them: telephones masked."""
        names = {pk: unit.name for pk, unit in self.units.by_pk.items()}
        old, new = (entries.shown(change.item, v, names) for v in (change.old, change.new))
        if change.item.key.endswith(".phone"):
            old, new = mask_mobile(old) if old else "", mask_mobile(new) if new else ""
        return change.item.label, old, new

    def _values(self, row: "_Row") -> dict[str, Value]:
        """What the line says; a blank cell says nothing."""
        values: dict[str, Value] = {}
        for key in self.mapping:
            item = ITEM_BY_KEY.get(key)
            text = row.text(key)
            if item is not None and text:
                values[key] = self._value(row, item.key, item.shape, text)
        values.setdefault("unit", self.home)
        self._fill_from_address(row, values)
        for key in ("name", "platform"):
            if not values.get(key) and not row.blamed(key):
                row.blame(key, f"「{ITEM_BY_KEY[key].label}」没有填。")
        return {key: value for key, value in values.items() if value is not None}

    def _value(self, row: "_Row", key: str, shape: Shape, text: str) -> Value:
        reader = {
            Shape.UNIT: self._unit,
            Shape.PLATFORM: _platform,
            Shape.ANSWER: _answer,
            Shape.STATUS: _status,
            Shape.HOLDER: _holder,
            Shape.NUMBER: _number,
            Shape.DATE: _date,
        }.get(shape)
        if reader:
            return reader(row, key, text)
        if key == "responsible.phone":
            return _mobile(row, key, text)
        if key.endswith(".phone"):
            return mobile_digits(text) or text
        return "".join(text.split()) if key.endswith(".name") and not text.isascii() else text

    def _unit(self, row: "_Row", key: str, text: str) -> Value:
        found = self.units.called(text)
        if len(found) == 1:
            return found[0].pk
        hint = self.units.nearest(text) if not found else "有几个同名单位，请写「上级/单位」。"
        row.blame(key, f"没有认出单位「{text}」。{hint}")
        return None

    def _fill_from_address(self, row: "_Row", values: dict[str, Value]) -> None:
        """A URL typed into 账号ID（网址）, and the permanent id that an address carries."""
        typed = str(values.get("url") or values.get("account_id") or "")
        found = identify(typed) if "." in typed and "/" in typed else None
        if found is None:
            return
        if not values.get("url"):
            values["url"], values["account_id"] = typed, None
        if found.permanent_id and found.platform.key == values.get("platform"):
            values.setdefault("permanent_id", found.permanent_id)

    def _match(self, row: "_Row", values: Entry) -> Known | None:
        """By our number, else by permanent id, by handle, by name within unit and platform."""
        if number := row.text(NUMBER):
            if number not in self.by_number:
                row.blame(NUMBER, f"台账里没有编号「{number}」。新增的行请把编号留空。")
            return self.by_number.get(number)
        for key in _keys(values):
            found = self.by_identity.get(key, [])
            if len(found) == 1:
                return found[0]
            if found:
                row.blame("name", "台账里有几个这样的账号，请写上台账编号。")
                return None
        return None

    def _judge(self, row: "_Row", whole: Entry) -> None:
        for key, message in entries.faults_of(whole, self.today):
            place = key if key in self.mapping else key.replace(".name", ".phone")
            if not message.endswith(MISSING) and place in self.mapping:
                row.blame(place, message)

    def _once(self, row: "_Row", values: Entry, one: Known | None) -> None:
        keys = [("pk", one.pk)] if one else _keys(values)[:1]
        for key in keys:
            first = self.seen.setdefault(key, row.number)
            if first != row.number:
                row.blame("name", f"与第 {first} 行是同一个账号。")


def _keys(values: Entry) -> list[tuple[Value, ...]]:
    """By which an outlet is recognised, the surest first."""
    platform = values.get("platform")
    keys: list[tuple[Value, ...]] = []
    if values.get("permanent_id"):
        keys.append(("id", platform, values["permanent_id"]))
    if values.get("account_id"):
        keys.append(("handle", platform, str(values["account_id"]).lower()))
    keys.append(("name", platform, values.get("unit"), values.get("name")))
    return keys


@dataclass(slots=True)
class _Row:
    """`number` counts as the spreadsheet does, from 1."""

    number: int
    cells: Sequence[str]
    mapping: Mapping[str, int]
    faults: list[Fault] = field(default_factory=list)

    def text(self, key: str) -> str:
        """The cell of a column; blank when the sheet lacks the column."""
        at = self.mapping.get(key, -1)
        return self.cells[at].strip() if 0 <= at < len(self.cells) else ""

    def blame(self, key: str, message: str) -> None:
        """Note a fault at the cell of `key`; a telephone is not repeated whole."""
        at = self.mapping.get(key)
        label = EXTRA.get(key) or ITEM_BY_KEY[key].label
        address = f"{letter(at)}{self.number}" if at is not None else f"第 {self.number} 行"
        text = self.text(key)
        shown = f"{text[:3]}…" if key.endswith(".phone") else text
        self.faults.append(Fault(address, label, shown, message))

    def blamed(self, key: str) -> bool:
        """Is there a fault at this column already?"""
        label = EXTRA.get(key) or ITEM_BY_KEY[key].label
        return any(fault.column == label for fault in self.faults)


def _platform(row: _Row, key: str, text: str) -> Value:
    found = platform_named(text)
    if found is None:
        row.blame(key, f"没有认出类型「{text}」。请写网站、微信公众号、抖音、视频号等一种。")
    return found.key if found else None


def _answer(row: _Row, key: str, text: str) -> Value:
    bare = text.lower()
    if bare not in YES | NO:
        row.blame(key, "只填「是」或「否」。")
        return None
    return bare in YES


def _status(row: _Row, key: str, text: str) -> Value:
    found = {str(status.label): status.value for status in OutletStatus}.get(text)
    if found is None:
        row.blame(key, "状态只有筹备、在用、停用、注销。")
    return found


def _holder(row: _Row, key: str, text: str) -> Value:
    table = {"单位账号": "unit", "单位": "unit", "职务账号": "person", "个人职务账号": "person"}
    if text not in table:
        row.blame(key, "持有性质只有单位账号、职务账号。")
    return table.get(text)


def _number(row: _Row, key: str, text: str) -> Value:
    plain = text.replace(",", "").replace("，", "")
    if plain.endswith("万"):
        head = plain[:-1]
        if head.replace(".", "", 1).isdecimal():
            return round(float(head) * 10_000)
    if not (plain.isascii() and plain.isdecimal()):
        row.blame(key, "填整数。")
        return None
    return int(plain)


def _date(row: _Row, key: str, text: str) -> Value:
    written = entries.typed_date(text)
    try:
        entries.read_date(written)
    except (ValueError, KeyError):
        row.blame(key, f"看不懂日期「{text}」，应像 2019-10-08 或 2019年10月。")
        return None
    return written


def _mobile(row: _Row, key: str, text: str) -> Value:
    digits = mobile_digits(text)
    if digits is None:
        count = sum(sign.isdecimal() for sign in text)
        row.blame(key, f"有 {count} 位数字，应为 1 开头的 11 位手机号。")
    return digits


def _problems(row: _Row) -> tuple[str | None, str]:
    """Annex 1 columns 6 and 7; None when the sheet has no such column."""
    if PROBLEMS not in row.mapping:
        return None, ""
    text = row.text(PROBLEMS)
    for sign in "，,；;/\n":
        text = text.replace(sign, "、")
    problems = "" if row.text(PROBLEMS) in NO_PROBLEM else text.strip("、")
    written = row.text(RECTIFIED)
    rectified = DASHES.get(written, written)
    if (rectified == "-") != (problems == "") or rectified not in ("-", "是", "否"):
        row.blame(RECTIFIED, "无问题时填「-」，有问题时填「是」或「否」。")
    return problems, rectified
