"""转送: a numbered letter to another office, and who signed for it when."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import record
from meice.files.models import StoredFile
from meice.incidents import policies
from meice.incidents.actions import events, terms
from meice.incidents.actions.ladder import set_ladder
from meice.incidents.classes import OUTSIDE, READERS, Office
from meice.incidents.models import Incident, Letter
from meice.incidents.workflow import INCIDENT
from meice.kernel.access import Refused, require
from meice.orgs.models import User
from meice.orgs.roles import Role
from meice.registry.actions.numbers import take_next
from meice.registry.actions.people import people_over


@dataclass(frozen=True, slots=True)
class LetterText:
    """What the letter says. `addressee` is named for offices outside the school."""

    office: str
    facts: str
    request: str
    addressee: str = ""
    attachments: str = ""


@transaction.atomic
def refer_incident(incident: Incident, said: LetterText, *, by: User, at: datetime) -> Letter:
    """转送: the letter with its number; inside the school it reaches the inbox of its readers."""
    office = Office(said.office)
    incident = events.lock_incident(incident)
    require(policies.may_refer_to(by, incident, office))
    INCIDENT.take("refer", incident, by)
    letter = _write(incident, office, said, by, at)
    if READERS.get(office) == Role.SECURITY:
        incident.with_security = True
    incident.acted_at = incident.acted_at or at
    set_ladder(incident)
    events.finish(
        incident, "refer", by=by, at=at, letter=letter,
        note=f"{letter.number} 送{letter.addressee}", detail={"office": office.value},
    )  # fmt: skip
    role = READERS.get(office)
    if role is not None:
        people = people_over(role, incident.unit)
        events.call(incident, [(person, f"转送{office.label}") for person in people], at)
        text = f"请签收转送函 {letter.number}：{events.called(incident)}"
        events.tell(people, incident, text, besides=by)
    return letter


def _write(incident: Incident, office: Office, said: LetterText, by: User, at: datetime) -> Letter:
    if not said.facts.strip() or not said.request.strip():
        raise Refused("转送须写明情况和请办事项。")
    addressee = said.addressee.strip() or ("" if office in OUTSIDE else str(office.label))
    if not addressee:
        raise Refused("送校外单位须写明收文单位，如：市网信办。")
    year = timezone.localdate(at).year
    serial = take_next(terms.DRILL_LETTERS if incident.is_drill else terms.LETTERS, year)
    return Letter.objects.create(
        incident=incident,
        office=office,
        addressee=addressee[:100],
        number=letter_number(year, serial, is_drill=incident.is_drill),
        year=year,
        serial=serial,
        is_drill=incident.is_drill,
        facts=said.facts.strip(),
        request=said.request.strip(),
        attachments=said.attachments.strip()[:300],
        sent_at=at,
        sent_by=by,
        sent_by_name=by.name,
        sent_by_unit=events.office_of(by),
    )


def letter_number(year: int, serial: int, *, is_drill: bool = False) -> str:
    """`媒转〔2026〕3号`; a drill's is marked as one."""
    return f"{'演练' if is_drill else ''}{terms.head_words()}〔{year}〕{serial}号"


@transaction.atomic
def receive_letter(
    letter: Letter,
    *,
    by: User,
    at: datetime,
    name: str = "",
    received_at: datetime | None = None,
    scan: StoredFile | None = None,
    note: str = "",
) -> Letter:
    """签收: by a reader in the school with a click, or the paper receipt (`name`, day, scan) that
    whoever works on the incident records."""
    incident = events.lock_incident(Incident(pk=letter.incident_id))
    letter = Letter.objects.select_related("incident__unit").get(pk=letter.pk)
    require(policies.may_receive_letter(by, letter))
    moment = received_at or at
    if moment > at or timezone.localdate(moment) < letter.sent_on:
        raise Refused("签收时间须在发函之后、现在之前。")
    letter.received_at, letter.received_by = moment, (name.strip() or by.name)[:60]
    letter.receipt, letter.receipt_note, letter.recorded_by = scan, note.strip()[:500], by
    letter.save()
    words = f"{letter.number} {letter.addressee} {letter.received_by} 签收"
    events.note_event(incident, "receive", by=by, at=at, note=words, letter=letter)
    detail = {"number": letter.number}
    record("incident.receive", incident, by=by, detail=detail, unit_path=incident.unit_path)
    if incident.handler is not None:
        events.tell([incident.handler], incident, f"转送函 {letter.number} 已签收", besides=by)
    return letter


@transaction.atomic
def resume_incident(incident: Incident, *, note: str, by: User, at: datetime) -> Incident:
    """收回处置: the answer has come, or it is carried on here."""
    if not note.strip():
        raise Refused("写明对方的答复，或为什么收回。")
    incident = events.take(incident, "resume", by)
    set_ladder(incident)
    events.finish(incident, "resume", by=by, at=at, note=note.strip())
    return incident
