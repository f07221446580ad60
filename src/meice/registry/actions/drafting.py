"""Writing a filing: begin one, change what it says, attach the stamped scan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO

from django.db import transaction

from meice.audit.actions import Detail, record
from meice.engines.outlets import NameRule
from meice.files.actions import keep_file
from meice.files.kinds import FileKind
from meice.files.models import StoredFile
from meice.kernel.access import Refused, require
from meice.orgs.models import Unit, User
from meice.registry import entry as entries
from meice.registry import policies
from meice.registry.actions.events import note_event
from meice.registry.actions.register import names_of, with_contacts
from meice.registry.actions.terms import route_of
from meice.registry.entry import Change, Entry, Value
from meice.registry.models import FieldChange, Filing, FilingKind, Outlet, OutletStatus

SCAN_KINDS = (FileKind.PDF, FileKind.JPEG, FileKind.PNG)
AVATAR_KINDS = (FileKind.JPEG, FileKind.PNG, FileKind.GIF)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the writer typed: new values by key, why, since when, and the reasons for a name."""

    values: Entry
    reason: str = ""
    happened_on: date | None = None
    name_reasons: Mapping[str, str] = field(default_factory=dict)
    reports_existing: bool = False


class Overtaken(Exception):
    """Somebody else saved the draft first; `filing` is what she left."""

    def __init__(self, filing: Filing) -> None:
        super().__init__("the draft was saved by somebody else")
        self.filing = filing


@transaction.atomic
def draft_opening(unit: Unit, draft: Draft, *, by: User, at: datetime) -> Filing:
    """A 开设 filing of an outlet that the register does not know yet."""
    require(policies.may_draft_filing(by, unit))
    filing = _new_filing(FilingKind.OPEN, unit, draft, by, at)
    filing.save()
    _write_draft(filing, {**draft.values, "unit": unit.pk}, draft)
    _note_draft(filing, by, at)
    return filing


@transaction.atomic
def draft_change(outlet: Outlet, draft: Draft, *, by: User, at: datetime) -> Filing:
    """A 变更 filing with what differs from the register now."""
    filing = _about(outlet, FilingKind.CHANGE, draft, by, at)
    _write_draft(filing, draft.values, draft)
    _note_draft(filing, by, at)
    return filing


@transaction.atomic
def draft_cancel(outlet: Outlet, draft: Draft, *, by: User, at: datetime) -> Filing:
    """A 注销 filing: the outlet ends, everything else stays as it is."""
    filing = _about(outlet, FilingKind.CANCEL, draft, by, at)
    _write_draft(filing, {"status": OutletStatus.CANCELLED}, draft)
    _note_draft(filing, by, at)
    return filing


def _about(outlet: Outlet, kind: FilingKind, draft: Draft, by: User, at: datetime) -> Filing:
    Outlet.objects.select_for_update().get(pk=outlet.pk)
    current = with_contacts(outlet)
    require(policies.may_change_outlet(by, current))
    filing = _new_filing(kind, current.unit, draft, by, at)
    filing.outlet, filing.base_version = current, current.version
    filing.base = entries.entry_of(current)
    filing.name, filing.platform = current.name, current.platform
    filing.save()
    return filing


def _new_filing(kind: FilingKind, unit: Unit, draft: Draft, by: User, at: datetime) -> Filing:
    return Filing(
        kind=kind,
        name=str(draft.values.get("name") or ""),
        platform=str(draft.values.get("platform") or ""),
        unit=unit,
        unit_path=unit.path,
        unit_name=unit.name,
        made_by=by,
        made_at=at,
    )


def _note_draft(filing: Filing, by: User, at: datetime) -> None:
    note_event(filing, "draft", by=by, at=at)
    detail = {"kind": filing.kind, "name": filing.name}
    record("filing.draft", filing, by=by, detail=detail, unit_path=filing.unit_path)


@transaction.atomic
def edit_filing(filing: Filing, draft: Draft, *, version: int, by: User, at: datetime) -> Filing:
    """Replace what the draft says. Raises `Overtaken` when `version` is not the saved one."""
    filing = lock_filing(filing)
    require(policies.may_edit_filing(by, filing))
    if filing.version != version:
        raise Overtaken(filing)
    values = draft.values
    if filing.kind == FilingKind.CANCEL:
        values = {"status": OutletStatus.CANCELLED}
    _write_draft(filing, values, draft)
    note_event(filing, "edit", by=by, at=at)
    record("filing.edit", filing, by=by, unit_path=filing.unit_path)
    return filing


def lock_filing(filing: Filing) -> Filing:
    """The row as it is now, held until the transaction ends."""
    list(Filing.objects.select_for_update().filter(pk=filing.pk).values_list("pk"))
    found = Filing.objects.select_related(
        "unit", "outlet", "target_unit", "checker_unit", "claimed_by", "made_by"
    )
    return found.get(pk=filing.pk)


