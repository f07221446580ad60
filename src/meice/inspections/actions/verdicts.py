"""What persons do with a finding. Each act locks the row, takes the step, writes, audits; whoever
is second finds the state changed and is told so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.engines.webprobe.findings import Code
from meice.files.models import StoredFile
from meice.inspections import policies
from meice.inspections.actions.events import note_event, tell
from meice.inspections.actions.runs import begin_look
from meice.inspections.actions.sightings import clear_verdict
from meice.inspections.models import (
    Evidence,
    EvidenceKind,
    Finding,
    FindingStatus,
    Judgement,
    SiteCheck,
)
from meice.inspections.workflow import FINDING
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.rectification.catalogue import PROBLEMS


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says with a verdict: the class of problem, a note, an exception's last day."""

    note: str = ""
    problem: str = ""
    exempt_until: date | None = None


def lock_finding(finding: Finding) -> Finding:
    """The row as it is now, for this transaction alone.

    Locked first, read after: PostgreSQL gives a row it had to wait for with the people of before.
    """
    Finding.objects.select_for_update().only("pk").get(pk=finding.pk)
    rows = Finding.objects.select_related("unit", "outlet", "claimed_by", "first_by", "site_check")
    return rows.get(pk=finding.pk)


@transaction.atomic
def claim_finding(finding: Finding, *, by: User, at: datetime) -> Finding:
    """Out of the queue, into one person's hands."""
    finding = lock_finding(finding)
    require(policies.may_claim_finding(finding, by))
    finding.claimed_by, finding.claimed_at = by, at
    return _finish(finding, "claim", by, at)


@transaction.atomic
def release_finding(finding: Finding, *, by: User, at: datetime) -> Finding:
    """Back into the queue."""
    finding = lock_finding(finding)
    require(policies.may_release_finding(finding, by))
    finding.claimed_by, finding.claimed_at = None, None
    return _finish(finding, "release", by, at)


@transaction.atomic
def transfer_finding(finding: Finding, to: User, *, by: User, at: datetime) -> Finding:
    """Into a colleague's hands, who is told."""
    finding = lock_finding(finding)
    require(policies.may_transfer_finding(finding, by, to))
    finding.claimed_by, finding.claimed_at = to, at
    _finish(finding, "transfer", by, at, note=to.name)
    tell([to], finding, f"{by.name}转给你核实：{finding}", besides=by)
    return finding


def held_findings(person: User) -> Iterable[Finding]:
    """Findings that a leaving person has claimed and not judged."""
    return Finding.objects.mine(person).narrow().order_by("pk")


def move_finding(finding: Finding, to: User, by: User) -> None:
    """The claim goes to another, inside the caller's transaction; of one who may not verify it,
    it goes back to the queue."""
    finding, at = lock_finding(finding), now()
    may = Finding.objects.judged_by(to).filter(pk=finding.pk).exists()
    finding.claimed_by, finding.claimed_at = (to, at) if may else (None, None)
    _finish(finding, "transfer", by, at, note=to.name if may else "回到队列")


@transaction.atomic
def judge_finding(
    finding: Finding, judgement: Judgement, word: Word, *, by: User, at: datetime
) -> Finding:
    """属实 or 不属实. Of a severe class the first person only begins; the second completes it
    when she agrees, and sends it back to the queue when she does not.

    Raises `Refused` when it is not hers to judge, somebody was faster, or a needed word lacks.
    """
    finding = lock_finding(finding)
    word = _checked(finding, judgement, word, at)
    if finding.status == FindingStatus.HALF and finding.first_judgement != judgement:
        return _dispute(finding, judgement, word, by, at)
    if finding.is_severe and finding.status != FindingStatus.HALF:
        return _endorse(finding, judgement, word, by, at)
    if judgement is Judgement.CONFIRM:
        return _confirm(finding, word, by, at)
    return _dismiss(finding, word, by, at)


def _checked(finding: Finding, judgement: Judgement, word: Word, at: datetime) -> Word:
    """Nothing is confirmed without its class, nothing dismissed without a reason."""
    note = word.note.strip()
    if judgement is Judgement.DISMISS:
        if not note:
            raise Refused("认定不属实须写理由。")
        if word.exempt_until is not None and word.exempt_until < timezone.localdate(at):
            raise Refused("例外的到期日不能早于今天。")
        return Word(note, "", word.exempt_until)
    problem = word.problem or finding.problem
    if problem not in PROBLEMS:
        raise Refused("认定属实须选问题类别。")
    return Word(note, problem)


