"""What a sheet of people would do: a row is a person and one post."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from meice.orgs.intake.model import (
    Effect,
    KnownPerson,
    KnownPost,
    KnownUnit,
    Plan,
    PlannedRow,
    Snapshot,
)
from meice.orgs.intake.reading import Row, UnitIndex
from meice.orgs.roles import APART, Role


@dataclass(slots=True)
class _Desk:
    """What was met so far in the sheet, and the snapshot by the keys that are asked for."""

    known: Snapshot
    index: UnitIndex
    posts: dict[tuple[str, int, str], KnownPost] = field(default_factory=dict)
    names: dict[str, tuple[str, int]] = field(default_factory=dict)
    seen: dict[tuple[str, int, str], int] = field(default_factory=dict)
    apart: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    homes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def plan_people(rows: Sequence[Row], known: Snapshot) -> Plan:
    """Each row as new, changed, unchanged or faulty."""
    desk = _Desk(known, UnitIndex(known.units))
    paths = {unit.pk: unit.path for unit in known.units}
    for post in known.posts:
        desk.posts[(post.username, post.unit, post.role)] = post
        desk.apart[post.username] |= {post.role} & APART
        if not post.is_student and post.role not in APART and post.unit in paths:
            desk.homes[post.username].add(paths[post.unit])
    for row in rows:
        _note_home(row, desk)
    planned = [_planned(row, desk) for row in rows]
    return Plan(tuple(_without_orphans(planned, {row.number: row for row in rows}, known)))


def _without_orphans(
    planned: list[PlannedRow], rows: dict[int, Row], known: Snapshot
) -> list[PlannedRow]:
    """A student whose teacher is only in a faulty row cannot be written either."""
    good = {str(one.deed["key"]) for one in planned if one.effect is not Effect.FAULTY}
    there = good | set(known.people)
    return [
        one
        if not one.deed.get("teacher") or one.deed["teacher"] in there
        else _faulty(rows[one.number], "指导教师那一行有错，先改那一行。")
        for one in planned
    ]


def _faulty(row: Row, teacher: str = "") -> PlannedRow:
    if teacher:
        row.blame("teacher", teacher)
    note = f"{row.text('unit')} · {row.text('role')}"
    return PlannedRow(row.number, Effect.FAULTY, row.text("name"), note, faults=tuple(row.faults))


def _note_home(row: Row, desk: _Desk) -> None:
    """Teachers of this very sheet count as teachers too."""
    found = desk.index.called(row.text("unit"))
    if len(found) == 1 and row.text("student") in ("", "否") and row.text("username"):
        desk.homes[row.text("username").lower()].add(found[0].path)


def _planned(row: Row, desk: _Desk) -> PlannedRow:
    row.require_all()
    key = row.username().lower()
    person = desk.known.people.get(key)
    unit, role = _unit(row, desk), row.role()
    held = desk.posts.get((key, unit.pk, role)) if unit else None
    _check_person(row, person, key, desk)
    deed = _deed(row, key, unit, role, held)
    if unit and role:
        _check_post(row, key, unit, role, bool(deed["student"]), desk)
    if row.faults or unit is None:
        return _faulty(row)
    if role in APART:
        desk.apart[key].add(role)
    changes = _changes(person, held, deed, unit)
    effect = Effect.UNCHANGED if not changes else Effect.CHANGED if person else Effect.NEW
    note = f"{row.text('unit')} · {row.text('role')}"
    return PlannedRow(row.number, effect, row.text("name"), note, changes, deed=deed)


def _deed(
    row: Row, key: str, unit: KnownUnit | None, role: str, held: KnownPost | None
) -> dict[str, object]:
    """What to write. A blank cell about the terms keeps those of a post that is held."""
    student = row.yes("student", default=bool(held and held.is_student))
    usual = held.is_permanent if held else not student
    permanent = row.yes("permanent", default=usual) and not student
    teacher = row.text("teacher").lower() or (held.teacher if held else "")
    return {
        "key": key,
        "username": row.text("username"),
        "unit": unit.pk if unit else 0,
        "name": row.text("name"),
        "mobile": row.mobile(),
        "email": row.email(),
        "role": role,
        "permanent": permanent,
        "student": student,
        "teacher": teacher if student else "",
    }


def _unit(row: Row, desk: _Desk) -> KnownUnit | None:
    typed = row.text("unit")
    if not typed:
        return None
    found = desk.index.called(typed)
    if len(found) == 1:
        return found[0]
    if found:
        row.blame("unit", f"有 {len(found)} 个单位都叫这个名字，请写全路径，用「/」隔开。")
    else:
        row.blame("unit", f"没有这个单位。{desk.index.nearest(typed)}")
    return None


def _check_person(row: Row, person: KnownPerson | None, key: str, desk: _Desk) -> None:
    name = row.text("name")
    first, number = desk.names.setdefault(key, (name, row.number))
    if key and first != name:
        row.blame("name", f"同一工号在第 {number} 行写的是「{first}」。")
    if person is None:
        return
    if not person.manageable:
        row.blame("username", person.why or "这个人不归你管。")
    elif not person.is_active:
        row.blame("username", "这个账号已停用，先在用户页恢复使用。")


def _check_post(row: Row, key: str, unit: KnownUnit, role: str, student: bool, desk: _Desk) -> None:
    first = desk.seen.setdefault((key, unit.pk, role), row.number)
    if first != row.number:
        row.blame("role", f"与第 {first} 行重复，删去一行。")
    if role in APART and desk.apart[key] - {role}:
        other = Role(min(desk.apart[key] - {role})).label
        row.blame("role", f"三员分立：此人已有「{other}」，不能再有「{Role(role).label}」。")
    if key == desk.known.importer and (key, unit.pk, role) not in desk.posts:
        row.blame("username", "不能给自己岗位。")
    _check_teacher(row, key, unit, role, student, desk)


def _check_teacher(
    row: Row, key: str, unit: KnownUnit, role: str, student: bool, desk: _Desk
) -> None:
    held = desk.posts.get((key, unit.pk, role))
    teacher = row.text("teacher").lower() or (held.teacher if held and student else "")
    if not student:
        if teacher:
            row.blame("teacher", "只有学生才填指导教师。")
        return
    if role != Role.OPERATOR:
        row.blame("role", "学生只能担任运维。")
    near = [
        path
        for path in desk.homes.get(teacher, ())
        if path.startswith(unit.path) or unit.path.startswith(path)
    ]
    known = desk.known.people.get(teacher)
    if not teacher:
        row.blame("teacher", "学生要有一位具名教师指导，填教师的工号。")
    elif teacher == key:
        row.blame("teacher", "指导教师不能是本人。")
    elif not near or (known is not None and not known.is_active):
        row.blame("teacher", "这位教师不在该单位或它的上下级单位任职。")


def _changes(
    person: KnownPerson | None,
    held: KnownPost | None,
    deed: dict[str, object],
    unit: KnownUnit,
) -> tuple[tuple[str, str, str], ...]:
    """(label, old, new); a blank cell changes nothing. A number is shown masked by the page."""
    changes: list[tuple[str, str, str]] = []
    for key, label in (("name", "姓名"), ("mobile", "手机"), ("email", "邮箱")):
        old = getattr(person, key) if person else ""
        new = str(deed[key])
        if new and new != old:
            changes.append((label, old, new))
    post = f"{unit.name} · {Role(str(deed['role'])).label}"
    if held is None:
        changes.append(("岗位", "", post))
    elif _terms(held) != (deed["permanent"], deed["student"], deed["teacher"]):
        changes.append(("在编、指导教师", _spoken(*_terms(held)), _spoken(
            bool(deed["permanent"]), bool(deed["student"]), str(deed["teacher"])
        )))  # fmt: skip
    return tuple(changes)


def _terms(held: KnownPost) -> tuple[bool, bool, str]:
    return held.is_permanent, held.is_student, held.teacher


def _spoken(permanent: bool, student: bool, teacher: str) -> str:
    if student:
        return f"学生，由 {teacher} 指导"
    return "在编" if permanent else "非在编"
