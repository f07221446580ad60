"""Walking a round: answers outlet by outlet, each kept at once; taken over, finished, excused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from meice.audit.actions import Detail, record
from meice.kernel.access import Refused, require
from meice.notices.models import NoticeKind
from meice.orgs.models import User
from meice.patrols import policies
from meice.patrols.actions import events
from meice.patrols.models import Answer, Round, RoundStatus, Seen, Visit
from meice.patrols.workflow import ROUND


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: `note` what was seen, `measure` what was done about it at once."""

    state: Seen
    note: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class VisitText:
    """What a page says of one outlet: answers by the check's key (those without one are left out),
    and a remark on the whole."""

    answers: Mapping[str, Said] = field(default_factory=dict)
    note: str = ""


@transaction.atomic
def answer_visit(visit: Visit, said: VisitText, *, by: User, at: datetime) -> Visit:
    """Keep what differs from what is kept. The first answer begins the round (or its making up).

    Sending the same twice changes nothing. Raises `Refused` when the round is at an end, is not
    hers, or a told problem would be taken back.
    """
    round, visit = _locked(visit, by)
    had = {answer.key: answer for answer in visit.answers.all()}
    known = {check.key for check in round.checklist.checks_for(visit.kind)}
    new = {key: one for key, one in said.answers.items() if key in known}
    changed = [key for key, one in new.items() if _differs(had.get(key), one)]
    noted = visit.note != said.note.strip()
    if not changed and not noted:
        return visit
    for key in changed:
        _keep(visit, had.get(key), key, new[key], by, at)
    visit.note = said.note.strip()[:500]
    _settle(round, visit, by, at)
    return visit


@transaction.atomic
def fine_visit(visit: Visit, *, by: User, at: datetime) -> Visit:
    """全部正常, in one tap, of this one outlet: whatever has no answer yet is well. What was
    answered stays as it is."""
    round, visit = _locked(visit, by)
    had = {answer.key for answer in visit.answers.all()}
    Answer.objects.bulk_create(
        Answer(visit=visit, key=check.key, state=Seen.OK, by=by, by_name=by.name, at=at)
        for check in round.checklist.checks_for(visit.kind)
        if check.key not in had
    )
    _settle(round, visit, by, at)
    return visit


@transaction.atomic
def take_round(round: Round, *, by: User, at: datetime) -> Round:
    """接手: she walks it from now on; those named before stay named."""
    round = events.lock_round(round)
    require(policies.may_take_round(by, round))
    before = list(round.people.all())
    round.people.add(by)
    round.people_names = events.names_of([*before, by])[:200]
    events.finish(round, "take", by=by, at=at)
    text = f"{by.name}接手了{round.name}"
    events.tell(before, round, text, besides=by, kind=NoticeKind.RESULT)
    return round


@transaction.atomic
def finish_round(
    round: Round, *, summary: str = "", handover: str = "", by: User, at: datetime
) -> Round:
    """完成: with a word on the whole and what the next one must know."""
    round = events.take(round, "finish", by)
    round.summary, round.handover = summary.strip(), handover.strip()
    round.finished_at, round.finished_by, round.finished_by_name = at, by, by.name
    round.ladder_at = None
    detail: Detail = {
        "outlets": round.outlet_count, "problems": round.problem_count,
        "unseen": round.unseen_count, "late": round.missed_at is not None,
    }  # fmt: skip
    events.finish(round, "finish", by=by, at=at, note=round.summary, detail=detail)
    if round.missed_at is not None:
        text = f"{round.name}已补巡：{round.problem_count} 处问题"
        events.tell(events.leaders_of(round.unit), round, text, besides=by, kind=NoticeKind.RESULT)
    return round


@transaction.atomic
def excuse_round(round: Round, *, reason: str, by: User, at: datetime) -> Round:
    """说明漏巡: why it was not walked; the ladder ends, the miss stays in the book."""
    if not reason.strip():
        raise Refused("须写明为什么没有巡查。")
    round = events.take(round, "excuse", by)
    round.excuse = reason.strip()[:500]
    round.ladder_at = None
    events.finish(round, "excuse", by=by, at=at, note=round.excuse)
    people = [*round.people.all(), *events.department_of(round.unit)]
    text = f"{round.name}漏巡已说明"
    events.tell(people, round, text, besides=by, kind=NoticeKind.RESULT)
    return round


