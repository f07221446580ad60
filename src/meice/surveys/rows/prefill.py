"""Rows from the register (annexes.md, "One datum, four forms").

Annex 1: every standing, publishing outlet of the unit; 职务账号 and groups are in the register
only. Annexes 3 and 4: what was filed since the unit's last report, and what was never filed
before (开设 with its real 开通时间); without a last report everything counts as new.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from meice.engines.annexes.model import Annex
from meice.orgs.models import Unit
from meice.registry.entry import OPERATORS, Entry, entry_of
from meice.registry.models import Contact, Filing, FilingKind, FilingStatus, Holder, Outlet
from meice.surveys.rows.ordered import KnownOutlets
from meice.surveys.rows.texts import CHANGED, WAS_BLANK, plain_cells

NOTHING_WRONG = "无问题"
_PARTS = ("name", "title", "phone")


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A row to be: which annex, its cells, the outlet it speaks of."""

    annex: Annex
    cells: dict[str, str]
    outlet_id: int | None


def outlets_of(unit: Unit, besides: Sequence[str] = ()) -> QuerySet[Outlet]:
    """Standing outlets of the unit and below, with their people; `besides`: paths of units below
    it that hand in their own."""
    outlets = Outlet.objects.standing().below(unit.path)
    for path in besides:
        outlets = outlets.exclude(unit_path__startswith=path)
    people = Prefetch("contacts", Contact.objects.order_by("kind", "place"))
    return outlets.select_related("unit").prefetch_related(people).order_by("pinyin_key", "pk")


def basic_cells(outlet: Outlet) -> dict[str, str]:
    """A row of annex 1 as the register has it."""
    entry = entry_of(outlet)
    lead = "responsible" if entry.get("responsible.name") else "operators.1"
    return plain_cells(
        {
            "name": outlet.name,
            "unit": outlet.unit.name,
            "verified_as": outlet.verified_as,
            "kind": outlet.platform_name,
            "problems": outlet.problems or NOTHING_WRONG,
            "rectified": outlet.rectified,
            "interactive": _answer(outlet.interactive),
            "has_review_system": _answer(outlet.has_review_system),
            "outsourced": _answer(outlet.outsourced),
            "responsible_name": entry.get(f"{lead}.name") or "",
            "responsible_mobile": entry.get(f"{lead}.phone") or "",
            "note": outlet.note,
        }
    )


def _answer(value: bool | None) -> str:
    return "" if value is None else "是" if value else "否"


def form_cells(entry: Entry, platform: str, unit_name: str, kind: str) -> dict[str, str]:
    """A form of annex 3 for an entry of the register; a site shows its address and ICP."""
    is_site = entry.get("platform") == "website"
    first, second = ("url", "account_id") if is_site else ("account_id", "url")
    cells = {
        "name": entry.get("name"),
        "account_id": entry.get(first) or entry.get("permanent_id") or entry.get(second),
        "department": unit_name,
        "verified_as": entry.get("verified_as"),
        "platform_or_icp": entry.get("icp") if is_site else platform,
        "opened_on": entry.get("opened_on"),
        "followers": entry.get("followers"),
        "frequency": entry.get("frequency"),
        "responsible_department": entry.get("responsible_department") or unit_name,
        "filing_kind": kind,
    }
    for person in ("leader", "reviewer", *OPERATORS):
        cells |= {f"{person}.{part}": entry.get(f"{person}.{part}") for part in _PARTS}
    return plain_cells({key: "" if value is None else value for key, value in cells.items()})


def list_cells(form: dict[str, str], platform: str) -> dict[str, str]:
    """The row of annex 4 that goes with a form of annex 3."""
    same = ("name", "account_id", "department", "verified_as", "opened_on", "filing_kind")
    return plain_cells(
        {key: form.get(key, "") for key in same}
        | {
            "kind": platform,
            "leader": form.get("leader.name", ""),
            "reviewer": form.get("reviewer.name", ""),
            "operator": form.get("operators.1.name", ""),
            "operator_phone": form.get("operators.1.phone", ""),
        }
    )


def rows_of(
    unit: Unit,
    annexes: Sequence[Annex | int],
    *,
    since: datetime | None,
    besides: Sequence[str] = (),
) -> list[Prefilled]:
    """All rows of a new submission, in the order of the sheet. Six queries."""
    outlets = list(KnownOutlets(outlets_of(unit, besides), since=since).values())
    rows: list[Prefilled] = []
    if Annex.BASIC in annexes:
        rows += [
            Prefilled(Annex.BASIC, basic_cells(outlet), outlet.pk)
            for outlet in outlets
            if outlet.publishes and outlet.holder == Holder.UNIT
        ]
    forms = list(_filed(unit, outlets, since, besides))
    if Annex.FILING in annexes:
        rows += [Prefilled(Annex.FILING, cells, outlet) for cells, _, outlet in forms]
    if Annex.FILINGS in annexes:
        rows += [
            Prefilled(Annex.FILINGS, list_cells(cells, platform), outlet)
            for cells, platform, outlet in forms
        ]
    return rows


def _filed(
    unit: Unit, outlets: Sequence[Outlet], since: datetime | None, besides: Sequence[str]
) -> Iterable[tuple[dict[str, str], str, int | None]]:
    """(cells of annex 3, platform, outlet) for every account filed since, and never filed."""
    accepted = Filing.objects.filter(
        status=FilingStatus.ACCEPTED, unit_path__startswith=unit.path
    ).prefetch_related("changes")
    for path in besides:
        accepted = accepted.exclude(unit_path__startswith=path)
    latest: dict[int | None, Filing] = {}
    for filing in accepted.order_by("decided_at", "pk"):
        latest[filing.outlet_id] = filing
    for filing in latest.values():
        if since is None or (filing.decided_at and filing.decided_at > since):
            yield _of_filing(filing), filing.platform_name, filing.outlet_id
    for outlet in outlets:
        is_new = outlet.pk not in latest and (since is None or outlet.created_at > since)
        if is_new and outlet.publishes:
            cells = form_cells(entry_of(outlet), outlet.platform_name, outlet.unit.name, "开设")
            yield cells, outlet.platform_name, outlet.pk


def _of_filing(filing: Filing) -> dict[str, str]:
    kind = FilingKind(filing.kind).label
    cells = form_cells(filing.content, filing.platform_name, filing.unit_name, str(kind))
    if filing.kind != FilingKind.CHANGE:
        return cells
    before = form_cells(filing.base, filing.platform_name, filing.unit_name, str(kind))
    keys = [key for key in {**cells, **before} if cells.get(key, "") != before.get(key, "")]
    return {**cells, **{f"{CHANGED}{key}": before.get(key) or WAS_BLANK for key in sorted(keys)}}
