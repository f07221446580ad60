"""Moments and the source of a datum with its age."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.template import Library
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from meice.web.tags.looks import icon, missing
from meice.web.tones import SourceKind

register = Library()
NEAR_DAYS = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"}
WEEK = timedelta(days=7)
WEEKDAYS = "一二三四五六日"


def clock_of(moment: datetime) -> str:
    """`09:16`; noon carries its word, because 12:00 is read both ways."""
    text = f"{moment:%H:%M}"
    return "12:00（中午）" if text == "12:00" else text


def day_of(day: date, today: date) -> str:
    """`11月20日`, with the year when it is another one."""
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def full(moment: datetime, _now: datetime) -> str:
    """`2026年11月20日 12:00（中午）`: anything that may be printed."""
    return f"{moment.year}年{moment.month}月{moment.day}日 {clock_of(moment)}"


def exact(moment: datetime, _now: datetime) -> str:
    """`2026年11月23日 10:02:18`: receipts."""
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M:%S}"


def dated(moment: datetime, now: datetime) -> str:
    """`11月20日`."""
    return day_of(moment.date(), now.date())


def near(moment: datetime, now: datetime) -> str:
    """Within seven days relative, else the day and the clock."""
    if timedelta() <= now - moment < timedelta(hours=24):
        return _since(now - moment)
    word = NEAR_DAYS.get((moment.date() - now.date()).days)
    if word:
        return f"{word} {clock_of(moment)}"
    if abs(moment - now) < WEEK:
        weekday = f"周{WEEKDAYS[moment.weekday()]}"
        return f"{day_of(moment.date(), now.date())} {weekday} {clock_of(moment)}"
    return f"{day_of(moment.date(), now.date())} {clock_of(moment)}"


def _since(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return "刚才"
    return f"{minutes} 分钟前" if minutes < 60 else f"{minutes // 60} 小时前"


STYLES: dict[str, Callable[[datetime, datetime], str]] = {
    "auto": near,
    "date": dated,
    "full": full,
    "exact": exact,
}


def local(at: date) -> datetime:
    """A moment in Shanghai; a bare day is its first minute."""
    if isinstance(at, datetime):
        return timezone.localtime(at) if timezone.is_aware(at) else timezone.make_aware(at)
    return timezone.make_aware(datetime.combine(at, time()))


@register.simple_tag(takes_context=True)
def moment(context: Any, at: date | None, style: str = "auto") -> SafeString | str:
    """`<time>` for a moment or a day; `now` may be given in the context (tests, print)."""
    if at is None:
        return missing("", required=False)
    now = local(context.get("now") or timezone.now())
    here = local(at)
    is_day = not isinstance(at, datetime)
    text = dated(here, now) if is_day else STYLES[style](here, now)
    machine = at.isoformat() if is_day else here.isoformat(timespec="seconds")
    title = day_of(here.date(), date.min) if is_day else full(here, now)
    return format_html('<time datetime="{}" title="{}">{}</time>', machine, title, text)


@register.simple_tag(takes_context=True)
def source(context: Any, kind: str, at: date | None, limit: int | None = None) -> SafeString:
    """出处: `探测 · 3 小时前`; amber when older than `limit` days, or when it never was."""
    chosen = SourceKind(kind)
    now = local(context.get("now") or timezone.now())
    stale = at is None or (limit is not None and now - local(at) > timedelta(days=limit))
    return format_html(
        '<span class="m-source{}">{}<span>{} · {}{}</span></span>',
        " m-stale" if stale else "",
        icon(chosen.icon),
        chosen.label,
        _age(context, at, now),
        SafeString('<span class="visually-hidden">，偏旧</span>') if stale and at else "",
    )


def _age(context: Any, at: date | None, now: datetime) -> SafeString | str:
    """`3 小时前`, `22 天前`, then the date; 从未 for a datum nobody ever saw."""
    if at is None:
        return "从未"
    here = local(at)
    days = (now.date() - here.date()).days
    if not 2 < days < 60:
        return moment(context, at)
    return format_html(
        '<time datetime="{}" title="{}">{} 天前</time>',
        here.isoformat(timespec="seconds"),
        full(here, now),
        days,
    )
