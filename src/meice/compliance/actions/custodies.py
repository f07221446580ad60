"""Custody of platform logins: who holds which, when the secret was changed. Never the secret."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.compliance import policies
from meice.compliance.actions.events import note_event, refuse_secrets
from meice.compliance.actions.terms import all_terms
from meice.compliance.models import Custody
from meice.compliance.workflow import CUSTODY, TermName
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.registry.models import Outlet


@dataclass(frozen=True, slots=True)
class CustodyFacts:
    """What is typed. A holder with an account brings her name, and whether she is a student."""

    what: str
    holder: User | None = None
    holder_name: str = ""
    is_student: bool = False
    teacher: str = ""
    factor: str = "unknown"
    rotated_on: date | None = None
    recovery_name: str = ""
    recovery_phone: str = ""
    note: str = ""


@transaction.atomic
def add_custody(outlet: Outlet, facts: CustodyFacts, *, by: User, at: datetime) -> Custody:
    """Somebody holds a login of the outlet."""
    outlet = Outlet.objects.select_for_update(of=("self",)).select_related("unit").get(pk=outlet.pk)
    require(policies.may_add_custody(by, outlet))
    custody = Custody(outlet=outlet, added_at=at)
    _write(custody, facts, at)
    note_event(custody, "add", by=by, at=at)
    _record("custody.add", custody, by)
    return custody


@transaction.atomic
def edit_custody(custody: Custody, facts: CustodyFacts, *, by: User, at: datetime) -> Custody:
    """What is written about it; another holder stands in its history."""
    custody = lock_custody(custody)
    require(policies.may_edit_custody(by, custody))
    former = custody.holder_name
    _write(custody, facts, at)
    note = f"{former} → {custody.holder_name}" if former != custody.holder_name else ""
    note_event(custody, "edit", by=by, at=at, note=note)
    _record("custody.edit", custody, by)
    return custody


def _write(custody: Custody, facts: CustodyFacts, at: datetime) -> None:
    _check(facts, at)
    student, teacher = _student(custody.outlet, facts)
    name = facts.holder.name if facts.holder else facts.holder_name.strip()
    if not name:
        raise Refused("写明由谁保管。")
    if student and not teacher:
        raise Refused("学生保管的要写明在编指导教师。")
    double = Custody.objects.held().filter(
        outlet=custody.outlet, what=facts.what.strip(), holder_name=name
    )
    if double.exclude(pk=custody.pk).exists():
        raise Refused(f"「{facts.what.strip()}」已登记由{name}保管。")
    custody.what, custody.holder, custody.holder_name = facts.what.strip(), facts.holder, name
    custody.is_student, custody.teacher = student, teacher if student else ""
    custody.factor, custody.rotated_on = facts.factor, facts.rotated_on
    custody.rotate_by = _rotate_by(facts.rotated_on)
    custody.recovery_name = facts.recovery_name.strip()
    custody.recovery_phone, custody.note = facts.recovery_phone, facts.note.strip()
    custody.version += 1
    custody.save()


def _check(facts: CustodyFacts, at: datetime) -> None:
    if not facts.what.strip():
        raise Refused("写明是哪个登录，如公众号管理员、站群后台。")
    if facts.rotated_on and facts.rotated_on > timezone.localdate(at):
        raise Refused("轮换日期不能在今天以后。")
    refuse_secrets(facts.what, facts.holder_name, facts.teacher, facts.note, facts.recovery_name)


def _student(outlet: Outlet, facts: CustodyFacts) -> tuple[bool, str]:
    """A holder's own post in the unit says whether she is a student, and under whom."""
    if facts.holder is None:
        return facts.is_student, facts.teacher.strip()
    posts = facts.holder.current_posts().filter(is_student=True).select_related("supervised_by")
    post = posts.filter(unit__path__startswith=outlet.unit_path).first()
    if post is None:
        return facts.is_student, facts.teacher.strip()
    return True, post.supervised_by.name if post.supervised_by else facts.teacher.strip()


def _rotate_by(rotated_on: date | None) -> date | None:
    days = all_terms()[TermName.ROTATION]
    return rotated_on + timedelta(days=days) if rotated_on else None


@transaction.atomic
def rotate_custody(custody: Custody, *, on: date, by: User, at: datetime) -> Custody:
    """The secret was changed on that day."""
    custody = lock_custody(custody)
    require(policies.may_edit_custody(by, custody))
    if on > timezone.localdate(at):
        raise Refused("轮换日期不能在今天以后。")
    if custody.rotated_on and on < custody.rotated_on:
        raise Refused(f"上次轮换是 {custody.rotated_on}，这次不能更早。")
    custody.rotated_on, custody.rotate_by = on, _rotate_by(on)
    custody.version += 1
    custody.save(update_fields=["rotated_on", "rotate_by", "version"])
    note_event(custody, "rotate", by=by, at=at, note=on.isoformat())
    _record("custody.rotate", custody, by)
    return custody


@transaction.atomic
def return_custody(custody: Custody, *, by: User, at: datetime, note: str = "") -> Custody:
    """收回: she holds it no longer; the secret is to be changed by whoever holds it now."""
    custody = lock_custody(custody)
    CUSTODY.take("return", custody, by)
    refuse_secrets(note)
    custody.version += 1
    custody.save(update_fields=["status", "version"])
    note_event(custody, "return", by=by, at=at, note=note.strip())
    _record("custody.return", custody, by)
    return custody


@transaction.atomic
def show_recovery(custody: Custody, *, by: User) -> str:
    """The whole number, for one page view, with an audit line."""
    require(policies.may_see_recovery(by, custody))
    _record("custody.show", custody, by)
    return custody.recovery_phone


def held_custodies(person: User) -> Iterable[Custody]:
    """Logins that a leaving person holds."""
    rows = Custody.objects.held().filter(holder=person).select_related("outlet__unit")
    return rows.order_by("outlet__pinyin_key", "pk")


def name_custody(custody: Custody) -> str:
    """`华园数信（微信公众号）的公众号管理员`."""
    return f"{custody.outlet.name}（{custody.outlet.platform_name}）的{custody.what}"


def move_custody(custody: Custody, to: User, by: User) -> None:
    """Into another's hands, inside the caller's transaction. Who held it knows the secret: that it
    was changed is known only when somebody says so."""
    custody, at = lock_custody(custody), now()
    former = custody.holder_name
    student = to.current_posts().filter(is_student=True).select_related("supervised_by").first()
    teacher = student.supervised_by.name if student and student.supervised_by else ""
    custody.holder, custody.holder_name = to, to.name
    custody.is_student, custody.teacher = bool(teacher), teacher
    custody.rotate_by = timezone.localdate(at)
    custody.version += 1
    custody.save()
    note_event(custody, "hand_over", by=by, at=at, note=f"{former} → {to.name}，请轮换口令")
    _record("custody.hand_over", custody, by)


def lock_custody(custody: Custody) -> Custody:
    """The row as it is now, held until the transaction ends."""
    rows = Custody.objects.select_for_update(of=("self",)).select_related("outlet__unit")
    return rows.get(pk=custody.pk)


def _record(act: str, custody: Custody, by: User) -> None:
    detail: Detail = {"holder": custody.holder_name}
    record(act, custody, by=by, detail=detail, unit_path=custody.outlet.unit_path)