def lock_visit(visit: Visit) -> tuple[Round, Visit]:
    """The round, held until the transaction ends, and its visit as it is now."""
    round = events.lock_round(Round(pk=visit.round_id))
    found = Visit.objects.prefetch_related("answers").select_related("outlet__unit")
    fresh = found.get(pk=visit.pk)
    fresh.round = round
    return round, fresh


def _locked(visit: Visit, by: User) -> tuple[Round, Visit]:
    """The same, for who may answer."""
    round, visit = lock_visit(visit)
    require(policies.may_answer(by, round))
    return round, visit


def _differs(had: Answer | None, said: Said) -> bool:
    if had is None:
        return True
    return (had.state, had.note, had.measure) != (
        said.state, said.note.strip(), said.measure.strip(),
    )  # fmt: skip


def _keep(visit: Visit, had: Answer | None, key: str, said: Said, by: User, at: datetime) -> None:
    answer = had or Answer(visit=visit, key=key)
    if answer.is_told and said.state != Seen.PROBLEM:
        raise Refused("这个问题已经报出，不能改成没有问题；有误请到报出的那一条里说明。")
    answer.state = said.state
    answer.note, answer.measure = said.note.strip()[:1000], said.measure.strip()[:500]
    answer.by, answer.by_name, answer.at = by, by.name, at
    answer.save()


def _settle(round: Round, visit: Visit, by: User, at: datetime) -> None:
    """Counts and ends follow the answers; the round begins with the first of them."""
    step = {RoundStatus.OPEN: "begin", RoundStatus.MISSED: "resume"}.get(RoundStatus(round.status))
    if step:
        ROUND.take(step, round, by)
        round.begun_at = round.begun_at or at
        events.note_event(round, step, by=by, at=at)
        record(f"round.{step}", round, by=by, unit_path=round.unit_path)
    was_done = visit.done_at is not None
    count_visit(visit, round, by, at)
    count_round(round)
    act = "change" if was_done else "see" if visit.done_at else ""
    if act:
        events.note_event(round, act, by=by, at=at, note=f"第 {visit.place} 个 {visit.name}")
        detail: Detail = {"place": visit.place, "problems": visit.problem_count}
        record(f"round.{act}", round, by=by, detail=detail, unit_path=round.unit_path)


def count_visit(visit: Visit, round: Round, by: User, at: datetime) -> None:
    """Write its counts, and whether everything has an answer and every problem its words."""
    answers = {answer.key: answer for answer in Answer.objects.filter(visit=visit.pk)}
    asked = round.checklist.checks_for(visit.kind)
    given = [answers[check.key] for check in asked if check.key in answers]
    problems = [answer for answer in given if answer.state == Seen.PROBLEM]
    is_done = len(given) == len(asked) and all(answer.note for answer in problems)
    visit.problem_count = len(problems)
    visit.unseen_count = sum(answer.state == Seen.UNSEEN for answer in given)
    visit.done_at = at if is_done else None
    visit.done_by, visit.done_by_name = (by, by.name) if is_done else (None, "")
    visit.save()


def count_round(round: Round) -> None:
    """Write the counts of the whole."""
    answers = Answer.objects.filter(visit__round=round.pk)
    untold = Q(state=Seen.PROBLEM, measure="", finding__isnull=True, incident__isnull=True)
    counts = answers.aggregate(
        problems=Count("pk", filter=Q(state=Seen.PROBLEM)),
        unseen=Count("pk", filter=Q(state=Seen.UNSEEN)),
        loose=Count("pk", filter=untold),
    )
    round.problem_count, round.unseen_count = counts["problems"], counts["unseen"]
    round.loose_count = counts["loose"]
    round.done_count = Visit.objects.filter(round=round.pk, done_at__isnull=False).count()
    round.version += 1
    round.save()
