"""报送: what is sent to a platform or an authority, with its number, its day and its answer."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from meice.impersonations import policies
from meice.impersonations.actions import events, settings
from meice.impersonations.channels import CHANNEL_BY_KEY
from meice.impersonations.documents.pack import pack_of
from meice.impersonations.models import Impersonation, Referral, ReferralStatus
from meice.impersonations.workflow import IMPERSONATION, REFERRAL, SettingName
from meice.kernel.access import Refused, require
from meice.notices.models import NoticeKind
from meice.orgs.models import User
from meice.registry.actions.terms import workdays


@transaction.atomic
def refer_docket(
    docket: Impersonation,
    channel: str,
    *,
    sent_on: date,
    by: User,
    at: datetime,
    ticket: str = "",
    note: str = "",
) -> Referral:
    """Note that it was sent: the first one takes the docket to 已申请关停.

    What the channel asks for and the docket lacks must be explained in `note`; it is kept.
    """
    if channel not in CHANNEL_BY_KEY:
        raise Refused("没有这个报送渠道。")
    docket = events.lock_docket(docket)
    require(policies.may_refer(by, docket))
    place = CHANNEL_BY_KEY[channel]
    missing = pack_of(docket, place).missing
    if missing and not note.strip():
        raise Refused(f"还缺：{'、'.join(missing)}。补齐，或写明怎样另行提交。")
    if docket.status in IMPERSONATION["apply"].sources:
        IMPERSONATION.take("apply", docket, by)
        events.finish(docket, "apply", by=by, at=at)
    sent = _sent(docket, place.key, place.label, sent_on, ticket, missing, place.days, by)
    docket.due_on = _next_answer(docket)
    words = f"{place.label}，单号 {ticket}" if ticket else place.label
    if missing:
        words += f"；缺 {'、'.join(missing)}：{note.strip()[:200]}"
    events.finish(docket, "refer", by=by, at=at, note=words, detail={"channel": place.label})
    text = f"{docket} 已报送{place.label}，答复期限{events.day_words(sent.due_on)}"
    events.tell(events.reporters_of(docket), docket, text, besides=by, kind=NoticeKind.RESULT)
    return sent


def _sent(
    docket: Impersonation,
    key: str,
    label: str,
    sent_on: date,
    ticket: str,
    missing: tuple[str, ...],
    days: int,
    by: User,
) -> Referral:
    try:
        with transaction.atomic():
            return Referral.objects.create(
                impersonation=docket, channel=key, channel_name=label, sent_on=sent_on,
                ticket=ticket.strip(), missing="、".join(missing)[:300], sent_by=by,
                due_on=workdays().after(sent_on, days),
            )  # fmt: skip
    except IntegrityError:
        raise Refused(f"已报送{label}，正在等答复；有了答复再报第二次。") from None


@transaction.atomic
def uphold_referral(
    referral: Referral, *, answered_on: date, answer: str, by: User, at: datetime, ticket: str = ""
) -> Referral:
    """登记已处置: the other side has done something."""
    return _answered(referral, "uphold", answered_on, answer, ticket, by, at)


@transaction.atomic
def reject_referral(
    referral: Referral, *, answered_on: date, answer: str, by: User, at: datetime, ticket: str = ""
) -> Referral:
    """登记不处置: the other side declines, with its reason; other places are still open."""
    if not answer.strip():
        raise Refused("请写明对方不处置的理由。")
    return _answered(referral, "reject", answered_on, answer, ticket, by, at)


def _answered(
    referral: Referral,
    step: str,
    answered_on: date,
    answer: str,
    ticket: str,
    by: User,
    at: datetime,
) -> Referral:
    docket = events.lock_docket(referral.impersonation)
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    locked.impersonation = docket
    REFERRAL.take(step, locked, by)
    if answered_on < locked.sent_on:
        raise Refused("答复日期不能早于报送日期。")
    locked.answered_on, locked.answer = answered_on, answer.strip()[:500]
    locked.ticket = ticket.strip() or locked.ticket
    locked.save()
    docket.due_on = _next_answer(docket) or settings.due_after(SettingName.APPLY, at)
    note = f"{locked.channel_name}：{locked.answer}" if locked.answer else locked.channel_name
    events.finish(docket, step, by=by, at=at, note=note, detail={"channel": locked.channel_name})
    return locked


def _next_answer(docket: Impersonation) -> date | None:
    """The earliest day on which an answer is due."""
    waiting = Referral.objects.filter(impersonation=docket, status=ReferralStatus.SENT)
    return waiting.order_by("due_on").values_list("due_on", flat=True).first()