def _write_draft(filing: Filing, values: Entry, draft: Draft) -> None:
    """The changes as rows, and the columns that follow from them."""
    avatar = filing.changes.filter(key="avatar").values_list("new", flat=True)
    values = {**({"avatar": avatar[0]} if avatar else {}), **values}
    wanted = {change.item.key: change.new for change in entries.differences(filing.base, values)}
    rebase(filing)
    write_changes(filing, entries.differences(filing.base, wanted))
    whole: dict[str, Value] = {**filing.base, **wanted}
    filing.name = str(whole.get("name") or "（未起名）")[:200]
    filing.platform = str(whole.get("platform") or "")
    filing.reason, filing.happened_on = draft.reason, draft.happened_on
    filing.name_reasons = {rule: text for rule, text in draft.name_reasons.items() if text}
    filing.reports_existing = draft.reports_existing and filing.kind == FilingKind.OPEN
    _find_units(filing, whole)
    filing.version += 1
    filing.save()


def _find_units(filing: Filing, whole: Entry) -> None:
    """The unit that receives the outlet, and the unit that checks the filing."""
    target = Unit.objects.get(pk=whole["unit"])
    if filing.kind == FilingKind.OPEN:
        filing.unit, filing.unit_path, filing.unit_name = target, target.path, target.name
    moves = target.pk != filing.unit_id
    filing.target_unit = target if moves else None
    filing.target_path = target.path if moves else ""
    checker = route_of(filing.unit).unit
    filing.checker_unit = checker
    filing.checker_path = checker.path if checker else ""


def write_changes(filing: Filing, changes: Iterable[Change]) -> None:
    """The rows old → new, with the words of the moment."""
    changes = list(changes)
    names = names_of([{c.item.key: v} for c in changes for v in (c.old, c.new)])
    filing.changes.all().delete()
    FieldChange.objects.bulk_create(
        FieldChange(
            filing=filing,
            place=place,
            key=change.item.key,
            label=change.item.label,
            old=change.old,
            new=change.new,
            old_text=entries.shown(change.item, change.old, names.get(change.item.shape))[:500],
            new_text=entries.shown(change.item, change.new, names.get(change.item.shape))[:500],
        )
        for place, change in enumerate(changes, start=1)
    )


def attach_scan(filing: Filing, stream: IO[bytes], *, name: str, by: User, at: datetime) -> Filing:
    """Keep the stamped page (PDF or picture) with the filing; a later one takes its place."""
    require(policies.may_edit_filing(by, filing))
    kept = keep_file(stream, name=name, by=by, purpose="filing-scan")
    return _attach(filing, kept, by, at)


@transaction.atomic
def _attach(filing: Filing, kept: StoredFile, by: User, at: datetime) -> Filing:
    filing = lock_filing(filing)
    require(policies.may_edit_filing(by, filing))
    if kept.kind not in SCAN_KINDS:
        raise Refused("盖章件须是 PDF、JPG 或 PNG。请用扫描件或手机拍照后再传。")
    filing.scan = kept
    filing.version += 1
    filing.save(update_fields=["scan", "version"])
    note_event(filing, "attach", by=by, at=at, note=kept.name)
    detail: Detail = {"file": kept.pk, "sha256": kept.digest}
    record("filing.attach", filing, by=by, detail=detail, unit_path=filing.unit_path)
    return filing


def attach_avatar(
    filing: Filing, stream: IO[bytes], *, name: str, by: User, at: datetime
) -> Filing:
    """The account's picture (A1); becomes the outlet's with the acceptance."""
    require(policies.may_edit_filing(by, filing))
    kept = keep_file(stream, name=name, by=by, purpose="outlet-avatar")
    return _attach_avatar(filing, kept, by, at)


@transaction.atomic
def _attach_avatar(filing: Filing, kept: StoredFile, by: User, at: datetime) -> Filing:
    filing = lock_filing(filing)
    require(policies.may_edit_filing(by, filing))
    if kept.kind not in AVATAR_KINDS:
        raise Refused("头像须是 JPG、PNG 或 GIF 图片。")
    rebase(filing)
    wanted = {change.key: change.new for change in filing.changes.all()} | {"avatar": kept.pk}
    write_changes(filing, entries.differences(filing.base, wanted))
    filing.version += 1
    filing.save()
    note_event(filing, "edit", by=by, at=at, note="头像")
    detail: Detail = {"file": kept.pk, "sha256": kept.digest}
    record("filing.avatar", filing, by=by, detail=detail, unit_path=filing.unit_path)
    return filing


def rebase(filing: Filing) -> list[str]:
    """Take the register as it is now for the base; keys of items changed since the last base.

    Only in memory: the caller writes the changes anew and saves.
    """
    if filing.outlet is None:
        return []
    current = with_contacts(filing.outlet)
    if current.version == filing.base_version:
        return []
    moved = entries.differences(filing.base, entries.entry_of(current))
    filing.base, filing.base_version = entries.entry_of(current), current.version
    return [change.item.key for change in moved]


@transaction.atomic
def explain_name(filing: Filing, reasons: Mapping[str, str], *, by: User, at: datetime) -> Filing:
    """Why a name stays although a rule warns: text by rule (`N1` …)."""
    filing = lock_filing(filing)
    require(policies.may_edit_filing(by, filing))
    known = {rule.value for rule in NameRule}
    filing.name_reasons = {r: text for r, text in reasons.items() if text and r in known}
    filing.version += 1
    filing.save(update_fields=["name_reasons", "version"])
    note_event(filing, "edit", by=by, at=at)
    record("filing.explain", filing, by=by, unit_path=filing.unit_path)
    return filing
