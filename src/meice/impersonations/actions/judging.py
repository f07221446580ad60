"""The department judges: a fake, no fake, cannot tell; always with a reason, always a person."""

from datetime import datetime

from django.db import IntegrityError, transaction

from meice.impersonations.actions import events, settings
from meice.impersonations.models import Guise, Impersonation
from meice.impersonations.workflow import SettingName
from meice.kernel.access import Refused
from meice.notices.models import NoticeKind
from meice.orgs.models import User


@transaction.atomic
def accept_docket(docket: Impersonation, *, by: User, at: datetime) -> Impersonation:
    """受理: evidence is taken and judged from now on."""
    docket = events.take(docket, "accept", by)
    events.finish(docket, "accept", by=by, at=at)
    return docket


@transaction.atomic
def confirm_docket(docket: Impersonation, *, reason: str, by: User, at: datetime) -> Impersonation:
    """认定假冒: it gets its number; fraud with admissions is told to security at once."""
    docket = events.take(docket, "confirm", by)
    _judge(docket, reason, by, at)
    docket.number = docket.number or settings.next_number(at)
    docket.due_on = settings.due_after(SettingName.APPLY, at)
    events.finish(docket, "confirm", by=by, at=at, note=docket.judgement)
    text = f"{docket} 已认定为假冒（{docket.number}），将申请关停"
    events.tell(events.reporters_of(docket), docket, text, besides=by, kind=NoticeKind.RESULT)
    if docket.guise == Guise.ADMISSIONS:
        text = f"{docket} 涉嫌招生诈骗，已认定假冒，请对接公安"
        events.tell(events.security_of(docket.unit), docket, text, besides=by)
    return docket


@transaction.atomic
def dismiss_docket(docket: Impersonation, *, reason: str, by: User, at: datetime) -> Impersonation:
    """认定不是假冒."""
    return _set_aside(docket, "dismiss", "认定不是假冒", reason, by, at)


@transaction.atomic
def doubt_docket(docket: Impersonation, *, reason: str, by: User, at: datetime) -> Impersonation:
    """无法认定: what is there does not suffice; said as such, neither fake nor fine."""
    return _set_aside(docket, "doubt", "无法认定", reason, by, at)


@transaction.atomic
def reconsider_docket(
    docket: Impersonation, *, reason: str, by: User, at: datetime
) -> Impersonation:
    """重新研判: new evidence, or a mistake. A number once given stays its own."""
    if not reason.strip():
        raise Refused("请写明为什么重新研判。")
    docket = events.take(docket, "reconsider", by)
    docket.due_on, docket.is_public = settings.due_after(SettingName.JUDGE, at), False
    try:
        with transaction.atomic():
            events.finish(docket, "reconsider", by=by, at=at, note=reason.strip())
    except IntegrityError:
        raise Refused("这个账号已有另一份案卷在办，请在那里继续。") from None
    return docket


def _set_aside(
    docket: Impersonation, step: str, words: str, reason: str, by: User, at: datetime
) -> Impersonation:
    docket = events.take(docket, step, by)
    _judge(docket, reason, by, at)
    docket.due_on = None
    events.finish(docket, step, by=by, at=at, note=docket.judgement)
    events.tell(
        events.reporters_of(docket), docket, f"{docket} {words}：{docket.judgement[:100]}",
        besides=by, kind=NoticeKind.RESULT,
    )  # fmt: skip
    return docket


def _judge(docket: Impersonation, reason: str, by: User, at: datetime) -> None:
    if not reason.strip():
        raise Refused("研判须写明理由：看了哪些证据，为什么这样认定。")
    docket.judged_by, docket.judged_at = by, at
    docket.judgement = reason.strip()[:1000]
