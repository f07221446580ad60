"""The public form: a report with a receipt, the state for whoever holds number and secret."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from meice.audit.actions import record
from meice.files.models import StoredFile
from meice.incidents import policies
from meice.incidents.actions import events, terms
from meice.incidents.actions.reporting import report_incident
from meice.incidents.classes import CLASS_OF, IncidentKind, IncidentSource
from meice.incidents.models import Incident, LookUp, PublicReport
from meice.incidents.workflow import TermName
from meice.kernel.access import Refused, require
from meice.orgs.models import Unit, User
from meice.web import receipts
from meice.web.public_forms import Pace, require_pace
from meice.web.receipts import UNKNOWN, Receipt

USE = "JB"
SENDER_KEPT = timedelta(days=1)
LOOK_UPS = Pace(per_address=20, in_all=2000)
CLOSED = "公开举报现在没有开放。"


@dataclass(frozen=True, slots=True)
class PublicText:
    """What a stranger says; the contact is optional."""

    kind: str
    title: str
    text: str
    link: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""


def receive_public_report(
    said: PublicText,
    *,
    token: UUID,
    sender: str,
    at: datetime,
    files: Sequence[StoredFile] = (),
) -> Receipt:
    """公开举报: an incident of the department's own unit, to be taken up like any other.

    Sent twice (`token`) it is one report with the same receipt. Raises `Refused` when the form is
    switched off and `TooMany` when the hour is full.
    """
    receipt = receipt_of(token)
    try:
        _keep(said, receipt, token, sender, at, files)
    except IntegrityError:
        if not PublicReport.objects.filter(token=token).exists():
            raise
    return receipt


@transaction.atomic
def _keep(
    said: PublicText,
    receipt: Receipt,
    token: UUID,
    sender: str,
    at: datetime,
    files: Sequence[StoredFile],
) -> None:
    if PublicReport.objects.filter(token=token).exists():
        return
    require_open(sender, at)
    kind = IncidentKind(said.kind)
    incident = report_incident(
        unit=events.department_unit(_school()),
        title=said.title,
        text=said.text,
        kind=kind,
        severity=CLASS_OF[kind].severity,
        source=IncidentSource.PUBLIC,
        by=None,
        at=at,
        files=files,
        link=said.link,
    )
    report = PublicReport.objects.create(
        incident=incident,
        token=token,
        receipt=receipt.number,
        key_hash=receipts.secret_hash(receipt.secret, USE),
        contact_name=said.contact_name.strip()[:40],
        contact_phone=said.contact_phone.strip()[:20],
        contact_email=said.contact_email.strip()[:120],
        sender=sender,
        reported_at=at,
    )
    detail = {"contact": report.has_contact}
    record("incident.receive_public", incident, by=None, detail=detail)


def require_open(sender: str, at: datetime) -> None:
    """Raise `Refused` when the form is switched off, `TooMany` when the hour is full."""
    known = terms.all_terms()
    if not known[TermName.PUBLIC]:
        raise Refused(CLOSED)
    pace = Pace(known[TermName.PUBLIC_ADDRESS], known[TermName.PUBLIC_ALL])
    require_pace(PublicReport.objects.all(), sender, at, pace)


def _school() -> Unit:
    """The school. In a deployment of many schools reports go to the authority above them."""
    root: Unit | None = Unit.objects.active().order_by("path").first()
    if root is None:
        raise Refused(CLOSED)
    return root


def receipt_of(token: UUID) -> Receipt:
    """The receipt of a form sent with this token."""
    return receipts.receipt_of(token, USE)


def look_up(number: str, secret: str, *, sender: str, at: datetime) -> PublicReport:
    """The report of a receipt. Every try counts against guessing; a wrong number and a wrong
    secret are refused alike."""
    require_pace(LookUp.objects.all(), sender, at, LOOK_UPS, field="at")
    LookUp.objects.create(sender=sender, at=at)
    rows = PublicReport.objects.filter(receipt=receipts.typed(number))
    found = rows.select_related("incident").first()
    if found is None or not receipts.is_secret(secret, found.key_hash, USE):
        raise Refused(UNKNOWN)
    return found


@transaction.atomic
def show_contact(incident: Incident, *, by: User) -> PublicReport:
    """How the reporter may be reached, for this page view; leaves a line in the audit."""
    require(policies.may_see_contact(by, incident))
    report = PublicReport.objects.get(incident=incident.pk)
    detail = {"number": incident.number}
    record("incident.contact", incident, by=by, detail=detail, unit_path=incident.unit_path)
    return report


def forget_senders(at: datetime) -> int:
    """After a day nobody needs to know which machine sent what."""
    before = at - SENDER_KEPT
    LookUp.objects.filter(at__lt=before).delete()
    old = PublicReport.objects.filter(reported_at__lt=before).exclude(sender="")
    return old.update(sender="")