def _endorse(finding: Finding, judgement: Judgement, word: Word, by: User, at: datetime) -> Finding:
    FINDING.take("endorse", finding, by)
    finding.first_judgement, finding.first_by, finding.first_at = judgement, by, at
    finding.note = word.note
    finding.problem = word.problem or finding.problem
    finding.exempt_until = word.exempt_until
    _let_go(finding)
    finding.waiting_since = at
    note = f"{judgement.label}。{word.note}"
    return _finish(finding, "endorse", by, at, note=note, detail={"judgement": judgement.value})


def _dispute(finding: Finding, judgement: Judgement, word: Word, by: User, at: datetime) -> Finding:
    FINDING.take("dispute", finding, by)
    first = finding.first_by
    clear_verdict(finding)
    finding.waiting_since = at
    note = f"{judgement.label}。{word.note}"
    _finish(finding, "dispute", by, at, note=note, detail={"judgement": judgement.value})
    if first is not None:
        tell([first], finding, f"{by.name}与你的核实不一致，已回到队列：{finding}", besides=by)
    return finding


def _confirm(finding: Finding, word: Word, by: User, at: datetime) -> Finding:
    FINDING.take("confirm", finding, by)
    finding.problem, finding.note = word.problem, word.note or finding.note
    finding.decided_by, finding.decided_at = by, at
    finding.exempt_until = None
    _let_go(finding)
    return _finish(finding, "confirm", by, at, note=word.note, detail={"problem": finding.problem})


def _dismiss(finding: Finding, word: Word, by: User, at: datetime) -> Finding:
    FINDING.take("dismiss", finding, by)
    finding.note = word.note
    finding.decided_by, finding.decided_at = by, at
    finding.exempt_until = word.exempt_until or finding.exempt_until
    finding.dismissed_hash = finding.evidence_hash
    _let_go(finding)
    if finding.code == Code.TAMPERED and finding.site_check is not None:
        note_state(finding.site_check, by, at)  # what was seen then is as it should be
    until = str(finding.exempt_until) if finding.exempt_until else None
    return _finish(finding, "dismiss", by, at, note=word.note, detail={"expires": until})


@transaction.atomic
def look_finding(finding: Finding, *, by: User, at: datetime, note: str = "") -> Finding:
    """Ask for another look: a run of this one site begins; afterwards it comes back."""
    finding = lock_finding(finding)
    FINDING.take("look", finding, by)
    _let_go(finding)
    finding.first_judgement, finding.first_by, finding.first_at = "", None, None
    _finish(finding, "look", by, at, note=note.strip())
    begin_look(finding, by=by, at=at)
    return finding


@transaction.atomic
def reconsider_finding(finding: Finding, *, note: str, by: User, at: datetime) -> Finding:
    """A verdict is taken back, with its reason; the finding is open again."""
    if not note.strip():
        raise Refused("重新核实须写理由。")
    finding = lock_finding(finding)
    FINDING.take("reconsider", finding, by)
    clear_verdict(finding)
    finding.waiting_since = at
    return _finish(finding, "reconsider", by, at, note=note.strip())


@transaction.atomic
def confirm_state(check: SiteCheck, *, by: User, at: datetime) -> SiteCheck:
    """What this look has seen of the home page is as it should be: later ones compare with it."""
    check = (
        SiteCheck.objects.select_for_update(of=("self",)).select_related("unit").get(pk=check.pk)
    )
    require(policies.may_confirm_state(by, check))
    note_state(check, by, at)
    record("site_check.confirm", check, by=by, unit_path=check.unit_path)
    return check


def note_state(check: SiteCheck, by: User, at: datetime) -> None:
    """Mark the look; inside the caller's transaction."""
    check.confirmed_by, check.confirmed_at = by, at
    check.save(update_fields=["confirmed_by", "confirmed_at"])


@transaction.atomic
def add_proofs(
    finding: Finding,
    files: Iterable[tuple[EvidenceKind, str, StoredFile]],
    *,
    at: datetime,
    by: str,
) -> int:
    """Point to kept files as proofs of the finding; how many."""
    rows = [
        Evidence(
            finding=finding, kind=kind, url=url[:1000], file=file, taken_at=at, taken_by=by[:60]
        )
        for kind, url, file in files
    ]
    return len(Evidence.objects.bulk_create(rows))


def _let_go(finding: Finding) -> None:
    finding.claimed_by, finding.claimed_at = None, None


def _finish(
    finding: Finding,
    act: str,
    by: User,
    at: datetime,
    *,
    note: str = "",
    detail: Detail | None = None,
) -> Finding:
    finding.version += 1
    finding.save()
    note_event(finding, act, by=by, at=at, note=note)
    said: Detail = {"code": finding.code, **(detail or {})}
    record(f"finding.{act}", finding, by=by, detail=said, unit_path=finding.unit_path)
    return finding
