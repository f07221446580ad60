"""缺口: what is wrong with the coming weeks of a roster. Pure: rows in, findings out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import TextChoices

from meice.duty.rota import CAMPUS
from meice.kernel.days import WEEKDAYS


class TroubleKind(TextChoices):
    """What is wrong."""

    GAP = "gap", "缺口"
    EMPTY = "empty", "空班"
    LEFT = "left", "人已不在岗"
    DOUBLE = "double", "一人同时两班"
    ROTA = "rota", "轮换里有人已不在岗"


@dataclass(frozen=True, slots=True)
class Span:
    """One shift as far as the search for gaps goes; `person` None: nobody, `serves` False: no
    longer one who may be on duty here."""

    key: int
    day: date
    begins_at: datetime
    ends_at: datetime
    words: str
    person: int | None = None
    name: str = ""
    serves: bool = True


@dataclass(frozen=True, slots=True)
class Trouble:
    """One finding: `subject` is the same as long as the trouble is the same; `shift` where there
    is one to go to."""

    kind: TroubleKind
    subject: str
    text: str
    day: date | None = None
    shift: int | None = None


def uncovered(
    spans: Iterable[Span], begin: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The stretches between `begin` and `end` in which no shift runs."""
    reached = begin
    for span in sorted(spans, key=lambda one: one.begins_at):
        if span.begins_at > reached:
            yield reached, min(span.begins_at, end)
        reached = max(reached, span.ends_at)
        if reached >= end:
            return
    if reached < end:
        yield reached, end


def bare_days(spans: Iterable[Span], first: date, last: date) -> Iterator[date]:
    """Days on which no shift begins."""
    begun = {span.day for span in spans}
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return (day for day in days if day not in begun)


def gaps_in(
    layer: str, spans: Sequence[Span], begin: datetime, last: date, *, round_the_clock: bool
) -> list[Trouble]:
    """缺口 of one layer from `begin` to the end of `last`."""
    if round_the_clock:
        end = datetime.combine(last, datetime.min.time(), CAMPUS) + timedelta(days=1)
        found = uncovered(spans, begin, end)
        return [_stretch(layer, one, (begin, end)) for one in found]
    first = begin.astimezone(CAMPUS).date()
    return [
        Trouble(
            TroubleKind.GAP,
            f"{layer}:{day.isoformat()}",
            f"{day_words(day)} {layer}没有班次",
            day,
        )
        for day in bare_days(spans, first, last)
    ]


def _stretch(
    layer: str, gap: tuple[datetime, datetime], window: tuple[datetime, datetime]
) -> Trouble:
    """Known by an end of its own: the window's ends move on every day, the gap does not."""
    begins, ends = (one.astimezone(CAMPUS) for one in gap)
    same_day = ends.date() == begins.date()
    until = f"{ends:%H:%M}" if same_day else f"{day_words(ends.date())} {ends:%H:%M}"
    text = f"{day_words(begins.date())} {begins:%H:%M} 至 {until} {layer}没有人"
    own = [str(at) for at, edge in zip((begins, ends), window, strict=True) if at != edge]
    return Trouble(TroubleKind.GAP, f"{layer}:{own[0] if own else ''}", text, begins.date())


def faults_of(spans: Iterable[Span]) -> list[Trouble]:
    """空班, and shifts of people who are no longer there."""
    found = []
    for span in spans:
        where = f"{day_words(span.day)} {span.words}"
        if span.person is None:
            text = f"{where}还没有人"
            found.append(Trouble(TroubleKind.EMPTY, str(span.key), text, span.day, span.key))
        elif not span.serves:
            text = f"{where}排的{span.name}已不在岗"
            found.append(
                Trouble(TroubleKind.LEFT, f"{span.key}:{span.person}", text, span.day, span.key)
            )
    return found


def doubles(spans: Sequence[Span]) -> list[Trouble]:
    """People who are on duty twice at once."""
    found, running = [], dict[int, Span]()
    for span in sorted(spans, key=lambda one: one.begins_at):
        if span.person is None:
            continue
        before = running.get(span.person)
        if before is not None and before.ends_at > span.begins_at:
            text = f"{day_words(span.day)} {span.name}同时有两班：{before.words}、{span.words}"
            subject = f"{before.key}:{span.key}"
            found.append(Trouble(TroubleKind.DOUBLE, subject, text, span.day, span.key))
        if before is None or span.ends_at > before.ends_at:
            running[span.person] = span
    return found


def day_words(day: date) -> str:
    """`12月5日（周六）`."""
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"
