"""One row of the sheet by column key, with the address of every cell and the faults found so far."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from meice.engines.marks import mobile_digits
from meice.orgs.intake.columns import COLUMNS, letter
from meice.orgs.intake.model import Fault, KnownUnit
from meice.orgs.models import USERNAME, USERNAME_SHAPE, UnitKind
from meice.orgs.roles import Role

YES, NO = {"是", "有", "√", "y", "yes", "1", "在编", "true"}, {
    "否", "无", "×", "n", "no", "0", "非在编", "编外", "false",
}  # fmt: skip
NEAR_WITHIN = 2000
SLASH = re.compile(r"[/／>＞]")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
ROLE_ALIASES = {
    "运维人员": Role.OPERATOR, "管理员": Role.OPERATOR, "责任编辑": Role.OPERATOR,
    "审核": Role.REVIEWER, "审核员": Role.REVIEWER, "领导": Role.LEADER, "分管领导": Role.LEADER,
    "主管": Role.LEADER, "宣传": Role.DEPARTMENT, "保卫": Role.SECURITY, "信息化": Role.SECURITY,
    "安全": Role.SECURITY, "审计员": Role.AUDITOR, "系统管理员": Role.ADMIN,
}  # fmt: skip
ROLES = {role.label: role for role in Role} | ROLE_ALIASES
KINDS = {kind.label: kind for kind in UnitKind} | {
    "学院（系）": UnitKind.FACULTY, "院系": UnitKind.FACULTY, "职能部门": UnitKind.OFFICE,
    "机关": UnitKind.OFFICE, "大学": UnitKind.UNIVERSITY, "科研院所": UnitKind.INSTITUTE,
}  # fmt: skip


@dataclass(slots=True)
class Row:
    """`number` counts as the spreadsheet does, from 1."""

    number: int
    cells: Sequence[str]
    mapping: dict[str, int]
    subject: str
    faults: list[Fault] = field(default_factory=list)

    def text(self, key: str) -> str:
        """The cell of a column; blank when the sheet lacks the column."""
        at = self.mapping.get(key, -1)
        return self.cells[at].strip() if 0 <= at < len(self.cells) else ""

    def blame(self, key: str, message: str) -> None:
        """Note a fault at the cell of `key`."""
        column = next(one for one in COLUMNS[self.subject] if one.key == key)
        at = self.mapping.get(key)
        address = f"{letter(at)}{self.number}" if at is not None else f"第 {self.number} 行"
        self.faults.append(Fault(address, column.label, shown(key, self.text(key)), message))

    def require_all(self) -> None:
        """Blame every required cell that is blank."""
        for column in COLUMNS[self.subject]:
            if column.required and not self.text(column.key):
                self.blame(column.key, f"「{column.label}」没有填。")

    def yes(self, key: str, default: bool) -> bool:
        """是 or 否 in their many spellings; `default` for a blank cell."""
        typed = self.text(key).lower()
        if typed and typed not in YES | NO:
            self.blame(key, "只填「是」或「否」。")
        return typed in YES if typed else default

    def mobile(self) -> str:
        """Eleven digits or blank."""
        typed = self.text("mobile")
        digits = mobile_digits(typed) if typed else ""
        if digits is None:
            count = sum(sign.isdigit() for sign in typed)
            self.blame("mobile", f"有 {count} 位数字，应为 1 开头的 11 位手机号。")
        return digits or ""

    def email(self) -> str:
        """An address or blank."""
        typed = self.text("email")
        if typed and not EMAIL.fullmatch(typed):
            self.blame("email", "不是邮箱地址，应像 name@example.edu.cn。")
        return typed

    def username(self) -> str:
        """A 工号."""
        typed = self.text("username")
        if typed and not re.match(USERNAME_SHAPE, typed):
            self.blame("username", str(USERNAME.message))
        return typed

    def role(self) -> str:
        """One of the seven."""
        return self._choice("role", ROLES, [role.label for role in Role])

    def kind(self) -> str:
        """A kind of unit; 其他 when blank."""
        if not self.text("kind"):
            return UnitKind.OTHER
        return self._choice("kind", KINDS, [kind.label for kind in UnitKind])

    def _choice(self, key: str, table: Mapping[str, str], labels: Iterable[str]) -> str:
        typed = self.text(key)
        if typed and typed not in table:
            self.blame(key, f"没有这一种。可填：{'、'.join(labels)}。")
        return table.get(typed, "")


def shown(key: str, text: str) -> str:
    """A value as it may stand on a page: a number stays masked."""
    return f"{text[:3]}…" if key == "mobile" and len(text) > 3 else text


class UnitIndex:
    """Finds units by name, 简称 or alias, or by path (`华园大学/宣传部`)."""

    def __init__(self, units: Iterable[KnownUnit]) -> None:
        self.by_pk = {unit.pk: unit for unit in units}
        self.own: dict[str, list[KnownUnit]] = {}
        self.other: dict[str, list[KnownUnit]] = {}
        for unit in self.by_pk.values():
            self.own.setdefault(unit.name, []).append(unit)
            for name in {unit.short_name, *unit.aliases} - {"", unit.name}:
                self.other.setdefault(name, []).append(unit)

    def called(self, text: str) -> list[KnownUnit]:
        """All units that `text` may mean; own names before other names."""
        parts = [part.strip() for part in SLASH.split(text) if part.strip()]
        if not parts:
            return []
        for names in (self.own, self.other):
            if found := [one for one in names.get(parts[-1], ()) if self._under(one, parts)]:
                return found
        return []

    def child(self, parent: object, name: str) -> KnownUnit | None:
        """The unit of that name (else alias) directly below `parent`."""
        same = [one for one in self.own.get(name, ()) if one.parent == parent]
        known_as = [
            one for one in self.other.get(name, ()) if one.parent == parent and name in one.aliases
        ]
        return next(iter(same or known_as), None)

    def nearest(self, text: str) -> str:
        """「是不是…？」 when a unit is spelled nearly so."""
        found = difflib.get_close_matches(text, list(self.own)[:NEAR_WITHIN], 1, 0.6)
        return f"是不是「{found[0]}」？" if found else ""

    def _under(self, unit: KnownUnit, parts: list[str]) -> bool:
        current: KnownUnit | None = unit
        for part in reversed(parts):
            if current is None or part not in (
                current.name,
                current.short_name,
                *current.aliases,
            ):
                return False
            current = self.by_pk.get(current.parent or 0)
        return True
