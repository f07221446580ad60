"""Sessions: planned with everybody who must come, attendance, held or cancelled."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import record
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
CHANGED = "这场培训刚有人改过。请看现在的内容，再改一次。"


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
    note_session(session, "plan", by=by, at=at, note=f"通知 {len(asked)} 人")
    record(
        "training.plan", session, by=by, detail={"asked": len(asked)}, unit_path=session.unit_path
    )
    tell_asked(session, asked, f"请参加培训：{session.title}，{when_and_where(session)}")
    return session


@transaction.atomic
def edit_session(
    session: TrainingSession, facts: SessionFacts, *, by: User, at: datetime,
    files: Sequence[StoredFile] = (), drop: Collection[int] = (), version: int | None = None,
) -> TrainingSession:  # fmt: skip
    """Who is new is asked; who was asked and is no longer meant is not, unless she was there.
    `drop`: material taken away; `version`: what the form was written from."""
    session = locked_session(session)
    require(policies.may_edit_session(by, session))
    if version is not None and version != session.version:
        raise Refused(CHANGED)
    former = when_and_where(session)
    session.materials.filter(pk__in=drop).delete()
    fresh = _write(session, facts, files)
    note_session(session, "edit", by=by, at=at)
    record(
        "training.edit", session, by=by, detail={"asked": len(fresh)}, unit_path=session.unit_path
    )
    tell_asked(session, fresh, f"请参加培训：{session.title}，{when_and_where(session)}")
    if when_and_where(session) != former:
        old = set(session.attendances.values_list("user", flat=True)) - {one.pk for one in fresh}
        tell_asked(
            session,
            User.objects.filter(pk__in=old),
            f"培训时间改了：{session.title}，{when_and_where(session)}",
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
    silent = session.attendances.filter(presence=Presence.EXPECTED, is_besides=False)
    silent.exclude(user__in=meant).delete()
    fresh = [post for pk, post in meant.items() if pk not in asked]
    Attendance.objects.bulk_create(attendance_row(session, post) for post in fresh)
    return [post.user for post in fresh]


def attendance_row(session: TrainingSession, post: Post) -> Attendance:
    """She is asked; nobody has told whether she came."""
    return Attendance(
        session=session, user=post.user, name=post.user.name, unit=post.unit,
        unit_name=post.unit.name,
    )  # fmt: skip


@transaction.atomic
def hold_session(session: TrainingSession, *, by: User, at: datetime) -> TrainingSession:
    """办完: from now on it counts for those who were there."""
    session = locked_session(session)
    require(policies.has_begun(session, at))
    SESSION.take("hold", session, by)
    _save(session, "hold", by, at)
    present = session.attendances.filter(presence=Presence.PRESENT).count()
    record(
        "training.hold", session, by=by, detail={"present": present}, unit_path=session.unit_path
    )
    return session


@transaction.atomic
def cancel_session(
    session: TrainingSession, *, reason: str, by: User, at: datetime
) -> TrainingSession:
    """It does not take place; whoever was asked is told."""
    session = locked_session(session)
    SESSION.take("cancel", session, by)
    if not reason.strip():
        raise Refused("取消须写明原因。")
    _save(session, "cancel", by, at, reason.strip())
    record("training.cancel", session, by=by, unit_path=session.unit_path)
    asked = User.objects.filter(pk__in=session.attendances.values("user"))
    tell_asked(session, asked, f"培训取消：{session.title}。{reason.strip()}"[:300])
    return session


def held_sessions(person: User) -> Iterable[TrainingSession]:
    """Planned sessions that a leaving person has arranged."""
    return TrainingSession.objects.planned().filter(made_by=person).order_by("pk")


def move_session(session: TrainingSession, to: User, by: User) -> None:
    """Into another's hands, inside the caller's transaction."""
    session = locked_session(session)
    session.made_by = to
    session.save(update_fields=["made_by"])
    note_session(session, "move", by=by, at=now(), note=to.name)
    record("training.move", session, by=by, detail={"to": to.name}, unit_path=session.unit_path)


def _save(session: TrainingSession, act: str, by: User, at: datetime, note: str = "") -> None:
    session.version += 1
    session.save(update_fields=["status", "version"])
    note_session(session, act, by=by, at=at, note=note)


def locked_session(session: TrainingSession) -> TrainingSession:
    """The row, held until the transaction ends."""
    rows = TrainingSession.objects.select_for_update(of=("self",))
    return rows.select_related("unit", "scope", "topic").get(pk=session.pk)


def note_session(
    session: TrainingSession, act: str, *, by: User, at: datetime, note: str = ""
) -> None:
    """One line of its history."""
    SessionEvent.objects.create(session=session, **event_facts(act, by=by, at=at, note=note))


def when_and_where(session: TrainingSession) -> str:
    """`11月25日 14:30，行政楼报告厅`."""
    local = timezone.localtime(session.starts_at)
    return f"{local.month}月{local.day}日 {local:%H:%M}，{session.place or '线上'}"


def tell_asked(session: TrainingSession, people: Iterable[User], text: str) -> None:
    """A line into the inbox of each who may sign in."""
    notify_all(
        [one for one in people if one.is_active], text=text, url=session.get_absolute_url(),
        kind=NoticeKind.TASK,
    )  # fmt: skip
