"""What a look has seen becomes findings: one for each key, whatever the number of runs.

A finding that a person has dismissed stays dismissed until its evidence changes or its exception
is over; a closed one that is seen again comes back. What was not looked at says nothing.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from meice.audit.actions import Detail, record
from meice.engines.outlets import canonical_url
from meice.inspections.actions.events import new_event, note_event
from meice.inspections.models import (
    SECURITY_CODES,
    WEIGHTS,
    Finding,
    FindingEvent,
    FindingStatus,
    Origin,
    SiteCheck,
)
from meice.inspections.models.words import CODE_TITLES, PROBLEM_OF
from meice.inspections.workflow import FINDING
from meice.registry.models import Outlet

LAPSES_AFTER = 2
"""Runs that looked and did not see it, before a claim nobody has judged is laid aside."""
CHUNK = 500
_AGES = re.compile(r"\d+(?:\.\d+)?\s*(?:天|日内|小时|分钟|秒)")
_BLANKS = re.compile(r"\s+")
_GONE = (FindingStatus.CLOSED, FindingStatus.LAPSED)
_JUDGED = (
    FindingStatus.HALF, FindingStatus.CONFIRMED, FindingStatus.ORDERED, FindingStatus.DISMISSED
)  # fmt: skip
_CARRIED = (
    "severity", "weight", "title", "message", "evidence_text", "unseen_text", "rule", "last_seen_at",
    "seen_count", "unseen_since", "unseen_runs", "evidence_hash", "site_check", "status", "returns",
    "waiting_since", "claimed_by", "claimed_at", "first_judgement", "first_by", "first_at",
    "decided_by", "decided_at", "exempt_until", "dismissed_hash", "version", "order_item",
    "order_number", "order_url", "name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sighting:
    """One claim of a look; `unseen` is what could not be seen (没看到的)."""

    code: str
    severity: str
    url: str
    message: str
    evidence: str = ""
    rule: str = ""
    title: str = ""
    unseen: str = ""

    @property
    def called(self) -> str:
        """The title: its own, else the class in words."""
        return (self.title or CODE_TITLES.get(self.code, self.code))[:120]


@dataclass(frozen=True, slots=True)
class Look:
    """Who looked at what, when. `covers` tells which standing findings the look would have seen
    again had they still been there; without it, nothing is concluded from what was not seen."""

    outlet: Outlet
    at: datetime
    origin: Origin = Origin.PROBE
    site_check: SiteCheck | None = None
    covers: Callable[[Finding], bool] = field(default=lambda finding: False)


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of the claims: new ones, those that came back, those whose evidence changed."""

    new: tuple[Finding, ...] = ()
    returned: tuple[Finding, ...] = ()
    changed: tuple[Finding, ...] = ()

    @property
    def to_prove(self) -> tuple[Finding, ...]:
        """Those for which the proofs of this look are kept."""
        return (*self.new, *self.returned, *self.changed)


def normal_url(url: str) -> str:
    """One form of an address, without a slash at its end; as written when it is none."""
    return (canonical_url(url) or url.strip()).rstrip("/")


def key_of(subject: str, code: str, url: str) -> str:
    """The name of a finding across runs. `subject`: `outlet:<id>`, else `host:<name>`."""
    return hashlib.sha256(f"{subject}\n{code}\n{normal_url(url)}".encode()).hexdigest()


def hash_of(evidence: str) -> str:
    """Of what was seen, without ages: "18 天前" is the same evidence tomorrow."""
    bare = _BLANKS.sub("", _AGES.sub("", evidence))
    return hashlib.sha256(bare.encode()).hexdigest()


@transaction.atomic
def note_sightings(look: Look, sightings: Iterable[Sighting]) -> Noted:
    """Write what a look has seen. Looks at one outlet are written one after the other."""
    Outlet.objects.select_for_update().only("pk").get(pk=look.outlet.pk)
    outlet = Outlet.objects.select_related("unit").get(pk=look.outlet.pk)
    by_key: dict[str, Sighting] = {}
    for sighting in sightings:
        by_key.setdefault(key_of(f"outlet:{outlet.pk}", sighting.code, sighting.url), sighting)
    known = _known(by_key)
    new = _create(look, outlet, {key: one for key, one in by_key.items() if key not in known})
    returned, changed = _see_again(look, outlet, known, by_key)
    _miss(look, outlet, by_key)
    return Noted(tuple(new), tuple(returned), tuple(changed))


def _known(by_key: Mapping[str, Sighting]) -> dict[str, Finding]:
    found: dict[str, Finding] = {}
    keys = list(by_key)
    for start in range(0, len(keys), CHUNK):
        rows = Finding.objects.select_for_update().filter(key__in=keys[start : start + CHUNK])
        found |= {row.key: row for row in rows}
    return found


def _create(look: Look, outlet: Outlet, fresh: Mapping[str, Sighting]) -> list[Finding]:
    rows = [_row(look, outlet, key, sighting) for key, sighting in fresh.items()]
    made = Finding.objects.bulk_create(rows, CHUNK)
    FindingEvent.objects.bulk_create(
        (new_event(row, "find", by=None, at=look.at) for row in made), CHUNK
    )
    return made


