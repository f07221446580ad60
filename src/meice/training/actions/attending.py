"""Who was there: marked by hand, by a list, and people asked besides."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.kernel.access import Refused, require
from meice.orgs.models import User
from meice.training import policies
from meice.training.actions.sessions import (
    attendance_row,
    locked_session,
    note_session,
    tell_asked,
    when_and_where,
)
from meice.training.models import Attendance, Presence, TrainingSession

TOLD = (Presence.PRESENT, Presence.ABSENT)
TOO_EARLY = "培训当天才能登记到会和缺席；现在只能登记请假。"


@transaction.atomic
def mark_attendance(
    session: TrainingSession, marks: Mapping[int, str], *, by: User, at: datetime,
    act: str = "attend",
) -> int:  # fmt: skip
    """Who was there, by id of the person; gives how many marks changed."""
    session = locked_session(session)
    require(policies.may_mark_attendance(by, session))
    is_early = timezone.localdate(at) < timezone.localdate(session.starts_at)
    changed = []
    for row in session.attendances.filter(user__in=marks):
        wanted = marks[row.user_id]
        if wanted in Presence.values and wanted != row.presence:
            if is_early and wanted in TOLD:
                raise Refused(TOO_EARLY)
            row.presence, row.marked_by = wanted, by.name
            changed.append(row)
    if not changed:
        return 0
    Attendance.objects.bulk_update(changed, ["presence", "marked_by"], 500)
    present = session.attendances.filter(presence=Presence.PRESENT).count()
    words = f"改了 {len(changed)} 人，到会 {present} 人"
    note_session(session, act, by=by, at=at, note=words)
    detail: Detail = {"present": present}
    record("training.attend", session, by=by, detail=detail, unit_path=session.unit_path)
    return len(changed)


@transaction.atomic
def invite_person(session: TrainingSession, person: User, *, by: User, at: datetime) -> Attendance:
    """Somebody of the unit or below who is not meant by her role comes too."""
    session = locked_session(session)
    require(policies.may_mark_attendance(by, session))
    posts = person.current_posts().filter(unit__path__startswith=session.unit_path)
    post = posts.select_related("user").first() if person.is_active else None
    if post is None:
        raise Refused(f"{person}在{session.unit}和下级单位没有岗位。")
    if session.attendances.filter(user=person).exists():
        raise Refused(f"{person}已在名单里。")
    row = attendance_row(session, post)
    row.is_besides = True
    row.save()
    note_session(session, "invite", by=by, at=at, note=person.name)
    detail: Detail = {"name": person.name}
    record("training.invite", session, by=by, detail=detail, unit_path=session.unit_path)
    if session.starts_at > at:
        tell_asked(session, [person], f"请参加培训：{session.title}，{when_and_where(session)}")
    return row
