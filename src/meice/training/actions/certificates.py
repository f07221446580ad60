"""Certificates: put down with their proof, reminded of before they end."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.files.models import StoredFile
from meice.kernel.access import Refused, require
from meice.notices.actions import notify_all
from meice.notices.models import NoticeKind
from meice.orgs.models import User
from meice.orgs.roles import Role
from meice.registry.actions.people import people_over
from meice.training import policies
from meice.training.models import Certificate, CertificateReminder, TrainingTopic

RUNGS = (0, 7, 30)
MORNING = time(8, 30)


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What is typed."""

    user: User
    name: str
    issued_on: date
    topic: TrainingTopic | None = None
    number: str = ""
    issuer: str = ""
    valid_until: date | None = None


@transaction.atomic
def add_certificate(
    facts: CertificateFacts, *, by: User, at: datetime, file: StoredFile | None = None
) -> Certificate:
    """Of a person with a post; it belongs to the unit of that post."""
    posts = list(facts.user.current_posts())
    if not posts:
        raise Refused(f"{facts.user}现在没有岗位，不登记证书。")
    post = next((one for one in posts if policies.may_add_certificate(by, one.unit)), posts[0])
    require(policies.may_add_certificate(by, post.unit))
    if not facts.name.strip():
        raise Refused("证书名称没有填。")
    if facts.issued_on > timezone.localdate(at):
        raise Refused("发证日期不能在今天以后。")
    if facts.valid_until and facts.valid_until < facts.issued_on:
        raise Refused("有效期至早于发证日期，请改正。")
    certificate = Certificate.objects.create(
        user=facts.user, unit=post.unit, unit_path=post.unit.path, topic=facts.topic,
        name=facts.name.strip(), number=facts.number.strip(), issuer=facts.issuer.strip(),
        issued_on=facts.issued_on, valid_until=facts.valid_until, file=file, told_by=by.name,
        added_at=at,
    )  # fmt: skip
    detail: Detail = {"name": facts.user.name}
    record("certificate.add", certificate, by=by, detail=detail, unit_path=post.unit.path)
    return certificate


@transaction.atomic
def drop_certificate(certificate: Certificate, *, by: User, at: datetime) -> Certificate:
    """Put down by mistake: it counts no longer, the row stays."""
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("unit", "user")
    certificate = rows.get(pk=certificate.pk)
    require(policies.may_drop_certificate(by, certificate))
    certificate.dropped_at = at
    certificate.save(update_fields=["dropped_at"])
    detail: Detail = {"name": certificate.user.name}
    record("certificate.drop", certificate, by=by, detail=detail, unit_path=certificate.unit_path)
    return certificate


def remind_certificates(at: datetime) -> int:
    """30, 7 and 0 days before the end, once each, from 8:30 on; gives how many were reminded of.
    After an outage only the nearest rung speaks; what was renewed is silent."""
    here = timezone.localtime(at)
    if here.time() < MORNING:
        return 0
    today = here.date()
    rows = Certificate.objects.ending(today, RUNGS[-1]).filter(user__is_active=True)
    return sum(
        _remind(row, today, at) for row in rows.select_related("user", "unit").order_by("pk")
    )


@transaction.atomic
def _remind(certificate: Certificate, today: date, at: datetime) -> int:
    end = certificate.valid_until
    if end is None:
        return 0
    left = (end - today).days
    rung = next(days for days in RUNGS if left <= days)
    _, is_new = CertificateReminder.objects.get_or_create(
        certificate=certificate, rung=rung, due_on=end, defaults={"at": at}
    )
    if not is_new:
        return 0
    people = {certificate.user_id: certificate.user}
    people |= {one.pk: one for one in people_over(Role.OPERATOR, certificate.unit)}
    when = f"还有 {left} 天到期" if left > 0 else ("今天到期" if left == 0 else "已过期")
    text = f"{certificate.user}的培训证书「{certificate}」{when}"
    notify_all(
        people.values(), text=text, url=reverse("certificate-list"), kind=NoticeKind.REMINDER
    )
    detail: Detail = {"people": len(people)}
    record(
        "certificate.remind", certificate, by=None, detail=detail, unit_path=certificate.unit_path
    )
    return 1
