"""What a sheet of units would do."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from meice.orgs.intake.model import Effect, KnownUnit, Plan, PlannedRow, Snapshot
from meice.orgs.intake.reading import Row, UnitIndex

WRITTEN = (("short_name", "简称"), ("aliases", "别名"), ("kind", "类别"), ("phone", "办公电话"))


@dataclass(slots=True)
class _Desk:
    """The snapshot by the keys that are asked for, and the names met in the sheet."""

    known: Snapshot
    index: UnitIndex
    pending: dict[str, list[Row]]
    seen: dict[tuple[object, str], int] = field(default_factory=dict)


def plan_units(rows: Sequence[Row], known: Snapshot) -> Plan:
    """Each row as new, changed, unchanged or faulty. A parent may stand in the same sheet."""
    pending: dict[str, list[Row]] = {}
    for row in rows:
        pending.setdefault(row.text("name"), []).append(row)
    desk = _Desk(known, UnitIndex(known.units), pending)
    planned = [_planned(row, desk) for row in rows]
    return Plan(tuple(_without_orphans(planned, {row.number: row for row in rows})))


def _without_orphans(planned: list[PlannedRow], rows: dict[int, Row]) -> list[PlannedRow]:
    """A row below a faulty row cannot be written either."""
    while True:
        bad = {f"row:{one.number}" for one in planned if one.effect is Effect.FAULTY}
        orphans = [one for one in planned if one.deed.get("parent") in bad]
        if not orphans:
            return planned
        for one in orphans:
            rows[one.number].blame("parent", "上级单位那一行有错，先改那一行。")
        planned = [_faulty(rows[one.number]) if one in orphans else one for one in planned]


def _faulty(row: Row) -> PlannedRow:
    name, note = row.text("name"), row.text("parent")
    return PlannedRow(row.number, Effect.FAULTY, name, note, faults=tuple(row.faults))


def _planned(row: Row, desk: _Desk) -> PlannedRow:
    row.require_all()
    parent = _parent(row, desk)
    name, kind = row.text("name"), row.kind()
    if not row.faults:
        first = desk.seen.setdefault((parent, name), row.number)
        if first != row.number:
            row.blame("name", f"与第 {first} 行重复，删去一行。")
    if row.faults:
        return _faulty(row)
    existing = desk.index.child(parent, name)
    facts = _facts(row, existing, kind)
    deed = {"unit": existing.pk if existing else None, "parent": parent, **facts}
    note = row.text("parent")
    if existing is None:
        return PlannedRow(row.number, Effect.NEW, name, note, deed=deed)
    changes = _changes(existing, facts)
    effect = Effect.CHANGED if changes else Effect.UNCHANGED
    return PlannedRow(row.number, effect, existing.name, note, changes, deed=deed)


def _parent(row: Row, desk: _Desk) -> int | str | None:
    """The id of a known unit, or `row:N` for a row of this sheet."""
    typed = row.text("parent")
    if not typed:
        home = desk.index.by_pk.get(desk.known.home)
        return home.parent if home and home.name == row.text("name") else desk.known.home
    found = desk.index.called(typed)
    if len(found) > 1:
        row.blame("parent", f"有 {len(found)} 个单位都叫这个名字，请写全路径，用「/」隔开。")
    if found:
        return found[0].pk
    rows = [one for one in desk.pending.get(typed, []) if one is not row]
    if len(rows) == 1 and not _circle(rows[0], row, desk.pending):
        return f"row:{rows[0].number}"
    why = "表内互为上下级。" if rows else f"没有这个单位。{desk.index.nearest(typed)}"
    row.blame("parent", why)
    return None


def _circle(start: Row, end: Row, pending: dict[str, list[Row]]) -> bool:
    """True when going up from `start` within the sheet comes back to `end`."""
    current, steps = start, 0
    while steps < len(pending):
        above = pending.get(current.text("parent"), [])
        if len(above) != 1:
            return False
        if above[0] is end:
            return True
        current, steps = above[0], steps + 1
    return True


def _facts(row: Row, existing: KnownUnit | None, kind: str) -> dict[str, str]:
    """What to write: a column that the sheet lacks, or a blank cell, keeps what is known."""
    aliases = "\n".join(part for part in _split(row.text("aliases")) if part)
    typed = {
        "short_name": row.text("short_name"),
        "aliases": aliases,
        "kind": kind if row.text("kind") else "",
        "phone": row.text("phone"),
    }
    if existing is None:
        return {"name": row.text("name"), **typed, "kind": kind}
    kept = {
        "short_name": existing.short_name,
        "aliases": "\n".join(existing.aliases),
        "kind": existing.kind,
        "phone": existing.phone,
    }
    return {"name": existing.name} | {key: typed[key] or kept[key] for key in kept}


def _split(text: str) -> list[str]:
    for sign in "，,；;|":
        text = text.replace(sign, "、")
    return [part.strip() for part in text.split("、")]


def _changes(unit: KnownUnit, facts: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    old = {
        "short_name": unit.short_name,
        "aliases": "\n".join(unit.aliases),
        "kind": unit.kind,
        "phone": unit.phone,
    }
    return tuple(
        (label, old[key].replace("\n", "、"), facts[key].replace("\n", "、"))
        for key, label in WRITTEN
        if old[key] != facts[key]
    )
