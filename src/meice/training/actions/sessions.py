"""Sessions: planned with everybody who must come, attendance, held or cancelled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.files.models import StoredFile
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.notices.actions import notify_all
from meice.notices.models import NoticeKind
from meice.orgs.models import Post, Unit, User, event_facts
from meice.training import policies
from meice.training.models import (
    Attendance,
    Material,
    Presence,
    SessionEvent,
    TrainingSession,
    TrainingTopic,
)
from meice.training.workflow import SESSION

MOST_ASKED = 5000


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What is typed."""

    title: str
    topic: TrainingTopic
    scope: Unit
    roles: Sequence[str]
    starts_at: datetime
    place: str = ""
    link: str = ""
    note: str = ""


@transaction.atomic
def plan_session(
    unit: Unit, facts: SessionFacts, *, by: User, at: datetime, files: Sequence[StoredFile] = ()
) -> TrainingSession:
    """Everybody of the roles in the scope is asked and told."""
    require(policies.may_plan_session(by, unit))
    session = TrainingSession(unit=unit, unit_path=unit.path, made_by=by, made_at=at)
    asked = _write(session, facts, files)
    _note(session, "plan", by=by, at=at, note=f"通知 {len(asked)} 人")
    record(
        "session.plan", session, by=by, detail={"asked": len(asked)}, unit_path=session.unit_path
    )
    _tell(session, asked, f"请参加培训：{session.title}，{_when(session)}")
    return session


@transaction.atomic
def edit_session(
    session: TrainingSession, facts: SessionFacts, *, by: User, at: datetime,
    files: Sequence[StoredFile] = (),
) -> TrainingSession:  # fmt: skip
    """Who is new is asked; who was asked and is no longer meant is not, unless she was there."""
    session = _locked(session)
    require(policies.may_edit_session(by, session))
    former = _when(session)
    fresh = _write(session, facts, files)
    _note(session, "edit", by=by, at=at)
    record(
        "session.edit", session, by=by, detail={"asked": len(fresh)}, unit_path=session.unit_path
    )
    _tell(session, fresh, f"请参加培训：{session.title}，{_when(session)}")
    if _when(session) != former:
        old = set(session.attendances.values_list("user", flat=True)) - {one.pk for one in fresh}
        _tell(
            session,
            User.objects.filter(pk__in=old),
            f"培训时间改了：{session.title}，{_when(session)}",
        )
    return session


def _write(
    session: TrainingSession, facts: SessionFacts, files: Sequence[StoredFile]
) -> list[User]:
    _check(session.unit, facts)
    session.title, session.topic, session.scope = facts.title.strip(), facts.topic, facts.scope
    session.roles, session.starts_at = list(facts.roles), facts.starts_at
    session.place, session.link = facts.place.strip(), facts.link.strip()
    session.note = facts.note.strip()
    session.version += 1
    session.save()
    Material.objects.bulk_create(Material(session=session, file=file) for file in files)
    return _ask(session)


def _check(unit: Unit, facts: SessionFacts) -> None:
    if not facts.title.strip():
        raise Refused("培训名称没有填。")
    if not facts.roles:
        raise Refused("选一选谁要参加。")
    if not (facts.place.strip() or facts.link.strip()):
        raise Refused("写地点，或线上地址。")
    if facts.link.strip() and not facts.link.strip().lower().startswith(("https://", "http://")):
        raise Refused("线上地址写成 https://… 的样子。")
    if not facts.scope.path.startswith(unit.path):
        raise Refused(f"参加单位要是「{unit}」或它的下级单位。")


def _ask(session: TrainingSession) -> list[User]:
    """Rows for who must come; gives those who are new."""
    posts = Post.objects.current().filter(
        role__in=session.roles, unit__path__startswith=session.scope.path, user__is_active=True
    )
    meant = {post.user_id: post for post in posts.select_related("user", "unit").order_by("-pk")}
    if len(meant) > MOST_ASKED:
        raise Refused(f"要参加的超过 {MOST_ASKED} 人，请分单位举办。")
    asked = set(session.attendances.values_list("user", flat=True))
    gone = session.attendances.filter(presence=Presence.EXPECTED).exclude(user__in=meant)
    gone.delete()
    fresh = [post for pk, post in meant.items() if pk not in asked]
    Attendance.objects.bulk_create(_row(session, post) for post in fresh)
    return [post.user for post in fresh]


