"""The timers of an incident in words: reckoned from the moments that the house keeps, never from
the reader's clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from meice.incidents.models import Incident
from meice.web.tones import Tone

SOON = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Countdown:
    """One timer: until when, when it was done, and how that stands at the moment of the page."""

    label: str
    due: datetime
    done: datetime | None
    words: str
    tone: Tone

    @property
    def is_late(self) -> bool:
        """Run out, and not done."""
        return self.done is None and self.tone is Tone.BAD


def timers_of(incident: Incident, at: datetime) -> list[Countdown]:
    """认领, 开始处置, and for harmful content 清除."""
    asked = [
        ("认领", incident.claim_by, incident.claimed_at),
        ("开始处置", incident.act_by, incident.acted_at),
        ("清除有害内容", incident.clear_by, incident.cleared_at),
    ]
    return [
        _countdown(label, due, done, incident, at) for label, due, done in asked if due is not None
    ]


def _countdown(
    label: str, due: datetime, done: datetime | None, incident: Incident, at: datetime
) -> Countdown:
    if done is not None:
        used = f"用了 {span_words(done - incident.clock_at)}"
        late = done > due
        over = f"，超时 {span_words(done - due)}" if late else ""
        return Countdown(label, due, done, used + over, Tone.WARN if late else Tone.GOOD)
    if not incident.is_live:
        return Countdown(label, due, None, "没有记录", Tone.IDLE)
    if at > due:
        return Countdown(label, due, None, f"超时 {span_words(at - due)}", Tone.BAD)
    tone = Tone.WARN if due - at <= SOON else Tone.INFO
    return Countdown(label, due, None, f"还剩 {span_words(due - at)}", tone)


def next_timer(incident: Incident, at: datetime) -> Countdown | None:
    """The one that a list shows: what is late, else what runs out first; None when none runs."""
    open_ones = [each for each in timers_of(incident, at) if each.done is None]
    if not incident.is_live or not open_ones:
        return None
    return min(open_ones, key=lambda each: each.due)


def span_words(span: timedelta) -> str:
    """`12 分钟`, `3 小时 5 分钟`, `2 天 4 小时`; less than a minute is `不到 1 分钟`."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return "不到 1 分钟"
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    if days:
        return f"{days} 天 {hours} 小时" if hours else f"{days} 天"
    if hours:
        return f"{hours} 小时 {left} 分钟" if left else f"{hours} 小时"
    return f"{left} 分钟"
