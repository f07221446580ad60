"""The ladder of a round: reminded, missed, told to the leader, told to the department; each once."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.notices.models import NoticeKind
from meice.orgs.models import User
from meice.patrols.actions import events, terms
from meice.patrols.models import Round, RoundReminder, RoundStatus, Rung
from meice.patrols.workflow import ROUND, TermName

MORNING, EVENING = time(8, 30), time(21)
CHUNK = 200


@dataclass(frozen=True, slots=True)
class _Speech:
    """Whom a rung tells, and what; `{}` are the round and its end."""

    people: Callable[[Round], list[User]]
    text: str


SPEECHES: Mapping[Rung, _Speech] = {
    Rung.BEFORE: _Speech(lambda one: list(one.people.all()), "{}还没有巡完，{}到期"),
    Rung.MISSED: _Speech(lambda one: list(one.people.all()), "{}没有按时巡完（{}到期），请补巡"),
    Rung.LEADER: _Speech(
        lambda one: events.leaders_of(one.unit), "你单位的{}漏巡（{}到期），请安排补巡或说明"
    ),
    Rung.DEPARTMENT: _Speech(
        lambda one: events.department_of(one.unit), "{}漏巡（{}到期），单位还没有补巡或说明"
    ),
}


def rungs_of(round: Round, known: Mapping[TermName, int]) -> list[tuple[datetime, Rung]]:
    """Each rung with its moment, earliest first. The miss is noted the minute it happens; people
    are told between 8:30 and 21:00. A reminder that would come too late is left out."""
    due = round.due_at
    before = in_waking_hours(due - timedelta(hours=known[TermName.BEFORE]))
    found = [
        (due, Rung.MISSED),
        (in_waking_hours(due + timedelta(hours=known[TermName.LEADER])), Rung.LEADER),
        (in_waking_hours(due + timedelta(hours=known[TermName.DEPARTMENT])), Rung.DEPARTMENT),
    ]
    if round.opens_at < before < due:
        found.append((before, Rung.BEFORE))
    return sorted(found, key=lambda pair: (pair[0], list(Rung).index(pair[1])))


def in_waking_hours(moment: datetime) -> datetime:
    """The moment itself, or the next 8:30 where it falls into the night."""
    local = timezone.localtime(moment)
    if MORNING <= local.time() < EVENING:
        return moment
    day = local.date() + timedelta(days=local.time() >= EVENING)
    return timezone.make_aware(datetime.combine(day, MORNING))


def set_ladder(round: Round, known: Mapping[TermName, int], *, said: Collection[str]) -> None:
    """Write in memory the moment at which the ladder looks next; the action saves."""
    left = [moment for moment, rung in rungs_of(round, known) if rung not in said]
    round.ladder_at = min(left, default=None) if round.is_to_do else None


def climb_ladder(at: datetime) -> int:
    """One turn: whatever is due is said once. Gives the number of rungs climbed."""
    known = terms.all_terms()
    due = Round.objects.to_do().filter(ladder_at__lte=at).order_by("ladder_at", "pk")
    return sum(_climb(pk, known, at) for pk in list(due.values_list("pk", flat=True)[:CHUNK]))


@transaction.atomic
def _climb(pk: int, known: Mapping[TermName, int], at: datetime) -> int:
    """All rungs of one round that are due, under its lock: a second worker finds them climbed."""
    round = events.lock_round(Round(pk=pk))
    said = set(RoundReminder.objects.filter(round=pk).values_list("rung", flat=True))
    if not round.is_to_do:
        return 0
    due = [rung for moment, rung in rungs_of(round, known) if moment <= at and rung not in said]
    if round.due_at <= at:
        _miss(round, at)
        due = [rung for rung in due if rung != Rung.BEFORE]
    for rung in due:
        _say(round, rung, at)
    passed = {rung for moment, rung in rungs_of(round, known) if moment <= at}
    set_ladder(round, known, said=said | passed)
    round.save(update_fields=["status", "missed_at", "ladder_at", "version"])
    return len(due)


def _miss(round: Round, at: datetime) -> None:
    """漏巡, once: what is being made up is not missed again."""
    if round.missed_at is not None or round.status not in (RoundStatus.OPEN, RoundStatus.UNDERWAY):
        return
    ROUND.take("miss", round, None)
    round.missed_at = round.due_at
    round.version += 1
    events.note_event(round, "miss", by=None, at=at)
    detail: Detail = {"name": round.name, "outlets": round.outlet_count - round.done_count}
    record("round.miss", round, by=None, detail=detail, unit_path=round.unit_path)


def _say(round: Round, rung: Rung, at: datetime) -> None:
    speech = SPEECHES[rung]
    due = timezone.localtime(round.due_at)
    text = speech.text.format(round.name, f"{due:%m月%d日 %H:%M} ")
    reached = events.tell(speech.people(round), round, text, kind=NoticeKind.REMINDER)
    RoundReminder.objects.create(round=round, rung=rung, at=at, reached=reached)
    note = f"{rung.label}，已告知 {reached} 人"
    events.note_event(round, "remind", by=None, at=at, note=note)
    detail: Detail = {"rung": rung.value, "people": reached}
    record("round.remind", round, by=None, detail=detail, unit_path=round.unit_path)