def _row(session: TrainingSession, post: Post) -> Attendance:
    return Attendance(
        session=session, user=post.user, name=post.user.name, unit=post.unit,
        unit_name=post.unit.name,
    )  # fmt: skip


@transaction.atomic
def mark_attendance(
    session: TrainingSession, marks: Mapping[int, str], *, by: User, at: datetime
) -> int:
    """Who was there, by id of the person; gives how many marks changed."""
    session = _locked(session)
    require(policies.may_mark_attendance(by, session))
    changed = []
    for row in session.attendances.filter(user__in=marks):
        wanted = marks[row.user_id]
        if wanted in Presence.values and wanted != row.presence:
            row.presence, row.marked_by = wanted, by.name
            changed.append(row)
    if not changed:
        return 0
    Attendance.objects.bulk_update(changed, ["presence", "marked_by"], 500)
    present = session.attendances.filter(presence=Presence.PRESENT).count()
    _note(session, "attend", by=by, at=at, note=f"改了 {len(changed)} 人，到会 {present} 人")
    detail: Detail = {"present": present}
    record("session.attend", session, by=by, detail=detail, unit_path=session.unit_path)
    return len(changed)


@transaction.atomic
def hold_session(session: TrainingSession, *, by: User, at: datetime) -> TrainingSession:
    """办完: from now on it counts for those who were there."""
    session = _locked(session)
    SESSION.take("hold", session, by)
    if session.starts_at > at:
        raise Refused("还没有到培训的时间。")
    _save(session, "hold", by, at)
    present = session.attendances.filter(presence=Presence.PRESENT).count()
    record("session.hold", session, by=by, detail={"present": present}, unit_path=session.unit_path)
    return session


@transaction.atomic
def cancel_session(
    session: TrainingSession, *, reason: str, by: User, at: datetime
) -> TrainingSession:
    """It does not take place; whoever was asked is told."""
    session = _locked(session)
    SESSION.take("cancel", session, by)
    if not reason.strip():
        raise Refused("取消须写明原因。")
    _save(session, "cancel", by, at, reason.strip())
    record("session.cancel", session, by=by, unit_path=session.unit_path)
    asked = User.objects.filter(pk__in=session.attendances.values("user"))
    _tell(session, asked, f"培训取消：{session.title}。{reason.strip()}"[:300])
    return session


def held_sessions(person: User) -> Iterable[TrainingSession]:
    """Planned sessions that a leaving person has arranged."""
    return TrainingSession.objects.planned().filter(made_by=person).order_by("pk")


def move_session(session: TrainingSession, to: User, by: User) -> None:
    """Into another's hands, inside the caller's transaction."""
    session = _locked(session)
    session.made_by = to
    session.save(update_fields=["made_by"])
    _note(session, "move", by=by, at=now(), note=to.name)
    record("session.move", session, by=by, detail={"to": to.name}, unit_path=session.unit_path)


def _save(session: TrainingSession, act: str, by: User, at: datetime, note: str = "") -> None:
    session.version += 1
    session.save(update_fields=["status", "version"])
    _note(session, act, by=by, at=at, note=note)


def _locked(session: TrainingSession) -> TrainingSession:
    rows = TrainingSession.objects.select_for_update(of=("self",))
    return rows.select_related("unit", "scope", "topic").get(pk=session.pk)


def _note(session: TrainingSession, act: str, *, by: User, at: datetime, note: str = "") -> None:
    SessionEvent.objects.create(session=session, **event_facts(act, by=by, at=at, note=note))


def _when(session: TrainingSession) -> str:
    local = timezone.localtime(session.starts_at)
    return f"{local.month}月{local.day}日 {local:%H:%M}，{session.place or '线上'}"


def _tell(session: TrainingSession, people: Iterable[User], text: str) -> None:
    notify_all(
        [one for one in people if one.is_active], text=text, url=session.get_absolute_url(),
        kind=NoticeKind.TASK,
    )  # fmt: skip
