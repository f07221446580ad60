"""The public page: a report with a receipt, the state for whoever holds number and secret."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from meice.evidence.models import EvidenceKind
from meice.files.models import StoredFile
from meice.impersonations.actions.reporting import DocketText, take_report
from meice.impersonations.models import (
    Impersonation,
    ImpersonationSetting,
    LookUp,
    Report,
    Source,
)
from meice.impersonations.workflow import SettingName
from meice.kernel.access import Refused
from meice.orgs.models import Unit, UnitKind
from meice.web import receipts
from meice.web.public_forms import Pace, require_pace
from meice.web.receipts import UNKNOWN, Receipt

USE = "JM"
SENDER_KEPT = timedelta(days=1)
LOOK_UPS = Pace(per_address=20, in_all=2000)
CLOSED = "公众举报页没有开放。"


@dataclass(frozen=True, slots=True)
class Stranger:
    """Who reports over the public page, as far as she says; `sender` is for the pace alone,
    `token` is the form's own."""

    sender: str
    name: str = ""
    contact: str = ""
    token: UUID = field(default_factory=uuid4)

    @property
    def is_known(self) -> bool:
        """Was this very form sent before?"""
        return Report.objects.filter(token=self.token).exists()


def report_publicly(
    text: DocketText,
    *,
    stranger: Stranger,
    at: datetime,
    proofs: Iterable[tuple[StoredFile, EvidenceKind]] = (),
) -> Receipt:
    """Anybody reports, if the department has opened the page; at the pace of the page. Sent twice
    it is one report with the same receipt. Raises `Refused`, `TooMany`."""
    receipt = receipts.receipt_of(stranger.token, USE)
    report = Report(
        source=Source.PUBLIC, by_name=stranger.name or "匿名", contact=stranger.contact,
        sender=stranger.sender, text=text.facts, reported_at=at, token=stranger.token,
        receipt=receipt.number, key_hash=receipts.secret_hash(receipt.secret, USE),
    )  # fmt: skip
    docket = Impersonation(source=Source.PUBLIC, unit=university())
    with transaction.atomic():
        _hold_the_door()
        if not stranger.is_known:
            require_pace(Report.objects.public(), stranger.sender, at)
            take_report(text, docket, report, tuple(proofs), None, at)
    return receipt


def _hold_the_door() -> None:
    """One public report after the other: two at the same moment cannot both be the last one."""
    opened = ImpersonationSetting.objects.select_for_update()
    if not list(opened.filter(name=SettingName.PUBLIC_REPORT, number=1)):
        raise Refused(CLOSED)


def check_pace(stranger: Stranger, *, at: datetime) -> None:
    """Refuse before a file is kept; asked again, under the lock, where the report is kept."""
    if not stranger.is_known:
        require_pace(Report.objects.public(), stranger.sender, at)


def university() -> Unit:
    """Whose name is used when nobody says more."""
    units = Unit.objects.active()
    school: Unit | None = units.filter(kind=UnitKind.UNIVERSITY).first() or units.first()
    if school is None:
        raise Refused("系统里还没有单位。")
    return school


def look_up(number: str, secret: str, *, sender: str, at: datetime) -> Report:
    """The report of a receipt. Every try counts against guessing; a wrong number and a wrong
    secret are refused alike."""
    require_pace(LookUp.objects.all(), sender, at, LOOK_UPS, field="at")
    LookUp.objects.create(sender=sender, at=at)
    rows = Report.objects.filter(receipt=receipts.typed(number)).select_related("impersonation")
    found = rows.first()
    if found is None or not receipts.is_secret(secret, found.key_hash, USE):
        raise Refused(UNKNOWN)
    return found


def forget_senders(at: datetime) -> int:
    """After a day nobody needs to know which machine sent what."""
    before = at - SENDER_KEPT
    LookUp.objects.filter(at__lt=before).delete()
    old = Report.objects.public().filter(reported_at__lt=before).exclude(sender="")
    return old.update(sender="")