def _row(look: Look, outlet: Outlet, key: str, sighting: Sighting) -> Finding:
    return Finding(
        key=key,
        outlet=outlet,
        name=outlet.name,
        platform=outlet.platform,
        unit=outlet.unit,
        unit_path=outlet.unit_path,
        code=sighting.code,
        problem=PROBLEM_OF.get(sighting.code, ""),
        origin=look.origin,
        is_security=sighting.code in SECURITY_CODES,
        url=sighting.url[:1000],
        first_seen_at=look.at,
        last_seen_at=look.at,
        waiting_since=look.at,
        site_check=look.site_check,
        **_said(sighting),
    )


def _said(sighting: Sighting) -> dict[str, object]:
    return {
        "severity": sighting.severity,
        "weight": WEIGHTS[sighting.severity],
        "title": sighting.called,
        "message": sighting.message[:1000],
        "evidence_text": sighting.evidence,
        "unseen_text": sighting.unseen[:500],
        "rule": sighting.rule[:300],
        "evidence_hash": hash_of(sighting.evidence),
    }


def _see_again(
    look: Look, outlet: Outlet, known: Mapping[str, Finding], by_key: Mapping[str, Sighting]
) -> tuple[list[Finding], list[Finding]]:
    """Those that came back, and those whose evidence is another than before."""
    returned, changed, events = [], [], []
    for key, finding in known.items():
        now_hash = hash_of(by_key[key].evidence)
        differs = finding.evidence_hash != now_hash
        if _comes_back(finding, now_hash, look.at):
            _return(finding, look.at, changed=differs)
            returned.append(finding)
        elif differs:
            changed.append(finding)
            events.append(new_event(finding, "see", by=None, at=look.at))
        _carry(finding, by_key[key], look, outlet)
        _end_second_look(finding, look, "再看时仍然看到。")
    FindingEvent.objects.bulk_create(events, CHUNK)
    Finding.objects.bulk_update(known.values(), _CARRIED, CHUNK)
    return returned, changed


def _carry(finding: Finding, sighting: Sighting, look: Look, outlet: Outlet) -> None:
    """What it says now; what a person has judged keeps the weight it was judged by."""
    said = _said(sighting)
    if finding.status in _JUDGED:
        said = {name: value for name, value in said.items() if name not in ("severity", "weight")}
    for name, value in said.items():
        setattr(finding, name, value)
    finding.name = outlet.name
    finding.last_seen_at, finding.site_check = look.at, look.site_check
    finding.seen_count += 1
    finding.unseen_since, finding.unseen_runs = None, 0
    finding.version += 1


def _comes_back(finding: Finding, now_hash: str, at: datetime) -> bool:
    """Mended or laid aside, and there again; or dismissed, and no longer the same."""
    if finding.status in _GONE:
        return True
    if finding.status != FindingStatus.DISMISSED:
        return False
    if finding.exempt_until is not None:
        return finding.exception_is_over(at)
    return now_hash != finding.dismissed_hash


def _return(finding: Finding, at: datetime, *, changed: bool) -> None:
    why = "例外到期" if finding.exempt_until else ("与不属实时看到的不同" if changed else "")
    FINDING.take("recur", finding, None)
    clear_verdict(finding)
    finding.returns += 1
    finding.waiting_since = at
    finding.order_item, finding.order_number, finding.order_url = None, "", ""
    note_event(finding, "recur", by=None, at=at, note=why)
    detail: Detail = {"code": finding.code, "returns": finding.returns}
    record("finding.recur", finding, by=None, detail=detail, unit_path=finding.unit_path)


def clear_verdict(finding: Finding) -> None:
    """Back to the queue as if nobody had judged; the history keeps who did."""
    finding.claimed_by, finding.claimed_at = None, None
    finding.first_judgement, finding.first_by, finding.first_at = "", None, None
    finding.decided_by, finding.decided_at = None, None
    finding.exempt_until, finding.dismissed_hash = None, ""


def _end_second_look(finding: Finding, look: Look, note: str) -> None:
    """The other look that a person asked for has been taken."""
    if finding.status == FindingStatus.LOOKING:
        FINDING.take("come_back", finding, None)
        finding.waiting_since = look.at
        note_event(finding, "come_back", by=None, at=look.at, note=note)


def _miss(look: Look, outlet: Outlet, seen: Mapping[str, Sighting]) -> None:
    """Claims that this look covered and did not see: noted, and after some runs laid aside."""
    standing = Finding.objects.select_for_update().filter(
        outlet=outlet,
        origin=look.origin,
        status__in=[
            FindingStatus.FOUND, FindingStatus.RECURRED, FindingStatus.HALF, FindingStatus.LOOKING
        ],
    )  # fmt: skip
    missed = [row for row in standing if row.key not in seen and look.covers(row)]
    for finding in missed:
        finding.unseen_since = finding.unseen_since or look.at
        finding.unseen_runs += 1
        _end_second_look(finding, look, "再看时没有看到。")
        if finding.unseen_runs >= LAPSES_AFTER and FINDING.verdict("lapse", finding, None):
            _lapse(finding, look.at)
    _save(missed)


def _lapse(finding: Finding, at: datetime) -> None:
    FINDING.take("lapse", finding, None)
    clear_verdict(finding)
    note_event(finding, "lapse", by=None, at=at, note=f"连续 {finding.unseen_runs} 轮没再看到")
    detail = {"code": finding.code}
    record("finding.lapse", finding, by=None, detail=detail, unit_path=finding.unit_path)


def _save(rows: Sequence[Finding]) -> None:
    if rows:
        Finding.objects.bulk_update(rows, _CARRIED, CHUNK)
