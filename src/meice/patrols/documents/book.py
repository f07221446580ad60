"""巡查记录 as lines: what the paper and the workbook say of each outlet of each round."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from meice.patrols.models import Answer, Photo, Round, RoundQuerySet, Seen, Visit

BY_PERSON = "人工，机器观察在旁"
CHUNK = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One outlet of one round."""

    round: Round
    visit: Visit
    problems: str
    unseen: str
    measures: str
    handlers: str
    told: str
    photos: int

    @property
    def result(self) -> str:
        """正常, 有问题, 看不到 or 没有看."""
        if self.visit.problem_count:
            return "有问题"
        if self.visit.done_at is None:
            return "没有看"
        return "有看不到的" if self.visit.unseen_count else "正常"


def lines_of(rounds: RoundQuerySet, *, only_problems: bool = False) -> Iterator[Line]:
    """In the order given, outlet by outlet; read in chunks, never all at once."""
    visits = Visit.objects.filter(problem_count__gt=0) if only_problems else Visit.objects.all()
    answers = Answer.objects.exclude(state=Seen.OK).select_related("finding", "incident")
    answers = answers.prefetch_related("incident__letters")
    whole = visits.prefetch_related(
        Prefetch("answers", answers), Prefetch("photos", Photo.objects.only("pk", "visit"))
    )
    rows = rounds.select_related("checklist").prefetch_related(Prefetch("visits", whole))
    for round in rows.iterator(chunk_size=CHUNK):
        texts = {check.key: check.text for check in round.checklist.checks}
        for visit in round.visits.all():
            yield line_of(round, visit, texts)


def line_of(round: Round, visit: Visit, texts: Mapping[str, str]) -> Line:
    """The words of one outlet; what is well needs none."""
    answers = list(visit.answers.all())
    problems = [answer for answer in answers if answer.state == Seen.PROBLEM]
    unseen = [answer for answer in answers if answer.state == Seen.UNSEEN]
    return Line(
        round=round,
        visit=visit,
        problems="\n".join(_said(answer, texts) for answer in problems),
        unseen="\n".join(_said(answer, texts) for answer in unseen),
        measures="\n".join(answer.measure for answer in problems if answer.measure),
        handlers="、".join(_handlers(problems)),
        told="\n".join(told_words(answer) for answer in problems if answer.is_told),
        photos=len(visit.photos.all()),
    )


def _handlers(problems: Iterable[Answer]) -> list[str]:
    """处置人: who dealt with it on the spot, and who has the incident in hand."""
    names = [answer.by_name for answer in problems if answer.measure]
    names += [answer.incident.handler_name for answer in problems if answer.incident]
    return [name for name in dict.fromkeys(names) if name]


def told_words(answer: Answer) -> str:
    """Where it was told on, what became of it, and to which offices it was passed."""
    told = []
    if answer.incident:
        told.append(f"报事件 {answer.incident.number}（{answer.incident.state.label}）")
        told += [
            f"转送{letter.get_office_display()} {letter.number}"
            for letter in answer.incident.letters.all()
        ]
    if answer.finding:
        told.append(f"记为问题（{answer.finding.state.label}）")
    return "；".join(told)


def _said(answer: Answer, texts: Mapping[str, str]) -> str:
    text = texts.get(answer.key, answer.key)
    return f"{text}：{answer.note}" if answer.note else text


def outcome_words(round: Round) -> str:
    """`按时完成`, `补巡完成`, `漏巡`…"""
    if round.finished_at:
        return "补巡完成" if round.missed_at else "按时完成"
    return round.state.label


def clock_words(round: Round) -> str:
    """`08:30–12:00`."""
    first, last = timezone.localtime(round.opens_at), timezone.localtime(round.due_at)
    until = f"{last:%H:%M}" if first.date() == last.date() else f"{last:%m-%d %H:%M}"
    return f"{first:%H:%M}–{until}"
